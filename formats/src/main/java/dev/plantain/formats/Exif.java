package dev.plantain.formats;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.lang.SequentialReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import dev.plantain.core.measure.Camera;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a camera wrote about itself. Never fails: metadata that cannot be read are none.
 *
 * @param orientation 1 to 8 as in EXIF
 * @param focal35mm focal length of the equivalent full-frame camera in millimetres, 0 if unknown
 * @param focalShare focal length as a share of the sensor's width, 0 if unknown
 */
record Exif(int orientation, double focal35mm, double focalShare) {
  static final Exif NONE = new Exif(1, 0, 0);

  static Exif of(byte[] file, ImageKind kind) {
    try {
      Metadata metadata =
          kind == ImageKind.PNG
              ? ofPng(file)
              : ImageMetadataReader.readMetadata(new ByteArrayInputStream(file));
      Integer orientation = null;
      for (ExifIFD0Directory main : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer found = main.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        orientation = orientation == null ? found : orientation;
      }
      ExifSubIFDDirectory shot = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
      return new Exif(
          orientation != null && orientation >= 1 && orientation <= 8 ? orientation : 1,
          positive(shot, ExifDirectoryBase.TAG_35MM_FILM_EQUIV_FOCAL_LENGTH),
          share(shot));
    } catch (Exception | StackOverflowError e) {
      // The library throws much on damaged input; a photo without metadata is still a photo.
      return NONE;
    }
  }

  /** From the one chunk that holds it: the library inflates texts of a PNG without bound. */
  private static Metadata ofPng(byte[] file) throws PngProcessingException, IOException {
    Metadata metadata = new Metadata();
    SequentialReader in = new SequentialByteArrayReader(file);
    for (PngChunk chunk : new PngChunkReader().extract(in, Set.of(PngChunkType.eXIf))) {
      new ExifReader().extract(new ByteArrayReader(chunk.getBytes()), metadata);
    }
    return metadata;
  }

  private static double share(@Nullable Directory shot) {
    double focalMm = positive(shot, ExifDirectoryBase.TAG_FOCAL_LENGTH);
    double pixelsPerUnit = positive(shot, ExifDirectoryBase.TAG_FOCAL_PLANE_X_RESOLUTION);
    double columns = positive(shot, ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH);
    double unit = positive(shot, ExifDirectoryBase.TAG_FOCAL_PLANE_RESOLUTION_UNIT);
    if (focalMm == 0 || pixelsPerUnit == 0 || columns == 0) {
      return 0;
    }
    double unitMm = unit == 3 ? 10 : unit == 4 ? 1 : unit == 5 ? 0.001 : 25.4;
    double sensorMm = columns / pixelsPerUnit * unitMm;
    // Some cameras write nonsense here; a sensor is between a phone's and a large-format back's.
    return sensorMm > 2 && sensorMm < 100 ? focalMm / sensorMm : 0;
  }

  private static double positive(@Nullable Directory directory, int tag) {
    Double value = directory == null ? null : directory.getDoubleObject(tag);
    return value != null && value > 0 && Double.isFinite(value) ? value : 0;
  }

  /** Whether width and height are exchanged. */
  boolean turned() {
    return orientation >= 5;
  }

  /**
   * The camera of a picture of this size, upright.
   *
   * @param width columns before turning
   */
  Optional<Camera> camera(int width, int height) {
    double focal =
        focal35mm > 0
            ? Camera.of35mmEquivalent(width, height, focal35mm).fx()
            : focalShare * Math.max(width, height);
    return focal > 0
        ? Optional.of(
            Camera.ofFocalPixels(turned() ? height : width, turned() ? width : height, focal))
        : Optional.empty();
  }
}

package dev.plantain.formats;

import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks as 8-bit PNG with a palette to look at: 0 background, 1 and up the classes or instances,
 * 255 unassigned. Names stand in the texts {@code label-1}, {@code label-2}, …
 */
public final class MaskPng {
  /** The index of unassigned pixels. */
  public static final int UNASSIGNED = 255;

  private MaskPng() {}

  /** Writes classes, each as its index plus 1; at most 254. */
  public static void write(Path file, LabelMap map) throws OutputException {
    int[] labels = map.labels();
    byte[] indices = new byte[labels.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] =
          (byte)
              (labels[i] == LabelMap.BACKGROUND
                  ? 0
                  : labels[i] == LabelMap.UNASSIGNED ? UNASSIGNED : labels[i] + 1);
    }
    write(file, map.width(), map.height(), indices, map.classes());
  }

  /** Writes instances, each as its position in the list plus 1; at most 254. */
  public static void write(Path file, InstanceList instances) throws OutputException {
    int[] ids = instances.ids();
    byte[] indices = new byte[ids.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (byte) ids[i];
    }
    List<String> names = instances.stream().map(i -> i.mask().phrase()).toList();
    write(file, instances.width(), instances.height(), indices, names);
  }

  /** Writes one mask as 1. */
  public static void write(Path file, Mask mask) throws OutputException {
    byte[] indices = new byte[mask.width() * mask.height()];
    mask.bits().stream().forEach(i -> indices[i] = 1);
    write(file, mask.width(), mask.height(), indices, List.of(mask.phrase()));
  }

  private static void write(Path file, int width, int height, byte[] indices, List<String> names)
      throws OutputException {
    if (names.size() >= UNASSIGNED) {
      throw new OutputException(
          "%s cannot hold %d masks: 8 bits end at 254; use COCO JSON"
              .formatted(file, names.size()));
    }
    int[] palette = new int[256];
    for (int i = 1; i <= names.size(); i++) {
      palette[i] = Shades.of(i - 1);
    }
    palette[UNASSIGNED] = 0xFFFFFF;
    IndexColorModel model =
        new IndexColorModel(8, 256, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage picture =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] target = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    System.arraycopy(indices, 0, target, 0, indices.length);
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      // tEXt holds Latin-1 only; others are escaped as in Java.
      texts.put("label-" + (i + 1), latin1(names.get(i)));
    }
    AtomicFile.write(file, out -> Png.write(out, picture, texts));
  }

  private static String latin1(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(c -> out.append(c < 256 ? String.valueOf((char) c) : "\\u%04X".formatted(c)));
    return out.toString();
  }

  /**
   * Reads the indices of an 8-bit PNG with a palette or of grey: as many labels as there are names,
   * 0 background, all else unassigned.
   *
   * @param classes names of the labels 1 and up
   */
  public static LabelMap read(Path file, List<String> classes) throws InputException {
    Raster raster = GreyPng.read(file);
    int w = raster.getWidth();
    int h = raster.getHeight();
    int[] indices = raster.getSamples(0, 0, w, h, 0, (int[]) null);
    for (int i = 0; i < indices.length; i++) {
      indices[i] =
          indices[i] == 0
              ? LabelMap.BACKGROUND
              : indices[i] <= classes.size() ? indices[i] - 1 : LabelMap.UNASSIGNED;
    }
    return LabelMap.of(w, h, classes, indices);
  }
}

package dev.plantain.formats;

import dev.plantain.core.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads pictures: JPEG (also CMYK), PNG (also 16-bit, grey, with palette or transparency), WebP,
 * TIFF, BMP and GIF.
 *
 * <p>The kind is told by content, not by name. Pictures come out upright, as EXIF says, in 8-bit
 * sRGB, what is transparent on white; of several frames or pages the first. Sizes are checked
 * against {@link Limits} before anything is decoded.
 */
public final class Images {
  private Images() {}

  /**
   * Reads a picture within {@link Limits#DEFAULT}.
   *
   * @throws InputException if it cannot be read; its class says why
   */
  public static Photo read(Path file) throws InputException {
    return read(file, Limits.DEFAULT);
  }

  /**
   * Reads a picture.
   *
   * @throws InputException if it cannot be read; its class says why
   */
  public static Photo read(Path file, Limits limits) throws InputException {
    return read(bytes(file, limits), file.toString(), limits);
  }

  /**
   * Reads a picture from memory.
   *
   * @param name what to call it in messages
   * @throws InputException if it cannot be read; its class says why
   */
  public static Photo read(byte[] bytes, String name, Limits limits) throws InputException {
    if (bytes.length == 0) {
      throw new InputException.Damaged(name + " is empty");
    }
    if (bytes.length > limits.bytes()) {
      throw tooManyBytes(name, bytes.length, limits);
    }
    ImageKind kind =
        ImageKind.of(bytes)
            .orElseThrow(
                () ->
                    new InputException.NotAnImage(
                        "%s is no picture that can be read (JPEG, PNG, WebP, TIFF, BMP, GIF): it looks like %s"
                            .formatted(name, ImageKind.guess(bytes))));
    List<String> notes = new ArrayList<>();
    BufferedImage picture = decode(bytes, name, kind, limits, notes);
    try {
      Exif exif = Exif.of(bytes, kind);
      Image image = Pixels.upright(picture, exif.orientation());
      return new Photo(
          image,
          kind.title,
          exif.camera(picture.getWidth(), picture.getHeight()),
          exif.turned(),
          notes);
    } catch (RuntimeException e) {
      throw damaged(name, kind, e);
    } catch (OutOfMemoryError e) {
      throw tooMuchMemory(name, picture.getWidth(), picture.getHeight());
    }
  }

  private static BufferedImage decode(
      byte[] bytes, String name, ImageKind kind, Limits limits, List<String> notes)
      throws InputException {
    ImageReader reader = reader(kind);
    int width = 0;
    int height = 0;
    try (ImageInputStream in = new PatientStream(bytes)) {
      List<String> complaints = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> complaints.add(warning));
      reader.setInput(in, false, false);
      width = reader.getWidth(0);
      height = reader.getHeight(0);
      if (width <= 0 || height <= 0) {
        throw new InputException.Damaged(
            "%s is a damaged %s: its size is %d x %d".formatted(name, kind.title, width, height));
      }
      if ((long) width * height > limits.pixels()) {
        throw new InputException.TooLarge(
            "%s has %d x %d pixels, the limit is %d million; scale it down first"
                .formatted(name, width, height, limits.pixels() / 1_000_000));
      }
      BufferedImage picture = reader.read(0, reader.getDefaultReadParam());
      for (String complaint : complaints) {
        String lower = complaint.toLowerCase(Locale.ROOT);
        if (lower.contains("premature") || lower.contains("truncated")) {
          throw new InputException.Damaged(
              "%s is a truncated %s: the end is missing; copy it again"
                  .formatted(name, kind.title));
        }
      }
      int frames = frames(reader, kind);
      if (frames > 1) {
        notes.add(
            "%s has %d %s; the first is used"
                .formatted(name, frames, kind == ImageKind.TIFF ? "pages" : "frames"));
      }
      return picture;
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Decoders of damaged files throw whatever they stumble over.
      throw damaged(name, kind, e);
    } catch (OutOfMemoryError e) {
      throw tooMuchMemory(name, width, height);
    } finally {
      reader.dispose();
    }
  }

  private static int frames(ImageReader reader, ImageKind kind) {
    if (kind == ImageKind.JPEG || kind == ImageKind.BMP) {
      return 1; // thumbnails inside a JPEG count as images, but are none of interest
    }
    try {
      return reader.getNumImages(true);
    } catch (IOException | RuntimeException e) {
      return 1; // the first frame is whole, later ones are not: good enough
    }
  }

  /** The best reader at hand: TwelveMonkeys' where Java's own knows too little. */
  private static ImageReader reader(ImageKind kind) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.format);
    ImageReader first = null;
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.twelvemonkeys")) {
        return reader;
      }
      first = first == null ? reader : first;
    }
    if (first == null) {
      throw new IllegalStateException("this build lacks a reader for " + kind.title);
    }
    return first;
  }

  /** All bytes of a file. */
  static byte[] bytes(Path file, Limits limits) throws InputException {
    try {
      if (Files.isDirectory(file)) {
        throw new InputException.NotReadable(file + " is a directory, not a file");
      }
      long size = Files.size(file);
      if (size > limits.bytes()) {
        throw tooManyBytes(file.toString(), size, limits);
      }
      return Files.readAllBytes(file);
    } catch (InputException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new InputException.NotReadable(file + " does not exist");
    } catch (AccessDeniedException e) {
      throw new InputException.NotReadable(file + " may not be read: permission denied");
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, line(e)), e);
    } catch (OutOfMemoryError e) {
      throw new InputException.TooLarge(file + " does not fit in memory");
    }
  }

  private static InputException tooManyBytes(String name, long size, Limits limits) {
    return new InputException.TooLarge(
        "%s has %d MB, the limit is %d MB".formatted(name, size >> 20, limits.bytes() >> 20));
  }

  private static InputException tooMuchMemory(String name, int width, int height) {
    return new InputException.TooLarge(
        "%s with %d x %d pixels does not fit in memory; scale it down first or give Java more (-Xmx)"
            .formatted(name, width, height));
  }

  private static InputException damaged(String name, ImageKind kind, Throwable cause) {
    return new InputException.Damaged(
        "%s is a damaged or truncated %s: %s".formatted(name, kind.title, line(cause)), cause);
  }

  /** A throwable in one line. */
  private static String line(Throwable e) {
    String message = e.getMessage();
    String text = message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    return text.replaceAll("\\s+", " ").strip();
  }
}

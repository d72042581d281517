package dev.plantain.formats;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Kinds of picture by their first bytes; names of files tell nothing. */
enum ImageKind {
  JPEG("JPEG", "jpeg"),
  PNG("PNG", "png"),
  GIF("GIF", "gif"),
  BMP("BMP", "bmp"),
  TIFF("TIFF", "tiff"),
  WEBP("WebP", "webp");

  final String title;

  /** What ImageIO calls it. */
  final String format;

  ImageKind(String title, String format) {
    this.title = title;
    this.format = format;
  }

  static Optional<ImageKind> of(byte[] bytes) {
    String head = head(bytes);
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return Optional.of(GIF);
    }
    if (head.startsWith("BM") && bytes.length > 26) {
      return Optional.of(BMP);
    }
    if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
      return Optional.of(TIFF);
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  /** What something that is none of these looks like, for an error message. */
  static String guess(byte[] bytes) {
    String head = head(bytes);
    if (head.startsWith("ftyp", 4)) {
      return head.startsWith("avi", 8)
          ? "an AVIF picture; convert it to PNG or JPEG"
          : head.startsWith("hei", 8) || head.startsWith("mif1", 8) || head.startsWith("hev", 8)
              ? "a HEIC picture; convert it to JPEG"
              : "a video; extract a frame";
    }
    if (head.startsWith("%PDF")) {
      return "a PDF; export the page as PNG";
    }
    if (head.startsWith("8BPS")) {
      return "a Photoshop file; export it as PNG";
    }
    if (head.startsWith("PK\u0003\u0004") || head.startsWith("\u001f\u008b")) {
      return "an archive; unpack it first";
    }
    int printable = 0;
    for (int i = 0; i < head.length(); i++) {
      char c = head.charAt(i);
      boolean text = (c >= ' ' && c < 127) || c >= 160 || "\n\r\t".indexOf(c) >= 0;
      printable += text ? 1 : 0;
    }
    return printable > 0.9 * head.length() ? "text" : "unknown binary data";
  }

  private static String head(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
  }
}

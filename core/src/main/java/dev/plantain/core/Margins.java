package dev.plantain.core;

import java.util.Optional;

/**
 * Fills what a shifted drawing lacks at its edges. A drawing that was moved by a few hundredths no
 * longer shows a strip of the photo at one or two sides; the strip is taken to go on as the drawing
 * ends there, which is nearly always nearer to the truth than nothing. More than a strip is left
 * missing.
 *
 * @param drawing with the strips
 * @param placement of the photo in it
 * @param note for people, if a strip was filled
 */
record Margins(Image drawing, Placement placement, Optional<String> note) {
  /** The most that is filled at a side, as a share of the drawing's. */
  private static final double MOST = 0.08;

  static Margins fill(Image drawing, Placement placement, Image photo) {
    int left = (int) Math.ceil(Math.max(0, -placement.drawingX(0)) - 0.5);
    int top = (int) Math.ceil(Math.max(0, -placement.drawingY(0)) - 0.5);
    int right =
        (int) Math.ceil(Math.max(0, placement.drawingX(photo.width()) - drawing.width()) - 0.5);
    int bottom =
        (int) Math.ceil(Math.max(0, placement.drawingY(photo.height()) - drawing.height()) - 0.5);
    boolean small =
        Math.max(left, right) <= MOST * drawing.width()
            && Math.max(top, bottom) <= MOST * drawing.height();
    if (!small || left + top + right + bottom == 0) {
      return new Margins(drawing, placement, Optional.empty());
    }
    int width = drawing.width() + left + right;
    int height = drawing.height() + top + bottom;
    byte[] rgb8 = new byte[3 * width * height];
    for (int y = 0, i = 0; y < height; y++) {
      int row = Math.clamp(y - top, 0, drawing.height() - 1);
      for (int x = 0; x < width; x++, i += 3) {
        int rgb = drawing.rgb(Math.clamp(x - left, 0, drawing.width() - 1), row);
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    String note =
        "the drawing is shifted: a strip of up to %d of its pixels at the photo's edge is filled from beside it"
            .formatted(Math.max(Math.max(left, right), Math.max(top, bottom)));
    return new Margins(
        Image.of(width, height, rgb8),
        placement.then(new Placement(1, 1, left, top)),
        Optional.of(note));
  }
}

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
    String note =
        "the drawing is shifted: a strip of up to %d of its pixels at the photo's edge is filled from beside it"
            .formatted(Math.max(Math.max(left, right), Math.max(top, bottom)));
    return new Margins(
        drawing.window(-left, -top, width, height),
        placement.then(new Placement(1, 1, left, top)),
        Optional.of(note));
  }
}

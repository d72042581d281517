package dev.plantain.core;

/**
 * A drawing made much larger than it was asked for is brought back to the size of the canvas before
 * it is read: it has no more detail, but wide bands of colours between two colours, which would be
 * read as things of their own.
 *
 * @param drawing in the size it is read in
 * @param placement of the photo in it
 */
record Enlarged(Image drawing, Placement placement) {
  /** Smaller enlargements are left as they are: a band of two pixels is an edge. */
  private static final double MUCH = 2;

  /**
   * @param placement of the photo in the drawing
   * @param onCanvas of the photo in what was asked for
   */
  static Enlarged undone(Image drawing, Placement placement, Placement onCanvas) {
    double x = placement.scaleX() / onCanvas.scaleX();
    double y = placement.scaleY() / onCanvas.scaleY();
    if (Math.min(x, y) < MUCH) {
      return new Enlarged(drawing, placement);
    }
    int width = Math.max(1, (int) Math.round(drawing.width() / x));
    int height = Math.max(1, (int) Math.round(drawing.height() / y));
    Placement reduced =
        new Placement((double) width / drawing.width(), (double) height / drawing.height(), 0, 0);
    return new Enlarged(drawing.resized(width, height), placement.then(reduced));
  }
}

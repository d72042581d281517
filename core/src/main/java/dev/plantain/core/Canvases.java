package dev.plantain.core;

/** A photo's canvas and its drawings, each brought to the other's frame. */
final class Canvases {
  private Canvases() {}

  /**
   * A drawing as it would be had its generator kept to the canvas.
   *
   * @param placement of the canvas in the drawing
   */
  static Image drawn(Image drawing, Placement placement, Image canvas) {
    // Sampled finely and then reduced, as the nearest pixel may be half a pixel off.
    int times = Math.max(1, (int) Math.round(placement.scaleX()));
    int w = times * canvas.width();
    int h = times * canvas.height();
    byte[] rgb8 = new byte[3 * w * h];
    for (int y = 0, i = 0; y < h; y++) {
      int row = (int) Math.floor(placement.drawingY((y + 0.5) / times));
      for (int x = 0; x < w; x++, i += 3) {
        int column = (int) Math.floor(placement.drawingX((x + 0.5) / times));
        put(drawing, column, row, rgb8, i);
      }
    }
    return Image.of(w, h, rgb8).resized(canvas.width(), canvas.height());
  }

  /**
   * A canvas as it would be seen in all of a drawing: a part of it, or more than it.
   *
   * @param placement of the canvas in the drawing
   */
  static Image seen(Image canvas, Placement placement, Image drawing) {
    int x0 = (int) Math.round(placement.photoX(0));
    int y0 = (int) Math.round(placement.photoY(0));
    int w = Math.max(8, (int) Math.round(placement.photoX(drawing.width())) - x0);
    int h = Math.max(8, (int) Math.round(placement.photoY(drawing.height())) - y0);
    return canvas.window(x0, y0, w, h);
  }

  /** Copies a pixel, or the one at the edge nearest to it. */
  private static void put(Image from, int x, int y, byte[] rgb8, int at) {
    int rgb = from.rgb(Math.clamp(x, 0, from.width() - 1), Math.clamp(y, 0, from.height() - 1));
    rgb8[at] = (byte) (rgb >> 16);
    rgb8[at + 1] = (byte) (rgb >> 8);
    rgb8[at + 2] = (byte) rgb;
  }
}

package dev.plantain.formats;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.BitSet;

/** Areas given by their outlines. */
final class Polygons {
  private Polygons() {}

  /**
   * Pixels whose centre lies in any of the polygons.
   *
   * @param polygons each {@code x0, y0, x1, y1, …} in pixels, the image's corner at 0, 0
   * @throws IllegalArgumentException if a polygon has an odd count of numbers or one that is not
   *     finite
   */
  static BitSet fill(double[][] polygons, int width, int height) {
    BitSet inside = new BitSet(width * height);
    for (double[] polygon : polygons) {
      if (polygon.length % 2 != 0) {
        throw new IllegalArgumentException("a polygon of %d numbers".formatted(polygon.length));
      }
      // A line or a point has no area.
      if (polygon.length >= 6) {
        fill(polygon, width, height, inside);
      }
    }
    return inside;
  }

  private static void fill(double[] polygon, int width, int height, BitSet inside) {
    Path2D.Double outline = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (int i = 0; i < polygon.length; i += 2) {
      if (!Double.isFinite(polygon[i]) || !Double.isFinite(polygon[i + 1])) {
        throw new IllegalArgumentException("a polygon with a corner that is no number");
      }
      if (i == 0) {
        outline.moveTo(polygon[0], polygon[1]);
      } else {
        outline.lineTo(polygon[i], polygon[i + 1]);
      }
    }
    outline.closePath();
    Rectangle2D box = outline.getBounds2D();
    int x0 = (int) Math.clamp(Math.floor(box.getMinX()), 0, width);
    int x1 = (int) Math.clamp(Math.ceil(box.getMaxX()), 0, width);
    int y0 = (int) Math.clamp(Math.floor(box.getMinY()), 0, height);
    int y1 = (int) Math.clamp(Math.ceil(box.getMaxY()), 0, height);
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        if (outline.contains(x + 0.5, y + 0.5)) {
          inside.set(y * width + x);
        }
      }
    }
  }
}

package dev.plantain.diorama;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Repaints a piece: the materials that cover most of it take another colour. */
final class Repaint {
  private Repaint() {}

  static Piece random(Piece piece, Rng rng) {
    return with(piece, Paint.draw(rng).near(rng));
  }

  static Piece with(Piece piece, Paint paint) {
    float[] share = shares(piece.mesh());
    int main = -1;
    for (int m = 0; m < share.length; m++) {
      if (main < 0 || share[m] > share[main]) {
        main = m;
      }
    }
    if (main < 0 || share[main] <= 0) {
      return piece;
    }
    float[] linear = Colours.linear(paint.rgb());
    float @Nullable [] @Nullable [] paints = new float[share.length][];
    Material first = piece.mesh().materials()[main];
    float covered = 0;
    for (int m = 0; m < share.length; m++) {
      // Parts of the same look go together: a sofa's cushions with its frame cover.
      if (m == main || (share[m] > 0 && alike(first, piece.mesh().materials()[m]))) {
        paints[m] = linear;
        covered += share[m];
      }
    }
    Integer[] order = new Integer[share.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(share[b], share[a]));
    for (int m : order) {
      if (covered >= 0.55f) {
        break;
      }
      if (paints[m] == null && share[m] > 0) {
        paints[m] = linear;
        covered += share[m];
      }
    }
    return piece.painted(paints, paint.word());
  }

  private static boolean alike(Material a, Material b) {
    return Math.abs(a.red() - b.red())
            + Math.abs(a.green() - b.green())
            + Math.abs(a.blue() - b.blue())
        < 0.08f;
  }

  /** Share of the surface per material; glass, cut-outs and glowing parts keep their look. */
  private static float[] shares(Mesh mesh) {
    float[] area = new float[mesh.materials().length];
    float total = 0;
    float[] e = mesh.edges();
    for (int i = 0; i < mesh.triangles(); i++) {
      Material m = mesh.materials()[mesh.material()[i]];
      int at = 9 * i;
      float x = e[at + 4] * e[at + 8] - e[at + 5] * e[at + 7];
      float y = e[at + 5] * e[at + 6] - e[at + 3] * e[at + 8];
      float z = e[at + 3] * e[at + 7] - e[at + 4] * e[at + 6];
      float a = (float) Math.sqrt(x * x + y * y + z * z);
      if (m.kind() == Material.Kind.OPAQUE && m.emission() < 0.2f) {
        area[mesh.material()[i]] += a;
        total += a;
      }
    }
    for (int m = 0; m < area.length; m++) {
      area[m] /= Math.max(1e-9f, total);
    }
    return area;
  }
}

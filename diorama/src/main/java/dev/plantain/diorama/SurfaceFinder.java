package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Finds where on a piece another can stand, by dropping rays onto its mesh. */
final class SurfaceFinder {
  private static final int GRID = 4;

  /** Metres by which a surface may be uneven under a thing. */
  private static final float EVEN = 0.006f;

  private final Ray ray = new Ray();

  /**
   * The height at which {@code top} can rest on {@code under} where it stands now, or NaN. Boards
   * inside a shelf count if the thing fits below the next one.
   */
  float rest(Piece under, Piece top, Rng rng) {
    Scene scene = new Scene(List.of(under.instance(0)));
    List<Float> levels = levels(scene, under, top);
    List<Float> good = new ArrayList<>();
    for (float level : levels) {
      if (carries(scene, top, level)) {
        good.add(level);
      }
    }
    return good.isEmpty() ? Float.NaN : rng.pick(good);
  }

  /** Upward surfaces below the middle of the thing, highest first. */
  private List<Float> levels(Scene scene, Piece under, Piece top) {
    List<Float> found = new ArrayList<>();
    float from = under.top() + 0.01f;
    for (int i = 0; i < 12 && from > under.y() + 0.05f; i++) {
      ray.set(top.x(), from, top.z(), 0, -1, 0, from - under.y());
      scene.closest(ray);
      if (!ray.hit()) {
        break;
      }
      float y = from - ray.t;
      if (y > under.y() + 0.05f) {
        found.add(y);
      }
      from = y - 0.03f;
    }
    return found;
  }

  private boolean carries(Scene scene, Piece top, float level) {
    float hw = top.width() / 2 * 0.92f;
    float hd = top.depth() / 2 * 0.92f;
    for (int i = 0; i < GRID; i++) {
      for (int j = 0; j < GRID; j++) {
        float lx = hw * (2f * i / (GRID - 1) - 1);
        float lz = hd * (2f * j / (GRID - 1) - 1);
        float x = top.worldX(lx, lz);
        float z = top.worldZ(lx, lz);
        ray.set(x, level + 0.02f, z, 0, -1, 0, 0.02f + EVEN);
        scene.closest(ray);
        if (!ray.hit() || ray.t < 0.02f - EVEN) {
          return false;
        }
        ray.set(x, level + 0.01f, z, 0, 1, 0, top.height());
        if (scene.occluded(ray)) {
          return false;
        }
      }
    }
    return true;
  }
}

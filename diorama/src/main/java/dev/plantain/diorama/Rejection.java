package dev.plantain.diorama;

import java.util.Optional;

/**
 * Why a layout is of no use: no camera found room in it, or it shows nothing that could be pointed
 * at. Such views are kept, so that numbers and seeds stay in step, but counted and named.
 */
final class Rejection {
  /** A camera nearer to something than this is within it or touches it. */
  static final float NEAREST_METRES = 0.12f;

  private Rejection() {}

  /** A short reason, or nothing for a view that is fine. */
  static Optional<String> of(View view) {
    float nearest = Float.POSITIVE_INFINITY;
    for (float depth : view.depthMetres()) {
      nearest = Math.min(nearest, depth);
    }
    if (nearest < NEAREST_METRES) {
      return Optional.of("the camera touches something");
    }
    boolean anything =
        view.things().stream()
            .anyMatch(
                t -> !t.stuff() && t.pixels() >= Facts.leastPixels(view.width(), view.height()));
    return anything ? Optional.empty() : Optional.of("nothing to point at");
  }
}

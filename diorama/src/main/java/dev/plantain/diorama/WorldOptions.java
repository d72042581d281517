package dev.plantain.diorama;

import java.nio.file.Path;
import java.util.List;

/**
 * What worlds may have besides the standard ones. With {@link #standard()} a seed gives the view it
 * always gave in this {@link Diorama#VERSION}; anything else gives other views.
 *
 * @param distortion greatest radial distortion of a lens, 0 to 0.15; each view draws its own
 *     between minus and plus that, see {@link Camera#distortion()}
 * @param environments panoramas of the sky and what is around, Radiance {@code .hdr} files in equal
 *     degrees (longitude by latitude); most views are lit by one of them
 * @param livedIn whether rooms hold what people leave lying about: more on tables and shelves,
 *     pictures in groups, things on the floor
 * @param edits most edits of a view, 0 to 50: of things in sight, those first that are never
 *     labelled, each changed once in each way; 0 for two or three of different kinds
 */
public record WorldOptions(double distortion, List<Path> environments, boolean livedIn, int edits) {
  private static final double MOST_DISTORTION = 0.15;
  private static final int MOST_EDITS = 50;

  public WorldOptions {
    if (!(distortion >= 0 && distortion <= MOST_DISTORTION)) {
      throw new IllegalArgumentException(
          "a lens' distortion is 0 to %s, got %s".formatted(MOST_DISTORTION, distortion));
    }
    if (edits < 0 || edits > MOST_EDITS) {
      throw new IllegalArgumentException(
          "a view has 0 to %d edits, got %d".formatted(MOST_EDITS, edits));
    }
    environments = List.copyOf(environments);
  }

  /** Straight lenses, drawn skies, tidy rooms. */
  public static WorldOptions standard() {
    return new WorldOptions(0, List.of(), false, 0);
  }
}

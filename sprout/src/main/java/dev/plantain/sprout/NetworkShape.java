package dev.plantain.sprout;

/**
 * The sizes of a network, stored beside its weights.
 *
 * @param photo channels of the photo encoder at 1/4, 1/8 and 1/16 of the drawing's side
 * @param drawing channels of the drawing decoder at the same scales
 * @param photoBlocks attention blocks of the photo encoder at its coarsest scale
 * @param token width of a prompt token
 * @param condition width of the vector that says time and gist
 * @param fine channels of the full-resolution head
 */
public record NetworkShape(
    Scales photo, Scales drawing, int photoBlocks, int token, int condition, int fine) {

  /** Channels at three scales. */
  public record Scales(int quarter, int eighth, int sixteenth) {
    int at(int level) {
      return switch (level) {
        case 0 -> quarter;
        case 1 -> eighth;
        case 2 -> sixteenth;
        default -> throw new IndexOutOfBoundsException(level);
      };
    }
  }

  /**
   * This shape, if the weights of another can begin it.
   *
   * @throws IllegalArgumentException if it has other widths, or fewer blocks
   */
  NetworkShape grownFrom(NetworkShape other) {
    NetworkShape same =
        new NetworkShape(
            other.photo, other.drawing, photoBlocks, other.token, other.condition, other.fine);
    if (!equals(same) || photoBlocks < other.photoBlocks) {
      throw new IllegalArgumentException(
          "the network has other widths or fewer photoBlocks than its first weights: %s from %s"
              .formatted(this, other));
    }
    return this;
  }

  /** Pixels of a drawing's side that one cell of the finest wide map covers. */
  static final int GRID = 4;

  /** Scales of the maps. */
  static final int LEVELS = 3;

  /** Sides of drawings are multiples of this many pixels. */
  static final int MULTIPLE = GRID << (LEVELS - 1);
}

package dev.plantain.codec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of colours, one per class, and perhaps a background colour: labels to colours and
 * back. The label of a class is its index.
 *
 * <p>A pixel goes to the nearest colour (Euclidean in 8-bit RGB; of equally near ones the first),
 * unless that is farther than the legend's limit: then it is {@link #UNASSIGNED}. The paper assigns
 * always: {@link #nearestAlways()}.
 *
 * <p>Confidence of a pixel is {@code 1 − d₁ / min(d₂, limit)}, where d₁ and d₂ are the distances to
 * the nearest and second nearest colour: 1 for the exact colour, 0 half-way between two or at the
 * limit.
 */
public final class Legend {
  /** The label of a pixel whose colour is near none of the legend. */
  public static final int UNASSIGNED = -1;

  /** The label of a pixel of the background colour. */
  public static final int BACKGROUND = -2;

  /** Farther than this, in 8-bit levels, a colour is none of the legend's. */
  public static final double DEFAULT_LIMIT = 100;

  /** The longest distance in the RGB cube. */
  private static final double DIAGONAL = Math.sqrt(3) * 255;

  /** The classes' colours, then the background's if there is one. */
  private final int[] palette;

  private final boolean hasBackground;
  private final double limit;

  private Legend(int[] palette, boolean hasBackground, double limit) {
    this.palette = palette;
    this.hasBackground = hasBackground;
    this.limit = limit;
    if (palette.length == (hasBackground ? 1 : 0)) {
      throw new IllegalArgumentException("a legend needs at least one colour");
    }
    Set<Integer> seen = new HashSet<>();
    for (int rgb : palette) {
      if (!seen.add(Colours.require(rgb))) {
        throw new IllegalArgumentException(
            "a legend needs different colours, got #%06X twice".formatted(rgb));
      }
    }
    if (!(limit > 0)) {
      throw new IllegalArgumentException("a legend's limit must be above 0, got " + limit);
    }
  }

  /**
   * A legend without background and with the default limit.
   *
   * @param colours {@code 0xRRGGBB}, all different
   */
  public static Legend of(int... colours) {
    return new Legend(colours.clone(), false, DEFAULT_LIMIT);
  }

  /** The same with another (or a first) background colour. */
  public Legend withBackground(int rgb) {
    int[] extended = Arrays.copyOf(palette, size() + 1);
    extended[size()] = rgb;
    return new Legend(extended, true, limit);
  }

  /** The same with another limit in 8-bit levels, above 0. */
  public Legend withLimit(double levels) {
    return new Legend(palette, hasBackground, levels);
  }

  /** The same without limit: every pixel goes to the nearest colour, as in the paper. */
  public Legend nearestAlways() {
    return withLimit(Double.POSITIVE_INFINITY);
  }

  /** Number of classes, without the background. */
  public int size() {
    return palette.length - (hasBackground ? 1 : 0);
  }

  /** The colour of a class, {@code 0xRRGGBB}. */
  public int colour(int label) {
    return palette[Objects.checkIndex(label, size())];
  }

  /** The background's colour, {@code 0xRRGGBB}. */
  public OptionalInt background() {
    return hasBackground ? OptionalInt.of(palette[size()]) : OptionalInt.empty();
  }

  /** The classes' colours, then the background's if there is one. */
  int[] palette() {
    return palette.clone();
  }

  /** In 8-bit levels. */
  double limit() {
    return limit;
  }

  /** The label of one colour {@code 0xRRGGBB}. */
  public int label(int rgb) {
    int[] label = new int[1];
    byte[] pixel = new byte[3];
    Colours.put(Colours.require(rgb), pixel, 0);
    decode(pixel, label, null);
    return label[0];
  }

  /**
   * Reads labels.
   *
   * @param rgb8 3n bytes
   * @param labels receives n labels: an index, {@link #BACKGROUND} or {@link #UNASSIGNED}
   * @param confidence receives n confidences 0..1, or null
   */
  public void decode(byte[] rgb8, int[] labels, float @Nullable [] confidence) {
    Lengths.requireRgb(rgb8.length, labels.length);
    if (confidence != null) {
      Lengths.requirePixels("confidence", confidence.length, labels.length);
    }
    double limit2 = limit * limit;
    int lastColour = -1;
    int lastLabel = UNASSIGNED;
    float lastConfidence = 0;
    for (int i = 0; i < labels.length; i++) {
      int rgb = Colours.get(rgb8, i);
      // Drawings are flat: most pixels repeat their neighbour's colour.
      if (rgb != lastColour) {
        int best = 0;
        int best2 = Integer.MAX_VALUE;
        int second2 = Integer.MAX_VALUE;
        for (int k = 0; k < palette.length; k++) {
          int distance2 = Colours.distance2(rgb, palette[k]);
          if (distance2 < best2) {
            second2 = best2;
            best2 = distance2;
            best = k;
          } else if (distance2 < second2) {
            second2 = distance2;
          }
        }
        lastColour = rgb;
        lastLabel = best2 > limit2 ? UNASSIGNED : best == size() ? BACKGROUND : best;
        double reach = Math.min(Math.min(Math.sqrt(second2), limit), DIAGONAL);
        lastConfidence = (float) Math.max(0, 1 - Math.sqrt(best2) / reach);
      }
      labels[i] = lastLabel;
      if (confidence != null) {
        confidence[i] = lastConfidence;
      }
    }
  }

  /**
   * Paints labels.
   *
   * @param labels n labels; {@link #BACKGROUND} and {@link #UNASSIGNED} take the background's
   *     colour, black if there is none
   * @param rgb8 receives 3n bytes
   * @throws IllegalArgumentException for a label outside the legend
   */
  public void paint(int[] labels, byte[] rgb8) {
    Lengths.requireRgb(rgb8.length, labels.length);
    int ground = background().orElse(0);
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i];
      if (label >= size() || label < BACKGROUND) {
        throw new IllegalArgumentException(
            "label %d at pixel %d is not in a legend of %d colours".formatted(label, i, size()));
      }
      Colours.put(label < 0 ? ground : palette[label], rgb8, i);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Legend that
        && Arrays.equals(palette, that.palette)
        && hasBackground == that.hasBackground
        && limit == that.limit;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(palette) + Boolean.hashCode(hasBackground);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Legend[");
    for (int i = 0; i < palette.length; i++) {
      text.append(i == 0 ? "" : i == size() ? " on " : " ").append("#%06X".formatted(palette[i]));
    }
    return text.append(']').toString();
  }
}

package dev.plantain.core.measure;

import java.util.BitSet;

/**
 * Where something is. An empty mask is an answer: it is not there; {@link #score} says how sure
 * that is.
 */
public final class Mask implements Measurement {
  private final String phrase;
  private final int width;
  private final int height;
  private final BitSet bits;
  private final float score;

  private Mask(String phrase, int width, int height, BitSet bits, float score) {
    this.phrase = phrase;
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.score = score;
  }

  /**
   * Copies its arguments.
   *
   * @param phrase what it shows
   * @param inside {@code width * height}
   * @param confidence {@code width * height} values in [0, 1]: how sure the decoder is of each
   *     pixel. The score is their mean over the mask, or over all pixels if it is empty.
   * @throws IllegalArgumentException if an array has another length
   */
  public static Mask of(
      String phrase, int width, int height, boolean[] inside, float[] confidence) {
    Shapes.require("a mask", width, height, 1, inside.length);
    Shapes.require("confidence", width, height, 1, confidence.length);
    double in = 0;
    double all = 0;
    BitSet bits = new BitSet(inside.length);
    for (int i = 0; i < inside.length; i++) {
      all += confidence[i];
      if (inside[i]) {
        bits.set(i);
        in += confidence[i];
      }
    }
    int area = bits.cardinality();
    double score = area > 0 ? in / area : all / inside.length;
    return new Mask(phrase, width, height, bits, (float) Math.clamp(score, 0, 1));
  }

  /**
   * Copies its arguments.
   *
   * @param inside indices {@code y * width + x} of its pixels
   * @param score confidence in the mask as a whole, in [0, 1]
   * @throws IllegalArgumentException if a pixel is outside, or the score
   */
  public static Mask of(String phrase, int width, int height, BitSet inside, float score) {
    if (width <= 0 || height <= 0 || inside.length() > (long) width * height) {
      throw new IllegalArgumentException(
          "a mask of %d x %d has a pixel %d".formatted(width, height, inside.length() - 1));
    }
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score is in [0, 1], got " + score);
    }
    return new Mask(phrase, width, height, (BitSet) inside.clone(), score);
  }

  /** What it shows, in the words it was asked for. */
  public String phrase() {
    return phrase;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Mask mirrored() {
    BitSet mirrored = new BitSet(width * height);
    bits.stream().forEach(i -> mirrored.set(2 * (i / width * width) + width - 1 - i));
    return new Mask(phrase, width, height, mirrored, score);
  }

  /** Confidence in [0, 1]: that the mask is right, or, if it is empty, that nothing is there. */
  public float score() {
    return score;
  }

  /** Whether column {@code x}, row {@code y} is inside. */
  public boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height && bits.get(y * width + x);
  }

  /** Whether nothing is there. */
  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Number of pixels. */
  public int area() {
    return bits.cardinality();
  }

  /** A copy: indices {@code y * width + x} of the pixels inside. */
  public BitSet bits() {
    return (BitSet) bits.clone();
  }

  /** The smallest box around all pixels; of no size at (0, 0) if the mask is empty. */
  public Box box() {
    int left = width;
    int top = height;
    int right = -1;
    int bottom = -1;
    for (int start = bits.nextSetBit(0); start >= 0; ) {
      int y = start / width;
      int end = Math.min(bits.nextClearBit(start), (y + 1) * width);
      left = Math.min(left, start - y * width);
      right = Math.max(right, end - 1 - y * width);
      top = Math.min(top, y);
      bottom = y;
      start = bits.nextSetBit(end);
    }
    return right < 0 ? new Box(0, 0, 0, 0) : new Box(left, top, right - left + 1, bottom - top + 1);
  }

  /**
   * Area of the intersection over area of the union; 1 for two empty masks.
   *
   * @throws IllegalArgumentException if the other has another size
   */
  public double iou(Mask other) {
    if (width != other.width || height != other.height) {
      throw new IllegalArgumentException(
          "masks of %d x %d and %d x %d do not compare"
              .formatted(width, height, other.width, other.height));
    }
    BitSet both = bits();
    both.and(other.bits);
    int shared = both.cardinality();
    int union = area() + other.area() - shared;
    return union == 0 ? 1 : (double) shared / union;
  }

  /** The same pixels under another phrase. */
  public Mask named(String other) {
    return new Mask(other, width, height, bits, score);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that
        && phrase.equals(that.phrase)
        && width == that.width
        && height == that.height
        && score == that.score
        && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + phrase.hashCode()) + bits.hashCode();
  }

  @Override
  public String toString() {
    return isEmpty()
        ? "Mask[%s: not there, score %.2f]".formatted(phrase, score)
        : "Mask[%s: %d pixels, score %.2f]".formatted(phrase, area(), score);
  }

  /** A box of pixels, the first column and row included. */
  public record Box(int x, int y, int width, int height) {}
}

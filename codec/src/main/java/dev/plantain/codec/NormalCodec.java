package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/**
 * Surface normals to colour and back. Normals are unit vectors in camera space, right-handed: +x
 * right, +y up, +z out of the picture towards the viewer; {@code float[] xyz} is interleaved, three
 * values per pixel, row-major.
 *
 * <p>Each channel shows the component along one direction, {@code (1 + component) / 2}. The paper's
 * colours, {@link #paper()}, are {@code R = (1 − x)/2, G = (1 + y)/2, B = (1 + z)/2}.
 *
 * <p>Invalid normals (NaN, zero, infinite) are painted mid-grey. Reading renormalises; what is
 * shorter than a quarter has no direction and becomes NaN with confidence 0: generators draw skies
 * nearly grey, and surfaces they are unsure of at least a third as long. Confidence is {@code 1 − 2
 * |length − 1|}, at least 0, of the vector as drawn.
 *
 * @param red the direction that the red channel shows
 * @param green the direction that the green channel shows
 * @param blue the direction that the blue channel shows
 */
public record NormalCodec(Direction red, Direction green, Direction blue) {

  /** A direction along a camera axis. */
  public enum Direction {
    /** +x. */
    RIGHT(0, 1),
    /** −x. */
    LEFT(0, -1),
    /** +y. */
    UP(1, 1),
    /** −y. */
    DOWN(1, -1),
    /** +z, out of the picture. */
    VIEWER(2, 1),
    /** −z, into the picture. */
    AWAY(2, -1);

    private final int axis;
    private final int sign;

    Direction(int axis, int sign) {
      this.axis = axis;
      this.sign = sign;
    }
  }

  private static final NormalCodec PAPER =
      new NormalCodec(Direction.LEFT, Direction.UP, Direction.VIEWER);

  /** Drawn vectors shorter than this have no direction. */
  private static final float NO_DIRECTION = 0.25f;

  public NormalCodec {
    if ((1 << red.axis | 1 << green.axis | 1 << blue.axis) != 0b111) {
      throw new IllegalArgumentException(
          "the channels of a normal map must show three different axes, got %s, %s, %s"
              .formatted(red, green, blue));
    }
  }

  /** Left is red, up is green, towards the viewer is blue. */
  public static NormalCodec paper() {
    return PAPER;
  }

  /**
   * Paints normals in 8 bits.
   *
   * @param xyz 3n values; vectors are normalised first
   * @param rgb8 receives 3n bytes
   */
  public void encode(float[] xyz, byte[] rgb8) {
    requireSame(xyz.length, rgb8.length);
    for (int i = 0; i < xyz.length; i += 3) {
      double scale = inverseLength(xyz[i], xyz[i + 1], xyz[i + 2]);
      rgb8[i] = (byte) (int) (255 * channel(red, xyz, i, scale) + 0.5f);
      rgb8[i + 1] = (byte) (int) (255 * channel(green, xyz, i, scale) + 0.5f);
      rgb8[i + 2] = (byte) (int) (255 * channel(blue, xyz, i, scale) + 0.5f);
    }
  }

  /**
   * Paints normals in float RGB.
   *
   * @param xyz 3n values; vectors are normalised first
   * @param rgb receives 3n values, 0..1
   */
  public void encode(float[] xyz, float[] rgb) {
    requireSame(xyz.length, rgb.length);
    for (int i = 0; i < xyz.length; i += 3) {
      double scale = inverseLength(xyz[i], xyz[i + 1], xyz[i + 2]);
      rgb[i] = channel(red, xyz, i, scale);
      rgb[i + 1] = channel(green, xyz, i, scale);
      rgb[i + 2] = channel(blue, xyz, i, scale);
    }
  }

  /** 1 / length, a float unless there is none so large; 0 for a vector without direction. */
  private static double inverseLength(float x, float y, float z) {
    double length = Math.sqrt((double) x * x + (double) y * y + (double) z * z);
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      return 0;
    }
    float scale = (float) (1 / length);
    return Float.isInfinite(scale) ? 1 / length : scale;
  }

  private static float channel(Direction direction, float[] xyz, int at, double scale) {
    // A vector without direction may hold NaN, which 0 times it would keep.
    float component = scale == 0 ? 0 : (float) (direction.sign * xyz[at + direction.axis] * scale);
    return Math.clamp((1 + component) / 2, 0f, 1f);
  }

  /**
   * Reads normals.
   *
   * @param rgb8 3n bytes
   * @param xyz receives 3n values: unit vectors, or three NaN
   * @param confidence receives n confidences 0..1, or null
   */
  public void decode(byte[] rgb8, float[] xyz, float @Nullable [] confidence) {
    requireSame(xyz.length, rgb8.length, confidence);
    for (int i = 0; i < xyz.length; i += 3) {
      put(
          (rgb8[i] & 0xff) * (2 / 255f) - 1,
          (rgb8[i + 1] & 0xff) * (2 / 255f) - 1,
          (rgb8[i + 2] & 0xff) * (2 / 255f) - 1,
          xyz,
          i,
          confidence);
    }
  }

  /**
   * Reads normals.
   *
   * @param rgb 3n values, clamped to 0..1; NaN makes its pixel NaN
   * @param xyz receives 3n values: unit vectors, or three NaN
   * @param confidence receives n confidences 0..1, or null
   */
  public void decode(float[] rgb, float[] xyz, float @Nullable [] confidence) {
    requireSame(xyz.length, rgb.length, confidence);
    for (int i = 0; i < xyz.length; i += 3) {
      put(
          2 * Math.clamp(rgb[i], 0f, 1f) - 1,
          2 * Math.clamp(rgb[i + 1], 0f, 1f) - 1,
          2 * Math.clamp(rgb[i + 2], 0f, 1f) - 1,
          xyz,
          i,
          confidence);
    }
  }

  private void put(float r, float g, float b, float[] xyz, int at, float @Nullable [] confidence) {
    float length = (float) Math.sqrt(r * r + g * g + b * b);
    // False for NaN, too.
    boolean directed = length >= NO_DIRECTION;
    float scale = directed ? 1 / length : Float.NaN;
    xyz[at + red.axis] = red.sign * r * scale;
    xyz[at + green.axis] = green.sign * g * scale;
    xyz[at + blue.axis] = blue.sign * b * scale;
    if (confidence != null) {
      confidence[at / 3] = directed ? Math.max(0, 1 - 2 * Math.abs(length - 1)) : 0;
    }
  }

  private static void requireSame(int xyz, int rgb) {
    if (xyz % 3 != 0 || xyz != rgb) {
      throw new IllegalArgumentException(
          "normals and RGB need three values per pixel each, got %d and %d".formatted(xyz, rgb));
    }
  }

  private static void requireSame(int xyz, int rgb, float @Nullable [] confidence) {
    requireSame(xyz, rgb);
    if (confidence != null) {
      Lengths.requirePixels("confidence", confidence.length, xyz / 3);
    }
  }
}

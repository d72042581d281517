package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/**
 * Metric depth to colour and back: a {@link DepthScale} turns metres into a position on a {@link
 * ColourMap}. Depth is the distance to the camera plane (planar z), in metres.
 *
 * <p>Arrays are flat and row-major; RGB is interleaved, either {@code byte[] rgb8} (0..255) or
 * {@code float[] rgb} (0..1, clamped to that before decoding), three values per pixel.
 *
 * <p><b>Special values.</b> {@code +∞} (sky, or beyond the code's range) is the far end of the map,
 * white on the cube walk, and white reads back as {@code +∞}; on a {@link DepthRange} the far end
 * reads back as {@code far}. So do the ends of every map after rounding to 8 bits or to floats. NaN
 * and negative depths (invalid) are painted in {@link #invalidRgb}, a colour far from the map. The
 * pixel-wise decoders read every colour as the nearest point of the map, as the paper does, so that
 * colour comes back as some depth of confidence 0; {@link #decode(byte[], int, int, float[],
 * float[])} marks it invalid instead. A NaN channel reads as NaN.
 *
 * <p><b>Precision</b> of {@link #paper()}. Through float RGB: within 1e-5 relative to 500 m, 5e-5
 * to 1,000 m. Through 8 bits half a step of the code: {@code |f(read) − f(d)| ≤ (½ + 2⁻¹⁰)/1785},
 * where 2⁻¹⁰ covers float32 arithmetic. What lies beyond {@code f⁻¹(1784.5/1785)}, 587 m, becomes
 * white.
 *
 * <p><b>Confidence</b> of a pixel is 1 on the map and falls linearly with the distance from it (of
 * RGB, 0..1 per channel) to 0 at 0.25.
 */
public final class DepthCodec {
  /** A channel is at most this far from what it was before it was rounded to 8 bits. */
  private static final double ROUNDED_TO_8_BITS = (0.5 + 1e-6) / 255;

  /** And before it was rounded to a float. */
  private static final double ROUNDED_TO_FLOAT = 0x1p-24;

  private static final double[] MID_GREY = {0.5, 0.5, 0.5};
  private static final double[] RED = {1, 0, 0};

  private static final DepthCodec PAPER =
      new DepthCodec(PowerTransform.PAPER, ColourMap.CUBE_WALK, CubeWalkProvider.CHOSEN);

  private final DepthScale scale;
  private final ColourMap map;
  private final @Nullable CubeWalkKernel kernel;

  private DepthCodec(DepthScale scale, ColourMap map, @Nullable CubeWalkKernel kernel) {
    this.scale = scale;
    this.map = map;
    this.kernel = kernel;
  }

  /** The paper's: {@link PowerTransform#PAPER} on {@link ColourMap#CUBE_WALK}. */
  public static DepthCodec paper() {
    return PAPER;
  }

  /** An unbounded code: {@code [0, ∞)} squeezed by {@code transform} onto {@code map}. */
  public static DepthCodec of(PowerTransform transform, ColourMap map) {
    return of((DepthScale) transform, map);
  }

  /**
   * A bounded code, linear in metres, that saturates at both ends as {@link DepthRange} documents.
   */
  public static DepthCodec between(double nearMetres, double farMetres, ColourMap map) {
    return of(new DepthRange(nearMetres, farMetres), map);
  }

  /** Any scale on any map. */
  public static DepthCodec of(DepthScale scale, ColourMap map) {
    return scale.equals(PowerTransform.PAPER) && map == ColourMap.CUBE_WALK
        ? PAPER
        : new DepthCodec(scale, map, null);
  }

  public DepthScale scale() {
    return scale;
  }

  public ColourMap map() {
    return map;
  }

  /** The colour of invalid depths, {@code 0xRRGGBB}: mid-grey, or red on {@link ColourMap#GREY}. */
  public int invalidRgb() {
    double[] colour = invalid();
    return Colours.pack(255 * colour[0], 255 * colour[1], 255 * colour[2]);
  }

  private double[] invalid() {
    return map == ColourMap.GREY ? RED : MID_GREY;
  }

  /**
   * The colour of one depth in double precision.
   *
   * @return red, green, blue, 0..1
   */
  public double[] encode(double metres) {
    double f = scale.forward(metres);
    return Double.isNaN(f) ? invalid().clone() : map.colour(f);
  }

  /** The depth in metres of one colour, channels 0..1, in double precision. */
  public double metres(double red, double green, double blue) {
    return scale.inverse(map.position(red, green, blue));
  }

  /**
   * Paints depths in 8 bits, each channel rounded to nearest.
   *
   * @param metres n depths
   * @param rgb8 receives 3n bytes
   */
  public void encode(float[] metres, byte[] rgb8) {
    Lengths.requireRgb(rgb8.length, metres.length);
    if (kernel != null) {
      kernel.encode(metres, rgb8);
      return;
    }
    for (int i = 0; i < metres.length; i++) {
      double[] colour = encode((double) metres[i]);
      for (int channel = 0; channel < 3; channel++) {
        rgb8[3 * i + channel] = (byte) Math.round(255 * colour[channel]);
      }
    }
  }

  /**
   * Paints depths in float RGB.
   *
   * @param metres n depths
   * @param rgb receives 3n values, 0..1
   */
  public void encode(float[] metres, float[] rgb) {
    Lengths.requireRgb(rgb.length, metres.length);
    if (kernel != null) {
      kernel.encode(metres, rgb);
      return;
    }
    for (int i = 0; i < metres.length; i++) {
      double[] colour = encode((double) metres[i]);
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] = (float) colour[channel];
      }
    }
  }

  /**
   * Reads each pixel as the nearest point of the map.
   *
   * @param rgb8 3n bytes
   * @param metres receives n depths
   * @param confidence receives n confidences 0..1, or null
   */
  public void decode(byte[] rgb8, float[] metres, float @Nullable [] confidence) {
    requireLengths(rgb8.length, metres, confidence);
    if (kernel != null) {
      kernel.decode(rgb8, metres, confidence);
      return;
    }
    for (int i = 0; i < metres.length; i++) {
      decodeOne(
          (rgb8[3 * i] & 0xff) / 255.0,
          (rgb8[3 * i + 1] & 0xff) / 255.0,
          (rgb8[3 * i + 2] & 0xff) / 255.0,
          ROUNDED_TO_8_BITS,
          i,
          metres,
          confidence);
    }
  }

  /**
   * Reads each pixel as the nearest point of the map.
   *
   * @param rgb 3n values, clamped to 0..1; a NaN channel makes its pixel NaN with confidence 0
   * @param metres receives n depths
   * @param confidence receives n confidences 0..1, or null
   */
  public void decode(float[] rgb, float[] metres, float @Nullable [] confidence) {
    requireLengths(rgb.length, metres, confidence);
    if (kernel != null) {
      kernel.decode(rgb, metres, confidence);
      return;
    }
    for (int i = 0; i < metres.length; i++) {
      decodeOne(
          rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2], ROUNDED_TO_FLOAT, i, metres, confidence);
    }
  }

  private void decodeOne(
      double r,
      double g,
      double b,
      double rounded,
      int pixel,
      float[] metres,
      float @Nullable [] confidence) {
    // A rounded end projects just before the end, which is far from it in metres.
    double position =
        map.isEnd(1, r, g, b, rounded)
            ? 1
            : map.isEnd(0, r, g, b, rounded) ? 0 : map.position(r, g, b);
    metres[pixel] = (float) scale.inverse(position);
    if (confidence != null) {
      double distance = map.distance(r, g, b);
      confidence[pixel] = Double.isNaN(distance) ? 0 : ColourMap.confidence(distance);
    }
  }

  /**
   * Reads an imperfect drawing. Pixels whose colour is explained neither by the map nor by their
   * surroundings (borders blended by antialiasing, JPEG ringing, paint of another colour) are
   * marked: repaired where the surroundings tell the depth, else NaN with confidence 0. All other
   * pixels read exactly as in {@link #decode(byte[], float[], float[])}.
   *
   * @param rgb8 {@code 3 * width * height} bytes
   * @param metres receives {@code width * height} depths
   * @param confidence receives as many confidences 0..1, or null
   * @return how many pixels were repaired and how many are invalid
   */
  public Marks decode(
      byte[] rgb8, int width, int height, float[] metres, float @Nullable [] confidence) {
    int pixels = Lengths.requireShape(width, height);
    Lengths.requirePixels("metres", metres.length, pixels);
    float[] sure = confidence == null ? new float[pixels] : confidence;
    decode(rgb8, metres, sure);
    return new SpatialDepth(this, rgb8, width, height, metres, sure).repair();
  }

  /**
   * What reading an imperfect drawing changed.
   *
   * @param repaired pixels that took their depth from their surroundings
   * @param invalid pixels without a depth
   */
  public record Marks(int repaired, int invalid) {}

  private static void requireLengths(int rgb, float[] metres, float @Nullable [] confidence) {
    Lengths.requireRgb(rgb, metres.length);
    if (confidence != null) {
      Lengths.requirePixels("confidence", confidence.length, metres.length);
    }
  }

  @Override
  public String toString() {
    return "DepthCodec[" + scale + ", " + map + "]";
  }
}

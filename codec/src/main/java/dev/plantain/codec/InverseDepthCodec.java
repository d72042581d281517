package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/**
 * <b>Relative inverse depth</b> as grey: near is bright, far is dark, as some generators were
 * taught ("Open Vision Banana"). Not metric: a reading is {@code a/depth + b} with {@code a > 0}
 * and {@code b} unknown per picture, so it can be ordered, or aligned to known depths, but not
 * measured.
 *
 * <p>Values are 0..1 without unit. NaN (invalid) is painted pure red, which is as far from grey as
 * a colour can be, and such strongly coloured pixels read back with confidence 0.
 */
public final class InverseDepthCodec {
  private static final InverseDepthCodec GREY = new InverseDepthCodec();

  private InverseDepthCodec() {}

  /** White is nearest, black farthest. */
  public static InverseDepthCodec grey() {
    return GREY;
  }

  /**
   * Turns metres into relative inverse depth over the whole 0..1: the nearest valid pixel becomes
   * 1, the farthest finite one 0; {@code +∞} becomes 0, NaN, 0 and negative depths NaN. If all
   * valid depths are equal they become 1.
   *
   * @param metres n depths
   * @param inverse receives n values 0..1
   */
  public void normalise(float[] metres, float[] inverse) {
    Lengths.requirePixels("inverse depth", inverse.length, metres.length);
    float near = Float.POSITIVE_INFINITY;
    float far = 0;
    for (float d : metres) {
      if (d > 0 && d < Float.POSITIVE_INFINITY) {
        near = Math.min(near, d);
        far = Math.max(far, d);
      }
    }
    double least = 1.0 / far;
    double span = 1.0 / near - least;
    for (int i = 0; i < metres.length; i++) {
      float d = metres[i];
      if (!(d > 0)) {
        inverse[i] = Float.NaN;
      } else if (d == Float.POSITIVE_INFINITY) {
        inverse[i] = 0;
      } else {
        inverse[i] = span > 0 ? (float) ((1.0 / d - least) / span) : 1;
      }
    }
  }

  /**
   * Paints relative inverse depth, clamped to 0..1.
   *
   * @param inverse n values
   * @param rgb8 receives 3n bytes
   */
  public void encode(float[] inverse, byte[] rgb8) {
    Lengths.requireRgb(rgb8.length, inverse.length);
    for (int i = 0; i < inverse.length; i++) {
      boolean invalid = Float.isNaN(inverse[i]);
      byte grey = (byte) (invalid ? 0 : Math.round(255 * Math.clamp(inverse[i], 0f, 1f)));
      rgb8[3 * i] = invalid ? (byte) 255 : grey;
      rgb8[3 * i + 1] = grey;
      rgb8[3 * i + 2] = grey;
    }
  }

  /**
   * Reads the mean of the three channels, the nearest point of the grey axis.
   *
   * @param rgb8 3n bytes
   * @param inverse receives n values 0..1, bright and near is 1
   * @param confidence receives 1 for grey, falling to 0 at a distance of 0.25 from it, or null
   */
  public void decode(byte[] rgb8, float[] inverse, float @Nullable [] confidence) {
    Lengths.requireRgb(rgb8.length, inverse.length);
    if (confidence != null) {
      Lengths.requirePixels("confidence", confidence.length, inverse.length);
    }
    for (int i = 0; i < inverse.length; i++) {
      double r = (rgb8[3 * i] & 0xff) / 255.0;
      double g = (rgb8[3 * i + 1] & 0xff) / 255.0;
      double b = (rgb8[3 * i + 2] & 0xff) / 255.0;
      double mean = (r + g + b) / 3;
      inverse[i] = (float) mean;
      if (confidence != null) {
        double distance =
            Math.sqrt((r - mean) * (r - mean) + (g - mean) * (g - mean) + (b - mean) * (b - mean));
        confidence[i] = ColourMap.confidence(distance);
      }
    }
  }
}

package dev.plantain.codec;

/**
 * Brightness and chroma of each 8-bit step of a colour map, as JPEG divides them: it keeps luma
 * pixel by pixel and well, chroma for squares of four pixels and badly.
 *
 * @param luma 0..255
 * @param cb blue less luma, about ±128
 * @param cr red less luma, about ±128
 */
record StepColours(float[] luma, float[] cb, float[] cr) {
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;
  private static final double CB = 1 / 1.772;
  private static final double CR = 1 / 1.402;

  static StepColours of(ColourMap map) {
    int steps = map.steps8bit();
    float[] luma = new float[steps + 1];
    float[] cb = new float[steps + 1];
    float[] cr = new float[steps + 1];
    for (int step = 0; step <= steps; step++) {
      double[] colour = map.colour((double) step / steps);
      double y = 255 * (RED * colour[0] + GREEN * colour[1] + BLUE * colour[2]);
      luma[step] = (float) y;
      cb[step] = (float) ((255 * colour[2] - y) * CB);
      cr[step] = (float) ((255 * colour[0] - y) * CR);
    }
    return new StepColours(luma, cb, cr);
  }

  /** Brightness of a pixel, 0..255. */
  static double luma(byte[] rgb8, int i) {
    return RED * (rgb8[3 * i] & 0xff)
        + GREEN * (rgb8[3 * i + 1] & 0xff)
        + BLUE * (rgb8[3 * i + 2] & 0xff);
  }

  /** How much brighter or darker the map is at a position, in levels. */
  double lumaMisfit(float position, byte[] rgb8, int i) {
    return Math.abs(lumaExcess(position, rgb8, i));
  }

  /** How much brighter the pixel is than the map at a position, in levels. */
  double lumaExcess(float position, byte[] rgb8, int i) {
    return luma(rgb8, i) - luma[step(position)];
  }

  /** How far the map's chroma at a position is from the pixel's, in levels. */
  double chromaMisfit(float position, byte[] rgb8, int i) {
    double y = luma(rgb8, i);
    int step = step(position);
    return Math.hypot(
        cb[step] - ((rgb8[3 * i + 2] & 0xff) - y) * CB, cr[step] - ((rgb8[3 * i] & 0xff) - y) * CR);
  }

  /** How far the pixel's chroma is from all blends of the map's at two positions, in levels. */
  double offBlend(float one, float other, byte[] rgb8, int i) {
    double y = luma(rgb8, i);
    int from = step(one);
    int to = step(other);
    double blue = ((rgb8[3 * i + 2] & 0xff) - y) * CB - cb[from];
    double red = ((rgb8[3 * i] & 0xff) - y) * CR - cr[from];
    double blueSpan = cb[to] - cb[from];
    double redSpan = cr[to] - cr[from];
    double span2 = blueSpan * blueSpan + redSpan * redSpan;
    double share = span2 == 0 ? 0 : Math.clamp((blue * blueSpan + red * redSpan) / span2, 0.0, 1.0);
    return Math.hypot(blue - share * blueSpan, red - share * redSpan);
  }

  private int step(float position) {
    return Math.clamp(Math.round(position), 0, luma.length - 1);
  }
}

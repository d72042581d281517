package dev.plantain.eval.metric;

import dev.plantain.core.Image;

/** How far one picture is from another of the same size: three measures, each by its paper. */
public final class PictureError {
  private static final int WINDOW = 7;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  /** The constant of GMSD for values in 0..255, as published. */
  private static final double GRADIENT_CONSTANT = 170;

  private static final int CHANGE = 30;

  private PictureError() {}

  /** Peak signal-to-noise ratio over all values of 8-bit sRGB, dB; +∞ for equal pictures. */
  public static double psnr(Image a, Image b) {
    requireSameSize(a, b);
    byte[] x = a.rgb8();
    byte[] y = b.rgb8();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double d = (x[i] & 0xff) - (y[i] & 0xff);
      sum += d * d;
    }
    return 10 * Math.log10(255.0 * 255.0 * x.length / sum);
  }

  /**
   * Intersection over union of what two edited pictures change: pixels of which a channel of 8-bit
   * sRGB is more than {@value #CHANGE} levels from where it was; 1 if neither changes any.
   *
   * @param before the picture that was edited
   * @param least pixels that {@code target} must change
   * @param most pixels that it may change
   * @return NaN if the target changes fewer or more
   */
  public static double changeIou(Image drawing, Image target, Image before, int least, int most) {
    requireSameSize(drawing, target);
    requireSameSize(drawing, before);
    byte[] d = drawing.rgb8();
    byte[] t = target.rgb8();
    byte[] b = before.rgb8();
    int meant = 0;
    int both = 0;
    int either = 0;
    for (int i = 0; i < b.length; i += 3) {
      boolean wanted = changes(t, b, i);
      boolean done = changes(d, b, i);
      meant += wanted ? 1 : 0;
      both += wanted && done ? 1 : 0;
      either += wanted || done ? 1 : 0;
    }
    if (meant < least || meant > most) {
      return Double.NaN;
    }
    return either == 0 ? 1 : (double) both / either;
  }

  private static boolean changes(byte[] after, byte[] before, int at) {
    boolean changes = false;
    for (int c = at; c < at + 3; c++) {
      changes |= Math.abs((after[c] & 0xff) - (before[c] & 0xff)) > CHANGE;
    }
    return changes;
  }

  /**
   * Structural similarity (Wang et al. 2004) of the luma in 0..1, mean over windows of 7 × 7 pixels
   * with equal weights and sample variances, as scikit-image computes it by default.
   */
  public static double ssim(Image a, Image b) {
    requireSameSize(a, b);
    int w = a.width();
    int h = a.height();
    if (w < WINDOW || h < WINDOW) {
      throw new IllegalArgumentException("SSIM needs %d pixels a side".formatted(WINDOW));
    }
    double[] x = luma(a, 1 / 255.0);
    double[] y = luma(b, 1 / 255.0);
    double sum = 0;
    for (int top = 0; top + WINDOW <= h; top++) {
      for (int left = 0; left + WINDOW <= w; left++) {
        sum += similarity(x, y, w, top, left);
      }
    }
    return sum / ((w - WINDOW + 1.0) * (h - WINDOW + 1.0));
  }

  private static double similarity(double[] x, double[] y, int w, int top, int left) {
    double sx = 0;
    double sy = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int v = top; v < top + WINDOW; v++) {
      for (int u = left; u < left + WINDOW; u++) {
        double p = x[v * w + u];
        double q = y[v * w + u];
        sx += p;
        sy += q;
        xx += p * p;
        yy += q * q;
        xy += p * q;
      }
    }
    int n = WINDOW * WINDOW;
    double mx = sx / n;
    double my = sy / n;
    double vx = (xx - n * mx * mx) / (n - 1);
    double vy = (yy - n * my * my) / (n - 1);
    double cov = (xy - n * mx * my) / (n - 1);
    return (2 * mx * my + C1) * (2 * cov + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));
  }

  /**
   * Gradient magnitude similarity deviation (Xue et al. 2014), a perceptual distance: 0 for equal
   * structure, larger is worse. On the luma in 0..255 halved in size, Prewitt gradients.
   */
  public static double gmsd(Image a, Image b) {
    requireSameSize(a, b);
    int w = a.width() / 2;
    int h = a.height() / 2;
    double[] x = gradients(halved(a), w, h);
    double[] y = gradients(halved(b), w, h);
    double sum = 0;
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      double s =
          (2 * x[i] * y[i] + GRADIENT_CONSTANT) / (x[i] * x[i] + y[i] * y[i] + GRADIENT_CONSTANT);
      sum += s;
      square += s * s;
    }
    double mean = sum / x.length;
    return Math.sqrt(Math.max(0, square / x.length - mean * mean));
  }

  private static double[] halved(Image image) {
    int w = image.width() / 2;
    int h = image.height() / 2;
    double[] full = luma(image, 1);
    double[] half = new double[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = 2 * y * image.width() + 2 * x;
        half[y * w + x] =
            (full[i] + full[i + 1] + full[i + image.width()] + full[i + image.width() + 1]) / 4;
      }
    }
    return half;
  }

  private static double[] gradients(double[] v, int w, int h) {
    double[] g = new double[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double gx = 0;
        double gy = 0;
        for (int k = -1; k <= 1; k++) {
          gx += at(v, w, h, x + 1, y + k) - at(v, w, h, x - 1, y + k);
          gy += at(v, w, h, x + k, y + 1) - at(v, w, h, x + k, y - 1);
        }
        g[y * w + x] = Math.hypot(gx / 3, gy / 3);
      }
    }
    return g;
  }

  private static double at(double[] v, int w, int h, int x, int y) {
    return v[Math.clamp(y, 0, h - 1) * w + Math.clamp(x, 0, w - 1)];
  }

  private static double[] luma(Image image, double scale) {
    byte[] rgb8 = image.rgb8();
    double[] luma = new double[rgb8.length / 3];
    for (int p = 0; p < luma.length; p++) {
      luma[p] =
          scale
              * (0.299 * (rgb8[3 * p] & 0xff)
                  + 0.587 * (rgb8[3 * p + 1] & 0xff)
                  + 0.114 * (rgb8[3 * p + 2] & 0xff));
    }
    return luma;
  }

  private static void requireSameSize(Image a, Image b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "pictures of %d x %d and %d x %d cannot be compared"
              .formatted(a.width(), a.height(), b.width(), b.height()));
    }
  }
}

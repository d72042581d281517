package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import dev.plantain.formats.Jpeg;
import java.util.SplittableRandom;

/**
 * Other looks of a view's photo: patterns on its surfaces, another exposure, another camera's
 * faults. Geometry, names and, but for their shade, colours stay as they are, so that what is true
 * of the view is true of the new photo. Photos of the world vary in these more than rendered ones
 * (Tremblay et al., arXiv 1804.06516).
 */
final class PhotoLook {
  private static final double PATTERNED = 0.5;
  private static final double CLOUDED = 0.4;
  private static final double DEVELOPED = 0.8;
  private static final double BLURRED = 0.3;
  private static final double NOISY = 0.4;
  private static final double COMPRESSED = 0.4;

  private PhotoLook() {}

  /** A photo of the view, new for each state of {@code random}. */
  static Image of(View view, SplittableRandom random) {
    int w = view.width();
    int h = view.height();
    byte[] rgb8 = view.photo().rgb8();
    float[] x = new float[rgb8.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (rgb8[i] & 0xff) / 255f;
    }
    paint(x, view, random);
    if (random.nextDouble() < DEVELOPED) {
      develop(x, random);
    }
    if (random.nextDouble() < BLURRED) {
      soften(x, w, h, (float) random.nextDouble(0.05, 0.3));
    }
    if (random.nextDouble() < NOISY) {
      double deviation = random.nextDouble(0.005, 0.05);
      for (int i = 0; i < x.length; i++) {
        x[i] += (float) (deviation * random.nextGaussian());
      }
    }
    Image look = image(x, w, h);
    return random.nextDouble() < COMPRESSED ? Jpeg.lossy(look, random.nextDouble(0.3, 0.9)) : look;
  }

  /** Gives things a pattern that is fixed in space, as if they were cut from a block of it. */
  private static void paint(float[] x, View view, SplittableRandom random) {
    SurfacePattern[] patterns = new SurfacePattern[view.things().size()];
    for (Thing thing : view.things()) {
      if (random.nextDouble() < PATTERNED) {
        patterns[thing.id()] = SurfacePattern.random(random);
      }
    }
    SurfacePattern sky = random.nextDouble() < CLOUDED ? SurfacePattern.clouds(random) : null;
    int w = view.width();
    double focal = view.camera().focalPx();
    for (int i = 0; i < view.thingIds().length; i++) {
      double depth = view.depthMetres()[i];
      int row = i / w;
      double right = (i - row * w + 0.5 - w / 2.0) / focal;
      double down = (row + 0.5 - view.height() / 2.0) / focal;
      if (Double.isFinite(depth)) {
        SurfacePattern pattern = patterns[view.thingIds()[i]];
        if (pattern != null) {
          double shade = pattern.shade(right * depth, down * depth, depth, depth / focal);
          for (int c = 0; c < 3; c++) {
            x[3 * i + c] *= (float) Math.exp(shade * pattern.tint(c));
          }
        }
      } else if (sky != null) {
        // A cloud hides the sky's colour; clouds of one height shrink towards the horizon.
        double near = 1 / Math.max(0.15, 0.6 - down);
        float cover = (float) Math.clamp(sky.shade(right * near, near, 0, 0), 0, 1);
        for (int c = 0; c < 3; c++) {
          x[3 * i + c] += cover * (0.92f - x[3 * i + c]);
        }
      }
    }
  }

  /** Exposure, contrast, saturation and white balance. */
  private static void develop(float[] x, SplittableRandom random) {
    double gamma = Math.exp(random.nextDouble(-0.4, 0.4));
    float contrast = (float) random.nextDouble(0.7, 1.25);
    float saturation = (float) random.nextDouble(0.5, 1.3);
    float[] gain = new float[3];
    double exposure = Math.exp(random.nextDouble(-0.3, 0.25));
    for (int c = 0; c < 3; c++) {
      gain[c] = (float) (exposure * random.nextDouble(0.9, 1.1));
    }
    for (int i = 0; i < x.length; i += 3) {
      float grey = 0;
      for (int c = 0; c < 3; c++) {
        float v = (float) Math.pow(Math.clamp(x[i + c] * gain[c], 0, 1), gamma);
        x[i + c] = 0.5f + contrast * (v - 0.5f);
        grey += x[i + c] / 3;
      }
      for (int c = 0; c < 3; c++) {
        x[i + c] = grey + saturation * (x[i + c] - grey);
      }
    }
  }

  /** Mixes each pixel with its four neighbours. */
  private static void soften(float[] x, int w, int h, float share) {
    float[] in = x.clone();
    for (int y = 0; y < h; y++) {
      int up = Math.max(0, y - 1) * w;
      int low = Math.min(h - 1, y + 1) * w;
      for (int p = 0; p < w; p++) {
        int left = y * w + Math.max(0, p - 1);
        int right = y * w + Math.min(w - 1, p + 1);
        for (int c = 0; c < 3; c++) {
          float around =
              in[3 * (up + p) + c] + in[3 * (low + p) + c] + in[3 * left + c] + in[3 * right + c];
          int i = 3 * (y * w + p) + c;
          x[i] = in[i] + share * (around - 4 * in[i]) * 0.8f;
        }
      }
    }
  }

  private static Image image(float[] x, int w, int h) {
    byte[] rgb8 = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      rgb8[i] = (byte) Math.round(255 * Math.clamp(x[i], 0, 1));
    }
    return Image.of(w, h, rgb8);
  }
}

package dev.plantain.train;

import dev.plantain.core.Image;
import java.util.List;
import java.util.SplittableRandom;

/** Damages a photo and says in words how to mend it; the target is the photo. */
final class Restoration {
  private Restoration() {}

  static Example of(Image photo, SplittableRandom random) {
    int w = photo.width();
    int h = photo.height();
    float[] x = new float[3 * w * h];
    byte[] clean = photo.rgb8();
    for (int i = 0; i < x.length; i++) {
      x[i] = clean[i] & 0xff;
    }
    String prompt =
        switch (random.nextInt(6)) {
          case 0 -> {
            noise(x, 12 + 40 * random.nextDouble(), random);
            yield pick(
                random,
                "Remove the noise from this photo.",
                "Denoise this image.",
                "Clean up the grain.");
          }
          case 1 -> {
            int radius = 1 + random.nextInt(2);
            blur(x, w, h, radius);
            blur(x, w, h, radius);
            yield pick(
                random,
                "Sharpen this blurred photo.",
                "Deblur this image.",
                "Bring this picture into focus.");
          }
          case 2 -> {
            grey(x);
            yield pick(
                random,
                "Colorize this black-and-white photo.",
                "Turn this grayscale image into a color photo.",
                "Give this picture natural colors.");
          }
          case 3 -> {
            hole(x, w, h, random);
            yield pick(
                random,
                "Fill in the missing part of this photo.",
                "Inpaint the gray area.",
                "Complete this picture.");
          }
          case 4 -> {
            double dark = 0.2 + 0.3 * random.nextDouble();
            for (int i = 0; i < x.length; i++) {
              x[i] *= (float) dark;
            }
            noise(x, 4, random);
            yield pick(
                random,
                "Brighten this dark photo.",
                "Fix the exposure of this image.",
                "Light this picture properly.");
          }
          default -> {
            blocks(x, w, h, 2 + random.nextInt(3));
            yield pick(
                random,
                "Increase the resolution of this photo.",
                "Remove the pixelation.",
                "Upscale this image.");
          }
        };
    return new Example(Kind.RESTORE, bytes(x, w, h), prompt, photo);
  }

  private static String pick(SplittableRandom random, String... texts) {
    return List.of(texts).get(random.nextInt(texts.length));
  }

  private static void noise(float[] x, double deviation, SplittableRandom random) {
    for (int i = 0; i < x.length; i++) {
      x[i] += (float) (deviation * random.nextGaussian());
    }
  }

  private static void grey(float[] x) {
    for (int i = 0; i < x.length; i += 3) {
      float y = 0.299f * x[i] + 0.587f * x[i + 1] + 0.114f * x[i + 2];
      x[i] = y;
      x[i + 1] = y;
      x[i + 2] = y;
    }
  }

  private static void hole(float[] x, int w, int h, SplittableRandom random) {
    int bw = w / 6 + random.nextInt(w / 4);
    int bh = h / 6 + random.nextInt(h / 4);
    int x0 = random.nextInt(w - bw);
    int y0 = random.nextInt(h - bh);
    for (int y = y0; y < y0 + bh; y++) {
      for (int i = 3 * (y * w + x0); i < 3 * (y * w + x0 + bw); i++) {
        x[i] = 128;
      }
    }
  }

  private static void blur(float[] x, int w, int h, int radius) {
    float[] in = x.clone();
    for (int y = 0; y < h; y++) {
      for (int px = 0; px < w; px++) {
        for (int c = 0; c < 3; c++) {
          float sum = 0;
          int n = 0;
          for (int yy = Math.max(0, y - radius); yy <= Math.min(h - 1, y + radius); yy++) {
            for (int xx = Math.max(0, px - radius); xx <= Math.min(w - 1, px + radius); xx++) {
              sum += in[3 * (yy * w + xx) + c];
              n++;
            }
          }
          x[3 * (y * w + px) + c] = sum / n;
        }
      }
    }
  }

  private static void blocks(float[] x, int w, int h, int side) {
    float[] in = x.clone();
    for (int y = 0; y < h; y++) {
      for (int px = 0; px < w; px++) {
        int from = 3 * ((y / side * side) * w + px / side * side);
        System.arraycopy(in, from, x, 3 * (y * w + px), 3);
      }
    }
  }

  private static Image bytes(float[] x, int w, int h) {
    byte[] out = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = (byte) Math.round(Math.clamp(x[i], 0, 255));
    }
    return Image.of(w, h, out);
  }
}

package dev.plantain.core;

import java.util.stream.IntStream;

/**
 * Resizes pictures by a separable Catmull-Rom filter, widened when shrinking so that nothing
 * aliases. For photos only: colours that are codes must never be mixed.
 */
final class Resizer {
  private Resizer() {}

  static Image resize(Image image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    byte[] source = image.rgb8();
    Taps columns = Taps.of(image.width(), width);
    Taps rows = Taps.of(image.height(), height);
    float[] wide = new float[3 * width * image.height()];
    IntStream.range(0, image.height())
        .parallel()
        .forEach(
            y -> {
              for (int x = 0; x < width; x++) {
                float r = 0;
                float g = 0;
                float b = 0;
                for (int k = 0; k < columns.count(); k++) {
                  float weight = columns.weight(x, k);
                  int i = 3 * (y * image.width() + columns.index(x, k));
                  r += weight * (source[i] & 0xFF);
                  g += weight * (source[i + 1] & 0xFF);
                  b += weight * (source[i + 2] & 0xFF);
                }
                int o = 3 * (y * width + x);
                wide[o] = r;
                wide[o + 1] = g;
                wide[o + 2] = b;
              }
            });
    byte[] target = new byte[3 * width * height];
    IntStream.range(0, height)
        .parallel()
        .forEach(
            y -> {
              for (int x = 0; x < 3 * width; x++) {
                float sum = 0;
                for (int k = 0; k < rows.count(); k++) {
                  sum += rows.weight(y, k) * wide[3 * width * rows.index(y, k) + x];
                }
                target[3 * width * y + x] = (byte) Math.clamp(Math.round(sum), 0, 255);
              }
            });
    return Image.of(width, height, target);
  }

  /** For each output sample the input samples it is made of: {@code count} each, flat. */
  private static final class Taps {
    private final int count;
    private final int[] indices;
    private final float[] weights;

    private Taps(int count, int outputs) {
      this.count = count;
      this.indices = new int[count * outputs];
      this.weights = new float[count * outputs];
    }

    static Taps of(int inputs, int outputs) {
      double scale = (double) inputs / outputs;
      double stretch = Math.max(1, scale);
      Taps taps = new Taps((int) Math.ceil(4 * stretch) + 1, outputs);
      for (int o = 0; o < outputs; o++) {
        double centre = (o + 0.5) * scale - 0.5;
        int first = (int) Math.ceil(centre - 2 * stretch);
        double sum = 0;
        for (int k = 0; k < taps.count; k++) {
          double weight = catmullRom((first + k - centre) / stretch);
          taps.indices[o * taps.count + k] = Math.clamp(first + k, 0, inputs - 1);
          taps.weights[o * taps.count + k] = (float) weight;
          sum += weight;
        }
        for (int k = 0; k < taps.count; k++) {
          taps.weights[o * taps.count + k] /= (float) sum;
        }
      }
      return taps;
    }

    int count() {
      return count;
    }

    int index(int output, int tap) {
      return indices[output * count + tap];
    }

    float weight(int output, int tap) {
      return weights[output * count + tap];
    }

    private static double catmullRom(double x) {
      double a = Math.abs(x);
      if (a < 1) {
        return (1.5 * a - 2.5) * a * a + 1;
      }
      return a < 2 ? ((-0.5 * a + 2.5) * a - 4) * a + 2 : 0;
    }
  }
}

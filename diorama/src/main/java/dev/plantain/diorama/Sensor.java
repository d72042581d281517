package dev.plantain.diorama;

import dev.plantain.core.Image;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * What a camera does to light: exposure, white balance, vignetting, blur, a mosaic of colour
 * filters, shot and read noise, demosaicking, a tone curve, sharpening, eight bits and JPEG. One
 * instance takes a picture and its edits in the same way, noise included.
 *
 * @param exposure factor on radiance
 * @param balance factor per channel left over by an imperfect white balance
 * @param blur standard deviation of the lens blur in pixels
 * @param noise standard deviation of noise at half exposure, as a share of full scale
 * @param contrast of the tone curve, 1 is neutral
 * @param saturation 1 is neutral
 * @param sharpening amount of the unsharp mask
 * @param vignette loss of light in the corners
 * @param jpeg quality in 0…1; 0 stores without loss
 * @param mosaic whether colours are sampled through a Bayer mosaic
 * @param grain noise of every value
 */
@SuppressWarnings("ArrayRecordComponent") // three floats, private to the package
record Sensor(
    float exposure,
    float[] balance,
    float blur,
    float noise,
    float contrast,
    float saturation,
    float sharpening,
    float vignette,
    float jpeg,
    boolean mosaic,
    Grain grain) {

  /** A camera set for this picture's light, with errors as automatic ones make them. */
  static Sensor metered(Frame f, World world, Rng rng) {
    double key = 0.21 * Math.exp(0.28 * rng.gaussian());
    double exposure = key / Math.exp(meter(f, world));
    double warm = 0.07 * rng.gaussian();
    double green = 0.025 * rng.gaussian();
    float[] cast = cast(f);
    float adapt = rng.rangeF(0.4, 1);
    float[] balance = new float[3];
    double[] error = {Math.exp(warm), Math.exp(green), Math.exp(-warm)};
    for (int c = 0; c < 3; c++) {
      balance[c] = (float) (Math.pow(cast[1] / cast[c], adapt) * error[c]);
    }
    boolean clean = rng.chance(0.35);
    return new Sensor(
        (float) exposure,
        balance,
        clean ? 0.2f : rng.rangeF(0.15, 0.6),
        clean ? 0.004f : (float) Math.exp(rng.range(Math.log(0.003), Math.log(0.025))),
        rng.rangeF(0.9, 1.25),
        rng.rangeF(0.85, 1.2),
        rng.rangeF(0, 0.6),
        rng.rangeF(0, 0.3),
        rng.chance(0.75) ? rng.rangeF(0.7, 0.97) : 0,
        rng.chance(0.2),
        new Grain(rng.nextLong()));
  }

  /** Mean of log luminance, as exposure automatics weigh it. */
  private static double meter(Frame f, World world) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < f.depth.length; i++) {
      float l =
          0.2126f * f.radiance[3 * i]
              + 0.7152f * f.radiance[3 * i + 1]
              + 0.0722f * f.radiance[3 * i + 2];
      double x = (i % f.width) / (double) f.width - 0.5;
      double y = Math.floorDiv(i, f.width) / (double) f.height - 0.5;
      boolean beyond =
          f.entity[i] < 0 || world.entities().get(f.entity[i]).category().name().equals("window");
      // Indoors, automatic exposure lets the view outside burn out.
      double w = (1.2 - (x * x + y * y)) * (beyond ? 0.15 : 1);
      sum += w * Math.log(Math.min(4, l) + 0.004);
      weights += w;
    }
    return sum / weights;
  }

  /** The same camera set for another light. */
  Sensor remetered(Frame f, World world) {
    double fresh = 0.2 / Math.exp(meter(f, world));
    return new Sensor(
        (float) fresh,
        balance,
        blur,
        noise,
        contrast,
        saturation,
        sharpening,
        vignette,
        jpeg,
        mosaic,
        grain);
  }

  /** The colour of the light, by the grey-world assumption, tempered. */
  private static float[] cast(Frame f) {
    double[] sum = {1e-3, 1e-3, 1e-3};
    for (int i = 0; i < f.depth.length; i++) {
      for (int c = 0; f.lit[i] && c < 3; c++) {
        sum[c] += Math.min(1.5, f.hard[3 * i + c] + f.soft[3 * i + c]);
      }
    }
    double mean = (sum[0] + sum[1] + sum[2]) / 3;
    return new float[] {
      (float) Math.clamp(sum[0] / mean, 0.4, 2.5),
      (float) Math.clamp(sum[1] / mean, 0.4, 2.5),
      (float) Math.clamp(sum[2] / mean, 0.4, 2.5)
    };
  }

  Image take(Frame f) {
    int w = f.width;
    int h = f.height;
    float[] raw = new float[3 * w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double u = (x + 0.5) / w * 2 - 1;
        double v = (y + 0.5) / h * 2 - 1;
        float shade = (float) (1 - vignette * (u * u + v * v) / 2);
        int i = 3 * (y * w + x);
        for (int c = 0; c < 3; c++) {
          raw[i + c] = f.radiance[i + c] * exposure * balance[c] * shade;
        }
      }
    }
    if (blur > 0.05f) {
      raw = blurred(raw, w, h, blur);
    }
    noise(raw);
    if (mosaic) {
      raw = demosaicked(raw, w, h);
    }
    tone(raw);
    if (sharpening > 0) {
      float[] soft = blurred(raw, w, h, 0.8f);
      for (int i = 0; i < raw.length; i++) {
        raw[i] += sharpening * (raw[i] - soft[i]);
      }
    }
    byte[] rgb = new byte[raw.length];
    for (int i = 0; i < raw.length; i++) {
      rgb[i] = (byte) Math.round(255 * Math.clamp(raw[i], 0f, 1f));
    }
    Image image = Image.of(w, h, rgb);
    return jpeg > 0 ? compressed(image) : image;
  }

  private void noise(float[] raw) {
    double[] g = grain.values(raw.length);
    for (int i = 0; i < raw.length; i++) {
      float x = raw[i];
      double spread = noise * Math.sqrt(0.15 + 1.7 * Math.max(0, Math.min(1, x)));
      raw[i] = (float) (x + spread * 0.55 * 1.73 * g[i]);
    }
  }

  /** Bilinear interpolation of an RGGB mosaic. */
  private static float[] demosaicked(float[] raw, int w, int h) {
    float[] out = new float[raw.length];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        for (int c = 0; c < 3; c++) {
          float sum = 0;
          float weights = 0;
          for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
              int qx = x + dx;
              int qy = y + dy;
              if (qx < 0 || qy < 0 || qx >= w || qy >= h || filter(qx, qy) != c) {
                continue;
              }
              float weight =
                  1f / (1 + Math.abs(dx) + Math.abs(dy)) * (dx == 0 && dy == 0 ? 1000 : 1);
              sum += weight * raw[3 * (qy * w + qx) + c];
              weights += weight;
            }
          }
          out[3 * (y * w + x) + c] = weights > 0 ? sum / weights : raw[3 * (y * w + x) + c];
        }
      }
    }
    return out;
  }

  private static int filter(int x, int y) {
    return (y & 1) == 0 ? ((x & 1) == 0 ? 0 : 1) : ((x & 1) == 0 ? 1 : 2);
  }

  private static final float[] DISPLAY = new float[2050];

  static {
    for (int i = 0; i < DISPLAY.length; i++) {
      DISPLAY[i] = (float) Colours.toSrgb(i / 2048.0);
    }
  }

  /** The display's curve, by a table: powers of every pixel would cost more than the noise. */
  private static float display(float x) {
    float at = Math.clamp(x, 0f, 1f) * 2048;
    int i = (int) at;
    return DISPLAY[i] + (DISPLAY[i + 1] - DISPLAY[i]) * (at - i);
  }

  private void tone(float[] raw) {
    for (int i = 0; i < raw.length; i += 3) {
      float l = 0.2126f * raw[i] + 0.7152f * raw[i + 1] + 0.0722f * raw[i + 2];
      for (int c = 0; c < 3; c++) {
        double x = Math.max(0, l + saturation * (raw[i + c] - l));
        // A shoulder instead of a hard clip, then the display's curve.
        double rolled = x < 0.6 ? x : 0.6 + 0.4 * (1 - Math.exp(-(x - 0.6) / 0.4));
        float s = display((float) rolled);
        raw[i + c] = (float) (0.5 + (s - 0.5) * contrast);
      }
    }
  }

  private static float[] blurred(float[] in, int w, int h, float sigma) {
    int radius = Math.max(1, (int) Math.ceil(2.5f * sigma));
    float[] kernel = new float[2 * radius + 1];
    float total = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = (float) Math.exp(-i * i / (2.0 * sigma * sigma));
      total += kernel[i + radius];
    }
    float[] across = new float[in.length];
    float[] out = new float[in.length];
    for (int y = 0; y < h; y++) {
      int row = 3 * w * y;
      for (int k = -radius; k <= radius; k++) {
        float weight = kernel[k + radius];
        int inside = Math.max(0, w - Math.abs(k)); // whose neighbour is no copy of the border
        int from = Math.max(0, -k);
        for (int x = 0; x < Math.min(w, from); x++) {
          mix(across, row + 3 * x, weight, in, row);
        }
        for (int x = from + inside; x < w; x++) {
          mix(across, row + 3 * x, weight, in, row + 3 * (w - 1));
        }
        add(across, row + 3 * from, weight, in, row + 3 * (from + k), 3 * inside);
      }
      divide(across, row, total, 3 * w);
    }
    for (int y = 0; y < h; y++) {
      int row = 3 * w * y;
      for (int k = -radius; k <= radius; k++) {
        add(out, row, kernel[k + radius], across, 3 * w * Math.clamp(y + k, 0, h - 1), 3 * w);
      }
      divide(out, row, total, 3 * w);
    }
    return out;
  }

  private static void mix(float[] to, int at, float weight, float[] in, int from) {
    for (int c = 0; c < 3; c++) {
      to[at + c] += weight * in[from + c];
    }
  }

  private static void add(float[] to, int at, float weight, float[] in, int from, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += weight * in[from + i];
    }
  }

  private static void divide(float[] to, int at, float by, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] /= by;
    }
  }

  private Image compressed(Image image) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Pictures.writeJpeg(image, jpeg, out);
      return Objects.requireNonNull(
          Pictures.read(new ByteArrayInputStream(out.toByteArray())), "a JPEG just written");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.plantain.diorama;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A panorama that lights a world: a Radiance {@code .hdr} file (Ward 1991, "Real Pixels") in equal
 * degrees, its upper half the sky. Its sun, if it has one, is taken out and kept apart, so that
 * shadows are sharp.
 */
final class Environment {
  private static final int WIDTH = 512;
  private static final int HEIGHT = 256;
  private static final int MOST_SIDE = 16_384;

  /** Mean radiance of the upper half, as of a drawn sky by day. */
  private static final double SKY = 0.8;

  /** What is brighter than this many times the mean belongs to the sun. */
  private static final double SUN = 12;

  /** Irradiance above which a picture would be all sunlight and black shadow. */
  private static final double BRIGHTEST_SUN = 16;

  private static final float SUN_SPREAD = 0.015f;

  /** Linear RGB, row by row from the zenith. */
  private final float[] rgb;

  private final float[] sun;
  private final float[] sunAt;

  private Environment(float[] rgb, float[] sun, float[] sunAt) {
    this.rgb = rgb;
    this.sun = sun;
    this.sunAt = sunAt;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is missing or none; the message says which and why
   */
  static Environment read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return split(shrunk(in));
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "%s is no usable environment map: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Reads line by line and averages down, so that a large file needs little memory. */
  private static float[] shrunk(InputStream in) throws IOException {
    String first = line(in);
    if (!first.startsWith("#?")) {
      throw new IOException("it does not begin with #?RADIANCE");
    }
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.startsWith("FORMAT=") && !header.equals("FORMAT=32-bit_rle_rgbe")) {
        throw new IOException("its format is %s, not RGBE".formatted(header.substring(7)));
      }
    }
    String[] size = line(in).split(" ");
    if (size.length != 4 || !size[0].equals("-Y") || !size[2].equals("+X")) {
      throw new IOException("its rows do not run from the top left");
    }
    int height = Integer.parseInt(size[1]);
    int width = Integer.parseInt(size[3]);
    if (width < 8 || height < 4 || width > MOST_SIDE || height > MOST_SIDE) {
      throw new IOException("it is of %d x %d pixels".formatted(width, height));
    }
    double[] sums = new double[3 * WIDTH * HEIGHT];
    int[] counts = new int[WIDTH * HEIGHT];
    byte[] row = new byte[4 * width];
    for (int y = 0; y < height; y++) {
      scanline(in, row, width);
      // Small files leave cells empty unless each of their pixels fills all cells it covers.
      int y0 = y * HEIGHT / height;
      int y1 = Math.max(y0 + 1, (y + 1) * HEIGHT / height);
      for (int x = 0; x < width; x++) {
        int x0 = x * WIDTH / width;
        int x1 = Math.max(x0 + 1, (x + 1) * WIDTH / width);
        double scale = Math.scalb(1.0, (row[4 * x + 3] & 0xff) - 136);
        for (int cy = y0; cy < y1; cy++) {
          for (int cx = x0; cx < x1; cx++) {
            int cell = cy * WIDTH + cx;
            counts[cell]++;
            for (int c = 0; c < 3; c++) {
              sums[3 * cell + c] += row[4 * x + 3] == 0 ? 0 : scale * (row[4 * x + c] & 0xff);
            }
          }
        }
      }
    }
    float[] out = new float[sums.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sums[i] / Math.max(1, counts[i / 3]));
    }
    return out;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || bytes.size() > 4096) {
        throw new EOFException("its header does not end");
      }
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private static void scanline(InputStream in, byte[] row, int width) throws IOException {
    byte[] start = in.readNBytes(4);
    if (start.length < 4) {
      throw new EOFException("it is cut short");
    }
    boolean packed = start[0] == 2 && start[1] == 2 && start[2] >= 0;
    if (!packed) {
      System.arraycopy(start, 0, row, 0, 4);
      if (in.readNBytes(row, 4, row.length - 4) < row.length - 4) {
        throw new EOFException("it is cut short");
      }
      return;
    }
    if (((start[2] & 0xff) << 8 | (start[3] & 0xff)) != width) {
      throw new IOException("a row has another width");
    }
    for (int c = 0; c < 4; c++) {
      for (int x = 0; x < width; ) {
        int code = in.read();
        int run = code > 128 ? code - 128 : code;
        if (code <= 0 || x + run > width) {
          throw new EOFException("a row is damaged");
        }
        int value = code > 128 ? in.read() : 0;
        for (int k = 0; k < run; k++, x++) {
          row[4 * x + c] = (byte) (code > 128 ? value : in.read());
        }
      }
    }
  }

  /** Scales the sky to a day's brightness and takes the sun out. */
  private static Environment split(float[] rgb) throws IOException {
    double mean = 0;
    double weights = 0;
    for (int y = 0; y < HEIGHT / 2; y++) {
      double area = Math.sin(Math.PI * (y + 0.5) / HEIGHT);
      for (int x = 0; x < WIDTH; x++) {
        int at = 3 * (y * WIDTH + x);
        // A logarithm would forget the sun, a mean would see nothing else: the median's cousin.
        mean += area * Math.sqrt(luminance(rgb, at));
        weights += area;
      }
    }
    double typical = Math.pow(mean / weights, 2);
    if (!(typical > 1e-9) || !Double.isFinite(typical)) {
      throw new IOException("its sky is black");
    }
    float gain = (float) (SKY / typical);
    float limit = (float) (SUN * SKY);
    double[] energy = new double[3];
    double[] at = new double[3];
    for (int i = 0; i < rgb.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        rgb[i + c] *= gain;
      }
      double light = luminance(rgb, i);
      int row = i / 3 / WIDTH;
      int column = i / 3 % WIDTH;
      if (light <= limit || row >= HEIGHT / 2) {
        continue;
      }
      double polar = Math.PI * (row + 0.5) / HEIGHT;
      double azimuth = Math.PI - 2 * Math.PI * (column + 0.5) / WIDTH;
      double angle = 2 * Math.PI / WIDTH * Math.PI / HEIGHT * Math.sin(polar);
      double[] d = {
        Math.sin(polar) * Math.sin(azimuth), Math.cos(polar), Math.sin(polar) * Math.cos(azimuth)
      };
      double keep = limit / light;
      for (int c = 0; c < 3; c++) {
        energy[c] += angle * (1 - keep) * rgb[i + c];
        at[c] += angle * (light - limit) * d[c];
        rgb[i + c] *= (float) keep;
      }
    }
    double length = Math.sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
    float[] where = new float[3];
    float[] sun = new float[3];
    double most = Math.max(energy[0], Math.max(energy[1], energy[2]));
    double dimmed = Math.min(1, BRIGHTEST_SUN / Math.max(1e-9, most));
    for (int c = 0; c < 3; c++) {
      where[c] = length > 0 ? (float) (at[c] / length) : c == 1 ? 1 : 0;
      sun[c] = (float) (dimmed * energy[c]);
    }
    return new Environment(rgb, sun, where);
  }

  private static double luminance(float[] rgb, int at) {
    return 0.2126 * rgb[at] + 0.7152 * rgb[at + 1] + 0.0722 * rgb[at + 2];
  }

  /** The sky as it lights a world that is turned by some radians about the vertical. */
  Daylight daylight(float turn) {
    float c = (float) Math.cos(turn);
    float s = (float) Math.sin(turn);
    float[] horizon = new float[3];
    float[] zenith = new float[3];
    radiance(0, 1, 0, 0, zenith);
    radiance(0, 0.1f, 1, 0, horizon);
    Sky sky =
        new Sky(
            zenith,
            horizon,
            horizon,
            0,
            0,
            c * sunAt[0] + s * sunAt[2],
            sunAt[1],
            -s * sunAt[0] + c * sunAt[2],
            sun,
            SUN_SPREAD,
            0,
            this,
            turn);
    return new Daylight(sky, sky.sunny() ? "in sunlight" : "on a grey day", false);
  }

  /** Radiance from a direction of any length, the world turned. */
  void radiance(float dx, float dy, float dz, float turn, float[] out) {
    double length = Math.sqrt(dx * dx + dy * dy + dz * dz);
    double v = Math.acos(Math.clamp(dy / length, -1.0, 1.0)) / Math.PI * HEIGHT - 0.5;
    // Whoever looks along +z has -x on the right, which is where columns grow.
    double u = ((turn - Math.atan2(dx, dz)) / (2 * Math.PI) + 0.5) * WIDTH - 0.5;
    int x0 = (int) Math.floor(u);
    int y0 = (int) Math.floor(v);
    float fx = (float) (u - x0);
    float fy = (float) (v - y0);
    int a = Math.floorMod(x0, WIDTH);
    int b = Math.floorMod(x0 + 1, WIDTH);
    int top = Math.clamp(y0, 0, HEIGHT - 1) * WIDTH;
    int low = Math.clamp(y0 + 1, 0, HEIGHT - 1) * WIDTH;
    for (int c = 0; c < 3; c++) {
      float up = rgb[3 * (top + a) + c] * (1 - fx) + rgb[3 * (top + b) + c] * fx;
      float down = rgb[3 * (low + a) + c] * (1 - fx) + rgb[3 * (low + b) + c] * fx;
      out[c] = up * (1 - fy) + down * fy;
    }
  }
}

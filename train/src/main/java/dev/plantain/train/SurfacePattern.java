package dev.plantain.train;

import java.util.SplittableRandom;

/**
 * A pattern in space: light and dark by the place of a point, in metres.
 *
 * @param seed of its lattice
 * @param wavelength of its coarsest part, metres
 * @param octaves of noise: each of half the wavelength, and 0.6 times as strong
 * @param seams how much darker it is along the planes of a grid; 0 for none
 * @param strength of its lights and darks, as a difference of the logarithm of brightness
 * @param shift added to all: what is above 0 of clouds is cloud
 * @param tints of red, green and blue: how much of the shade each takes
 */
record SurfacePattern(
    long seed,
    double wavelength,
    int octaves,
    double seams,
    double strength,
    double shift,
    float[] tints) {
  private static final double WEAKER = 0.6;

  /** Share of a grid's cell that is seam. */
  private static final double SEAM = 0.08;

  /** Wood, stone, cloth, plaster, tiles or grass, as chance has it. */
  static SurfacePattern random(SplittableRandom random) {
    double wavelength = 0.04 * Math.exp(random.nextDouble(Math.log(50)));
    float[] tints = new float[3];
    for (int c = 0; c < 3; c++) {
      tints[c] = (float) random.nextDouble(0.8, 1.2);
    }
    return new SurfacePattern(
        random.nextLong(),
        wavelength,
        1 + random.nextInt(4),
        random.nextInt(4) == 0 ? random.nextDouble(0.2, 0.8) : 0,
        0.04 + 0.5 * Math.pow(random.nextDouble(), 2),
        0,
        tints);
  }

  static SurfacePattern clouds(SplittableRandom random) {
    return new SurfacePattern(
        random.nextLong(),
        random.nextDouble(0.5, 2),
        4,
        0,
        random.nextDouble(1, 3),
        random.nextDouble(-0.6, 0.4),
        new float[] {1, 1, 1});
  }

  double tint(int channel) {
    return tints[channel];
  }

  /**
   * The shade of a point.
   *
   * @param footprint side of what a pixel sees there, metres: what is finer is left out, as a
   *     camera would blur it
   */
  double shade(double x, double y, double z, double footprint) {
    double sum = 0;
    double weight = 1;
    double length = wavelength;
    for (int i = 0; i < octaves && length > 2 * footprint; i++) {
      sum += weight * noise(seed + i, x / length, y / length, z / length);
      weight *= WEAKER;
      length /= 2;
    }
    double shade = strength * sum + shift;
    if (seams > 0 && wavelength * SEAM > footprint / 2) {
      boolean seam = isSeam(x) || isSeam(y) || isSeam(z);
      shade -= seam ? seams : 0;
    }
    return shade;
  }

  private boolean isSeam(double at) {
    double cell = at / wavelength;
    return cell - Math.floor(cell) < SEAM;
  }

  /** Random numbers in [-1, 1] at the points of a lattice, blended between them. */
  private static double noise(long seed, double x, double y, double z) {
    long x0 = (long) Math.floor(x);
    long y0 = (long) Math.floor(y);
    long z0 = (long) Math.floor(z);
    double fx = smooth(x - x0);
    double fy = smooth(y - y0);
    double fz = smooth(z - z0);
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      int dx = corner & 1;
      int dy = corner >> 1 & 1;
      int dz = corner >> 2;
      double share = (dx == 1 ? fx : 1 - fx) * (dy == 1 ? fy : 1 - fy) * (dz == 1 ? fz : 1 - fz);
      sum += share * lattice(seed, x0 + dx, y0 + dy, z0 + dz);
    }
    return sum;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double lattice(long seed, long x, long y, long z) {
    long h = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L;
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return (h >> 11) * 0x1p-52;
  }
}

package dev.plantain.diorama;

/**
 * A camera standing in a world.
 *
 * @param x position, metres
 * @param right unit vectors of its frame in the world
 * @param focal in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // three floats each, private to the package
record Lens(
    float x,
    float y,
    float z,
    float[] right,
    float[] up,
    float[] forward,
    float focal,
    int width,
    int height,
    Camera camera) {

  /**
   * @param yaw radians, 0 looks along +z, positive turns towards +x
   * @param pitch radians, positive looks up
   * @param roll radians, clockwise
   * @param fovX horizontal field of view in radians
   * @param above height over the floor, metres
   */
  static Lens of(
      double x,
      double y,
      double z,
      double yaw,
      double pitch,
      double roll,
      double fovX,
      int width,
      int height,
      double above) {
    double cp = Math.cos(pitch);
    double[] f = {Math.sin(yaw) * cp, Math.sin(pitch), Math.cos(yaw) * cp};
    double[] r0 = {-Math.cos(yaw), 0, Math.sin(yaw)};
    double[] u0 = {
      r0[1] * f[2] - r0[2] * f[1], r0[2] * f[0] - r0[0] * f[2], r0[0] * f[1] - r0[1] * f[0]
    };
    double c = Math.cos(roll);
    double s = Math.sin(roll);
    float[] r = new float[3];
    float[] u = new float[3];
    for (int i = 0; i < 3; i++) {
      r[i] = (float) (c * r0[i] - s * u0[i]);
      u[i] = (float) (s * r0[i] + c * u0[i]);
    }
    double focal = width / (2 * Math.tan(fovX / 2));
    return new Lens(
        (float) x,
        (float) y,
        (float) z,
        r,
        u,
        new float[] {(float) f[0], (float) f[1], (float) f[2]},
        (float) focal,
        width,
        height,
        new Camera(
            focal, Math.toDegrees(fovX), above, Math.toDegrees(pitch), Math.toDegrees(roll)));
  }

  /** The same camera with a radial distortion, see {@link Camera#distortion()}. */
  Lens bent(double k) {
    Camera c = camera;
    return new Lens(
        x,
        y,
        z,
        right,
        up,
        forward,
        focal,
        width,
        height,
        new Camera(
            c.focalPx(), c.fovXDegrees(), c.heightMetres(), c.pitchDegrees(), c.rollDegrees(), k));
  }

  /** Aims a ray through a point of the picture; its direction advances one metre of depth per t. */
  void aim(Ray ray, float px, float py) {
    float a = (px - 0.5f * width) / focal;
    float b = (0.5f * height - py) / focal;
    if (camera.distortion() != 0) {
      float bend = 1 + (float) camera.distortion() * (a * a + b * b);
      a *= bend;
      b *= bend;
    }
    ray.set(
        x,
        y,
        z,
        forward[0] + a * right[0] + b * up[0],
        forward[1] + a * right[1] + b * up[1],
        forward[2] + a * right[2] + b * up[2],
        Float.POSITIVE_INFINITY);
  }

  /** Depth of a point along the optical axis, metres. */
  double depth(double px, double py, double pz) {
    return (px - x) * forward[0] + (py - y) * forward[1] + (pz - z) * forward[2];
  }

  /** Column of a point at the given depth. */
  double column(double px, double py, double pz, double depth) {
    return 0.5 * width + focal * across(px, py, pz) / depth * squeeze(px, py, pz, depth);
  }

  /** Row of a point at the given depth. */
  double row(double px, double py, double pz, double depth) {
    return 0.5 * height - focal * above(px, py, pz) / depth * squeeze(px, py, pz, depth);
  }

  private double across(double px, double py, double pz) {
    return (px - x) * right[0] + (py - y) * right[1] + (pz - z) * right[2];
  }

  private double above(double px, double py, double pz) {
    return (px - x) * up[0] + (py - y) * up[1] + (pz - z) * up[2];
  }

  /** How much nearer to the centre than without distortion a point is drawn, by Newton's method. */
  private double squeeze(double px, double py, double pz, double depth) {
    double k = camera.distortion();
    if (k == 0) {
      return 1;
    }
    double slope = Math.hypot(across(px, py, pz), above(px, py, pz)) / depth;
    if (slope < 1e-9) {
      return 1;
    }
    // Beyond its greatest slope a pincushion sees nothing; the edge of its sight stands for that.
    double edge = k < 0 ? Math.sqrt(-1 / (3 * k)) : Double.POSITIVE_INFINITY;
    double target = k < 0 ? Math.min(slope, 0.999 * edge * 2 / 3) : slope;
    double p = Math.min(target, edge);
    for (int i = 0; i < 12; i++) {
      p -= (p + k * p * p * p - target) / (1 + 3 * k * p * p);
    }
    return p / slope;
  }
}

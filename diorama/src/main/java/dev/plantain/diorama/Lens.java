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

  /** Aims a ray through a point of the picture; its direction advances one metre of depth per t. */
  void aim(Ray ray, float px, float py) {
    float a = (px - 0.5f * width) / focal;
    float b = (0.5f * height - py) / focal;
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
    double a = (px - x) * right[0] + (py - y) * right[1] + (pz - z) * right[2];
    return 0.5 * width + focal * a / depth;
  }

  /** Row of a point at the given depth. */
  double row(double px, double py, double pz, double depth) {
    double b = (px - x) * up[0] + (py - y) * up[1] + (pz - z) * up[2];
    return 0.5 * height - focal * b / depth;
  }
}

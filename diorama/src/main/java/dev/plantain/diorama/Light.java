package dev.plantain.diorama;

/** Something that lights surfaces directly and is sampled by shadow rays. */
sealed interface Light {

  /** The sun of a {@link Sky}. */
  record Sun(Sky sky) implements Light {}

  /**
   * A window opening through which the sky shines in.
   *
   * @param origin one corner
   * @param a edge from the corner
   * @param b the other edge
   * @param normal unit vector into the room
   */
  @SuppressWarnings("ArrayRecordComponent") // three floats each, private to the package
  record Portal(Sky sky, float[] origin, float[] a, float[] b, float[] normal) implements Light {
    float area() {
      float x = a[1] * b[2] - a[2] * b[1];
      float y = a[2] * b[0] - a[0] * b[2];
      float z = a[0] * b[1] - a[1] * b[0];
      return (float) Math.sqrt(x * x + y * y + z * z);
    }
  }

  /**
   * A glowing ball.
   *
   * @param radius of the ball
   * @param clearance within which nothing blocks it, so that its own shade does not swallow it
   * @param intensity radiant intensity, linear RGB: irradiance at one metre
   * @param piece index in the setting of the lamp that it is in, or -1
   */
  @SuppressWarnings("ArrayRecordComponent") // three floats, private to the package
  record Lamp(
      float x, float y, float z, float radius, float clearance, float[] intensity, int piece)
      implements Light {}
}

package dev.plantain.diorama;

/**
 * One side of a rectangular room, seen from within.
 *
 * @param x0 where it starts; it runs along (dx, dz), the room lies towards (−dz, dx)
 */
record Wall(float x0, float z0, float dx, float dz, float length) {

  float x(float along, float away) {
    return x0 + along * dx - away * dz;
  }

  float z(float along, float away) {
    return z0 + along * dz + away * dx;
  }

  float normalX() {
    return -dz;
  }

  float normalZ() {
    return dx;
  }

  /** The yaw of a thing with its back to this wall. */
  float yaw() {
    return (float) Math.atan2(normalX(), normalZ());
  }

  static Wall[] around(float width, float length) {
    return new Wall[] {
      new Wall(0, 0, 1, 0, width),
      new Wall(width, 0, 0, 1, length),
      new Wall(width, length, -1, 0, width),
      new Wall(0, length, 0, -1, length)
    };
  }
}

package dev.plantain.diorama;

/** What a house, a door or a window covers on the plan, metres. */
record Footprint(float x0, float z0, float x1, float z1) {

  static Footprint of(Piece p) {
    float[] b = p.instance(0).bounds;
    return new Footprint(b[0], b[2], b[3], b[5]);
  }

  /** Metres from a point to the nearest of it, squared; 0 within. */
  float away(float x, float z) {
    float dx = Math.max(0, Math.max(x0 - x, x - x1));
    float dz = Math.max(0, Math.max(z0 - z, z - z1));
    return dx * dx + dz * dz;
  }
}

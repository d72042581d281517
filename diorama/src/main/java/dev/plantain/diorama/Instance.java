package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/** A mesh somewhere in a scene. */
final class Instance {
  final Mesh mesh;

  /** World from mesh: 3 × 4, row-major. */
  final float[] toWorld;

  /** Mesh from world: 3 × 4, row-major. */
  final float[] toMesh;

  /** In the world: min x y z, max x y z. */
  final float[] bounds;

  /** Entity per material. */
  final int[] entities;

  /** Linear repaint per material, null where it keeps its own look; null if none is painted. */
  final float @Nullable [] @Nullable [] paints;

  Instance(Mesh mesh, float[] toWorld, int[] entities, float @Nullable [] @Nullable [] paints) {
    this.mesh = mesh;
    this.toWorld = toWorld;
    this.entities = entities;
    this.paints = paints;
    toMesh = invert(toWorld);
    bounds = worldBounds(mesh.bounds(), toWorld);
  }

  /**
   * Turned by {@code yaw} radians about the vertical (counter-clockwise from above), then moved.
   */
  static float[] placed(float x, float y, float z, float yaw, float sx, float sy, float sz) {
    float c = (float) Math.cos(yaw);
    float s = (float) Math.sin(yaw);
    return new float[] {c * sx, 0, s * sz, x, 0, sy, 0, y, -s * sx, 0, c * sz, z};
  }

  static float[] identity() {
    return new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
  }

  private static float[] invert(float[] m) {
    double a = m[0];
    double b = m[1];
    double c = m[2];
    double d = m[4];
    double e = m[5];
    double f = m[6];
    double g = m[8];
    double h = m[9];
    double i = m[10];
    double det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    if (Math.abs(det) < 1e-18) {
      throw new IllegalArgumentException("an instance cannot be flattened");
    }
    double[] r = {
      (e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det,
      (f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det,
      (d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det
    };
    float[] out = new float[12];
    for (int row = 0; row < 3; row++) {
      for (int col = 0; col < 3; col++) {
        out[4 * row + col] = (float) r[3 * row + col];
      }
      out[4 * row + 3] =
          (float) -(r[3 * row] * m[3] + r[3 * row + 1] * m[7] + r[3 * row + 2] * m[11]);
    }
    return out;
  }

  static float[] worldBounds(float[] box, float[] m) {
    float[] out = new float[6];
    for (int row = 0; row < 3; row++) {
      float low = m[4 * row + 3];
      float high = low;
      for (int col = 0; col < 3; col++) {
        float a = m[4 * row + col] * box[col];
        float b = m[4 * row + col] * box[3 + col];
        low += Math.min(a, b);
        high += Math.max(a, b);
      }
      out[row] = low;
      out[3 + row] = high;
    }
    return out;
  }

  /** Rotates a normal of the mesh into the world; scaling is undone through the inverse. */
  void normalToWorld(float[] n) {
    float x = toMesh[0] * n[0] + toMesh[4] * n[1] + toMesh[8] * n[2];
    float y = toMesh[1] * n[0] + toMesh[5] * n[1] + toMesh[9] * n[2];
    float z = toMesh[2] * n[0] + toMesh[6] * n[1] + toMesh[10] * n[2];
    float length = (float) Math.sqrt(x * x + y * y + z * z);
    n[0] = x / length;
    n[1] = y / length;
    n[2] = z / length;
  }
}

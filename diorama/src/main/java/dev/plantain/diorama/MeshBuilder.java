package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects triangles and turns them into a {@link Mesh}. */
final class MeshBuilder {
  /** Models beyond this are not furniture but scans or mistakes. */
  static final int MAX_TRIANGLES = 2_000_000;

  /** Faces that meet at less than this are smoothed into one another. */
  private static final float CREASE_COS = (float) Math.cos(Math.toRadians(40));

  private static final int LEAF_SIZE = 4;

  private final List<Material> materials = new ArrayList<>();
  private float[] positions = new float[9 * 64];
  private float[] texture = new float[6 * 64];
  private float[] normals = new float[9 * 64];
  private short[] material = new short[64];
  private int count;
  private boolean textured;

  int count() {
    return count;
  }

  int material(Material m) {
    if (materials.size() >= Short.MAX_VALUE) {
      throw new IllegalArgumentException("a model has more than 32,766 materials");
    }
    materials.add(m);
    return materials.size() - 1;
  }

  /**
   * Adds a triangle; its offset in the three arrays below is {@link #count()} before the call.
   * Normals that stay zero are computed.
   */
  private int next(int materialIndex) {
    if (count == material.length) {
      positions = Arrays.copyOf(positions, positions.length * 2);
      texture = Arrays.copyOf(texture, texture.length * 2);
      normals = Arrays.copyOf(normals, normals.length * 2);
      material = Arrays.copyOf(material, material.length * 2);
    }
    material[count] = (short) materialIndex;
    Material m = materials.get(materialIndex);
    textured |= m.texture() != null || m.pattern() != null;
    return count++;
  }

  /**
   * Adds a triangle given corner arrays of 3 positions (9), texture coordinates (6), normals (9).
   */
  void triangle(int materialIndex, float[] p, float[] uv, float[] n) {
    int i = next(materialIndex);
    System.arraycopy(p, 0, positions, 9 * i, 9);
    System.arraycopy(uv, 0, texture, 6 * i, 6);
    System.arraycopy(n, 0, normals, 9 * i, 9);
  }

  /**
   * Adds a flat rectangle: {@code origin + s·a + t·b} for s, t in [0, 1]; the normal is a × b.
   *
   * @param u0 texture coordinate at the origin; coordinates run in metres along a and b
   */
  void rectangle(int materialIndex, float[] origin, float[] a, float[] b, float u0, float v0) {
    float la = (float) Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
    float lb = (float) Math.sqrt(b[0] * b[0] + b[1] * b[1] + b[2] * b[2]);
    quad(materialIndex, origin, a, b, u0, v0, u0 + la, v0 + lb);
  }

  /** A flat rectangle with given texture coordinates at its corners. */
  void quad(
      int materialIndex, float[] o, float[] a, float[] b, float u0, float v0, float u1, float v1) {
    float[] zero = new float[9];
    triangle(
        materialIndex,
        new float[] {
          o[0],
          o[1],
          o[2],
          o[0] + a[0],
          o[1] + a[1],
          o[2] + a[2],
          o[0] + a[0] + b[0],
          o[1] + a[1] + b[1],
          o[2] + a[2] + b[2]
        },
        new float[] {u0, v0, u1, v0, u1, v1},
        zero);
    triangle(
        materialIndex,
        new float[] {
          o[0],
          o[1],
          o[2],
          o[0] + a[0] + b[0],
          o[1] + a[1] + b[1],
          o[2] + a[2] + b[2],
          o[0] + b[0],
          o[1] + b[1],
          o[2] + b[2]
        },
        new float[] {u0, v0, u1, v1, u0, v1},
        zero);
  }

  /** An axis-aligned box, texture coordinates in metres. */
  void box(int m, float x0, float y0, float z0, float x1, float y1, float z1) {
    float w = x1 - x0;
    float h = y1 - y0;
    float d = z1 - z0;
    rectangle(m, new float[] {x0, y0, z1}, new float[] {w, 0, 0}, new float[] {0, h, 0}, x0, y0);
    rectangle(m, new float[] {x1, y0, z0}, new float[] {-w, 0, 0}, new float[] {0, h, 0}, 0, y0);
    rectangle(m, new float[] {x0, y0, z0}, new float[] {0, 0, d}, new float[] {0, h, 0}, z0, y0);
    rectangle(m, new float[] {x1, y0, z1}, new float[] {0, 0, -d}, new float[] {0, h, 0}, 0, y0);
    rectangle(m, new float[] {x0, y1, z1}, new float[] {w, 0, 0}, new float[] {0, 0, -d}, x0, 0);
    rectangle(m, new float[] {x0, y0, z0}, new float[] {w, 0, 0}, new float[] {0, 0, d}, x0, z0);
  }

  /** A sphere of triangles with exact normals. */
  void sphere(int m, float cx, float cy, float cz, float radius, int segments) {
    for (int j = 0; j < segments; j++) {
      double a0 = Math.PI * j / segments;
      double a1 = Math.PI * (j + 1) / segments;
      for (int i = 0; i < 2 * segments; i++) {
        double b0 = Math.PI * i / segments;
        double b1 = Math.PI * (i + 1) / segments;
        float[] p = spherical(a0, b0);
        float[] q = spherical(a1, b0);
        float[] r = spherical(a1, b1);
        float[] s = spherical(a0, b1);
        if (j < segments - 1) {
          ball(m, cx, cy, cz, radius, p, q, r);
        }
        if (j > 0) {
          ball(m, cx, cy, cz, radius, p, r, s);
        }
      }
    }
  }

  private static float[] spherical(double polar, double azimuth) {
    return new float[] {
      (float) (Math.sin(polar) * Math.sin(azimuth)),
      (float) Math.cos(polar),
      (float) (Math.sin(polar) * Math.cos(azimuth))
    };
  }

  private void ball(int m, float cx, float cy, float cz, float r, float[] a, float[] b, float[] c) {
    float[] p = new float[9];
    float[] n = new float[9];
    float[][] corners = {a, b, c};
    for (int k = 0; k < 3; k++) {
      p[3 * k] = cx + r * corners[k][0];
      p[3 * k + 1] = cy + r * corners[k][1];
      p[3 * k + 2] = cz + r * corners[k][2];
      System.arraycopy(corners[k], 0, n, 3 * k, 3);
    }
    triangle(m, p, new float[6], n);
  }

  /** Min x y z, max x y z of everything added. */
  float[] bounds() {
    float[] box = {
      Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    for (int i = 0; i < 9 * count; i++) {
      box[i % 3] = Math.min(box[i % 3], positions[i]);
      box[3 + i % 3] = Math.max(box[3 + i % 3], positions[i]);
    }
    return box;
  }

  /** Applies a 3 × 4 row-major matrix; its linear part may scale the axes unevenly. */
  void transform(float[] m) {
    // Normals go with the cofactor matrix, or uneven scaling would tilt them.
    float[] c = {
      m[5] * m[10] - m[6] * m[9], m[6] * m[8] - m[4] * m[10], m[4] * m[9] - m[5] * m[8],
      m[2] * m[9] - m[1] * m[10], m[0] * m[10] - m[2] * m[8], m[1] * m[8] - m[0] * m[9],
      m[1] * m[6] - m[2] * m[5], m[2] * m[4] - m[0] * m[6], m[0] * m[5] - m[1] * m[4]
    };
    for (int i = 0; i < 9 * count; i += 3) {
      float x = positions[i];
      float y = positions[i + 1];
      float z = positions[i + 2];
      float nx = normals[i];
      float ny = normals[i + 1];
      float nz = normals[i + 2];
      for (int r = 0; r < 3; r++) {
        positions[i + r] = m[4 * r] * x + m[4 * r + 1] * y + m[4 * r + 2] * z + m[4 * r + 3];
        normals[i + r] = c[3 * r] * nx + c[3 * r + 1] * ny + c[3 * r + 2] * nz;
      }
    }
  }

  /**
   * Builds the mesh.
   *
   * @throws IllegalArgumentException if there is nothing to see
   */
  Mesh build(String name) {
    dropDegenerate();
    if (count == 0) {
      throw new IllegalArgumentException("model %s has no visible triangle".formatted(name));
    }
    float[] faceNormals = faceNormals();
    smooth(faceNormals);
    float[] boxes = new float[6 * count];
    for (int i = 0; i < count; i++) {
      for (int axis = 0; axis < 3; axis++) {
        float a = positions[9 * i + axis];
        float b = positions[9 * i + 3 + axis];
        float c = positions[9 * i + 6 + axis];
        boxes[6 * i + axis] = Math.min(a, Math.min(b, c));
        boxes[6 * i + 3 + axis] = Math.max(a, Math.max(b, c));
      }
    }
    Bvh bvh = Bvh.build(boxes, count, LEAF_SIZE);
    float[] edges = new float[9 * count];
    int[] packed = new int[3 * count];
    float[] uv = new float[textured ? 6 * count : 0];
    short[] index = new short[count];
    for (int i = 0; i < count; i++) {
      int from = bvh.order()[i];
      for (int k = 0; k < 9; k++) {
        float base = k < 3 ? 0 : positions[9 * from + k % 3];
        edges[9 * i + k] = positions[9 * from + k] - base;
      }
      for (int k = 0; k < 3; k++) {
        int at = 9 * from + 3 * k;
        packed[3 * i + k] = Octahedral.encode(normals[at], normals[at + 1], normals[at + 2]);
      }
      if (textured) {
        System.arraycopy(texture, 6 * from, uv, 6 * i, 6);
      }
      index[i] = material[from];
    }
    return Mesh.of(name, materials.toArray(Material[]::new), edges, packed, uv, index, bvh.nodes());
  }

  private void dropDegenerate() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      boolean good = true;
      for (int k = 0; k < 9; k++) {
        good &= Float.isFinite(positions[9 * i + k]);
      }
      for (int k = 0; k < 6; k++) {
        if (!Float.isFinite(texture[6 * i + k])) {
          texture[6 * i + k] = 0;
        }
      }
      float[] n = new float[3];
      cross(i, n);
      good &= n[0] * n[0] + n[1] * n[1] + n[2] * n[2] > 0;
      if (good) {
        if (kept != i) {
          System.arraycopy(positions, 9 * i, positions, 9 * kept, 9);
          System.arraycopy(normals, 9 * i, normals, 9 * kept, 9);
          System.arraycopy(texture, 6 * i, texture, 6 * kept, 6);
          material[kept] = material[i];
        }
        kept++;
      }
    }
    count = kept;
  }

  private void cross(int i, float[] n) {
    int at = 9 * i;
    float ax = positions[at + 3] - positions[at];
    float ay = positions[at + 4] - positions[at + 1];
    float az = positions[at + 5] - positions[at + 2];
    float bx = positions[at + 6] - positions[at];
    float by = positions[at + 7] - positions[at + 1];
    float bz = positions[at + 8] - positions[at + 2];
    n[0] = ay * bz - az * by;
    n[1] = az * bx - ax * bz;
    n[2] = ax * by - ay * bx;
  }

  /** Not normalised: as long as twice the triangle's area. */
  private float[] faceNormals() {
    float[] all = new float[3 * count];
    float[] n = new float[3];
    for (int i = 0; i < count; i++) {
      cross(i, n);
      System.arraycopy(n, 0, all, 3 * i, 3);
    }
    return all;
  }

  private void smooth(float[] faces) {
    int[] vertex = weld();
    int vertices = 0;
    for (int v : vertex) {
      vertices = Math.max(vertices, v + 1);
    }
    int[] start = new int[vertices + 1];
    for (int v : vertex) {
      start[v + 1]++;
    }
    for (int i = 0; i < vertices; i++) {
      start[i + 1] += start[i];
    }
    int[] fill = Arrays.copyOf(start, vertices);
    int[] around = new int[vertex.length];
    for (int corner = 0; corner < vertex.length; corner++) {
      around[fill[vertex[corner]]++] = corner / 3;
    }
    float[] unit = new float[3 * count];
    for (int i = 0; i < count; i++) {
      normalise(faces, 3 * i, unit, 3 * i);
    }
    for (int corner = 0; corner < vertex.length; corner++) {
      int at = 3 * corner;
      int face = corner / 3;
      if (normals[at] != 0 || normals[at + 1] != 0 || normals[at + 2] != 0) {
        normalise(normals, at, normals, at);
        continue;
      }
      float x = 0;
      float y = 0;
      float z = 0;
      int v = vertex[corner];
      for (int k = start[v]; k < start[v + 1]; k++) {
        int f = 3 * around[k];
        float cos =
            unit[f] * unit[3 * face]
                + unit[f + 1] * unit[3 * face + 1]
                + unit[f + 2] * unit[3 * face + 2];
        if (cos > CREASE_COS) {
          x += faces[f];
          y += faces[f + 1];
          z += faces[f + 2];
        }
      }
      normals[at] = x;
      normals[at + 1] = y;
      normals[at + 2] = z;
      normalise(normals, at, normals, at);
    }
  }

  private static void normalise(float[] from, int at, float[] to, int out) {
    double x = from[at];
    double y = from[at + 1];
    double z = from[at + 2];
    double length = Math.sqrt(x * x + y * y + z * z);
    double scale = length > 0 ? 1 / length : 0;
    to[out] = (float) (x * scale);
    to[out + 1] = (float) (y * scale);
    to[out + 2] = (float) (z * scale);
  }

  /** One number per distinct corner position; open addressing on the coordinates' bits. */
  private int[] weld() {
    int corners = 3 * count;
    int capacity = Integer.highestOneBit(Math.max(16, corners)) * 4;
    int[] table = new int[capacity];
    Arrays.fill(table, -1);
    int[] vertex = new int[corners];
    int vertices = 0;
    for (int c = 0; c < corners; c++) {
      int x = Float.floatToIntBits(positions[3 * c] + 0f);
      int y = Float.floatToIntBits(positions[3 * c + 1] + 0f);
      int z = Float.floatToIntBits(positions[3 * c + 2] + 0f);
      int slot = (int) Rng.mix(Rng.mix(Rng.mix(x) + y) + z) & (capacity - 1);
      while (true) {
        int other = table[slot];
        if (other < 0) {
          table[slot] = c;
          vertex[c] = vertices++;
          break;
        }
        if (positions[3 * other] == positions[3 * c]
            && positions[3 * other + 1] == positions[3 * c + 1]
            && positions[3 * other + 2] == positions[3 * c + 2]) {
          vertex[c] = vertex[other];
          break;
        }
        slot = slot + 1 & capacity - 1;
      }
    }
    return vertex;
  }
}

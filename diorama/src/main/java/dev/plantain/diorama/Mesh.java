package dev.plantain.diorama;

/**
 * Triangles in metres with a bounding volume hierarchy, in flat arrays and in leaf order.
 *
 * @param name stable id of the model, or what it was made for
 * @param materials looks, indexed by {@code material}
 * @param edges 9 per triangle: first corner, then the two edges from it
 * @param normals 3 per triangle: the corners' unit normals, {@link Octahedral octahedral} code
 * @param texture 6 per triangle: u v of the corners; empty if no material needs them
 * @param material index per triangle
 * @param hierarchy over the triangles, in the form of {@link RayWalk#CHOSEN}
 * @param bounds min x y z, max x y z
 * @param cutOuts whether any material is {@link Material.Kind#CUT_OUT}
 * @param panes whether any material is {@link Material.Kind#GLASS}
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the point
record Mesh(
    String name,
    Material[] materials,
    float[] edges,
    int[] normals,
    float[] texture,
    short[] material,
    float[] hierarchy,
    float[] bounds,
    boolean cutOuts,
    boolean panes) {

  private static final float EPSILON = 1e-12f;

  /** Triangles are this much larger than they are, or rays slip between two that share an edge. */
  private static final float RIM = 2e-6f;

  /**
   * Finds out what the materials ask for and prepares the hierarchy.
   *
   * @param nodes see {@link Bvh}
   */
  static Mesh of(
      String name,
      Material[] materials,
      float[] edges,
      int[] normals,
      float[] texture,
      short[] material,
      float[] nodes) {
    float[] bounds = new float[6];
    for (int axis = 0; axis < 3; axis++) {
      bounds[axis] = Math.min(nodes[axis], nodes[6 + axis]);
      bounds[3 + axis] = Math.max(nodes[3 + axis], nodes[9 + axis]);
    }
    return new Mesh(
            name,
            materials,
            edges,
            normals,
            texture,
            material,
            RayWalk.CHOSEN.prepare(nodes),
            bounds,
            false,
            false)
        .withMaterials(materials);
  }

  int triangles() {
    return material.length;
  }

  /** The hierarchy's nodes, see {@link Bvh}. */
  float[] nodes() {
    return RayWalk.CHOSEN.nodes(hierarchy);
  }

  /** The same shape with other looks. */
  Mesh withMaterials(Material[] others) {
    boolean cut = false;
    boolean glass = false;
    for (Material m : others) {
      cut |= m.kind() == Material.Kind.CUT_OUT;
      glass |= m.kind() == Material.Kind.GLASS;
    }
    return new Mesh(name, others, edges, normals, texture, material, hierarchy, bounds, cut, glass);
  }

  /**
   * Records the nearest hit of a leaf that is closer than {@code ray.t}; the ray in this mesh's
   * frame is given apart.
   *
   * @param ref without its sign, see {@link Bvh#reference}
   */
  void leaf(
      Ray ray, int instance, int ref, float ox, float oy, float oz, float dx, float dy, float dz) {
    int first = ref >> 4;
    int end = first + (ref & 15);
    float[] e = edges;
    for (int i = first; i < end; i++) {
      int at = 9 * i;
      float e1x = e[at + 3];
      float e1y = e[at + 4];
      float e1z = e[at + 5];
      float e2x = e[at + 6];
      float e2y = e[at + 7];
      float e2z = e[at + 8];
      float px = dy * e2z - dz * e2y;
      float py = dz * e2x - dx * e2z;
      float pz = dx * e2y - dy * e2x;
      float det = e1x * px + e1y * py + e1z * pz;
      if (Math.abs(det) < EPSILON) {
        continue;
      }
      float inv = 1 / det;
      float tx = ox - e[at];
      float ty = oy - e[at + 1];
      float tz = oz - e[at + 2];
      float u = (tx * px + ty * py + tz * pz) * inv;
      float qx = ty * e1z - tz * e1y;
      float qy = tz * e1x - tx * e1z;
      float qz = tx * e1y - ty * e1x;
      float v = (dx * qx + dy * qy + dz * qz) * inv;
      float t = (e2x * qx + e2y * qy + e2z * qz) * inv;
      if (outside(u, v, t, ray.t)) {
        continue;
      }
      if (t <= 0 || (cutOuts && !present(i, u, v))) {
        continue;
      }
      ray.t = t;
      ray.instance = instance;
      ray.triangle = i;
      ray.u = u;
      ray.v = v;
    }
  }

  /** Whether anything but glass in a leaf lies between the origin and {@code tMax}. */
  boolean leafBlocks(
      int ref, float ox, float oy, float oz, float dx, float dy, float dz, float tMax) {
    int first = ref >> 4;
    int end = first + (ref & 15);
    float[] e = edges;
    for (int i = first; i < end; i++) {
      int at = 9 * i;
      float e1x = e[at + 3];
      float e1y = e[at + 4];
      float e1z = e[at + 5];
      float e2x = e[at + 6];
      float e2y = e[at + 7];
      float e2z = e[at + 8];
      float px = dy * e2z - dz * e2y;
      float py = dz * e2x - dx * e2z;
      float pz = dx * e2y - dy * e2x;
      float det = e1x * px + e1y * py + e1z * pz;
      if (Math.abs(det) < EPSILON) {
        continue;
      }
      float inv = 1 / det;
      float tx = ox - e[at];
      float ty = oy - e[at + 1];
      float tz = oz - e[at + 2];
      float u = (tx * px + ty * py + tz * pz) * inv;
      float qx = ty * e1z - tz * e1y;
      float qy = tz * e1x - tx * e1z;
      float qz = tx * e1y - ty * e1x;
      float v = (dx * qx + dy * qy + dz * qz) * inv;
      float t = (e2x * qx + e2y * qy + e2z * qz) * inv;
      if (outside(u, v, t, tMax)) {
        continue;
      }
      if (t > 0
          && (!panes || materials[material[i]].kind() != Material.Kind.GLASS)
          && (!cutOuts || present(i, u, v))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a point of a triangle's plane is beyond its rim, behind the ray or not before {@code
   * limit}: one branch on five signs, because each alone is as good as a coin.
   */
  private static boolean outside(float u, float v, float t, float limit) {
    int signs =
        Float.floatToRawIntBits(u + RIM)
            | Float.floatToRawIntBits(v + RIM)
            | Float.floatToRawIntBits(1 + RIM - u)
            | Float.floatToRawIntBits(1 + RIM - (u + v))
            | Float.floatToRawIntBits(t)
            | ~Float.floatToRawIntBits(t - limit);
    return signs < 0;
  }

  private boolean present(int triangle, float u, float v) {
    Material m = materials[material[triangle]];
    if (m.kind() != Material.Kind.CUT_OUT || m.texture() == null) {
      return true;
    }
    int at = 6 * triangle;
    float w = 1 - u - v;
    return m.texture()
        .opaque(
            w * texture[at] + u * texture[at + 2] + v * texture[at + 4],
            w * texture[at + 1] + u * texture[at + 3] + v * texture[at + 5]);
  }
}

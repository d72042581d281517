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
 * @param nodes the hierarchy, see {@link Bvh}
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
    float[] nodes,
    boolean cutOuts,
    boolean panes) {

  private static final float EPSILON = 1e-12f;

  /** Triangles are this much larger than they are, or rays slip between two that share an edge. */
  private static final float RIM = 2e-6f;

  static Mesh of(
      String name,
      Material[] materials,
      float[] edges,
      int[] normals,
      float[] texture,
      short[] material,
      float[] nodes) {
    boolean cutOuts = false;
    boolean panes = false;
    for (Material m : materials) {
      cutOuts |= m.kind() == Material.Kind.CUT_OUT;
      panes |= m.kind() == Material.Kind.GLASS;
    }
    return new Mesh(name, materials, edges, normals, texture, material, nodes, cutOuts, panes);
  }

  int triangles() {
    return material.length;
  }

  /** Min x y z, max x y z. */
  float[] bounds() {
    float[] box = new float[6];
    for (int axis = 0; axis < 3; axis++) {
      box[axis] = Math.min(nodes[axis], nodes[6 + axis]);
      box[3 + axis] = Math.max(nodes[3 + axis], nodes[9 + axis]);
    }
    return box;
  }

  /** The same shape with other looks. */
  Mesh withMaterials(Material[] others) {
    return of(name, others, edges, normals, texture, material, nodes);
  }

  /**
   * Records the nearest hit closer than {@code ray.t}; the ray in this mesh's frame is given apart.
   *
   * @param base free slots of the ray's stack start here
   */
  void closest(
      Ray ray, int instance, float ox, float oy, float oz, float dx, float dy, float dz, int base) {
    float ix = Ray.inverse(dx);
    float iy = Ray.inverse(dy);
    float iz = Ray.inverse(dz);
    int nearX = ix < 0 ? 3 : 0;
    int nearY = iy < 0 ? 4 : 1;
    int nearZ = iz < 0 ? 5 : 2;
    int farX = 3 - nearX;
    int farY = 5 - nearY;
    int farZ = 7 - nearZ;
    int[] stack = ray.stack;
    int[] stackNear = ray.stackNear;
    float[] b = nodes;
    int top = base;
    int node = 0;
    while (true) {
      if (node >= 0) {
        int at = Bvh.STRIDE * node;
        float best = ray.t;
        float lNear =
            Bvh.entry(
                (b[at + nearX] - ox) * ix, (b[at + nearY] - oy) * iy, (b[at + nearZ] - oz) * iz);
        float lFar =
            Bvh.exit(
                (b[at + farX] - ox) * ix, (b[at + farY] - oy) * iy, (b[at + farZ] - oz) * iz, best);
        float rNear =
            Bvh.entry(
                (b[at + 6 + nearX] - ox) * ix,
                (b[at + 6 + nearY] - oy) * iy,
                (b[at + 6 + nearZ] - oz) * iz);
        float rFar =
            Bvh.exit(
                (b[at + 6 + farX] - ox) * ix,
                (b[at + 6 + farY] - oy) * iy,
                (b[at + 6 + farZ] - oz) * iz,
                best);
        boolean left = lNear <= lFar * 1.0000004f;
        boolean right = rNear <= rFar * 1.0000004f;
        if (left && right) {
          int l = Bvh.reference(b, node, 0);
          int r = Bvh.reference(b, node, 1);
          if (lNear <= rNear) {
            stack[top] = r;
            stackNear[top++] = Float.floatToRawIntBits(rNear);
            node = l;
          } else {
            stack[top] = l;
            stackNear[top++] = Float.floatToRawIntBits(lNear);
            node = r;
          }
          continue;
        }
        if (left) {
          node = Bvh.reference(b, node, 0);
          continue;
        }
        if (right) {
          node = Bvh.reference(b, node, 1);
          continue;
        }
      } else {
        leaf(ray, instance, node & Integer.MAX_VALUE, ox, oy, oz, dx, dy, dz);
      }
      do {
        if (top == base) {
          return;
        }
        node = stack[--top];
      } while (stackNear[top] > Float.floatToRawIntBits(ray.t));
    }
  }

  private void leaf(
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

  /** Whether anything but glass lies between the origin and {@code tMax}. */
  boolean occluded(
      Ray ray, float ox, float oy, float oz, float dx, float dy, float dz, float tMax, int base) {
    float ix = Ray.inverse(dx);
    float iy = Ray.inverse(dy);
    float iz = Ray.inverse(dz);
    int nearX = ix < 0 ? 3 : 0;
    int nearY = iy < 0 ? 4 : 1;
    int nearZ = iz < 0 ? 5 : 2;
    int farX = 3 - nearX;
    int farY = 5 - nearY;
    int farZ = 7 - nearZ;
    int[] stack = ray.stack;
    float[] b = nodes;
    int top = base;
    int node = 0;
    while (true) {
      if (node >= 0) {
        int at = Bvh.STRIDE * node;
        float lNear =
            Bvh.entry(
                (b[at + nearX] - ox) * ix, (b[at + nearY] - oy) * iy, (b[at + nearZ] - oz) * iz);
        float lFar =
            Bvh.exit(
                (b[at + farX] - ox) * ix, (b[at + farY] - oy) * iy, (b[at + farZ] - oz) * iz, tMax);
        float rNear =
            Bvh.entry(
                (b[at + 6 + nearX] - ox) * ix,
                (b[at + 6 + nearY] - oy) * iy,
                (b[at + 6 + nearZ] - oz) * iz);
        float rFar =
            Bvh.exit(
                (b[at + 6 + farX] - ox) * ix,
                (b[at + 6 + farY] - oy) * iy,
                (b[at + 6 + farZ] - oz) * iz,
                tMax);
        boolean left = lNear <= lFar * 1.0000004f;
        boolean right = rNear <= rFar * 1.0000004f;
        if (left) {
          if (right) {
            stack[top++] = Bvh.reference(b, node, 1);
          }
          node = Bvh.reference(b, node, 0);
          continue;
        }
        if (right) {
          node = Bvh.reference(b, node, 1);
          continue;
        }
      } else if (leafBlocks(node & Integer.MAX_VALUE, ox, oy, oz, dx, dy, dz, tMax)) {
        return true;
      }
      if (top == base) {
        return false;
      }
      node = stack[--top];
    }
  }

  private boolean leafBlocks(
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

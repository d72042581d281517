package dev.plantain.diorama;

/** {@link RayWalk} in plain Java: the nearer of two children first, the left one if both are. */
final class ScalarWalk implements RayWalk {

  @Override
  public float[] prepare(float[] nodes) {
    return nodes;
  }

  @Override
  public float[] nodes(float[] prepared) {
    return prepared;
  }

  @Override
  public void closest(Scene scene, Ray ray) {
    float[] nodes = scene.hierarchy;
    float ix = Ray.inverse(ray.dx);
    float iy = Ray.inverse(ray.dy);
    float iz = Ray.inverse(ray.dz);
    int top = 0;
    int node = 0;
    while (true) {
      if (node >= 0) {
        int at = Bvh.STRIDE * node;
        int l = entry(nodes, at, ray, ix, iy, iz, ray.t);
        int r = entry(nodes, at + 6, ray, ix, iy, iz, ray.t);
        if (l <= r) {
          if (r != Bvh.MISSED) {
            ray.stack[top] = Bvh.reference(nodes, node, 1);
            ray.stackNear[top++] = r;
          }
          if (l != Bvh.MISSED) {
            node = Bvh.reference(nodes, node, 0);
            continue;
          }
        } else {
          if (l != Bvh.MISSED) {
            ray.stack[top] = Bvh.reference(nodes, node, 0);
            ray.stackNear[top++] = l;
          }
          node = Bvh.reference(nodes, node, 1);
          continue;
        }
      } else {
        int ref = node & Integer.MAX_VALUE;
        int first = ref >> 4;
        for (int k = first; k < first + (ref & 15); k++) {
          enter(ray, scene, scene.order[k]);
        }
      }
      do {
        if (top == 0) {
          return;
        }
        node = ray.stack[--top];
      } while (ray.stackNear[top] > Float.floatToRawIntBits(ray.t));
    }
  }

  private static void enter(Ray ray, Scene scene, int i) {
    Instance instance = scene.instance(i);
    float[] m = instance.toMesh;
    closest(
        instance.mesh,
        ray,
        i,
        m[0] * ray.ox + m[1] * ray.oy + m[2] * ray.oz + m[3],
        m[4] * ray.ox + m[5] * ray.oy + m[6] * ray.oz + m[7],
        m[8] * ray.ox + m[9] * ray.oy + m[10] * ray.oz + m[11],
        m[0] * ray.dx + m[1] * ray.dy + m[2] * ray.dz,
        m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz,
        m[8] * ray.dx + m[9] * ray.dy + m[10] * ray.dz);
  }

  @Override
  public boolean occluded(Scene scene, Ray ray) {
    float[] nodes = scene.hierarchy;
    float ix = Ray.inverse(ray.dx);
    float iy = Ray.inverse(ray.dy);
    float iz = Ray.inverse(ray.dz);
    int top = 0;
    int node = 0;
    while (true) {
      if (node >= 0) {
        int at = Bvh.STRIDE * node;
        boolean left = entry(nodes, at, ray, ix, iy, iz, ray.t) != Bvh.MISSED;
        boolean right = entry(nodes, at + 6, ray, ix, iy, iz, ray.t) != Bvh.MISSED;
        if (left) {
          if (right) {
            ray.stack[top++] = Bvh.reference(nodes, node, 1);
          }
          node = Bvh.reference(nodes, node, 0);
          continue;
        }
        if (right) {
          node = Bvh.reference(nodes, node, 1);
          continue;
        }
      } else {
        int ref = node & Integer.MAX_VALUE;
        int first = ref >> 4;
        for (int k = first; k < first + (ref & 15); k++) {
          Instance instance = scene.instance(scene.order[k]);
          float[] m = instance.toMesh;
          if (occluded(
              instance.mesh,
              ray,
              m[0] * ray.ox + m[1] * ray.oy + m[2] * ray.oz + m[3],
              m[4] * ray.ox + m[5] * ray.oy + m[6] * ray.oz + m[7],
              m[8] * ray.ox + m[9] * ray.oy + m[10] * ray.oz + m[11],
              m[0] * ray.dx + m[1] * ray.dy + m[2] * ray.dz,
              m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz,
              m[8] * ray.dx + m[9] * ray.dy + m[10] * ray.dz,
              ray.t)) {
            return true;
          }
        }
      }
      if (top == 0) {
        return false;
      }
      node = ray.stack[--top];
    }
  }

  private static int entry(float[] b, int at, Ray ray, float ix, float iy, float iz, float limit) {
    int x = ix < 0 ? 3 : 0;
    int y = iy < 0 ? 4 : 1;
    int z = iz < 0 ? 5 : 2;
    float near =
        Bvh.entry((b[at + x] - ray.ox) * ix, (b[at + y] - ray.oy) * iy, (b[at + z] - ray.oz) * iz);
    float far =
        Bvh.exit(
            (b[at + 3 - x] - ray.ox) * ix,
            (b[at + 5 - y] - ray.oy) * iy,
            (b[at + 7 - z] - ray.oz) * iz,
            limit);
    return near <= far * 1.0000004f ? Float.floatToRawIntBits(near) : Bvh.MISSED;
  }

  /**
   * Records the nearest hit closer than {@code ray.t}; the ray in the mesh's frame is given apart.
   */
  private static void closest(
      Mesh mesh,
      Ray ray,
      int instance,
      float ox,
      float oy,
      float oz,
      float dx,
      float dy,
      float dz) {
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
    float[] b = mesh.hierarchy();
    int top = Ray.MESH_STACK;
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
        mesh.leaf(ray, instance, node & Integer.MAX_VALUE, ox, oy, oz, dx, dy, dz);
      }
      do {
        if (top == Ray.MESH_STACK) {
          return;
        }
        node = stack[--top];
      } while (stackNear[top] > Float.floatToRawIntBits(ray.t));
    }
  }

  /** Whether anything but glass lies between the origin and {@code tMax}. */
  private static boolean occluded(
      Mesh mesh, Ray ray, float ox, float oy, float oz, float dx, float dy, float dz, float tMax) {
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
    float[] b = mesh.hierarchy();
    int top = Ray.MESH_STACK;
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
      } else if (mesh.leafBlocks(node & Integer.MAX_VALUE, ox, oy, oz, dx, dy, dz, tMax)) {
        return true;
      }
      if (top == Ray.MESH_STACK) {
        return false;
      }
      node = stack[--top];
    }
  }
}

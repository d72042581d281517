package dev.plantain.diorama;

import java.util.List;

/** Instances under one top-level hierarchy; immutable and safe to trace from several threads. */
final class Scene {
  private static final int MESH_STACK = 2 * Bvh.MAX_DEPTH;

  private final Instance[] instances;
  private final float[] nodes;
  private final int[] order;

  Scene(List<Instance> list) {
    instances = list.toArray(Instance[]::new);
    float[] boxes = new float[6 * instances.length];
    for (int i = 0; i < instances.length; i++) {
      System.arraycopy(instances[i].bounds, 0, boxes, 6 * i, 6);
    }
    Bvh bvh = Bvh.build(boxes, instances.length, 1);
    nodes = bvh.nodes();
    order = bvh.order();
  }

  Instance instance(int i) {
    return instances[i];
  }

  int size() {
    return instances.length;
  }

  /** Leaves the nearest hit in the ray. */
  void closest(Ray ray) {
    float ix = Ray.inverse(ray.dx);
    float iy = Ray.inverse(ray.dy);
    float iz = Ray.inverse(ray.dz);
    int top = 0;
    int node = 0;
    while (true) {
      if (node >= 0) {
        int at = Bvh.STRIDE * node;
        int l = entry(at, ray, ix, iy, iz, ray.t);
        int r = entry(at + 6, ray, ix, iy, iz, ray.t);
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
          enter(ray, order[k]);
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

  private void enter(Ray ray, int i) {
    Instance instance = instances[i];
    float[] m = instance.toMesh;
    instance.mesh.closest(
        ray,
        i,
        m[0] * ray.ox + m[1] * ray.oy + m[2] * ray.oz + m[3],
        m[4] * ray.ox + m[5] * ray.oy + m[6] * ray.oz + m[7],
        m[8] * ray.ox + m[9] * ray.oy + m[10] * ray.oz + m[11],
        m[0] * ray.dx + m[1] * ray.dy + m[2] * ray.dz,
        m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz,
        m[8] * ray.dx + m[9] * ray.dy + m[10] * ray.dz,
        MESH_STACK);
  }

  /** Whether anything but glass lies between the ray's origin and {@code ray.t}. */
  boolean occluded(Ray ray) {
    float ix = Ray.inverse(ray.dx);
    float iy = Ray.inverse(ray.dy);
    float iz = Ray.inverse(ray.dz);
    int top = 0;
    int node = 0;
    while (true) {
      if (node >= 0) {
        int at = Bvh.STRIDE * node;
        boolean left = entry(at, ray, ix, iy, iz, ray.t) != Bvh.MISSED;
        boolean right = entry(at + 6, ray, ix, iy, iz, ray.t) != Bvh.MISSED;
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
          Instance instance = instances[order[k]];
          float[] m = instance.toMesh;
          if (instance.mesh.occluded(
              ray,
              m[0] * ray.ox + m[1] * ray.oy + m[2] * ray.oz + m[3],
              m[4] * ray.ox + m[5] * ray.oy + m[6] * ray.oz + m[7],
              m[8] * ray.ox + m[9] * ray.oy + m[10] * ray.oz + m[11],
              m[0] * ray.dx + m[1] * ray.dy + m[2] * ray.dz,
              m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz,
              m[8] * ray.dx + m[9] * ray.dy + m[10] * ray.dz,
              ray.t,
              MESH_STACK)) {
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

  private int entry(int at, Ray ray, float ix, float iy, float iz, float limit) {
    float[] b = nodes;
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
}

package dev.plantain.diorama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RayWalk} by the Vector API: a node's boxes and its children's at once, see {@link
 * Treelets}. Leaves are met in the order and under the conditions of {@link ScalarWalk}, so that
 * hits are the same to the bit.
 */
final class VectorWalk implements RayWalk {
  /** Boxes tested at once: a treelet's six, and two that are none. */
  static final int LANES = 8;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final float SLACK = 1.0000004f;

  /** No reference: that of a leaf would be of 15 primitives at the end of the largest array. */
  private static final int NONE = -1;

  /** Without registers of eight floats it gains nothing. */
  static boolean isWorthwhile() {
    return FloatVector.SPECIES_PREFERRED.length() >= LANES;
  }

  @Override
  public float[] prepare(float[] nodes) {
    return Treelets.of(nodes);
  }

  @Override
  public float[] nodes(float[] prepared) {
    return Treelets.nodes(prepared);
  }

  @Override
  public void closest(Scene scene, Ray ray) {
    float[] b = scene.hierarchy;
    float ix = Ray.inverse(ray.dx);
    float iy = Ray.inverse(ray.dy);
    float iz = Ray.inverse(ray.dz);
    int x = Treelets.near(0, ix);
    int y = Treelets.near(1, iy);
    int z = Treelets.near(2, iz);
    float ox = ray.ox;
    float oy = ray.oy;
    float oz = ray.oz;
    ray.top = 0;
    int node = 0;
    while (node != NONE) {
      if (node >= 0) {
        int at = Treelets.STRIDE * node;
        int met = met(b, at, x, y, z, ox, oy, oz, ix, iy, iz, ray.t, ray.near);
        node = descend(b, at, met, ray, 0);
      } else {
        int top = ray.top;
        if ((node & 15) != 0) {
          enter(scene, scene.order[(node & Integer.MAX_VALUE) >> 4], ray);
        }
        ray.top = top;
        node = next(ray, 0);
      }
    }
  }

  private static void enter(Scene scene, int i, Ray ray) {
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
    float[] b = mesh.hierarchy();
    float ix = Ray.inverse(dx);
    float iy = Ray.inverse(dy);
    float iz = Ray.inverse(dz);
    int x = Treelets.near(0, ix);
    int y = Treelets.near(1, iy);
    int z = Treelets.near(2, iz);
    ray.top = Ray.MESH_STACK;
    int node = 0;
    while (node != NONE) {
      if (node >= 0) {
        int at = Treelets.STRIDE * node;
        int met = met(b, at, x, y, z, ox, oy, oz, ix, iy, iz, ray.t, ray.near);
        node = descend(b, at, met, ray, Ray.MESH_STACK);
      } else {
        mesh.leaf(ray, instance, node & Integer.MAX_VALUE, ox, oy, oz, dx, dy, dz);
        node = next(ray, Ray.MESH_STACK);
      }
    }
  }

  /**
   * Which lanes' boxes the ray meets before {@code limit}; bits of lanes that have none mean
   * nothing.
   *
   * @param x the row of near planes, see {@link Treelets#near}
   * @param near receives where it enters each, as bits
   */
  private static int met(
      float[] b,
      int at,
      int x,
      int y,
      int z,
      float ox,
      float oy,
      float oz,
      float ix,
      float iy,
      float iz,
      float limit,
      int[] near) {
    // As in Bvh.entry and Bvh.exit. No vector comes in or goes out, or it would be an object
    // whenever
    // the compiler does not make this part of its caller.
    IntVector entry =
        planes(b, at + x, ox, ix)
            .max(planes(b, at + y, oy, iy))
            .max(planes(b, at + z, oz, iz).max(0));
    IntVector exit =
        planes(b, at + Treelets.FAR_X - x, ox, ix)
            .min(planes(b, at + Treelets.FAR_Y - y, oy, iy))
            .min(planes(b, at + Treelets.FAR_Z - z, oz, iz).min(Float.floatToRawIntBits(limit)));
    entry.intoArray(near, 0);
    return (int)
        entry
            .reinterpretAsFloats()
            .compare(VectorOperators.LE, exit.reinterpretAsFloats().mul(SLACK))
            .toLong();
  }

  private static IntVector planes(float[] b, int row, float o, float i) {
    return FloatVector.fromArray(FLOATS, b, row).sub(o).mul(i).reinterpretAsInts();
  }

  /** Goes to the nearest of what was met of a treelet, and has the others wait. */
  private static int descend(float[] b, int at, int met, Ray ray, int base) {
    int children = met & 3;
    if (children == 0) {
      return next(ray, base);
    }
    int side = children - 1;
    if (children == 3) {
      side = ray.near[0] <= ray.near[1] ? 0 : 1;
      int late = 1 - side;
      int lane = lane(b, at, met, late, ray);
      if (lane == late) {
        push(ray, Treelets.reference(b, at, lane), ray.near[lane], 0);
      } else if (lane >= 0) {
        // The child, whose turn it would be, and then this grandchild.
        push(ray, Treelets.reference(b, at, lane), ray.near[late], ray.near[lane]);
      }
    }
    int lane = lane(b, at, met, side, ray);
    return lane < 0 ? next(ray, base) : Treelets.reference(b, at, lane);
  }

  /**
   * The lane of a child if it is a leaf, or of the grandchild that comes first, with the other one
   * waiting; -1 if none was met.
   */
  private static int lane(float[] b, int at, int met, int side, Ray ray) {
    if (Treelets.reference(b, at, side) < 0) {
      return side;
    }
    int first = 2 + 2 * side;
    int pair = met >> first & 3;
    if (pair != 3) {
      return pair == 0 ? -1 : first + pair - 1;
    }
    int late = ray.near[first] <= ray.near[first + 1] ? 1 : 0;
    push(ray, Treelets.reference(b, at, first + late), ray.near[first + late], 0);
    return first + 1 - late;
  }

  private static void push(Ray ray, int reference, int near, int inner) {
    int top = ray.top++;
    ray.stack[top] = reference;
    ray.stackNear[top] = near;
    ray.stackInner[top] = inner;
  }

  /** What waits and still begins before the ray's end, or {@link #NONE}. */
  private static int next(Ray ray, int base) {
    int end = Float.floatToRawIntBits(ray.t);
    int slack = Float.floatToRawIntBits(ray.t * SLACK);
    int top = ray.top;
    while (--top >= base) {
      if (ray.stackNear[top] <= end && ray.stackInner[top] <= slack) {
        ray.top = top;
        return ray.stack[top];
      }
    }
    return NONE;
  }

  @Override
  public boolean occluded(Scene scene, Ray ray) {
    float[] b = scene.hierarchy;
    float ix = Ray.inverse(ray.dx);
    float iy = Ray.inverse(ray.dy);
    float iz = Ray.inverse(ray.dz);
    int x = Treelets.near(0, ix);
    int y = Treelets.near(1, iy);
    int z = Treelets.near(2, iz);
    float ox = ray.ox;
    float oy = ray.oy;
    float oz = ray.oz;
    int[] stack = ray.stack;
    int top = 1;
    stack[0] = 0;
    while (top > 0) {
      int node = stack[--top];
      if (node >= 0) {
        int at = Treelets.STRIDE * node;
        int met = met(b, at, x, y, z, ox, oy, oz, ix, iy, iz, ray.t, ray.near);
        top = pushAll(b, at, met, stack, top);
      } else if ((node & 15) != 0
          && entered(scene.instance(scene.order[(node & Integer.MAX_VALUE) >> 4]), ray)) {
        return true;
      }
    }
    return false;
  }

  private static boolean entered(Instance instance, Ray ray) {
    float[] m = instance.toMesh;
    return occluded(
        instance.mesh,
        ray,
        m[0] * ray.ox + m[1] * ray.oy + m[2] * ray.oz + m[3],
        m[4] * ray.ox + m[5] * ray.oy + m[6] * ray.oz + m[7],
        m[8] * ray.ox + m[9] * ray.oy + m[10] * ray.oz + m[11],
        m[0] * ray.dx + m[1] * ray.dy + m[2] * ray.dz,
        m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz,
        m[8] * ray.dx + m[9] * ray.dy + m[10] * ray.dz);
  }

  private static boolean occluded(
      Mesh mesh, Ray ray, float ox, float oy, float oz, float dx, float dy, float dz) {
    float[] b = mesh.hierarchy();
    float ix = Ray.inverse(dx);
    float iy = Ray.inverse(dy);
    float iz = Ray.inverse(dz);
    int x = Treelets.near(0, ix);
    int y = Treelets.near(1, iy);
    int z = Treelets.near(2, iz);
    float end = ray.t;
    int[] stack = ray.stack;
    int top = Ray.MESH_STACK;
    stack[top++] = 0;
    while (top > Ray.MESH_STACK) {
      int node = stack[--top];
      if (node >= 0) {
        int at = Treelets.STRIDE * node;
        int met = met(b, at, x, y, z, ox, oy, oz, ix, iy, iz, end, ray.near);
        top = pushAll(b, at, met, stack, top);
      } else if (mesh.leafBlocks(node & Integer.MAX_VALUE, ox, oy, oz, dx, dy, dz, end)) {
        return true;
      }
    }
    return false;
  }

  /** What was met: leaves and grandchildren. Their order does not matter to a shadow. */
  private static int pushAll(float[] b, int at, int met, int[] stack, int top) {
    // A grandchild counts only with its parent: children 0 and 1 open lanes 2, 3 and 4, 5.
    int open = met & ((met & 1) * 0b1100 | (met & 2) * 0b11000 | 0b11);
    int leaves = Treelets.reference(b, at, 0) >>> 31 | Treelets.reference(b, at, 1) >>> 31 << 1;
    int to = top;
    for (int left = open & (0b111100 | leaves); left != 0; left &= left - 1) {
      stack[to++] = Treelets.reference(b, at, Integer.numberOfTrailingZeros(left));
    }
    return to;
  }
}

package dev.plantain.diorama;

import java.util.List;

/** Instances under one top-level hierarchy; immutable and safe to trace from several threads. */
final class Scene {
  private final Instance[] instances;

  /** Over the instances, in the form of {@link RayWalk#CHOSEN}; a leaf is one of them, or none. */
  final float[] hierarchy;

  /** Instances in leaf order. */
  final int[] order;

  Scene(List<Instance> list) {
    this(list, RayWalk.CHOSEN);
  }

  /** For rays that a walk other than the chosen one follows; the meshes must be for it, too. */
  Scene(List<Instance> list, RayWalk walk) {
    instances = list.toArray(Instance[]::new);
    float[] boxes = new float[6 * instances.length];
    for (int i = 0; i < instances.length; i++) {
      System.arraycopy(instances[i].bounds, 0, boxes, 6 * i, 6);
    }
    Bvh bvh = Bvh.build(boxes, instances.length, 1);
    order = bvh.order();
    hierarchy = walk.prepare(bvh.nodes());
  }

  Instance instance(int i) {
    return instances[i];
  }

  int size() {
    return instances.length;
  }

  /** Leaves the nearest hit in the ray. */
  void closest(Ray ray) {
    RayWalk.CHOSEN.closest(this, ray);
  }

  /** Whether anything but glass lies between the ray's origin and {@code ray.t}. */
  boolean occluded(Ray ray) {
    return RayWalk.CHOSEN.occluded(this, ray);
  }
}

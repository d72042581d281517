package dev.plantain.diorama;

/**
 * Follows rays through the hierarchies of a scene and its meshes. {@link ScalarWalk} says what is
 * looked at and in which order, which decides between things that lie in one another; {@link
 * VectorWalk} does the same for several boxes at once.
 */
interface RayWalk {
  /** The Vector API's if the module was added to this process and gains something. */
  RayWalk CHOSEN =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorWalk.isWorthwhile()
          ? new VectorWalk()
          : new ScalarWalk();

  /** Leaves the nearest hit that is closer than {@code ray.t} in the ray. */
  void closest(Scene scene, Ray ray);

  /** Whether anything but glass lies between the ray's origin and {@code ray.t}. */
  boolean occluded(Scene scene, Ray ray);

  /**
   * The form of a hierarchy that this walk follows.
   *
   * @param nodes see {@link Bvh}
   */
  float[] prepare(float[] nodes);

  /** The nodes that a form was {@link #prepare made} of. */
  float[] nodes(float[] prepared);
}

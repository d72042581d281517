package dev.plantain.codec;

/**
 * Chooses the {@link CubeWalkKernel} of this process: the Vector API's if the module {@code
 * jdk.incubator.vector} was added to it, else plain loops.
 */
final class CubeWalkProvider {
  static final CubeWalkKernel CHOSEN = choose();

  private CubeWalkProvider() {}

  private static CubeWalkKernel choose() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return present && VectorCubeWalk.isWorthwhile() ? new VectorCubeWalk() : new ScalarCubeWalk();
  }
}

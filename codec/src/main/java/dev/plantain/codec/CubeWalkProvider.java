package dev.plantain.codec;

/** Chooses the {@link CubeWalkKernel} of this process. */
final class CubeWalkProvider {
  static final CubeWalkKernel CHOSEN = new ScalarCubeWalk();

  private CubeWalkProvider() {}
}

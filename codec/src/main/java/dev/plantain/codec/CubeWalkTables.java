package dev.plantain.codec;

/** Tables over the 8-bit steps of the cube walk with the paper's power transform. */
final class CubeWalkTables {
  private CubeWalkTables() {}

  static int[] packed() {
    int[] packed = new int[CubeWalkKernel.STEPS + 2];
    for (int step = 0; step <= CubeWalkKernel.STEPS; step++) {
      int r = channel(Math.max(Math.min(step, 765 - step), step - 1275));
      int g = channel(Math.max(Math.min(step - 255, 1275 - step), step - 1530));
      int b = channel(step - 765);
      packed[step] = r | g << 8 | b << 16;
    }
    packed[CubeWalkKernel.INVALID_STEP] = 0x808080;
    return packed;
  }

  private static int channel(int value) {
    return Math.clamp(value, 0, 255);
  }

  static float[] metres() {
    float[] metres = new float[CubeWalkKernel.STEPS + 1];
    for (int step = 0; step < metres.length; step++) {
      metres[step] = (float) PowerTransform.PAPER.inverse(step / (double) CubeWalkKernel.STEPS);
    }
    return metres;
  }
}

package dev.plantain.eval.set;

import java.util.Arrays;

/**
 * The part of a depth map that counts: everything else becomes unknown.
 *
 * @param top first row
 * @param bottom row after the last
 * @param left first column
 * @param right column after the last
 */
record DepthCrop(int top, int bottom, int left, int right) {

  /** NYUv2's, of pictures of 480 × 640: the border without depth is left out (Eigen). */
  static final DepthCrop NYU = new DepthCrop(45, 471, 41, 601);

  /**
   * Garg's for KITTI, as UniK3D and UniDepth measure: on the frame of 352 × 1216 at the bottom and
   * middle of the picture.
   */
  static DepthCrop garg(int width, int height) {
    int frameTop = height - 352;
    int frameLeft = (width - 1216) / 2;
    return new DepthCrop(
        frameTop + (int) (0.40810811 * 352),
        frameTop + (int) (0.99189189 * 352),
        frameLeft + (int) (0.03594771 * 1216),
        frameLeft + (int) (0.96405229 * 1216));
  }

  /** Makes unknown what is outside. */
  void apply(float[] metres, int width, int height) {
    for (int y = 0; y < height; y++) {
      int row = y * width;
      if (y < top || y >= bottom) {
        Arrays.fill(metres, row, row + width, Float.NaN);
      } else {
        Arrays.fill(metres, row, row + Math.clamp(left, 0, width), Float.NaN);
        Arrays.fill(metres, row + Math.clamp(right, 0, width), row + width, Float.NaN);
      }
    }
  }
}

package dev.plantain.klein;

import dev.plantain.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary positions of several axes (arXiv 2104.09864): each axis turns its own share of a head's
 * values, neighbouring pairs as complex numbers.
 *
 * @param turns N,d/2 complex numbers of length one
 */
record Rotary(Tensor turns) {

  /**
   * The turns of N positions.
   *
   * @param positions one array of N per axis
   * @param sizes values of a head that each axis turns; all together the size of a head
   */
  static Rotary of(int[][] positions, int[] sizes, double theta, Compute compute) {
    int n = positions[0].length;
    int pairs = Arrays.stream(sizes).sum() / 2;
    float[] turns = new float[2 * n * pairs];
    for (int i = 0, at = 0; i < n; i++) {
      for (int axis = 0; axis < sizes.length; axis++) {
        for (int k = 0; k < sizes[axis] / 2; k++) {
          double angle = positions[axis][i] * Math.pow(theta, -2.0 * k / sizes[axis]);
          turns[at++] = (float) Math.cos(angle);
          turns[at++] = (float) Math.sin(angle);
        }
      }
    }
    return new Rotary(
        torch.view_as_complex(
            compute.place(Tensors.of(turns, n, pairs, 2), torch.ScalarType.Float)));
  }

  /** The turns of these positions and then of others. */
  Rotary then(Rotary other) {
    return new Rotary(Tensors.cat(0, turns, other.turns));
  }

  /** B,h,N,d float32 to the same, turned. */
  Tensor apply(Tensor x) {
    Tensor pairs = x.reshape(x.size(0), x.size(1), x.size(2), x.size(3) / 2, 2);
    return torch.view_as_real(torch.view_as_complex(pairs).mul(turns)).flatten(3, 4);
  }
}

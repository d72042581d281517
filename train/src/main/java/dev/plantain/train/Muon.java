package dev.plantain.train;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon's update (Jordan et al. 2024): momentum made orthogonal, so that every direction of a matrix
 * learns at one speed. Convolution kernels count as matrices of out × in·k·k.
 */
final class Muon {
  private static final double MOMENTUM = 0.95;
  private static final double WEIGHT_DECAY = 0.01;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final int ITERATIONS = 5;

  private Muon() {}

  /** Updates a parameter and its momentum in place. */
  static void step(Tensor parameter, Tensor gradient, Tensor momentum, double rate) {
    try (Scope scope = Scope.open()) {
      momentum.lerp_(gradient, Tensors.scalar(1 - MOMENTUM));
      Tensor ahead = gradient.lerp(momentum, Tensors.scalar(MOMENTUM));
      Tensor flat = ahead.reshape(ahead.size(0), ahead.numel() / ahead.size(0));
      double scale = 0.2 * Math.sqrt((double) Math.max(flat.size(0), flat.size(1)));
      parameter.mul_(Tensors.scalar(1 - rate * WEIGHT_DECAY));
      parameter.add_(orthogonal(flat).reshape(parameter.shape()), Tensors.scalar(-rate * scale));
    }
  }

  /**
   * The nearest orthogonal matrix, roughly: Newton–Schulz iterations.
   *
   * <p>They are run on the smaller Gram matrix, where one costs m³ instead of m²n: polynomials of
   * it commute, so their product is applied to the matrix once.
   */
  static Tensor orthogonal(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    Tensor x = tall ? matrix.t() : matrix;
    x = x.div(x.norm().add(Tensors.scalar(1e-7)));
    Tensor gram = torch.matmul(x, x.t());
    Tensor eye = torch.eye(x.size(0));
    Tensor product = eye;
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor p =
          eye.mul(Tensors.scalar(A))
              .add(gram, Tensors.scalar(B))
              .add(torch.matmul(gram, gram), Tensors.scalar(C));
      product = i == 0 ? p : torch.matmul(p, product);
      if (i < ITERATIONS - 1) {
        gram = torch.matmul(torch.matmul(gram, p), p);
      }
    }
    Tensor y = torch.matmul(product, x);
    return tall ? y.t() : y;
  }
}

package dev.plantain.sprout;

import dev.plantain.torch.Tensors;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Draws by following the flow from noise to picture in equal steps (Euler). */
final class Sampler {
  private Sampler() {}

  /**
   * @param noise B,3,H,W
   * @param clean the picture that a noisy one at a time B shows
   * @param steps 1 takes the first guess
   */
  static Tensor draw(Tensor noise, BiFunction<Tensor, Tensor, Tensor> clean, int steps) {
    Tensor z = noise;
    for (int s = 0; s < steps; s++) {
      Tensor time = torch.full(new long[] {z.size(0)}, Tensors.scalar((double) s / steps));
      Tensor x = clean.apply(z, time);
      // (x − z)/(1 − t) is the velocity; the last step lands on x.
      z = z.add(x.sub(z).mul(Tensors.scalar(1.0 / (steps - s))));
    }
    return z;
  }
}

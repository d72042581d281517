package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Time as a vector that modulates all blocks. */
final class TimeEmbedding {
  private static final double MAX_PERIOD = 10_000;
  private static final double THOUSAND = 1000;

  private final Weights weights;
  private final int channels;
  private final Linear first;
  private final Linear second;

  TimeEmbedding(Weights w, TransformerShape shape) {
    weights = w;
    channels = shape.timeChannels();
    String name = "time_guidance_embed.timestep_embedder.";
    first = w.linear(name + "linear_1", channels, shape.width());
    second = w.linear(name + "linear_2", shape.width(), shape.width());
  }

  /**
   * B times to B,D.
   *
   * @param times noise level of each picture, 1 is all noise
   */
  Tensor apply(float... times) {
    int half = channels / 2;
    float[] waves = new float[times.length * channels];
    for (int b = 0; b < times.length; b++) {
      for (int i = 0; i < half; i++) {
        double angle = times[b] * THOUSAND * Math.exp(-Math.log(MAX_PERIOD) * i / half);
        waves[b * channels + i] = (float) Math.cos(angle);
        waves[b * channels + half + i] = (float) Math.sin(angle);
      }
    }
    Tensor x = weights.compute().place(Tensors.of(waves, times.length, channels));
    return second.apply(Ops.silu(first.apply(x)));
  }
}

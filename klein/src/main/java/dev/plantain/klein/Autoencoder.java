package dev.plantain.klein;

import dev.plantain.klein.AutoencoderLayers.Conv;
import dev.plantain.klein.AutoencoderLayers.Middle;
import dev.plantain.klein.AutoencoderLayers.Norm;
import dev.plantain.klein.AutoencoderLayers.Residual;
import dev.plantain.torch.Layers;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Pictures as codes of an eighth of their size and back. (Source: diffusers, {@code
 * AutoencoderKLFlux2}.)
 */
final class Autoencoder implements AutoCloseable {
  /** Pixels of a picture, along a side, for each value of a code. */
  static final int SHRINK = 8;

  private final AutoencoderShape shape;
  private final Weights weights;
  private final Encoder encoder;
  private final Decoder decoder;
  private final @Nullable Conv before;
  private final @Nullable Conv after;

  /** 1,4·latents,1,1 float32 each: statistics of patched codes. */
  private final Tensor mean;

  private final Tensor deviation;

  private Autoencoder(AutoencoderShape shape, Weights w) {
    this.shape = shape;
    this.weights = w;
    int z = shape.latents();
    encoder = new Encoder(shape, w);
    decoder = new Decoder(shape, w);
    before = shape.before() ? Conv.of(w, "quant_conv", 2 * z, 2 * z, 1) : null;
    after = shape.after() ? Conv.of(w, "post_quant_conv", z, z, 1) : null;
    int patched = z * Latents.PATCH * Latents.PATCH;
    try (Scope scope = Scope.open()) {
      mean =
          scope.keep(
              w.small("bn.running_mean", patched)
                  .to(ScalarType.Float)
                  .clone()
                  .reshape(1, patched, 1, 1));
      deviation =
          scope.keep(
              w.small("bn.running_var", patched)
                  .to(ScalarType.Float)
                  .add(Tensors.scalar(shape.statisticsEpsilon()))
                  .sqrt()
                  .reshape(1, patched, 1, 1));
    }
    w.requireAllUsed("bn.num_batches_tracked"::equals);
  }

  /** Opens the autoencoder in a folder of its own. */
  static Autoencoder open(Path folder, Compute compute) throws IOException {
    AutoencoderShape shape = AutoencoderShape.read(Config.read(folder.resolve("config.json")));
    Weights weights = Weights.open(folder, "diffusion_pytorch_model", compute, false);
    return weights.networkOf(w -> new Autoencoder(shape, w));
  }

  AutoencoderShape shape() {
    return shape;
  }

  /**
   * Pictures to codes, the likeliest ones, patched and of mean 0 and deviation 1.
   *
   * @param pictures B,3,H,W in −1..1, sides a multiple of 16
   * @return B,4·latents,H/16,W/16 float32
   */
  Tensor encode(Tensor pictures) {
    try (Scope scope = Scope.open()) {
      Tensor x = encoder.apply(weights.compute().place(pictures));
      Tensor moments = before == null ? x : before.apply(x);
      // The first half are means, the second would be variances.
      Tensor z = moments.narrow(1, 0, shape.latents()).to(ScalarType.Float);
      return scope.handOver(Latents.patch(z).sub(mean).div(deviation));
    }
  }

  /**
   * The inverse of {@link #encode}, but for what the code has lost.
   *
   * @param codes B,4·latents,h,w
   * @return B,3,16·h,16·w float32, about −1..1
   */
  Tensor decode(Tensor codes) {
    try (Scope scope = Scope.open()) {
      Tensor place = weights.compute().place(codes, ScalarType.Float);
      return scope.handOver(decodeRaw(Latents.unpatch(place.mul(deviation).add(mean))));
    }
  }

  /** Codes B,latents,2·h,2·w, neither patched nor normalised, to pictures. */
  Tensor decodeRaw(Tensor z) {
    try (Scope scope = Scope.open()) {
      Tensor x = weights.compute().place(z);
      return scope.handOver(decoder.apply(after == null ? x : after.apply(x)).to(ScalarType.Float));
    }
  }

  @Override
  public void close() {
    mean.close();
    deviation.close();
    weights.close();
  }

  /** A stage: residual blocks, then another size. */
  private record Stage(List<Residual> blocks, @Nullable Conv resize) {
    Tensor apply(Tensor x) {
      // Maps are large: each is freed as soon as the next is there.
      Tensor y = x;
      for (int i = 0; i < blocks.size(); i++) {
        Tensor last = y;
        try (Scope scope = Scope.open()) {
          y = scope.keep(blocks.get(i).apply(last));
        }
        if (i > 0) {
          last.close();
        }
      }
      try (Scope scope = Scope.open()) {
        return scope.handOver(y);
      }
    }
  }

  /** B,3,H,W to B,2·latents,H/8,W/8. */
  private static final class Encoder {
    private final Conv in;
    private final List<Stage> stages = new ArrayList<>();
    private final Middle middle;
    private final Norm norm;
    private final Conv out;

    Encoder(AutoencoderShape s, Weights w) {
      int[] channels = s.encoder();
      int last = channels.length - 1;
      in = Conv.of(w, "encoder.conv_in", 3, channels[0], 3);
      int from = channels[0];
      for (int i = 0; i <= last; i++) {
        String name = "encoder.down_blocks." + i;
        List<Residual> blocks = new ArrayList<>();
        for (int k = 0; k < s.layers(); k++) {
          blocks.add(Residual.of(w, name + ".resnets." + k, from, channels[i], s.groups()));
          from = channels[i];
        }
        stages.add(
            new Stage(
                blocks,
                i == last ? null : Conv.of(w, name + ".downsamplers.0.conv", from, from, 3)));
      }
      middle = Middle.of(w, "encoder.mid_block", from, s);
      norm = Norm.of(w, "encoder.conv_norm_out", from, s.groups());
      out = Conv.of(w, "encoder.conv_out", from, 2 * s.latents(), 3);
    }

    Tensor apply(Tensor pictures) {
      try (Scope scope = Scope.open()) {
        Tensor x = in.apply(Layers.channelsLast(pictures));
        for (Stage stage : stages) {
          try (Scope inner = Scope.open()) {
            Tensor y = stage.apply(x);
            x = inner.handOver(stage.resize == null ? y : stage.resize.halve(y));
          }
        }
        return scope.handOver(out.apply(norm.active(middle.apply(x))));
      }
    }
  }

  /** B,latents,h,w to B,3,8·h,8·w. */
  private static final class Decoder {
    private final Conv in;
    private final Middle middle;
    private final List<Stage> stages = new ArrayList<>();
    private final Norm norm;
    private final Conv out;

    Decoder(AutoencoderShape s, Weights w) {
      int[] channels = s.decoder();
      int last = channels.length - 1;
      int from = channels[last];
      in = Conv.of(w, "decoder.conv_in", s.latents(), from, 3);
      middle = Middle.of(w, "decoder.mid_block", from, s);
      for (int i = 0; i <= last; i++) {
        String name = "decoder.up_blocks." + i;
        int to = channels[last - i];
        List<Residual> blocks = new ArrayList<>();
        for (int k = 0; k <= s.layers(); k++) {
          blocks.add(Residual.of(w, name + ".resnets." + k, from, to, s.groups()));
          from = to;
        }
        stages.add(
            new Stage(
                blocks, i == last ? null : Conv.of(w, name + ".upsamplers.0.conv", from, from, 3)));
      }
      norm = Norm.of(w, "decoder.conv_norm_out", from, s.groups());
      out = Conv.of(w, "decoder.conv_out", from, 3, 3);
    }

    Tensor apply(Tensor codes) {
      try (Scope scope = Scope.open()) {
        Tensor x = middle.apply(in.apply(Layers.channelsLast(codes)));
        for (Stage stage : stages) {
          try (Scope inner = Scope.open()) {
            Tensor y = stage.apply(x);
            x =
                inner.handOver(
                    stage.resize == null
                        ? y
                        : stage.resize.apply(Ops.nearest(y, 2 * y.size(2), 2 * y.size(3))));
          }
        }
        return scope.handOver(out.apply(norm.active(x)));
      }
    }
  }
}

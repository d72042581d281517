package dev.plantain.klein;

import dev.plantain.torch.Layers;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The layers that encoder and decoder share; maps are B,C,H,W. */
final class AutoencoderLayers {
  private static final double EPSILON = 1e-6;

  private AutoencoderLayers() {}

  /** A convolution with offset that keeps the size. */
  record Conv(Tensor weight, Tensor offset) {
    static Conv of(Weights w, String name, int in, int out, int kernel) {
      return new Conv(
          w.small(name + ".weight", out, in, kernel, kernel), w.small(name + ".bias", out));
    }

    Tensor apply(Tensor x) {
      return Ops.conv(x, weight, offset, 1);
    }

    /** Halves both sides; the missing neighbours are zeros on the right and below only. */
    Tensor halve(Tensor x) {
      try (Scope scope = Scope.open()) {
        Tensor padded = torch.constant_pad_nd(x, 0, 1, 0, 1);
        return scope.handOver(
            torch.conv2d(
                padded,
                weight,
                new org.bytedeco.pytorch.TensorOptional(offset),
                new long[] {2, 2},
                new long[] {0, 0},
                new long[] {1, 1},
                1));
      }
    }
  }

  /** Group normalisation with gain and offset. */
  record Norm(Tensor gain, Tensor offset, int groups) {
    static Norm of(Weights w, String name, int channels, int groups) {
      return new Norm(
          w.small(name + ".weight", channels), w.small(name + ".bias", channels), groups);
    }

    Tensor apply(Tensor x) {
      return Ops.groupNorm(x, groups, gain, offset, EPSILON);
    }

    /** Normalised, then SiLU. */
    Tensor active(Tensor x) {
      try (Scope scope = Scope.open()) {
        return scope.handOver(Ops.silu(apply(x)));
      }
    }
  }

  /** Two convolutions around which the map passes by. */
  record Residual(Norm norm1, Conv conv1, Norm norm2, Conv conv2, @Nullable Conv past) {
    static Residual of(Weights w, String name, int in, int out, int groups) {
      return new Residual(
          Norm.of(w, name + ".norm1", in, groups),
          Conv.of(w, name + ".conv1", in, out, 3),
          Norm.of(w, name + ".norm2", out, groups),
          Conv.of(w, name + ".conv2", out, out, 3),
          in == out ? null : Conv.of(w, name + ".conv_shortcut", in, out, 1));
    }

    Tensor apply(Tensor x) {
      try (Scope scope = Scope.open()) {
        Tensor y = inner(x);
        return scope.handOver((past == null ? x : past.apply(x)).add(y));
      }
    }

    private Tensor inner(Tensor x) {
      try (Scope scope = Scope.open()) {
        Tensor y;
        try (Scope first = Scope.open()) {
          y = first.handOver(conv1.apply(norm1.active(x)));
        }
        return scope.handOver(conv2.apply(norm2.active(y)));
      }
    }
  }

  /** Attention of every place to every other, one head. */
  record Place(Norm norm, Linear q, Linear k, Linear v, Linear out) {
    static Place of(Weights w, String name, int channels, int groups) {
      return new Place(
          Norm.of(w, name + ".group_norm", channels, groups),
          w.linearWithOffset(name + ".to_q", channels, channels),
          w.linearWithOffset(name + ".to_k", channels, channels),
          w.linearWithOffset(name + ".to_v", channels, channels),
          w.linearWithOffset(name + ".to_out.0", channels, channels));
    }

    Tensor apply(Tensor x) {
      try (Scope scope = Scope.open()) {
        // B,H*W,C
        Tensor tokens = Layers.tokens(norm.apply(x));
        Tensor a = Ops.fusedAttention(head(q, tokens), head(k, tokens), head(v, tokens), null);
        Tensor y = out.apply(Layers.joinHeads(a).to(x.scalar_type()));
        return scope.handOver(x.add(Layers.map(y, x.size(2), x.size(3))));
      }
    }

    private static Tensor head(Linear matrix, Tensor tokens) {
      return Layers.splitHeads(matrix.apply(tokens).to(ScalarType.Float), 1);
    }
  }

  /** The deepest part of either network. */
  record Middle(Residual first, @Nullable Place attention, Residual second) {
    static Middle of(Weights w, String name, int channels, AutoencoderShape shape) {
      return new Middle(
          Residual.of(w, name + ".resnets.0", channels, channels, shape.groups()),
          shape.attends() ? Place.of(w, name + ".attentions.0", channels, shape.groups()) : null,
          Residual.of(w, name + ".resnets.1", channels, channels, shape.groups()));
    }

    Tensor apply(Tensor x) {
      try (Scope scope = Scope.open()) {
        Tensor y = first.apply(x);
        return scope.handOver(second.apply(attention == null ? y : attention.apply(y)));
      }
    }
  }
}

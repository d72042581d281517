package dev.plantain.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** The layers that networks share; each holds its parameters by reference and is stateless. */
public final class Layers {
  private Layers() {}

  /** A convolution with bias, size-keeping at stride 1. */
  public record Conv(Tensor weight, Tensor bias, int stride) {
    public static Conv of(
        Parameters p, String name, int in, int out, int kernel, int stride, Init init) {
      return new Conv(
          p.get(name + ".weight", init, out, in, kernel, kernel),
          p.get(name + ".bias", Init.ZERO, out),
          stride);
    }

    public static Conv of(Parameters p, String name, int in, int out, int kernel) {
      return of(p, name, in, out, kernel, 1, Init.fanIn((long) in * kernel * kernel));
    }

    /** B,I,H,W to B,O,H/stride,W/stride. */
    public Tensor apply(Tensor x) {
      return Ops.conv(x, weight, bias, stride);
    }
  }

  /** A matrix with bias over the last dimension. */
  public record Dense(Tensor weight, Tensor bias) {
    public static Dense of(Parameters p, String name, int in, int out, Init init) {
      return new Dense(
          p.get(name + ".weight", init, out, in), p.get(name + ".bias", Init.ZERO, out));
    }

    public static Dense of(Parameters p, String name, int in, int out) {
      return of(p, name, in, out, Init.fanIn(in));
    }

    /** …,I to …,O. */
    public Tensor apply(Tensor x) {
      return Ops.linear(x, weight, bias);
    }
  }

  /** Group normalisation of a map with gain and offset. */
  public record GroupNorm(Tensor gain, Tensor offset, int groups) {
    public static GroupNorm of(Parameters p, String name, int channels) {
      return new GroupNorm(
          p.get(name + ".weight", Init.ONE, channels),
          p.get(name + ".bias", Init.ZERO, channels),
          channels % 8 == 0 ? 8 : 1);
    }

    public Tensor apply(Tensor x) {
      return Ops.groupNorm(x, groups, gain, offset);
    }
  }

  /** Layer normalisation of tokens with gain and offset. */
  public record LayerNorm(Tensor gain, Tensor offset) {
    public static LayerNorm of(Parameters p, String name, int channels) {
      return new LayerNorm(
          p.get(name + ".weight", Init.ONE, channels), p.get(name + ".bias", Init.ZERO, channels));
    }

    public Tensor apply(Tensor x) {
      return Ops.layerNorm(x, gain, offset);
    }
  }

  /** B,N,C to B,h,N,C/h. */
  public static Tensor splitHeads(Tensor x, int heads) {
    return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
  }

  /** B,h,N,d to B,N,h*d. */
  public static Tensor joinHeads(Tensor x) {
    return x.transpose(1, 2).reshape(x.size(0), x.size(2), x.size(1) * x.size(3));
  }

  /** A map B,C,H,W as tokens B,H*W,C. */
  public static Tensor tokens(Tensor map) {
    return map.flatten(2, 3).transpose(1, 2);
  }

  /** Tokens B,H*W,C as a map B,C,H,W. */
  public static Tensor map(Tensor tokens, long height, long width) {
    return tokens.transpose(1, 2).reshape(tokens.size(0), tokens.size(2), height, width);
  }

  /** The layout convolutions run fastest in. */
  public static Tensor channelsLast(Tensor x) {
    return x.contiguous(MemoryFormat.ChannelsLast);
  }
}

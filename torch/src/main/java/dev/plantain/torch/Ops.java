package dev.plantain.torch;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The operations that networks are built of, and a count of the arithmetic they ask for. */
public final class Ops {
  /** Multiply-adds times two of every convolution and matrix product since the start. */
  private static final AtomicLong FLOPS = new AtomicLong();

  private Ops() {}

  /** Floating-point operations asked for so far, forward passes only (a training step is 3×). */
  public static long flops() {
    return FLOPS.get();
  }

  /**
   * Convolution with zero padding that keeps the size at stride 1.
   *
   * @param x B,I,H,W
   * @param weight O,I,k,k with k odd
   * @param bias O
   */
  public static Tensor conv(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    long k = weight.size(2);
    long[] pad = {k / 2, k / 2};
    Tensor y =
        torch.conv2d(x, weight, optional(bias), new long[] {stride, stride}, pad, ONE_BY_ONE, 1);
    FLOPS.addAndGet(2 * y.numel() * weight.size(1) * k * k);
    return y;
  }

  /** Guard against division by zero, unless a model has its own. */
  private static final double EPSILON = 1e-5;

  private static final long[] ONE_BY_ONE = {1, 1};
  private static final long[] NONE = {0, 0};

  /**
   * {@code x W^T + b}.
   *
   * @param x …,I
   * @param weight O,I
   * @param bias O
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    FLOPS.addAndGet(2 * x.numel() * weight.size(0));
    return torch.linear(x, weight, optional(bias));
  }

  /** Rows from which on a product is worth being a convolution. */
  private static final int MANY_ROWS = 32;

  /**
   * The same, fastest for large float32 matrices on processors: libtorch gives their products to
   * OpenBLAS, which runs on one thread here, and convolutions to oneDNN on all. A product is a
   * convolution of one by one over a map that is one column wide.
   *
   * @param x …,I
   * @param weight O,I
   * @param bias O
   */
  public static Tensor wideLinear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    long in = weight.size(1);
    long out = weight.size(0);
    long rows = x.numel() / in;
    if (x.is_cuda() || x.scalar_type() != ScalarType.Float || rows < MANY_ROWS) {
      return linear(x, weight, bias);
    }
    FLOPS.addAndGet(2 * x.numel() * out);
    try (Scope scope = Scope.open()) {
      // 1,I,rows,1 with neighbouring channels, and so without a copy: rows of x.
      Tensor map = x.reshape(1, rows, 1, in).permute(0, 3, 1, 2);
      Tensor y =
          torch.conv2d(
              map, weight.reshape(out, in, 1, 1), optional(bias), ONE_BY_ONE, NONE, ONE_BY_ONE, 1);
      long[] shape = x.shape();
      shape[shape.length - 1] = out;
      return scope.handOver(y.permute(0, 2, 3, 1).reshape(shape));
    }
  }

  /** Normalises groups of channels of B,C,H,W; {@code gain} and {@code offset} have C values. */
  public static Tensor groupNorm(Tensor x, int groups, Tensor gain, Tensor offset) {
    return groupNorm(x, groups, gain, offset, EPSILON);
  }

  /** The same with another guard against division by zero. */
  public static Tensor groupNorm(Tensor x, int groups, Tensor gain, Tensor offset, double epsilon) {
    return torch.group_norm(x, groups, optional(gain), optional(offset), epsilon, false);
  }

  /** Root-mean-square normalisation of the last dimension; {@code gain} has its size. */
  public static Tensor rmsNorm(Tensor x, Tensor gain, double epsilon) {
    return torch.rms_norm(
        x, new long[] {gain.size(0)}, optional(gain), new DoubleOptional(epsilon));
  }

  /** Layer normalisation of the last dimension, of {@code size}; gain and offset may be null. */
  public static Tensor layerNorm(
      Tensor x, long size, @Nullable Tensor gain, @Nullable Tensor offset, double epsilon) {
    return torch.layer_norm(x, new long[] {size}, optional(gain), optional(offset), epsilon, false);
  }

  /** Normalises the last dimension. */
  public static Tensor layerNorm(Tensor x, Tensor gain, Tensor offset) {
    return layerNorm(x, gain.size(0), gain, offset, EPSILON);
  }

  public static Tensor silu(Tensor x) {
    return torch.silu(x);
  }

  /**
   * Attention of B,h,N,d queries over B,h,M,d keys and values.
   *
   * <p>Written out: libtorch's fused kernel for processors multiplies bfloat16 matrices without the
   * units made for them. The logits take B·h·N·M numbers.
   *
   * @param mask added to the logits, broadcast to B,h,N,M; null for none
   */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
    FLOPS.addAndGet(4 * q.numel() * k.size(2));
    Tensor scaled = q.mul(new Scalar(1 / Math.sqrt((double) q.size(3))));
    Tensor logits = torch.matmul(scaled, k.transpose(2, 3));
    if (mask != null) {
      logits = logits.add(mask.to(logits.scalar_type()));
    }
    return torch.matmul(logits.softmax(-1), v);
  }

  /**
   * The same without ever holding all logits: libtorch's fused kernel. On processors it is fast and
   * exact for float32, and slow for bfloat16.
   *
   * @param mask added to the logits, broadcast to B,h,N,M; null for none
   */
  public static Tensor fusedAttention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
    FLOPS.addAndGet(4 * q.numel() * k.size(2));
    return torch.scaled_dot_product_attention(
        q, k, v, optional(mask), 0, false, new DoubleOptional(), false);
  }

  /** Batched matrix product B,N,K by B,K,M. */
  public static Tensor product(Tensor a, Tensor b) {
    FLOPS.addAndGet(2 * a.numel() * b.size(2));
    return torch.bmm(a, b);
  }

  /** Bilinear resize of B,C,H,W, corners not aligned. */
  public static Tensor bilinear(Tensor x, long height, long width) {
    return torch.upsample_bilinear2d(
        x, new long[] {height, width}, false, new DoubleOptional(), new DoubleOptional());
  }

  /** Nearest-neighbour resize of B,C,H,W. */
  public static Tensor nearest(Tensor x, long height, long width) {
    return torch.upsample_nearest2d(
        x, new long[] {height, width}, new DoubleOptional(), new DoubleOptional());
  }

  public static Tensor scale(Tensor x, double factor) {
    return x.mul(new Scalar(factor));
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
  }

  /** Native objects alive in this process that JavaCPP tracks; for tests of leaks. */
  public static long livePointers() {
    return Pointer.totalCount();
  }
}

package dev.plantain.torch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and tensors. Every tensor made belongs to the open {@link Scope}. */
public final class Tensors {
  private Tensors() {}

  /** A float32 tensor with a copy of {@code values}. */
  public static Tensor of(float[] values, long... shape) {
    requireCount(values.length, shape);
    Tensor tensor = torch.empty(shape);
    if (values.length > 0) {
      new FloatPointer(tensor.data_ptr()).put(values, 0, values.length);
    }
    return tensor;
  }

  /** An int64 tensor with a copy of {@code values}. */
  public static Tensor of(long[] values, long... shape) {
    requireCount(values.length, shape);
    Tensor tensor = torch.zeros(shape, new TensorOptions(ScalarType.Long));
    if (values.length > 0) {
      new LongPointer(tensor.data_ptr()).put(values, 0, values.length);
    }
    return tensor;
  }

  /** A uint8 tensor with a copy of {@code values}. */
  public static Tensor ofBytes(byte[] values, long... shape) {
    requireCount(values.length, shape);
    Tensor tensor = torch.zeros(shape, new TensorOptions(ScalarType.Byte));
    if (values.length > 0) {
      new BytePointer(tensor.data_ptr()).put(values, 0, values.length);
    }
    return tensor;
  }

  /** A copy of a tensor of any floating type as float32, in row-major order. */
  public static float[] floats(Tensor tensor) {
    try (Scope scope = Scope.open()) {
      Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
      float[] values = new float[Math.toIntExact(plain.numel())];
      new FloatPointer(plain.data_ptr()).get(values);
      return values;
    }
  }

  public static long[] shape(Tensor tensor) {
    return tensor.shape();
  }

  /** A batch of 8-bit interleaved pictures, each {@code h*w*3}, as float32 B,3,H,W in −1..1. */
  public static Tensor pictures(List<byte[]> rgb8, int height, int width) {
    int plane = height * width;
    float[] values = new float[rgb8.size() * 3 * plane];
    int at = 0;
    for (byte[] picture : rgb8) {
      for (int c = 0; c < 3; c++) {
        for (int p = 0; p < plane; p++) {
          values[at++] = (picture[3 * p + c] & 0xff) / 127.5f - 1;
        }
      }
    }
    return of(values, rgb8.size(), 3, height, width);
  }

  /** The inverse of {@link #pictures} for one picture 3,H,W in −1..1; clamped and rounded. */
  public static byte[] rgb8(Tensor picture) {
    long[] shape = picture.shape();
    int plane = Math.toIntExact(shape[1] * shape[2]);
    float[] values = floats(picture);
    byte[] rgb8 = new byte[3 * plane];
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < plane; p++) {
        float v = (values[c * plane + p] + 1) * 127.5f;
        rgb8[3 * p + c] = (byte) Math.round(Math.clamp(Float.isNaN(v) ? 0 : v, 0, 255));
      }
    }
    return rgb8;
  }

  public static Tensor cat(long dimension, Tensor... tensors) {
    return torch.cat(new TensorVector(tensors), dimension);
  }

  public static Tensor stack(long dimension, List<Tensor> tensors) {
    return torch.stack(new TensorVector(tensors.toArray(Tensor[]::new)), dimension);
  }

  public static Scalar scalar(double value) {
    return new Scalar(value);
  }

  private static void requireCount(int length, long[] shape) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s holds %d values, got %d"
              .formatted(Arrays.toString(shape), count, length));
    }
  }
}

package dev.plantain.formats;

import dev.plantain.core.measure.DepthMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's {@code .npy} files, format 1.0 to 3.0 (numpy.lib.format): row-major, little-endian when
 * written, either order when read.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr': '([<>|=])([fiub])([1248])',\\s*'fortran_order': (True|False),"
              + "\\s*'shape': \\(([0-9, ]*)\\),?\\s*\\}\\s*");

  private Npy() {}

  /** Writes depth: float32 metres, {@code (height, width)}; NaN invalid, +∞ sky. */
  public static void write(Path file, DepthMap depth) throws OutputException {
    write(file, depth.metres(), depth.height(), depth.width());
  }

  /** Writes float32. */
  public static void write(Path file, float[] values, int... shape) throws OutputException {
    byte[] data = new byte[4 * values.length];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    write(file, "<f4", values.length, data, shape);
  }

  /** Writes int32. */
  public static void write(Path file, int[] values, int... shape) throws OutputException {
    byte[] data = new byte[4 * values.length];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    write(file, "<i4", values.length, data, shape);
  }

  /** Writes uint8. */
  public static void writeUnsigned(Path file, byte[] values, int... shape) throws OutputException {
    write(file, "|u1", values.length, values, shape);
  }

  /** Writes bool. */
  public static void write(Path file, boolean[] values, int... shape) throws OutputException {
    byte[] data = new byte[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (values[i] ? 1 : 0);
    }
    write(file, "|b1", values.length, data, shape);
  }

  private static void write(Path file, String descr, int count, byte[] data, int... shape)
      throws OutputException {
    long expected = 1;
    for (int side : shape) {
      expected *= side;
    }
    if (expected != count) {
      throw new IllegalArgumentException(
          "an array of shape %s has %d values, got %d"
              .formatted(Arrays.toString(shape), expected, count));
    }
    String sides =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(descr, sides, shape.length == 1 ? "," : "");
    int padding = 63 - (MAGIC.length + 4 + header.length()) % 64; // data start on 64 bytes
    String padded = header + " ".repeat(padding) + "\n";
    LittleEndian start =
        new LittleEndian().bytes(MAGIC).u8(1).u8(0).u16(padded.length()).ascii(padded);
    AtomicFile.write(
        file,
        out -> {
          out.write(start.toBytes());
          out.write(data);
        });
  }

  /**
   * Reads an array of numbers or booleans.
   *
   * @throws InputException if it is no such file, or truncated
   */
  public static NpyArray read(Path file) throws InputException {
    byte[] bytes = Images.bytes(file, Limits.DEFAULT);
    if (bytes.length < 12 || !Arrays.equals(bytes, 0, 6, MAGIC, 0, 6)) {
      throw new InputException.Damaged(file + " is no .npy file");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int start = bytes[6] == 1 ? 10 : 12;
    long length = bytes[6] == 1 ? buffer.getShort(8) & 0xFFFF : buffer.getInt(8) & 0xFFFFFFFFL;
    if (bytes[6] < 1 || bytes[6] > 3 || start + length > bytes.length) {
      throw new InputException.Damaged(file + " has a damaged .npy header");
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    Matcher m = HEADER.matcher(header);
    if (!m.matches()) {
      throw new InputException.Damaged(
          "%s holds no plain array of numbers: %s".formatted(file, header.strip()));
    }
    int[] shape = shape(m.group(5), file);
    if (m.group(4).equals("True") && shape.length > 1) {
      throw new InputException(
          file + " is column-major; save it again with numpy.ascontiguousarray");
    }
    int size = m.group(3).charAt(0) - '0';
    long count = 1;
    for (int side : shape) {
      count *= side;
      if (count * size > bytes.length) {
        break;
      }
    }
    int data = start + (int) length;
    if (count * size != bytes.length - data) {
      throw new InputException.Damaged(
          "%s is truncated: its header promises %d values of %d bytes, it has %d bytes"
              .formatted(file, count, size, bytes.length - data));
    }
    buffer.order(m.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return new NpyArray(
        m.group(2) + m.group(3),
        shape,
        values(buffer.position(data).slice().order(buffer.order()), m.group(2), size, file));
  }

  private static int[] shape(String text, Path file) throws InputException {
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw new InputException.Damaged(file + " has sides too long: " + text, e);
    }
  }

  private static Object values(ByteBuffer data, String kind, int size, Path file)
      throws InputException {
    int count = data.remaining() / size;
    return switch (kind + size) {
      case "f2" -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = Float.float16ToFloat(data.getShort(2 * i));
        }
        yield values;
      }
      case "f4" -> {
        float[] values = new float[count];
        data.asFloatBuffer().get(values);
        yield values;
      }
      case "f8" -> {
        double[] values = new double[count];
        data.asDoubleBuffer().get(values);
        yield values;
      }
      case "b1", "i1", "u1" -> {
        byte[] values = new byte[count];
        data.get(values);
        yield values;
      }
      case "i2", "u2" -> {
        short[] values = new short[count];
        data.asShortBuffer().get(values);
        yield values;
      }
      case "i4", "u4" -> {
        int[] values = new int[count];
        data.asIntBuffer().get(values);
        yield values;
      }
      case "i8", "u8" -> {
        long[] values = new long[count];
        data.asLongBuffer().get(values);
        yield values;
      }
      default -> throw new InputException.Damaged("%s holds %s%d".formatted(file, kind, size));
    };
  }
}

package dev.plantain.formats;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.NormalMap;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * OpenEXR files: float32 scan lines, ZIP-compressed, as in "OpenEXR File Layout" (openexr.com).
 *
 * <p>Reads back what it writes, and any single-part scan-line file of float or half channels that
 * is not compressed or ZIP-compressed.
 */
public final class Exr {
  private static final int MAGIC = 20000630;
  private static final int HALF = 1;
  private static final int FLOAT = 2;
  private static final int NONE = 0;
  private static final int ZIPS = 2;
  private static final int ZIP = 3;
  private static final int ZIP_LINES = 16;

  private Exr() {}

  /**
   * Channels of one size.
   *
   * @param channels {@code width * height} values by name
   */
  public record Channels(int width, int height, SortedMap<String, float[]> channels) {}

  /** Writes depth in metres as channel {@code Z}; NaN invalid, +∞ sky. */
  public static void write(Path file, DepthMap depth) throws OutputException {
    write(file, depth.width(), depth.height(), Map.of("Z", depth.metres()));
  }

  /** Writes normals as channels {@code N.X}, {@code N.Y} and {@code N.Z}, in camera space. */
  public static void write(Path file, NormalMap normals, NormalFrame frame) throws OutputException {
    float[] xyz = frame.of(normals);
    int n = xyz.length / 3;
    float[][] axes = new float[3][n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 3; c++) {
        axes[c][i] = xyz[3 * i + c];
      }
    }
    write(
        file,
        normals.width(),
        normals.height(),
        Map.of("N.X", axes[0], "N.Y", axes[1], "N.Z", axes[2]));
  }

  /**
   * Writes channels.
   *
   * @param channels {@code width * height} values by name
   */
  public static void write(Path file, int width, int height, Map<String, float[]> channels)
      throws OutputException {
    SortedMap<String, float[]> sorted = new TreeMap<>(channels); // the format wants them sorted
    for (Map.Entry<String, float[]> channel : sorted.entrySet()) {
      if (channel.getValue().length != width * height || channel.getKey().length() > 31) {
        throw new IllegalArgumentException(
            "channel \"%s\" of %d x %d has %d values"
                .formatted(channel.getKey(), width, height, channel.getValue().length));
      }
    }
    byte[] header = header(width, height, sorted);
    List<byte[]> blocks = new ArrayList<>();
    for (int y = 0; y < height; y += ZIP_LINES) {
      blocks.add(block(width, y, Math.min(ZIP_LINES, height - y), sorted));
    }
    LittleEndian offsets = new LittleEndian();
    long offset = header.length + 8L * blocks.size();
    for (byte[] block : blocks) {
      offsets.i64(offset);
      offset += block.length;
    }
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          out.write(offsets.toBytes());
          for (byte[] block : blocks) {
            out.write(block);
          }
        });
  }

  private static byte[] header(int width, int height, SortedMap<String, float[]> channels) {
    LittleEndian list = new LittleEndian();
    for (String name : channels.keySet()) {
      list.ascii(name).u8(0).i32(FLOAT).i32(0).i32(1).i32(1);
    }
    list.u8(0);
    byte[] window = new LittleEndian().i32(0).i32(0).i32(width - 1).i32(height - 1).toBytes();
    LittleEndian out = new LittleEndian().i32(MAGIC).i32(2);
    attribute(out, "channels", "chlist", list.toBytes());
    attribute(out, "compression", "compression", new byte[] {ZIP});
    attribute(out, "dataWindow", "box2i", window);
    attribute(out, "displayWindow", "box2i", window);
    attribute(out, "lineOrder", "lineOrder", new byte[] {0});
    attribute(out, "pixelAspectRatio", "float", new LittleEndian().f32(1).toBytes());
    attribute(out, "screenWindowCenter", "v2f", new LittleEndian().f32(0).f32(0).toBytes());
    attribute(out, "screenWindowWidth", "float", new LittleEndian().f32(1).toBytes());
    return out.u8(0).toBytes();
  }

  private static void attribute(LittleEndian out, String name, String type, byte[] value) {
    out.ascii(name).u8(0).ascii(type).u8(0).i32(value.length).bytes(value);
  }

  private static byte[] block(int width, int y, int lines, SortedMap<String, float[]> channels) {
    ByteBuffer raw =
        ByteBuffer.allocate(4 * width * lines * channels.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int line = y; line < y + lines; line++) {
      for (float[] values : channels.values()) {
        for (int x = 0; x < width; x++) {
          raw.putFloat(values[line * width + x]);
        }
      }
    }
    byte[] packed = deflate(predict(raw.array()));
    // What does not shrink is stored as it is; readers tell by the length.
    byte[] data = packed.length < raw.capacity() ? packed : raw.array();
    return new LittleEndian(data.length + 8).i32(y).i32(data.length).bytes(data).toBytes();
  }

  /** Even bytes, then odd bytes, each as its difference to the one before plus 128. */
  private static byte[] predict(byte[] raw) {
    byte[] split = new byte[raw.length];
    int half = (raw.length + 1) / 2;
    for (int i = 0; i < raw.length; i++) {
      split[(i & 1) == 0 ? i / 2 : half + i / 2] = raw[i];
    }
    for (int i = split.length - 1; i > 0; i--) {
      split[i] = (byte) (split[i] - split[i - 1] + 128);
    }
    return split;
  }

  private static byte[] unpredict(byte[] split) {
    for (int i = 1; i < split.length; i++) {
      split[i] = (byte) (split[i] + split[i - 1] - 128);
    }
    byte[] raw = new byte[split.length];
    int half = (raw.length + 1) / 2;
    for (int i = 0; i < raw.length; i++) {
      raw[i] = split[(i & 1) == 0 ? i / 2 : half + i / 2];
    }
    return raw;
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(4);
    try {
      deflater.setInput(data);
      deflater.finish();
      byte[] buffer = new byte[data.length + 64];
      int length = 0;
      while (!deflater.finished() && length < buffer.length) {
        length += deflater.deflate(buffer, length, buffer.length - length);
      }
      return deflater.finished() ? Arrays.copyOf(buffer, length) : buffer;
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is no EXR file of a kind that can be read, or damaged
   */
  public static Channels read(Path file) throws InputException {
    byte[] bytes = Images.bytes(file, Limits.DEFAULT);
    try {
      return read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), file);
    } catch (IndexOutOfBoundsException
        | BufferUnderflowException
        | ArithmeticException
        | IllegalArgumentException
        | DataFormatException e) {
      throw new InputException.Damaged(file + " is a damaged or truncated EXR file", e);
    }
  }

  private record Channel(String name, int type) {}

  private static Channels read(ByteBuffer in, Path file)
      throws InputException, DataFormatException {
    if (in.remaining() < 8 || in.getInt() != MAGIC) {
      throw new InputException.Damaged(file + " is no EXR file");
    }
    int version = in.getInt();
    if ((version & ~0x400) != 2) {
      throw new InputException(file + " is tiled, deep or of several parts; save it as scan lines");
    }
    List<Channel> channels = new ArrayList<>();
    int compression = -1;
    int[] window = new int[4];
    for (String name = string(in); !name.isEmpty(); name = string(in)) {
      string(in);
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new InputException.Damaged(file + " is a truncated EXR file");
      }
      int end = in.position() + length;
      switch (name) {
        case "channels" -> {
          for (String channel = string(in); !channel.isEmpty(); channel = string(in)) {
            channels.add(new Channel(channel, in.getInt()));
            in.position(in.position() + 12);
          }
        }
        case "compression" -> compression = in.get();
        case "dataWindow" -> {
          for (int i = 0; i < 4; i++) {
            window[i] = in.getInt();
          }
        }
        default -> {}
      }
      in.position(end);
    }
    long width = (long) window[2] - window[0] + 1;
    long height = (long) window[3] - window[1] + 1;
    boolean known = compression == NONE || compression == ZIPS || compression == ZIP;
    if (!known || channels.stream().anyMatch(c -> c.type() != FLOAT && c.type() != HALF)) {
      throw new InputException(
          file + " has a compression or channels that are not read; save it as float with ZIP");
    }
    if (width <= 0
        || height <= 0
        || width * height > Limits.DEFAULT.pixels()
        || channels.isEmpty()) {
      throw new InputException.Damaged(
          "%s has a size of %d x %d with %d channels"
              .formatted(file, width, height, channels.size()));
    }
    int lines = compression == ZIP ? ZIP_LINES : 1;
    int blocks = (int) ((height + lines - 1) / lines);
    if (8L * blocks > in.remaining()) {
      throw new InputException.Damaged(file + " is a truncated EXR file");
    }
    SortedMap<String, float[]> values = new TreeMap<>();
    for (Channel channel : channels) {
      values.put(channel.name(), new float[(int) (width * height)]);
    }
    long[] offsets = new long[blocks];
    for (int i = 0; i < blocks; i++) {
      offsets[i] = in.getLong();
    }
    int pixel = channels.stream().mapToInt(c -> c.type() == FLOAT ? 4 : 2).sum();
    int line = Math.multiplyExact(pixel, (int) width);
    for (long offset : offsets) {
      in.position(Math.toIntExact(offset));
      int y = in.getInt() - window[1];
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new InputException.Damaged(file + " is a truncated EXR file");
      }
      byte[] data = new byte[length];
      in.get(data);
      if (y < 0 || y >= height) {
        throw new InputException.Damaged(
            "%s is a damaged EXR file: it has line %d of %d".formatted(file, y, height));
      }
      int rows = (int) Math.min(lines, height - y);
      int whole = Math.multiplyExact(line, rows);
      byte[] raw = data.length == whole ? data : unpredict(inflate(data, whole));
      ByteBuffer samples = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = y; row < y + rows; row++) {
        for (Channel channel : channels) {
          float[] target = values.get(channel.name());
          for (int x = 0; x < width && target != null; x++) {
            target[(int) (row * width) + x] =
                channel.type() == FLOAT
                    ? samples.getFloat()
                    : Float.float16ToFloat(samples.getShort());
          }
        }
      }
    }
    return new Channels((int) width, (int) height, values);
  }

  private static byte[] inflate(byte[] data, int length) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] raw = new byte[length];
      int got = 0;
      while (got < length) {
        int n = inflater.inflate(raw, got, length - got);
        if (n == 0) { // at the end of the stream or of the data, or a dictionary is wanted
          throw new DataFormatException("too few data");
        }
        got += n;
      }
      return raw;
    } finally {
      inflater.end();
    }
  }

  private static String string(ByteBuffer in) {
    StringBuilder text = new StringBuilder();
    for (int c = in.get() & 0xFF; c != 0; c = in.get() & 0xFF) {
      text.append((char) c);
    }
    return text.toString();
  }
}

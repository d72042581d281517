package dev.plantain.torch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header that gives each
 * tensor's dtype, shape and byte range, then the bytes. Source: the format's README (huggingface
 * /safetensors). Files are untrusted: every claim of the header is checked before a byte is read.
 */
public final class Safetensors {
  /** Two tensors of one name would hide one of them. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final int MAX_HEADER_BYTES = 100_000_000;
  private static final ValueLayout.OfLong LITTLE_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Safetensors() {}

  /**
   * Tensors and string metadata of one file.
   *
   * @param tensors in order of their bytes; the holder closes them
   */
  public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {}

  /** Element types this reads and writes. */
  public enum Dtype {
    F64(8, ScalarType.Double),
    F32(4, ScalarType.Float),
    F16(2, ScalarType.Half),
    BF16(2, ScalarType.BFloat16),
    I64(8, ScalarType.Long),
    I32(4, ScalarType.Int),
    U8(1, ScalarType.Byte);

    private final int bytes;
    private final ScalarType type;

    /** Bytes of one element. */
    public int bytes() {
      return bytes;
    }

    /** The same type as libtorch names it. */
    public ScalarType type() {
      return type;
    }

    Dtype(int bytes, ScalarType type) {
      this.bytes = bytes;
      this.type = type;
    }

    static Dtype of(ScalarType type) {
      for (Dtype d : values()) {
        if (d.type.value == type.value) {
          return d;
        }
      }
      throw new IllegalArgumentException("safetensors here holds no tensors of type " + type);
    }
  }

  /**
   * What a header says of one tensor, checked.
   *
   * @param shape sizes, outermost first
   * @param begin first byte, from the beginning of the data
   * @param end byte after the last
   */
  public record Entry(String name, Dtype dtype, long[] shape, long begin, long end) {}

  /**
   * A file's header, checked: the entries cover the data without gap or overlap.
   *
   * @param entries in order of their bytes
   * @param dataBegin where the data begins in the file
   */
  public record Header(List<Entry> entries, Map<String, String> metadata, long dataBegin) {}

  /**
   * Copies all tensors of a file.
   *
   * @throws IOException if it cannot be read or is no valid safetensors file; says what is wrong
   */
  public static Contents read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no weights file " + file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      return read(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), file.toString());
    }
  }

  /**
   * Copies all tensors of a file, in memory or mapped.
   *
   * @throws SafetensorsException if the bytes are not a valid safetensors file; says what is wrong
   */
  public static Contents read(MemorySegment file, String what) throws SafetensorsException {
    Header header = header(file, what);
    MemorySegment data = file.asSlice(header.dataBegin);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    boolean whole = false;
    try {
      for (Entry e : header.entries) {
        tensors.put(e.name, copy(e, data));
      }
      whole = true;
    } finally {
      if (!whole) {
        tensors.values().forEach(Tensor::close);
      }
    }
    return new Contents(tensors, header.metadata);
  }

  /**
   * Reads and checks a file's header alone; no tensor is touched.
   *
   * @throws SafetensorsException if the bytes are not a valid safetensors file; says what is wrong
   */
  public static Header header(MemorySegment file, String what) throws SafetensorsException {
    if (file.byteSize() < 8) {
      throw new SafetensorsException(what + " is not a safetensors file: shorter than 8 bytes");
    }
    long headerBytes = file.get(LITTLE_LONG, 0);
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > file.byteSize() - 8) {
      throw new SafetensorsException(
          "%s is not a safetensors file: a header of %d bytes in a file of %d"
              .formatted(what, headerBytes, file.byteSize()));
    }
    byte[] header = file.asSlice(8, headerBytes).toArray(ValueLayout.JAVA_BYTE);
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = parse(header, file.byteSize() - 8 - headerBytes, metadata, what);
    return new Header(List.copyOf(entries), metadata, 8 + headerBytes);
  }

  private static Tensor copy(Entry e, MemorySegment data) {
    try (Scope scope = Scope.open()) {
      Tensor tensor = torch.empty(e.shape, new TensorOptions(e.dtype.type), null);
      fill(tensor, data.asSlice(e.begin, e.end - e.begin));
      return scope.keep(tensor);
    }
  }

  /** Copies bytes into a tensor that has exactly as many. */
  @SuppressWarnings("restricted") // the tensor owns exactly these bytes
  static void fill(Tensor tensor, MemorySegment bytes) {
    if (bytes.byteSize() > 0) {
      MemorySegment.ofAddress(tensor.data_ptr().address())
          .reinterpret(bytes.byteSize())
          .copyFrom(bytes);
    }
  }

  private static List<Entry> parse(
      byte[] header, long dataBytes, Map<String, String> metadata, String what)
      throws SafetensorsException {
    JsonNode root;
    try {
      root = JSON.readTree(header);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          what + " is not a safetensors file: its header is not JSON: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new SafetensorsException(what + " is not a safetensors file: " + e.getMessage(), e);
    }
    if (root == null || !root.isObject()) {
      throw new SafetensorsException(
          what + " is not a safetensors file: its header is not a JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals("__metadata__")) {
        for (Map.Entry<String, JsonNode> m : field.getValue().properties()) {
          metadata.put(m.getKey(), m.getValue().asText());
        }
      } else {
        entries.add(entry(field.getKey(), field.getValue(), what));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry e : entries) {
      if (e.begin != at) {
        throw new SafetensorsException(
            "%s is damaged: tensor %s begins at byte %d, expected %d"
                .formatted(what, e.name, e.begin, at));
      }
      at = e.end;
    }
    if (at != dataBytes) {
      throw new SafetensorsException(
          "%s is damaged: its header speaks of %d bytes, it has %d".formatted(what, at, dataBytes));
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode node, String what) throws SafetensorsException {
    JsonNode shape = node.path("shape");
    JsonNode range = node.path("data_offsets");
    Dtype dtype = null;
    for (Dtype d : Dtype.values()) {
      if (d.name().equals(node.path("dtype").asText())) {
        dtype = d;
      }
    }
    if (dtype == null || !shape.isArray() || !range.isArray() || range.size() != 2) {
      throw new SafetensorsException(
          "%s is damaged: tensor %s is described as %s".formatted(what, name, node));
    }
    long[] sizes = new long[shape.size()];
    long count = dtype.bytes;
    try {
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = requireWhole(shape.get(i));
        count = Math.multiplyExact(count, sizes[i]);
      }
      long begin = requireWhole(range.get(0));
      long end = requireWhole(range.get(1));
      if (end - begin != count) {
        throw new ArithmeticException("range " + begin + ".." + end + " for " + count + " bytes");
      }
      return new Entry(name, dtype, sizes, begin, end);
    } catch (ArithmeticException e) {
      throw new SafetensorsException(
          "%s is damaged: tensor %s: %s".formatted(what, name, e.getMessage()), e);
    }
  }

  private static long requireWhole(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new ArithmeticException(node + " is not a size");
    }
    return node.longValue();
  }

  /**
   * Writes tensors as they are typed; to a temporary name first, then moved when it is on the disk.
   *
   * @throws IOException if the file cannot be written; no partial file keeps the final name
   */
  public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode meta = header.putObject("__metadata__");
      metadata.forEach(meta::put);
    }
    long at = 0;
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      ObjectNode node = header.putObject(e.getKey());
      node.put("dtype", Dtype.of(e.getValue().scalar_type()).name());
      ArrayNode shape = node.putArray("shape");
      for (long s : e.getValue().shape()) {
        shape.add(s);
      }
      node.putArray("data_offsets").add(at).add(at + e.getValue().nbytes());
      at += e.getValue().nbytes();
    }
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    // Readers map the file: the data should begin aligned to eight bytes.
    int padding = (8 - json.length % 8) % 8;
    Path temporary =
        path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      // No channel: that of a thread that is interrupted, as training is to stop it, closes.
      try (FileOutputStream out = new FileOutputStream(temporary.toFile());
          DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out))) {
        data.writeLong(Long.reverseBytes((long) json.length + padding));
        data.write(json);
        data.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        for (Tensor tensor : tensors.values()) {
          data.write(bytes(tensor));
        }
        data.flush();
        out.getFD().sync();
      }
      Files.move(
          temporary, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static byte[] bytes(Tensor tensor) {
    try (Scope scope = Scope.open()) {
      Tensor plain = tensor.detach().contiguous();
      byte[] bytes = new byte[Math.toIntExact(plain.nbytes())];
      if (bytes.length > 0) {
        new BytePointer(plain.data_ptr()).get(bytes);
      }
      return bytes;
    }
  }
}

package dev.plantain.torch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Tensors of safetensors files that stay on the disk: mapped, not copied. The system brings pages
 * in when they are read, and may drop them again, so weights may be larger than memory.
 *
 * <p>A tensor lies in the mapping itself and must not be written to; it is closed with this. A file
 * must not be cut shorter while it is mapped.
 */
public final class MappedTensors implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_INDEX_BYTES = 100_000_000;

  private final Arena arena = Arena.ofShared();
  private final Map<String, Located> located = new LinkedHashMap<>();
  private final Map<String, Tensor> open = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private long bytes;

  private record Located(Safetensors.Entry entry, MemorySegment bytes) {}

  private MappedTensors() {}

  /**
   * Maps one file.
   *
   * @throws SafetensorsException if it is not valid
   * @throws IOException if it cannot be read
   */
  public static MappedTensors open(Path file) throws IOException {
    return whole(mapped -> mapped.add(file));
  }

  /**
   * Maps the weights {@code STEM.safetensors} of a folder, or the shards that {@code
   * STEM.safetensors.index.json} lists, which must hold exactly the tensors the index says.
   *
   * @throws SafetensorsException if a file or the index is not valid, or they do not agree
   * @throws IOException if there are no such weights, or they cannot be read
   */
  public static MappedTensors open(Path folder, String stem) throws IOException {
    Path single = folder.resolve(stem + ".safetensors");
    Path index = folder.resolve(stem + ".safetensors.index.json");
    if (Files.isRegularFile(single)) {
      return open(single);
    }
    if (!Files.isRegularFile(index)) {
      throw new IOException(
          "there are no weights in %s: neither %s nor %s"
              .formatted(folder, single.getFileName(), index.getFileName()));
    }
    Map<String, Set<String>> shards = shards(index);
    return whole(
        mapped -> {
          for (Map.Entry<String, Set<String>> shard : shards.entrySet()) {
            Set<String> before = Set.copyOf(mapped.located.keySet());
            mapped.add(folder.resolve(shard.getKey()));
            Set<String> found = new TreeSet<>(mapped.located.keySet());
            found.removeAll(before);
            if (!found.equals(shard.getValue())) {
              throw new SafetensorsException(
                  "%s and %s do not agree on which tensors are in %s"
                      .formatted(index, shard.getKey(), shard.getKey()));
            }
          }
        });
  }

  /** File name to tensor names. */
  private static Map<String, Set<String>> shards(Path index) throws IOException {
    if (Files.size(index) > MAX_INDEX_BYTES) {
      throw new SafetensorsException(index + " is too large for an index of weights");
    }
    JsonNode map;
    try {
      map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(index + " is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!map.isObject() || map.isEmpty()) {
      throw new SafetensorsException(index + " has no weight_map");
    }
    Map<String, Set<String>> shards = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : map.properties()) {
      String file = e.getValue().asText();
      // Beside the index only: an index could otherwise make any file of the user's be read.
      if (!file.endsWith(".safetensors") || file.contains("/") || file.contains("\\")) {
        throw new SafetensorsException(
            "%s names \"%s\", which is no safetensors file beside it".formatted(index, file));
      }
      shards.computeIfAbsent(file, f -> new TreeSet<>()).add(e.getKey());
    }
    return shards;
  }

  @FunctionalInterface
  private interface Filling {
    void fill(MappedTensors mapped) throws IOException;
  }

  private static MappedTensors whole(Filling filling) throws IOException {
    MappedTensors mapped = new MappedTensors();
    boolean whole = false;
    try {
      filling.fill(mapped);
      whole = true;
      return mapped;
    } finally {
      if (!whole) {
        mapped.close();
      }
    }
  }

  private void add(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no weights file " + file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      Safetensors.Header header = Safetensors.header(all, file.toString());
      for (Safetensors.Entry e : header.entries()) {
        MemorySegment own = all.asSlice(header.dataBegin() + e.begin(), e.end() - e.begin());
        if (located.put(e.name(), new Located(e, own)) != null) {
          throw new SafetensorsException("%s holds %s a second time".formatted(file, e.name()));
        }
      }
      metadata.putAll(header.metadata());
      bytes += all.byteSize();
    }
  }

  /** Names of all tensors. */
  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(located.keySet());
  }

  /** What the headers say of all tensors. */
  public Collection<Safetensors.Entry> entries() {
    return located.values().stream().map(Located::entry).toList();
  }

  /** String metadata of the files. */
  public Map<String, String> metadata() {
    return java.util.Collections.unmodifiableMap(metadata);
  }

  /** Bytes of the files. */
  public long bytes() {
    return bytes;
  }

  /**
   * A tensor as the file has it. Stays this object's.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public synchronized Tensor get(String name) {
    return open.computeIfAbsent(name, this::view);
  }

  private Tensor view(String name) {
    Located l = located(name);
    TensorOptions options = new TensorOptions(l.entry.dtype().type());
    try (Scope scope = Scope.open()) {
      // Numbers that do not lie on a multiple of their size are copied: kernels may rely on it.
      boolean aligned = l.bytes.address() % l.entry.dtype().bytes() == 0;
      Tensor view =
          l.bytes.byteSize() == 0
              ? torch.empty(l.entry.shape(), options, null)
              : torch.from_blob(new Address(l.bytes), l.entry.shape(), options);
      return scope.keep(aligned ? view : copy(l, options));
    }
  }

  private static Tensor copy(Located l, TensorOptions options) {
    Tensor tensor = torch.empty(l.entry.shape(), options, null);
    Safetensors.fill(tensor, l.bytes);
    return tensor;
  }

  private Located located(String name) {
    Located l = located.get(name);
    if (l == null) {
      throw new IllegalArgumentException("the weights have no tensor " + name);
    }
    return l;
  }

  /**
   * Lets go of the memory behind tensors: the system reads them from the disk when they are used
   * again. Where the system cannot be told so, or when this is closed, does nothing.
   */
  public synchronized void release(Collection<String> names) {
    if (!arena.scope().isAlive()) {
      // Something else may be mapped there by now.
      return;
    }
    List<MemorySegment> segments = new ArrayList<>();
    names.forEach(name -> segments.add(located(name).bytes));
    segments.forEach(Environment::forget);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Tensor::close);
    open.clear();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /** An address for JavaCPP, which owns nothing. */
  private static final class Address extends Pointer {
    Address(MemorySegment segment) {
      address = segment.address();
    }
  }
}

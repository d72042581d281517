package dev.plantain.diorama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Views of a folder of shards by number, in any order, without holding them in memory. Immutable;
 * safe for several threads.
 */
public final class ShardIndex {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCK = 512;

  private final List<Slice> slices;
  private final Map<String, Integer> viewsWith;

  /** Where the files of one view lie. */
  private record Slice(Path shard, String id, long begin, long end, boolean labelled) {}

  private ShardIndex(List<Slice> slices, Map<String, Integer> viewsWith) {
    this.slices = List.copyOf(slices);
    this.viewsWith = Collections.unmodifiableMap(viewsWith);
  }

  /**
   * Reads through all shards once, those of a finished data set twice: they are compared with its
   * manifest.
   *
   * @throws IOException if there are none, or one is damaged; the message names it
   */
  public static ShardIndex open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is not a folder of shards");
    }
    Optional<Manifest> manifest = Manifest.read(folder);
    if (manifest.isPresent()) {
      manifest.get().check(folder);
    }
    List<Slice> slices = new ArrayList<>();
    Map<String, Integer> viewsWith = new TreeMap<>();
    for (Path shard : Shards.list(folder)) {
      scan(shard, slices, viewsWith);
    }
    if (slices.isEmpty()) {
      throw new IOException(folder + " holds no shards; plantain diorama writes them");
    }
    return new ShardIndex(slices, viewsWith);
  }

  private static void scan(Path shard, List<Slice> slices, Map<String, Integer> viewsWith)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(shard), 1 << 16)) {
      long at = 0;
      long begin = 0;
      String id = "";
      boolean labelled = true;
      for (Tar.Entry entry = Tar.read(in); entry != null; entry = Tar.read(in)) {
        int dot = entry.name().indexOf('.');
        String sample = dot < 0 ? entry.name() : entry.name().substring(0, dot);
        if (!sample.equals(id)) {
          if (!id.isEmpty()) {
            slices.add(new Slice(shard, id, begin, at, labelled));
          }
          id = sample;
          begin = at;
          labelled = true;
        }
        if (entry.name().endsWith(".json")) {
          Set<String> categories = new HashSet<>();
          for (JsonNode thing : JSON.readTree(entry.bytes()).path("things")) {
            if (thing.path("labelled").asBoolean()) {
              categories.add(thing.path("category").asText());
            } else {
              labelled = false;
            }
          }
          categories.forEach(category -> viewsWith.merge(category, 1, Integer::sum));
        }
        long size = entry.bytes().length;
        at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
      }
      if (!id.isEmpty()) {
        slices.add(new Slice(shard, id, begin, at, labelled));
      }
    } catch (IOException e) {
      throw new IOException("cannot read shard %s: %s".formatted(shard, e.getMessage()), e);
    }
  }

  public int size() {
    return slices.size();
  }

  /** Whether every thing in sight in that view is of a category that training may label. */
  public boolean labelled(int index) {
    return slices.get(index).labelled;
  }

  /** All categories in the shards that training may label, sorted. */
  public List<String> categories() {
    return List.copyOf(viewsWith.keySet());
  }

  /** How many views show each of {@link #categories}. */
  public Map<String, Integer> viewsWith() {
    return viewsWith;
  }

  /**
   * Reads one view.
   *
   * @throws UncheckedIOException if its shard is damaged; the message names it
   */
  public View view(int index) {
    Slice slice = slices.get(index);
    try (RandomAccessFile file = new RandomAccessFile(slice.shard.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(slice.end - slice.begin)];
      file.seek(slice.begin);
      file.readFully(bytes);
      InputStream in = new ByteArrayInputStream(bytes);
      Map<String, byte[]> files = new HashMap<>();
      for (Tar.Entry entry = Tar.read(in); entry != null; entry = Tar.read(in)) {
        files.put(entry.name().substring(entry.name().indexOf('.') + 1), entry.bytes());
      }
      return ViewCodec.read(slice.id, files);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("cannot read shard %s: %s".formatted(slice.shard, e.getMessage()), e));
    }
  }
}

package dev.plantain.diorama;

import dev.plantain.formats.AtomicFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Views in WebDataset tar files. A shard appears under its name only when complete, so an
 * interrupted run leaves whole shards and can go on.
 */
public final class Shards {
  private Shards() {}

  /**
   * Writes one shard.
   *
   * @param views are closed over: the stream is consumed
   */
  public static void write(Path shard, Stream<View> views) throws IOException {
    AtomicFile.write(
        shard,
        out -> {
          for (View view : (Iterable<View>) views::iterator) {
            ViewCodec.write(view, out);
          }
          Tar.finish(out);
        });
  }

  /** The shards of a folder in order of their names. */
  public static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(p -> p.toString().endsWith(".tar")).sorted().toList();
    }
  }

  /**
   * All views of a folder, shard by shard; parallel streams read shards in parallel.
   *
   * @throws UncheckedIOException while streaming, if a shard is damaged
   */
  public static Stream<View> read(Path folder) throws IOException {
    return list(folder).stream().flatMap(Shards::stream);
  }

  private static Stream<View> stream(Path shard) {
    try {
      return readShard(shard).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The views of one shard.
   *
   * @throws IOException if it is damaged; the message names it
   */
  public static List<View> readShard(Path shard) throws IOException {
    List<View> views = new ArrayList<>();
    each(shard, (id, files) -> views.add(ViewCodec.read(id, files)));
    return views;
  }

  /** Takes the files of one sample by what follows its id. */
  interface Sample {
    void accept(String id, Map<String, byte[]> files) throws IOException;
  }

  /** Hands on one sample after the other, so that only one is in memory. */
  static void each(Path shard, Sample sample) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(shard), 1 << 16)) {
      String id = "";
      Map<String, byte[]> files = new HashMap<>();
      for (Tar.Entry entry = Tar.read(in); entry != null; entry = Tar.read(in)) {
        int dot = entry.name().indexOf('.');
        String name = dot < 0 ? entry.name() : entry.name().substring(0, dot);
        if (!name.equals(id)) {
          if (!files.isEmpty()) {
            sample.accept(id, files);
          }
          id = name;
          files = new HashMap<>();
        }
        files.put(entry.name().substring(dot + 1), entry.bytes());
      }
      if (!files.isEmpty()) {
        sample.accept(id, files);
      }
    } catch (IOException e) {
      throw new IOException("cannot read shard %s: %s".formatted(shard, e.getMessage()), e);
    }
  }
}

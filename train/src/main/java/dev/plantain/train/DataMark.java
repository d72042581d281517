package dev.plantain.train;

import dev.plantain.diorama.Manifest;
import dev.plantain.diorama.Shards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells a folder of training data from one that is another by now.
 *
 * @param folder as the configuration names it
 * @param files how many there are
 * @param sha256 of their names and sizes
 * @param diorama version of the views of a finished Diorama data set; null for any other folder
 * @param shards SHA-256 of the contents of such a data set's shards; null for any other folder
 */
record DataMark(
    String folder,
    int files,
    String sha256,
    @Nullable Integer diorama,
    @Nullable Map<String, String> shards) {
  /** What {@link dev.plantain.eval.set.FolderSet} reads of a folder. */
  private static final List<String> OWN =
      List.of("images", "labels", "depth", "normals", "edges", "annotations.json", "classes.txt");

  /** Of a SHA-256 that people compare by eye. */
  private static final int DIGITS = 12;

  DataMark {
    shards = shards == null ? null : Collections.unmodifiableMap(new TreeMap<>(shards));
  }

  /** Of all data of a run: that of {@code data} first, then that of {@code besides}. */
  static List<DataMark> of(TrainConfig config) throws IOException {
    List<DataMark> marks = new ArrayList<>();
    if (config.own() != null) {
      marks.add(ofOwn(config.own().folder()));
    }
    if (config.data() != null) {
      marks.add(ofShards(config.data()));
    }
    if (config.besides() != null) {
      for (String folder : config.besides().keySet()) {
        marks.add(ofShards(folder));
      }
    }
    return marks;
  }

  private static DataMark ofShards(String folder) throws IOException {
    Path path = Path.of(folder);
    List<Path> files = Shards.list(path);
    Optional<Manifest> manifest = Manifest.read(path);
    return new DataMark(
        folder,
        files.size(),
        digest(sizes(path, files)),
        manifest.map(Manifest::version).orElse(null),
        manifest.map(Manifest::shards).orElse(null));
  }

  private static DataMark ofOwn(String folder) throws IOException {
    Path path = Path.of(folder);
    List<Path> files = new ArrayList<>();
    for (String part : OWN) {
      if (Files.exists(path.resolve(part))) {
        try (Stream<Path> all = Files.walk(path.resolve(part), 1, FileVisitOption.FOLLOW_LINKS)) {
          all.filter(Files::isRegularFile).filter(DataMark::isSeen).forEach(files::add);
        }
      }
    }
    return new DataMark(folder, files.size(), digest(sizes(path, files)), null, null);
  }

  /** Not what file managers leave behind. */
  private static boolean isSeen(Path file) {
    return !String.valueOf(file.getFileName()).startsWith(".");
  }

  private static Map<String, Long> sizes(Path folder, List<Path> files) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (Path file : files) {
      sizes.put(folder.relativize(file).toString().replace('\\', '/'), Files.size(file));
    }
    return sizes;
  }

  private static String digest(Map<String, ?> facts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      facts.forEach(
          (name, fact) ->
              digest.update((name + "\n" + fact + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this is the data of the other mark, as far as both know; folders may have moved. */
  boolean isThatOf(DataMark other) {
    return sha256.equals(other.sha256)
        && (shards == null || other.shards == null || shards.equals(other.shards));
  }

  /** For people: by the shards' contents where they are known. */
  String text() {
    return "%s: %s%s, SHA-256 %s…"
        .formatted(
            folder,
            diorama == null ? "" : "Diorama %d, ".formatted(diorama),
            files == 1 ? "1 file" : files + " files",
            (shards == null ? sha256 : digest(shards)).substring(0, DIGITS));
  }
}

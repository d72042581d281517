package dev.plantain.diorama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code manifest.json} says of a finished data set.
 *
 * @param version of the program's views that made it: {@link Diorama#VERSION}
 * @param shards SHA-256 of each by its file's name, sorted
 */
public record Manifest(int version, Map<String, String> shards) {
  static final String FILE = "manifest.json";
  static final String VERSION = "diorama_version";
  static final String RESULT = "result";
  static final String SHARDS = "shards";
  static final String NAME = "file";
  static final String SHA256 = "sha256";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Manifest {
    shards = Collections.unmodifiableMap(new TreeMap<>(shards));
  }

  /**
   * Reads that of a folder of shards.
   *
   * @return none if there is none, or its data set is not finished
   */
  public static Optional<Manifest> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(file.toFile());
      Map<String, String> shards = new TreeMap<>();
      for (JsonNode shard : root.path(RESULT).path(SHARDS)) {
        if (shard.hasNonNull(SHA256)) {
          shards.put(shard.path(NAME).asText(), shard.path(SHA256).asText());
        }
      }
      return shards.isEmpty()
          ? Optional.empty()
          : Optional.of(new Manifest(root.path(VERSION).asInt(), shards));
    } catch (JsonProcessingException e) {
      throw new InputException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /**
   * Compares a folder's shards with what is said of them.
   *
   * @throws InputException if one is another than was finished; names it
   */
  void check(Path folder) throws IOException {
    for (Path shard : Shards.list(folder)) {
      String expected = shards.get(String.valueOf(shard.getFileName()));
      if (expected != null && !expected.equals(Sha256.of(shard))) {
        throw new InputException(
            "shard %s is damaged: its SHA-256 is not that in %s; delete it, and the plantain diorama that made it renders it again"
                .formatted(shard, FILE));
      }
    }
  }
}

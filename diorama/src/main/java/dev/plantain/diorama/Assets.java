package dev.plantain.diorama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The models of all libraries, sorted by split and category. Meshes are read when first needed, out
 * of a cache on disk where possible. Safe for several threads.
 */
final class Assets {
  private final Map<String, ModelLibrary> libraryOf = new HashMap<>();
  private final Map<String, LibraryEntry> entries = new LinkedHashMap<>();
  private final Map<Split, Map<String, List<Model>>> models = new HashMap<>();
  private final ConcurrentMap<String, Optional<Mesh>> meshes = new ConcurrentHashMap<>();
  private final MeshCache cache;
  private final Warnings warnings;

  private Assets(MeshCache cache, Warnings warnings) {
    this.cache = cache;
    this.warnings = warnings;
  }

  /**
   * Opens libraries, {@code .sh3f} files or folders of glTF models; one that cannot be read is left
   * out with a warning.
   *
   * @throws IOException if not one library can be read
   */
  static Assets open(List<Path> libraries, MeshCache cache, Warnings warnings) throws IOException {
    Assets assets = new Assets(cache, warnings);
    IOException last = null;
    for (Path path : libraries) {
      try {
        assets.add(
            Files.isDirectory(path)
                ? GltfLibrary.open(path, warnings)
                : FurnitureLibrary.open(path, warnings));
      } catch (IOException e) {
        last = e;
        warnings.accept(String.valueOf(e.getMessage()));
      }
    }
    if (assets.entries.isEmpty()) {
      throw last != null
          ? last
          : new IOException("no furniture libraries given, or none lists a known model");
    }
    return assets;
  }

  private void add(ModelLibrary library) {
    for (LibraryEntry e : library.entries()) {
      library
          .naming(e)
          .filter(n -> !entries.containsKey(e.id()))
          .ifPresent(
              n -> {
                entries.put(e.id(), e);
                libraryOf.put(e.id(), library);
                Model model =
                    new Model(
                        e.id(),
                        n.category(),
                        n.phrase(),
                        e.width(),
                        e.depth(),
                        e.height(),
                        e.elevation());
                models
                    .computeIfAbsent(Splits.of(e.id()), s -> new HashMap<>())
                    .computeIfAbsent(n.category().name(), c -> new ArrayList<>())
                    .add(model);
              });
    }
  }

  /** Models of a category that a split may show, in a fixed order. */
  List<Model> models(Split split, String category) {
    return models.getOrDefault(split, Map.of()).getOrDefault(category, List.of());
  }

  /** Every model known. */
  List<Model> all() {
    List<Model> list = new ArrayList<>();
    for (Split split : Split.values()) {
      models.getOrDefault(split, Map.of()).values().forEach(list::addAll);
    }
    return list;
  }

  LibraryEntry entry(String modelId) {
    LibraryEntry e = entries.get(modelId);
    if (e == null) {
      throw new IllegalArgumentException("no model has the id " + modelId);
    }
    return e;
  }

  /** The model's shape, or nothing if it turned out to be unusable. */
  Optional<Mesh> mesh(Model model) {
    return meshes.computeIfAbsent(model.id(), this::load);
  }

  private Optional<Mesh> load(String id) {
    ModelLibrary library = libraryOf.get(id);
    LibraryEntry entry = entries.get(id);
    if (library == null || entry == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(cache.get(library, entry, warnings));
    } catch (IOException e) {
      warnings.accept("%s left out: %s".formatted(id, e.getMessage()));
      return Optional.empty();
    }
  }

  Warnings warnings() {
    return warnings;
  }

  /** Counts one-line warnings and passes each distinct one on once. */
  static final class Warnings implements Consumer<String> {
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
    private final Consumer<String> sink;

    Warnings(Consumer<String> sink) {
      this.sink = sink;
    }

    @Override
    public void accept(String warning) {
      String line = warning.lines().findFirst().orElse("");
      if (counts.merge(line, 1, Integer::sum) == 1) {
        sink.accept(line);
      }
    }

    int count() {
      return counts.size();
    }
  }
}

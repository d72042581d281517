package dev.plantain.klein;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.GeneratorProvider;
import dev.plantain.core.instruct.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Opens {@code klein:FOLDER} or {@code klein:OWNER/NAME}, see {@link KleinSpec}. */
public final class KleinProvider implements GeneratorProvider {
  private static final String LICENCE = "see the model's card";

  @Override
  public String scheme() {
    return "klein";
  }

  @Override
  public String usage() {
    return "FLUX.2 [klein] and Open Vision Banana; klein:FOLDER or klein:OWNER/NAME of downloaded"
        + " weights, then ?device=cuda, ?transformer=…, ?lora=FILE@SCALE";
  }

  @Override
  public Set<String> settings() {
    return KleinSpec.SETTINGS;
  }

  /** Whole models in the hub's cache; a transformer alone is opened with another's parts. */
  @Override
  public List<String> installed() {
    return installed(HubCache.ofEnvironment());
  }

  static List<String> installed(HubCache cache) {
    try {
      return cache.models().stream()
          .filter(id -> isKlein(cache, id))
          .map(HubId::repository)
          .toList();
    } catch (IOException e) {
      throw new GeneratorException(
          "the cache in %s cannot be read: %s".formatted(cache.root(), e.getMessage()), e);
    }
  }

  private static boolean isKlein(HubCache cache, HubId id) {
    try {
      Path index = cache.snapshot(id).orElse(cache.root()).resolve("model_index.json");
      return Files.isRegularFile(index)
          && Config.read(index).root().path("_class_name").asText().startsWith("Flux2Klein");
    } catch (IOException e) {
      // The cache is shared with other programs: what one of them has broken hides no other model.
      return false;
    }
  }

  @Override
  public Generator open(String rest) {
    KleinSpec spec = KleinSpec.parse(rest);
    List<Adapter.Use> adapters = new ArrayList<>();
    boolean opened = false;
    try {
      Compute compute = spec.compute();
      HubCache cache = HubCache.ofEnvironment();
      Located model = locate(spec.model(), cache);
      String other = spec.transformer();
      Located transformer = other == null ? null : locate(other, cache);
      ModelFolder folder =
          ModelFolder.open(model.folder, transformer == null ? null : transformer.folder);
      for (KleinSpec.Lora lora : spec.loras()) {
        adapters.add(new Adapter.Use(Adapter.open(Path.of(lora.file())), lora.scale()));
      }
      String dialect = spec.dialect() == null ? folder.dialect() : spec.dialect();
      // Before the pipeline, which nobody would close if they could not be counted.
      long bytes = folder.bytes();
      Generator generator =
          new KleinGenerator(
              new KleinGenerator.Terms(
                  name(spec), Dialect.named(dialect).name(), licences(model, transformer)),
              folder,
              bytes,
              new Pipeline(folder, compute, spec.streamed(), adapters, spec.merged()),
              compute);
      opened = true;
      return generator;
    } catch (IOException | RuntimeException e) {
      if (e instanceof GeneratorException g) {
        throw g;
      }
      throw new GeneratorException("klein cannot be opened: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        adapters.forEach(use -> use.adapter().close());
      }
    }
  }

  /**
   * The folders of a spec's model.
   *
   * @throws GeneratorException if it is not there, or no model this program can run
   */
  static ModelFolder folder(KleinSpec spec) {
    HubCache cache = HubCache.ofEnvironment();
    try {
      String other = spec.transformer();
      return ModelFolder.open(
          locate(spec.model(), cache).folder, other == null ? null : locate(other, cache).folder);
    } catch (IOException e) {
      throw new GeneratorException("klein cannot be opened: " + e.getMessage(), e);
    }
  }

  private static String name(KleinSpec spec) {
    String name = "klein " + last(spec.model());
    return spec.transformer() == null ? name : name + " with " + last(spec.transformer());
  }

  private static String last(String path) {
    Path name = Path.of(path).toAbsolutePath().normalize().getFileName();
    return name == null ? path : name.toString();
  }

  private record Located(Path folder, String licence) {}

  private static Located locate(String name, HubCache cache) throws IOException {
    Path folder = Path.of(name);
    if (Files.isDirectory(folder)) {
      return new Located(folder, Licences.ofFolder(folder).orElse(LICENCE));
    }
    if (!HubId.looksLike(name)) {
      throw new IOException("there is no folder " + name);
    }
    HubId id = HubId.parse(name);
    Path snapshot =
        cache
            .snapshot(id)
            .orElseThrow(
                () ->
                    new IOException(
                        ("%s is neither a folder nor downloaded (licence: %s); get it with:"
                                + " plantain models --get %s")
                            .formatted(name, Licences.of(id), id.repository())));
    Path inside = id.folder().isEmpty() ? snapshot : snapshot.resolve(id.folder());
    return new Located(
        inside, Licences.known(id).or(() -> Licences.ofFolder(snapshot)).orElse(LICENCE));
  }

  /** The stricter of two licences cannot be told by a program: both are named. */
  private static String licences(
      Located model, @org.jspecify.annotations.Nullable Located transformer) {
    return transformer == null || transformer.licence.equals(model.licence)
        ? model.licence
        : model.licence + "; transformer: " + transformer.licence;
  }
}

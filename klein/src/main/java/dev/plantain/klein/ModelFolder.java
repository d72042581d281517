package dev.plantain.klein;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A model's folder in the layout of {@code diffusers}: {@code model_index.json} and a folder for
 * each part.
 *
 * @param folder of the whole model
 * @param transformer its folder, which may be another model's
 * @param distilled whether it was taught to draw in a few steps without guidance
 * @param keepsReferences whether it was made for keeping the references' keys and values
 */
record ModelFolder(Path folder, Path transformer, boolean distilled, boolean keepsReferences) {
  private static final String KEEPING = "Flux2KleinKVPipeline";

  /**
   * Reads what is there; no weights.
   *
   * @param other folder of another transformer; null for the model's own
   * @throws IOException if it is no model this program can run; says what to do
   */
  static ModelFolder open(Path folder, @org.jspecify.annotations.Nullable Path other)
      throws IOException {
    Path index = folder.resolve("model_index.json");
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    if (!Files.isRegularFile(index)) {
      boolean part = Files.exists(folder.resolve("config.json"));
      throw new IOException(
          part || holdsTransformer(folder)
              ? ("%s holds a transformer, not a whole model; name the model it belongs to and this"
                      + " as its transformer: klein:MODEL?transformer=%s")
                  .formatted(folder, folder)
              : "%s is no model in the layout of diffusers: it has no model_index.json"
                  .formatted(folder));
    }
    Config config = Config.read(index);
    String pipeline = config.text("_class_name");
    boolean keeps = pipeline.equals(KEEPING);
    if (!keeps && !pipeline.equals("Flux2KleinPipeline")) {
      throw new IOException(
          "%s is a %s; this program runs Flux2KleinPipeline and %s"
              .formatted(folder, pipeline, KEEPING));
    }
    for (String part : new String[] {"text_encoder", "tokenizer", "vae", "transformer"}) {
      boolean needed = other == null || !part.equals("transformer");
      if (needed && !Files.isDirectory(folder.resolve(part))) {
        throw new IOException(
            "%s is incomplete: it has no folder %s; download it again".formatted(folder, part));
      }
    }
    return new ModelFolder(
        folder,
        other == null ? folder.resolve("transformer") : transformerIn(other),
        config.flag("is_distilled", keeps),
        keeps && other == null);
  }

  /** A transformer's own folder, or the one inside a model. */
  private static Path transformerIn(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve("config.json"))) {
      return folder;
    }
    if (Files.isRegularFile(folder.resolve("transformer/config.json"))) {
      return folder.resolve("transformer");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        throw new IOException(
            "there is no transformer in %s; name its folder: %s"
                .formatted(
                    folder,
                    inside
                        .filter(p -> Files.isRegularFile(p.resolve("config.json")))
                        .map(p -> p.getFileName().toString())
                        .sorted()
                        .toList()));
      }
    }
    throw new IOException("there is no folder " + folder);
  }

  private static boolean holdsTransformer(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.anyMatch(p -> Files.isRegularFile(p.resolve("config.json")));
    }
  }

  /** Bytes of the weights that would be used. */
  long bytes() throws IOException {
    long sum = 0;
    for (Path part : List.of(folder.resolve("text_encoder"), folder.resolve("vae"), transformer)) {
      try (Stream<Path> files = Files.list(part)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
          sum += Files.size(file);
        }
      }
    }
    return sum;
  }

  /** The dialect it was most likely taught: Open Vision Banana's if it says so in its name. */
  String dialect() {
    String names = (folder + " " + transformer).toLowerCase(Locale.ROOT);
    return names.contains("open-vision-banana") || names.contains("openvisionbanana")
        ? "open-vision-banana"
        : "paper";
  }
}

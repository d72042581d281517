package dev.plantain.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.formats.AtomicFile;
import dev.plantain.torch.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The files of one training run: {@code config.json}, {@code log.jsonl}, {@code
 * weights.safetensors} (averaged, fp16), {@code checkpoints/} and {@code sheets/}.
 */
final class RunFolder {
  static final String WEIGHTS = "weights.safetensors";

  private static final String START = "start.safetensors";
  private static final int CHECKPOINTS_KEPT = 2;
  private static final String STEP = "step";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  RunFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("checkpoints"));
    Files.createDirectories(folder.resolve("sheets"));
  }

  Path config() {
    return folder.resolve("config.json");
  }

  /** Takes over the weights to begin with: with them, the folder is all that the run needs. */
  void begin(Path weights) throws IOException {
    AtomicFile.write(folder.resolve(START), out -> Files.copy(weights, out));
  }

  /** The weights the run began with; null for random ones. */
  @Nullable Path start() {
    Path start = folder.resolve(START);
    return Files.exists(start) ? start : null;
  }

  Path weightsFile() {
    return folder.resolve(WEIGHTS);
  }

  /** A checkpoint's step and tensors; the receiver closes them. */
  record Checkpoint(int step, Safetensors.Contents contents) {}

  /** The newest checkpoint that is whole, if any. */
  @Nullable Checkpoint lastCheckpoint() throws IOException {
    for (Path file : checkpoints().reversed()) {
      Safetensors.Contents contents = Safetensors.read(file);
      String step = contents.metadata().get(STEP);
      if (step != null) {
        return new Checkpoint(Integer.parseInt(step), contents);
      }
    }
    return null;
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".safetensors"))
          .sorted(Comparator.comparing(f -> f.getFileName().toString()))
          .toList();
    }
  }

  void checkpoint(int step, Map<String, Tensor> tensors) throws IOException {
    Path file =
        folder
            .resolve("checkpoints")
            .resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
    Safetensors.write(file, tensors, Map.of(STEP, Integer.toString(step)));
    List<Path> all = checkpoints();
    for (Path old : all.subList(0, Math.max(0, all.size() - CHECKPOINTS_KEPT))) {
      Files.deleteIfExists(old);
    }
  }

  /**
   * @param finished the stage that ended with these weights, which are then kept under its name,
   *     too; null within a stage
   */
  void weights(Safetensors.Contents contents, @Nullable String finished) throws IOException {
    Safetensors.write(weightsFile(), contents.tensors(), contents.metadata());
    if (finished != null) {
      Safetensors.write(
          folder.resolve("weights-" + finished + ".safetensors"),
          contents.tensors(),
          contents.metadata());
    }
  }

  void log(int step, TrainConfig.Position position, Trainer.StepResult result) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("step", step);
    line.put("stage", position.stage().name());
    line.put("rate", position.rate());
    line.put("loss", result.loss());
    line.put("gradient", result.gradient());
    line.put("seconds", result.seconds().all());
    line.put("forward_seconds", result.seconds().forward());
    line.put("backward_seconds", result.seconds().backward());
    line.put("update_seconds", result.seconds().update());
    line.put("flops", result.flops());
    line.put("drawings", position.stage().drawings());
    ObjectNode losses = line.putObject("losses");
    result.losses().forEach((kind, v) -> losses.put(kind.name().toLowerCase(Locale.ROOT), v));
    Files.writeString(
        folder.resolve("log.jsonl"),
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Draws the log's curves anew. */
  void curves() throws IOException {
    Curves.write(folder);
  }

  void sheet(int step, BufferedImage sheet) throws IOException {
    AtomicFile.write(
        folder.resolve("sheets").resolve(String.format(Locale.ROOT, "step-%08d.png", step)),
        out -> ImageIO.write(sheet, "png", out));
  }
}

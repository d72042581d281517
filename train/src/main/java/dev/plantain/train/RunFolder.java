package dev.plantain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.formats.AtomicFile;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.SafetensorsException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The files of one training run: {@code config.json}, {@code run.json}, {@code log.jsonl}, {@code
 * weights.safetensors} (averaged, fp16), {@code checkpoints/} and {@code sheets/}.
 */
final class RunFolder {
  static final String WEIGHTS = "weights.safetensors";

  private static final String START = "start.safetensors";
  private static final String LOG = "log.jsonl";
  private static final int CHECKPOINTS_KEPT = 2;
  private static final String STEP = "step";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Consumer<String> warnings;
  private int checkpointed;

  /**
   * @param warnings hears, a line each, of files that are damaged and passed over
   */
  RunFolder(Path folder, Consumer<String> warnings) throws IOException {
    this.folder = folder;
    this.warnings = warnings;
    Files.createDirectories(folder.resolve("checkpoints"));
    Files.createDirectories(folder.resolve("sheets"));
  }

  Path config() {
    return folder.resolve("config.json");
  }

  /** What the run is trained on: see {@link RunOrigin}. */
  Path origin() {
    return folder.resolve("run.json");
  }

  /** Whether anything learnt was kept, whole or not. */
  boolean hasCheckpoint() throws IOException {
    return !checkpoints().isEmpty();
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

  /**
   * The newest checkpoint that is whole, if any; damaged ones after it are deleted, as their steps
   * are done again.
   *
   * @throws IOException if there are some and none is whole, or they cannot be read
   */
  @Nullable Checkpoint lastCheckpoint() throws IOException {
    Map<Path, SafetensorsException> damaged = new LinkedHashMap<>();
    for (Path file : checkpoints().reversed()) {
      try {
        Safetensors.Contents contents = Safetensors.read(file);
        String step = contents.metadata().get(STEP);
        if (step != null) {
          for (Map.Entry<Path, SafetensorsException> one : damaged.entrySet()) {
            warnings.accept(
                "%s; going on from step %s".formatted(one.getValue().getMessage(), step));
            Files.delete(one.getKey());
          }
          checkpointed = Integer.parseInt(step);
          return new Checkpoint(checkpointed, contents);
        }
        contents.tensors().values().forEach(Tensor::close);
      } catch (SafetensorsException e) {
        damaged.put(file, e);
      }
    }
    for (SafetensorsException e : damaged.values()) {
      throw new IOException("no checkpoint is whole: " + e.getMessage(), e);
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
    checkpointed = step;
    List<Path> all = checkpoints();
    for (Path old : all.subList(0, Math.max(0, all.size() - CHECKPOINTS_KEPT))) {
      Files.deleteIfExists(old);
    }
  }

  /** The step of the newest checkpoint that was read or written; 0 if there was none. */
  int checkpointed() {
    return checkpointed;
  }

  /**
   * Why a run stops at a value that is no number, and what to do about it.
   *
   * @param what is no number: the loss or the gradient
   * @param step at which, counted from 1 as in the log
   * @param anew whether a run can begin with these weights
   */
  DivergedException diverged(String what, int step, double value, boolean anew) {
    return new DivergedException(
        "the %s of step %d is %s; %s: lower \"rate\" in %s and resume%s"
            .formatted(
                what,
                step,
                value,
                checkpointed == 0
                    ? "there is no checkpoint yet"
                    : "the checkpoint of step %d is whole".formatted(checkpointed),
                config(),
                checkpointed == 0 || !anew ? "" : ", or begin anew from " + weightsFile()));
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
    line.put(STEP, step);
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
        folder.resolve(LOG),
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /**
   * Leaves in the log what was done once and for all: not the steps after a checkpoint, which are
   * done again, nor what a full disk left of a line.
   */
  void cutLog(int checkpoint) throws IOException {
    Path log = folder.resolve(LOG);
    if (!Files.exists(log)) {
      return;
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    TreeMap<Integer, String> lines = new TreeMap<>();
    text.lines()
        .forEach(
            line -> {
              int step = step(line);
              if (step > 0 && step <= checkpoint) {
                lines.put(step, line + "\n");
              }
            });
    String whole = String.join("", lines.values());
    if (!whole.equals(text)) {
      AtomicFile.write(log, out -> out.write(whole.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Which step a line is of; 0 if it is not whole. */
  private static int step(String line) {
    try {
      return JSON.readTree(line).path(STEP).asInt();
    } catch (JsonProcessingException e) {
      return 0;
    }
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

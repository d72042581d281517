package dev.plantain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plantain.sprout.NetworkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a training run depends on besides its data.
 *
 * @param seed of the parameters, the noise and the choice of examples
 * @param shape of the network
 * @param data folder of Diorama shards, relative to the working folder
 * @param stages one after the other
 * @param checkpointMinutes time between checkpoints
 * @param sheetSteps steps between sample sheets
 */
public record TrainConfig(
    long seed,
    NetworkShape shape,
    String data,
    List<Stage> stages,
    double checkpointMinutes,
    int sheetSteps) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  public TrainConfig {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a training run needs at least one stage");
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws IOException naming what is wrong in which file
   */
  public static TrainConfig read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), TrainConfig.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  int totalSteps() {
    return stages.stream().mapToInt(Stage::steps).sum();
  }

  /** The stage of a step of the whole run. */
  Position position(int step) {
    int first = 0;
    for (Stage stage : stages) {
      if (step < first + stage.steps()) {
        return new Position(stage, step - first);
      }
      first += stage.steps();
    }
    throw new IndexOutOfBoundsException("step " + step + " of " + totalSteps());
  }

  /** A step within its stage. */
  record Position(Stage stage, int step) {
    double rate() {
      return stage.rateAt(step);
    }
  }
}

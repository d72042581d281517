package dev.plantain.train.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plantain.sprout.NetworkShape;
import dev.plantain.train.Kind;
import dev.plantain.train.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The protocol of a study: all its results depend on besides its data.
 *
 * @param data folder of Diorama's shards of the training split, relative to the working folder
 * @param shape of every network
 * @param seeds every arm is trained with
 * @param views data budgets: how many labelled views teach vision
 * @param pretrain learning to draw
 * @param tune learning to see, for the arms that draw: depth, normals and segmentation, each photo
 *     asked for all three
 * @param huber of some of these tasks, the length above which a drawing's errors count by their
 *     length, as {@link dev.plantain.train.TrainConfig} has it; empty for squares of all
 * @param even tasks of whose drawings every pixel counts alike; empty for none
 * @param specialist how those learn that do not draw
 * @param validation scenes for choosing rates and for learning curves
 * @param test scenes for results
 * @param curve shares of a run's steps at which it is measured on the way, above 0 and below 1
 * @param drawingsPerSecond of training, for the estimate of hours
 * @param checkpointMinutes time between checkpoints
 * @param pictures scenes of the test that are shown
 */
public record StudyConfig(
    String data,
    NetworkShape shape,
    List<Long> seeds,
    List<Integer> views,
    Stage pretrain,
    Stage tune,
    Map<Kind, Double> huber,
    Set<Kind> even,
    Sweep specialist,
    Scenes validation,
    Scenes test,
    List<Double> curve,
    Speed drawingsPerSecond,
    double checkpointMinutes,
    int pictures) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The learning rates that a specialist is tried with. All else is as in tuning.
   *
   * @param seed of the trials; none of the study's seeds
   * @param views that trials learn from; one of the study's budgets
   * @param steps of a trial, which ends with the same decay as a run
   * @param rates peaks, one of which is chosen for every task on the validation scenes
   */
  public record Sweep(long seed, int views, int steps, List<Double> rates) {
    public Sweep {
      rates = List.copyOf(rates);
      if (steps < 1) {
        throw new IllegalArgumentException("specialist.steps are 1 or more, got " + steps);
      }
      if (rates.isEmpty() || new HashSet<>(rates).size() < rates.size()) {
        throw new IllegalArgumentException("specialist.rates are one or more different rates");
      }
      for (double rate : rates) {
        if (!(rate > 0)) {
          throw new IllegalArgumentException("specialist.rates are above 0, got " + rate);
        }
      }
    }
  }

  /** Views of a split: one scene each. */
  public record Scenes(long firstSeed, int count) {
    public Scenes {
      if (firstSeed < 0 || count < 1) {
        throw new IllegalArgumentException(
            "scenes have a firstSeed of 0 or more and a count of 1 or more");
      }
    }
  }

  /** Drawings a second that this machine is expected to train on. */
  public record Speed(double pretrain, double tune, double specialist) {
    public Speed {
      if (!(pretrain > 0 && tune > 0 && specialist > 0)) {
        throw new IllegalArgumentException("drawingsPerSecond are above 0");
      }
    }
  }

  public StudyConfig {
    seeds = List.copyOf(seeds);
    views = List.copyOf(views);
    curve = List.copyOf(curve);
    huber = Map.copyOf(huber);
    even = Set.copyOf(even);
    if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
      throw new IllegalArgumentException("seeds are one or more different numbers");
    }
    if (seeds.contains(specialist.seed)) {
      throw new IllegalArgumentException(
          "specialist.seed %d is one of seeds: rates are chosen by other runs than are reported"
              .formatted(specialist.seed));
    }
    if (views.isEmpty()
        || new HashSet<>(views).size() < views.size()
        || views.stream().anyMatch(v -> v < 1)) {
      throw new IllegalArgumentException("views are one or more different numbers of 1 or more");
    }
    if (!views.contains(specialist.views)) {
      throw new IllegalArgumentException(
          "specialist.views %d is none of the budgets %s".formatted(specialist.views, views));
    }
    if (!tune.mixture().weights().keySet().equals(VisionTask.kinds())) {
      throw new IllegalArgumentException(
          "tune.mixture draws %s, got %s"
              .formatted(VisionTask.kinds(), tune.mixture().weights().keySet()));
    }
    if (!VisionTask.kinds().containsAll(huber.keySet())
        || !VisionTask.kinds().containsAll(even)
        || !huber.values().stream().allMatch(c -> c > 0 && c < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "huber has lengths above 0 of %s, and even some of them, got %s and %s"
              .formatted(VisionTask.kinds(), huber, even));
    }
    if (tune.size() != pretrain.size()) {
      throw new IllegalArgumentException("pretrain.size and tune.size are equal");
    }
    for (double share : curve) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("curve has shares above 0 and below 1, got " + share);
      }
    }
    if (!(checkpointMinutes > 0) || pictures < 0 || pictures > test.count) {
      throw new IllegalArgumentException(
          "checkpointMinutes are above 0, and pictures 0 to test.count");
    }
  }

  /**
   * Reads a protocol.
   *
   * @throws IOException naming what is missing or wrong in which file
   */
  public static StudyConfig read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), StudyConfig.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  byte[] json() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Side of all pictures, pixels. */
  int size() {
    return tune.size();
  }
}

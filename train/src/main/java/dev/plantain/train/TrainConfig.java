package dev.plantain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plantain.sprout.NetworkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a training run depends on besides its data.
 *
 * @param seed of the parameters, the noise and the choice of examples
 * @param shape of the network; null with {@code klein}, whose files say it
 * @param klein model whose adapter is trained, as behind {@code klein:}; null for Sprout
 * @param data folder of Diorama shards, relative to the working folder; null if there is none
 * @param besides folders of views of other shapes, each with the share of the steps that are of it,
 *     above 0 and together below 1: pictures of one step have one shape; null for none
 * @param own a user's own pictures, instead of shards; null if there are none
 * @param lora rank of the low-rank adaptation that is trained; null to train all parameters
 * @param stages one after the other
 * @param checkpointMinutes time between checkpoints
 * @param sheetSteps steps between sample sheets; 0 for none; not heeded with {@code klein}
 * @param specialist the one kind that is learnt, with the loss it is usually learnt with, by a
 *     network that does not draw; null for the generator
 * @param views how many labelled views, the first of the data, teach vision, each photo asked once
 *     for every kind of the mixture; null for all, asked at random
 * @param unlabelledEdits false leaves out edits that change a thing of a category that is never
 *     labelled: the difference is its mask; null or true for all edits
 * @param looks share of the photos that are asked in another look, with patterns, light and a
 *     camera of their own, in 0..1; null for none
 * @param unlabelledViews share of the photos that are chosen for showing things that are never
 *     labelled, of which edits then change those above all, in 0..1; null for none but those that
 *     chance shows
 * @param otherNames share of the words for things in legends that are any of their category's other
 *     names, in 0..1; null for a synonym now and then
 * @param rarity how far legends prefer rare categories, in 0..1: see {@link Rarity}; null for not
 * @param huber of some kinds, the length above which errors count by their length instead of its
 *     square, above 0: see {@link FlowObjective}; null for squares of all
 * @param even kinds of which every pixel counts alike, instead of every colour, and of edits what
 *     changes and what does not, by the root of its area; null for none
 */
public record TrainConfig(
    long seed,
    @Nullable NetworkShape shape,
    @Nullable String klein,
    @Nullable String data,
    @Nullable Map<String, Double> besides,
    @Nullable OwnData own,
    @Nullable Integer lora,
    List<Stage> stages,
    double checkpointMinutes,
    int sheetSteps,
    @Nullable Kind specialist,
    @Nullable Integer views,
    @Nullable Boolean unlabelledEdits,
    @Nullable Double looks,
    @Nullable Double unlabelledViews,
    @Nullable Double otherNames,
    @Nullable Double rarity,
    @Nullable Map<Kind, Double> huber,
    @Nullable Set<Kind> even) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  /** What a mixture can tell apart on a user's own pictures: questions are all of one weight. */
  private static final Set<Kind> OF_OWN = Set.of(Kind.RESTORE, Kind.SEGMENT);

  public TrainConfig {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a training run needs at least one stage");
    }
    if ((data == null) == (own == null)) {
      throw new IllegalArgumentException("a training run needs data or own: one of the two");
    }
    if ((shape == null) == (klein == null)) {
      throw new IllegalArgumentException("a training run needs shape or klein: one of the two");
    }
    if (klein != null && lora == null) {
      throw new IllegalArgumentException("of klein an adapter is trained: lora is missing");
    }
    if (lora != null && lora < 1) {
      throw new IllegalArgumentException("lora is a rank of 1 or more, got " + lora);
    }
    if (specialist != null) {
      if (views == null || lora != null || klein != null || sheetSteps != 0) {
        throw new IllegalArgumentException(
            "a specialist needs views, and has no lora, no klein and no sheets (sheetSteps 0)");
      }
      for (Stage stage : stages) {
        if (!Set.of(specialist).equals(stage.mixture().kinds())) {
          throw new IllegalArgumentException(
              "a specialist's stages draw its kind alone: stage %s draws %s"
                  .formatted(stage.name(), stage.mixture().kinds()));
        }
      }
    }
    // In a fixed order, as it says which step is whose.
    besides = besides == null ? null : Collections.unmodifiableMap(new TreeMap<>(besides));
    if (besides != null
        && (data == null
            || views != null
            || besides.values().stream().anyMatch(share -> !(share > 0))
            || besides.values().stream().mapToDouble(Double::doubleValue).sum() >= 1)) {
      throw new IllegalArgumentException(
          "besides are of all views of data, with shares above 0 and together below 1, got "
              + besides);
    }
    even = even == null ? null : Set.copyOf(even);
    huber = huber == null ? null : Map.copyOf(huber);
    if (huber != null
        && (specialist != null
            || !huber.values().stream().allMatch(c -> c > 0 && c < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException(
          "huber has lengths above 0, of a generator that is trained, got " + huber);
    }
    if (klein != null && (huber != null || even != null)) {
      throw new IllegalArgumentException(
          "klein learns by squares of all pixels: huber and even are of Sprout");
    }
    requireShare("looks", looks);
    requireShare("unlabelledViews", unlabelledViews);
    requireShare("otherNames", otherNames);
    requireShare("rarity", rarity);
    boolean ofAllViews =
        looks != null || unlabelledViews != null || otherNames != null || rarity != null;
    if (ofAllViews && (data == null || views != null)) {
      throw new IllegalArgumentException(
          "looks, unlabelledViews, otherNames and rarity are of all views of data: views are not"
              + " set");
    }
    if (own != null) {
      for (Stage stage : stages) {
        if (!OF_OWN.containsAll(stage.mixture().kinds())) {
          throw new IllegalArgumentException(
              "with own, pictures are asked what they have answers for: stage %s may weigh RESTORE and, for all questions, SEGMENT, not %s"
                  .formatted(stage.name(), stage.mixture().kinds()));
        }
      }
    }
    if (unlabelledEdits != null && (data == null || views != null)) {
      throw new IllegalArgumentException(
          "unlabelledEdits are of all views of data: own and views have no edits");
    }
    if (views != null) {
      if (views < 1 || data == null) {
        throw new IllegalArgumentException("views are 1 or more of the views in data");
      }
      stages.forEach(TaughtExamples::check);
    }
  }

  private static void requireShare(String name, @Nullable Double share) {
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("%s is a share in 0..1, got %s".formatted(name, share));
    }
  }

  /** A configuration of the generator, with all of its data. */
  public TrainConfig(
      long seed,
      @Nullable NetworkShape shape,
      @Nullable String klein,
      @Nullable String data,
      @Nullable OwnData own,
      @Nullable Integer lora,
      List<Stage> stages,
      double checkpointMinutes,
      int sheetSteps,
      @Nullable Map<Kind, Double> huber,
      @Nullable Set<Kind> even) {
    this(
        seed,
        shape,
        klein,
        data,
        null,
        own,
        lora,
        stages,
        checkpointMinutes,
        sheetSteps,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        huber,
        even);
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

  /**
   * A user's own pictures with answers, as {@link dev.plantain.eval.set.FolderSet} reads them.
   *
   * @param folder relative to the working folder
   * @param classes names of the indices of label pictures; null to read {@code classes.txt}
   */
  public record OwnData(String folder, @Nullable List<String> classes) {
    public OwnData {
      classes = classes == null ? null : List.copyOf(classes);
    }
  }

  Map<Kind, Double> huberLengths() {
    return huber == null ? Map.of() : huber;
  }

  Set<Kind> evenKinds() {
    return even == null ? Set.of() : even;
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

package dev.plantain.core;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How often a question is asked, each time in another way, before the answers are merged.
 *
 * @param least passes that are always made
 * @param most passes at the most
 * @param confidence of the merged answer, in [0, 1], at which no more passes are made
 * @throws IllegalArgumentException if there is no pass, or the confidence is out of its range
 */
public record Voting(int least, int most, double confidence) {
  /** Once. */
  public static final Voting NONE = of(1);

  /** Fewer passes cannot disagree in a way that tells who is right. */
  private static final int LEAST_OPEN = 3;

  public Voting {
    if (least < 1 || most < least || !(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "a vote takes at least one pass and a confidence in [0, 1], got %d to %d and %s"
              .formatted(least, most, confidence));
    }
  }

  /** Always this often. */
  public static Voting of(int passes) {
    return new Voting(passes, passes, 1);
  }

  /** Until the answer is as sure as this, three times at least. */
  public static Voting until(double confidence, int most) {
    return new Voting(Math.min(LEAST_OPEN, most), most, confidence);
  }

  /** Passes to have made next, after this many: a few at a time, as they can be drawn together. */
  int next(int made) {
    return Math.min(most, made + Math.max(2, least / 2));
  }

  /**
   * The way a question is asked in one pass; the first asks it as it is.
   *
   * @param seed of the whole vote
   * @param pass from 0
   */
  public static <M> Task<M> variant(Task<M> task, long seed, int pass, ColourProfile profile) {
    if (pass == 0) {
      return task;
    }
    SplittableRandom random = new SplittableRandom(seed);
    long own = 0;
    for (int i = 0; i < pass; i++) {
      own = random.nextLong();
    }
    return task.variant(own, profile);
  }

  /**
   * How sure a measurement is as a whole, in [0, 1]: the mean over its pixels, or its score; of
   * several the least. NaN if it does not say.
   */
  public static double confidence(Object measurement) {
    return switch (measurement) {
      case DepthMap m -> m.meanConfidence();
      case RelativeDepth m -> m.meanConfidence();
      case NormalMap m -> m.meanConfidence();
      case LabelMap m -> m.meanConfidence();
      case Mask m -> m.score();
      case InstanceList m -> m.score();
      case List<?> several ->
          several.stream().mapToDouble(Voting::confidence).min().orElse(Double.NaN);
      default -> Double.NaN;
    };
  }
}

package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Instances;
import dev.plantain.core.Normals;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.metric.DepthError;
import dev.plantain.eval.metric.EdgeError;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.InstanceError;
import dev.plantain.eval.metric.NormalError;
import dev.plantain.eval.metric.ReferError;
import dev.plantain.eval.metric.SegmentError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a generator everything a set knows the answer of, and measures. An answer that is not given
 * counts as wrong and is listed; it never shrinks an average.
 */
public final class Evaluation {
  private static final int EDGE_THRESHOLDS = 33;

  private final Vision vision;
  private final List<String> failures = new ArrayList<>();
  private final Map<Double, DepthError> depth = new LinkedHashMap<>();
  private @Nullable NormalError normals;
  private @Nullable SegmentError segments;
  private @Nullable ReferError refer;
  private @Nullable InstanceError instances;
  private @Nullable EdgeError edges;

  private Evaluation(Vision vision) {
    this.vision = vision;
  }

  /**
   * Evaluates.
   *
   * @param vision seeded as wanted
   * @param seed it was given, for the report
   * @param limit of samples
   * @param progress hears of each sample done, by number
   */
  public static Report run(Vision vision, long seed, EvalSet set, long limit, LongConsumer progress)
      throws IOException {
    Evaluation evaluation = new Evaluation(vision);
    long began = System.nanoTime();
    long done = 0;
    try (Stream<Sample> samples = set.samples()) {
      Iterator<Sample> each = samples.limit(limit).iterator();
      while (each.hasNext()) {
        evaluation.add(each.next());
        progress.accept(++done);
      }
    }
    return new Report(
        set.name(),
        vision.generator().traits().name(),
        seed,
        done,
        evaluation.figures(set.unlabelled()),
        evaluation.segments == null ? Map.of() : evaluation.segments.byClass(),
        evaluation.failures,
        (System.nanoTime() - began) / 1e9);
  }

  private void add(Sample sample) {
    List<Task<?>> tasks = sample.truths().stream().<Task<?>>map(Evaluation::task).toList();
    List<Answer<?>> answers = vision.seeAll(sample.photo(), tasks);
    for (int i = 0; i < answers.size(); i++) {
      Object measurement =
          switch (answers.get(i)) {
            case Answer.Seen<?> seen -> seen.measurement();
            case Answer.Failed<?> failed -> {
              failures.add(
                  "%s %s: %s"
                      .formatted(sample.id(), tasks.get(i).name(), failed.reason().getMessage()));
              yield null;
            }
          };
      score(sample, sample.truths().get(i), measurement);
    }
  }

  private static Task<?> task(Truth truth) {
    return switch (truth) {
      case Truth.DepthTruth _ -> Depth.metric();
      case Truth.NormalTruth _ -> Normals.camera();
      case Truth.SegmentTruth s -> {
        List<Entry> legend = new ArrayList<>();
        for (int i = 0; i < s.classes().size(); i++) {
          legend.add(new Entry(s.classes().get(i), s.rgbs().get(i)));
        }
        Segments task = Segments.coloured(legend).nearestAlways();
        OptionalInt background = s.backgroundRgb();
        yield background.isPresent() ? task.background(background.getAsInt()) : task;
      }
      case Truth.ReferTruth r -> Referring.to(r.phrase());
      case Truth.InstanceTruth i -> Instances.of(i.phrase());
      case Truth.EdgeTruth _ -> Edges.boundaries();
    };
  }

  private void score(Sample sample, Truth truth, @Nullable Object measurement) {
    int width = sample.photo().width();
    int height = sample.photo().height();
    int pixels = width * height;
    switch (truth) {
      case Truth.DepthTruth t -> {
        float[] metres = measurement instanceof DepthMap d ? d.metres() : filled(pixels, Float.NaN);
        depth.computeIfAbsent(t.capMetres(), DepthError::new).add(metres, t.metres());
      }
      case Truth.NormalTruth t -> {
        normals = normals == null ? new NormalError() : normals;
        normals.add(
            measurement instanceof NormalMap n ? n.xyz() : filled(3 * pixels, Float.NaN), t.xyz());
      }
      case Truth.SegmentTruth t -> {
        segments = segments == null ? new SegmentError() : segments;
        int[] none = new int[pixels];
        Arrays.fill(none, LabelMap.UNASSIGNED);
        segments.add(
            t.classes(), measurement instanceof LabelMap l ? l.labels() : none, t.labels());
      }
      case Truth.ReferTruth t -> {
        refer = refer == null ? new ReferError() : refer;
        refer.add(
            measurement instanceof Mask m ? m.bits() : new BitSet(),
            t.inside(),
            width,
            height,
            t.unlabelled());
      }
      case Truth.InstanceTruth t -> {
        instances = instances == null ? new InstanceError() : instances;
        instances.add(
            measurement instanceof InstanceList l
                ? l.stream().map(i -> i.mask().bits()).toList()
                : List.of(),
            t.instances());
      }
      case Truth.EdgeTruth t -> {
        edges = edges == null ? new EdgeError(EDGE_THRESHOLDS) : edges;
        edges.add(
            measurement instanceof EdgeMap e ? e.thin() : new float[pixels],
            t.annotators(),
            width,
            height);
      }
    }
  }

  private static float[] filled(int n, float value) {
    float[] all = new float[n];
    Arrays.fill(all, value);
    return all;
  }

  private List<Figure> figures(Set<String> unlabelled) {
    List<Figure> figures = new ArrayList<>();
    depth.values().forEach(d -> figures.addAll(d.figures()));
    if (normals != null) {
      figures.addAll(normals.figures());
    }
    if (segments != null) {
      figures.addAll(segments.figures(unlabelled));
    }
    if (refer != null) {
      figures.addAll(refer.figures());
    }
    if (instances != null) {
      figures.addAll(instances.figures());
    }
    if (edges != null) {
      figures.addAll(edges.figures());
    }
    return figures;
  }
}

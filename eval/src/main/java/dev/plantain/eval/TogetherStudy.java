package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Referring;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.eval.set.DioramaSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The same drawings of Diorama's validation views read one by one and together: classes, and all
 * the phrases of a view asked for in one drawing. Paired intervals over views.
 *
 * <p>{@code tools/run dev.plantain.eval.TogetherStudy [GENERATOR [VIEWS]]}; 400 views of {@code
 * sprout} unless told otherwise.
 */
public final class TogetherStudy {
  private static final int VIEWS = 400;
  private static final int SIDE = 128;

  /** That of the command's views. */
  private static final long FIRST_SEED = 900_000_000;

  private final Scores each = new Scores();
  private final Scores together = new Scores();
  private final Vision vision;

  private TogetherStudy(Vision vision) {
    this.vision = vision;
  }

  public static void main(String[] args) throws IOException {
    int views = args.length > 1 ? Integer.parseInt(args[1]) : VIEWS;
    Diorama diorama = Diorama.open(Diorama.installedLibraries()).withoutEdits();
    DioramaSet set =
        new DioramaSet(
            "validation",
            views,
            () -> diorama.views(Split.VALIDATION, FIRST_SEED, SIDE, SIDE).limit(views));
    try (Vision opened = Vision.with(args.length > 0 ? args[0] : "sprout");
        Stream<Sample> samples = set.samples()) {
      TogetherStudy study = new TogetherStudy(opened.voting(opened.generator().passes()));
      for (Iterator<Sample> all = samples.iterator(); all.hasNext(); ) {
        study.add(all.next());
      }
      System.out.println("| figure | one by one | together | difference |");
      System.out.println("| --- | --- | --- | --- |");
      for (Paired p : Paired.of(List.of(study.each), study.together)) {
        System.out.printf(
            "| %s | %.4f | %.4f | %+.4f (%+.4f – %+.4f) |%n",
            p.name(),
            p.before(),
            p.after(),
            p.difference(),
            p.interval().low(),
            p.interval().high());
      }
    }
  }

  private void add(Sample sample) {
    Map<String, Truth.ReferTruth> phrases = new LinkedHashMap<>();
    for (Truth truth : sample.truths()) {
      switch (truth) {
        case Truth.SegmentTruth classes -> {
          @SuppressWarnings("unchecked") // what is asked of such a truth
          Task<LabelMap> task = (Task<LabelMap>) Questions.one(classes);
          Answer.Seen<LabelMap> seen = seen(sample, task);
          each.add(sample, classes, task.fuse(readings(task, seen)));
          together.add(sample, classes, seen.measurement());
        }
        case Truth.ReferTruth phrase -> phrases.put(phrase.phrase(), phrase);
        default -> {}
      }
    }
    if (phrases.size() > 1) {
      Task<List<Mask>> task = Referring.toEach(List.copyOf(phrases.keySet()));
      Answer.Seen<List<Mask>> seen = seen(sample, task);
      List<Mask> merged = task.fuse(readings(task, seen));
      int i = 0;
      for (Truth.ReferTruth phrase : phrases.values()) {
        each.add(sample, phrase, merged.get(i));
        together.add(sample, phrase, seen.measurement().get(i++));
      }
    }
  }

  private <M> Answer.Seen<M> seen(Sample sample, Task<M> task) {
    return switch (vision.answer(sample.photo(), task)) {
      case Answer.Seen<M> seen -> seen;
      case Answer.Failed<M> failed -> throw failed.reason();
    };
  }

  /** Of drawings that have the view's own pixels. */
  private <M> List<M> readings(Task<M> task, Answer.Seen<M> seen) {
    List<M> readings = new ArrayList<>();
    for (Answer.Pass pass : seen.passes()) {
      M read = task.read(pass.drawing(), vision.profile());
      readings.add(pass.mirrored() ? task.mirror().orElseThrow().apply(read) : read);
    }
    return readings;
  }
}

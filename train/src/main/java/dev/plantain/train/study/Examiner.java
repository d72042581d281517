package dev.plantain.train.study;

import dev.plantain.core.Answer;
import dev.plantain.core.Depth;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import dev.plantain.eval.Evaluation;
import dev.plantain.eval.Provenance;
import dev.plantain.eval.Questions;
import dev.plantain.eval.Report;
import dev.plantain.eval.RunFolder;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.Figure;
import dev.plantain.formats.Png;
import dev.plantain.train.Specialist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measures weights on the validation and test scenes, all arms in the same way. */
final class Examiner {
  private static final long SEED = 0;

  private final StudyConfig config;
  private final Study.Scenes scenes;
  private final Map<Split, List<View>> rendered = new LinkedHashMap<>();

  Examiner(StudyConfig config, Study.Scenes scenes) {
    this.config = config;
    this.scenes = scenes;
  }

  private List<View> views(Split split) throws IOException {
    List<View> views = rendered.get(split);
    if (views == null) {
      StudyConfig.Scenes some = split == Split.TEST ? config.test() : config.validation();
      views = scenes.of(split, some.firstSeed(), some.count(), config.size());
      rendered.put(split, views);
    }
    return views;
  }

  private OneTask set(Split split, VisionTask task) throws IOException {
    return new OneTask(split == Split.TEST ? "test" : "validation", views(split), task);
  }

  /** Opens a run's weights. */
  static Vision open(Run run, Path weights) throws IOException {
    return run.draws()
        ? Vision.with("sprout:" + weights).voting(1).seeded(SEED)
        : Vision.with(Specialist.open(weights)).seeded(SEED);
  }

  /** How many steps weights were trained. */
  static int steps(Vision vision) {
    return Integer.parseInt(vision.generator().about().getOrDefault("steps", "0"));
  }

  /** The figures of the validation scenes. */
  Map<String, Double> validate(Run run, Vision vision) throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (VisionTask task : run.tasks()) {
      OneTask set = set(Split.VALIDATION, task);
      Report report = Evaluation.run(vision, SEED, set, set.size(), done -> {});
      for (Figure figure : report.figures()) {
        figures.put(figure.name(), figure.value());
      }
    }
    return figures;
  }

  /** Measures on the test scenes, and keeps every scene's counts and some pictures. */
  void test(Run run, Vision vision, RunFiles files) throws IOException {
    for (VisionTask task : run.tasks()) {
      OneTask set = set(Split.TEST, task);
      Provenance provenance =
          Provenance.now(
              set.name(),
              vision.generator().traits().name(),
              SEED,
              String.format(
                  Locale.ROOT,
                  "one drawing, views of %d x %d from seed %d",
                  config.size(),
                  config.size(),
                  config.test().firstSeed()),
              vision.generator().about());
      try (RunFolder folder = RunFolder.open(files.test(task), provenance)) {
        Evaluation.run(vision, SEED, set, set.size(), 1, folder, done -> {});
      }
      for (int i = 0; i < config.pictures(); i++) {
        Sample sample = sample(set, i);
        Answer<?> answer = vision.answer(sample.photo(), Questions.one(sample.truths().getFirst()));
        Image drawing =
            answer instanceof Answer.Seen<?> seen
                ? seen.drawing().image()
                : Image.filled(config.size(), config.size(), 0);
        Png.write(files.picture(task, i), drawing);
      }
    }
  }

  /** Writes the photos and true drawings of the scenes that are shown. */
  void pictures(RunFiles truths, Path photos) throws IOException {
    for (VisionTask task : VisionTask.values()) {
      for (int i = 0; i < config.pictures(); i++) {
        if (!Files.exists(truths.picture(task, i))) {
          Sample sample = sample(set(Split.TEST, task), i);
          Png.write(photos.resolve("photo-" + i + ".png"), sample.photo());
          Png.write(truths.picture(task, i), truth(sample));
        }
      }
    }
  }

  private static Sample sample(OneTask set, int index) throws IOException {
    try (Stream<Sample> samples = set.samples()) {
      return samples.skip(index).findFirst().orElseThrow();
    }
  }

  private static Image truth(Sample sample) {
    int w = sample.photo().width();
    int h = sample.photo().height();
    return switch (sample.truths().getFirst()) {
      case Truth.DepthTruth t -> painted(Depth.metric(), DepthMap.of(w, h, t.metres()));
      case Truth.NormalTruth t -> painted(Normals.camera(), NormalMap.of(w, h, t.xyz()));
      case Truth.SegmentTruth t ->
          painted(Questions.segments(t), LabelMap.of(w, h, t.classes(), t.labels()));
      default -> throw new IllegalArgumentException("not asked in the study");
    };
  }

  private static <M> Image painted(Task<M> task, M measurement) {
    return task.paint(measurement, task.ask(Dialect.paper()));
  }
}

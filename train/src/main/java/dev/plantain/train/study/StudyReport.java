package dev.plantain.train.study;

import dev.plantain.eval.metric.Bootstrap;
import dev.plantain.eval.metric.Resampled;
import dev.plantain.train.CurveChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The report of a study: everything there is, and what is not there yet. */
final class StudyReport {
  private static final List<Arm> ARMS =
      List.of(Arm.TUNED, Arm.SCRATCH, Arm.TUNED_WITHOUT, Arm.SPECIALIST);
  private static final int PICTURE_SCALE = 2;
  private static final String NOT_YET = "not run yet";

  private final StudyConfig config;
  private final Plan plan;
  private final Findings findings;
  private final Path folder;

  StudyReport(StudyConfig config, Plan plan, Findings findings, Path folder) {
    this.config = config;
    this.plan = plan;
    this.findings = findings;
    this.folder = folder;
  }

  Page page() throws IOException {
    List<Page.Section> sections = new ArrayList<>();
    sections.add(inWords());
    sections.add(protocol());
    for (VisionTask task : VisionTask.values()) {
      sections.add(figures(task));
      sections.add(effects(task));
    }
    sections.add(unlabelled());
    sections.add(trials());
    sections.add(curves());
    sections.add(pictures());
    sections.add(runs());
    return new Page("Does learning to draw teach seeing?", sections);
  }

  private Page.Section inWords() throws IOException {
    List<String> sentences = new ArrayList<>();
    for (VisionTask task : VisionTask.values()) {
      for (int views : config.views()) {
        for (Findings.Pair pair : Findings.pairs().subList(0, 2)) {
          for (Measured.Effect effect : findings.effects(pair, views, task)) {
            if (effect.metric().equals(task.headline())
                || effect.metric().name().endsWith("_unlabelled")) {
              sentences.add(Words.sentence(pair, effect));
            }
          }
        }
      }
    }
    for (int views : config.views()) {
      List<Measured.Effect> with =
          findings.effects(Findings.pairs().getFirst(), views, VisionTask.SEGMENT);
      List<Measured.Effect> without =
          findings.effects(Findings.pairs().get(3), views, VisionTask.SEGMENT);
      for (int i = 0; i < Math.min(with.size(), without.size()); i++) {
        if (with.get(i).metric().name().startsWith("segment.miou_")) {
          sentences.add(Words.kept(with.get(i), without.get(i)));
        }
      }
    }
    if (sentences.isEmpty()) {
      sentences.add("No two arms are done with the same seed yet.");
    }
    return Page.Section.text("In words", sentences);
  }

  private Page.Section protocol() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Every arm is the same network. Runs that draw see %d drawings of each task a step, a specialist %d of its own, of the same photos. Budgets: %s labelled views; seeds: %s; %d steps of tuning at %d pixels."
            .formatted(
                config.tune().drawings() / VisionTask.values().length,
                config.tune().drawings() / VisionTask.values().length,
                config.views(),
                config.seeds(),
                config.tune().steps(),
                config.size()));
    notes.add(
        "Drawings are learnt by squared errors%s; every pixel counts alike in %s, else every colour by the root of its area."
            .formatted(
                config.huber().isEmpty()
                    ? ""
                    : ", beyond a length by their length: " + new TreeMap<>(config.huber()),
                config.even().isEmpty() ? "none" : new TreeSet<>(config.even())));
    notes.add(
        "Figures are means over the seeds that are done, on %d test scenes; intervals are 95 %%, a percentile bootstrap over scenes, and say nothing about other seeds. Missing answers count as wrong."
            .formatted(config.test().count()));
    return Page.Section.text("What was compared", notes);
  }

  private Page.Section figures(VisionTask task) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (int views : config.views()) {
      for (Arm arm : ARMS) {
        Optional<Measured> measured = findings.of(arm, views, task);
        if (measured.isEmpty()) {
          rows.add(List.of("%,d".formatted(views), arm.words(), NOT_YET, "", "", "", "", ""));
          continue;
        }
        for (VisionTask.Metric metric : task.metrics()) {
          Resampled figure = measured.get().figure(metric);
          rows.add(
              List.of(
                  "%,d".formatted(views),
                  arm.words(),
                  metric.name(),
                  Words.number(figure.value()),
                  Words.interval(Bootstrap.of(figure.samples(), figure.of())),
                  bySeed(measured.get().bySeed(metric)),
                  Integer.toString(figure.samples()),
                  Integer.toString(measured.get().failures())));
        }
      }
    }
    return new Page.Section(
        "Figures: " + task.word(),
        List.of(),
        List.of("views", "arm", "figure", "mean", "95 %", "by seed", "scenes", "not answered"),
        rows,
        List.of());
  }

  private static String bySeed(Map<Long, Double> figures) {
    return figures.entrySet().stream()
        .map(e -> e.getKey() + ": " + Words.number(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private Page.Section effects(VisionTask task) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (int views : config.views()) {
      for (Findings.Pair pair : Findings.pairs()) {
        List<Measured.Effect> effects = findings.effects(pair, views, task);
        if (effects.isEmpty()) {
          rows.add(List.of("%,d".formatted(views), pair.words(), NOT_YET, "", "", "", "", "", ""));
        }
        for (Measured.Effect e : effects) {
          rows.add(
              List.of(
                  "%,d".formatted(views),
                  pair.words(),
                  e.seeds().toString(),
                  e.metric().name(),
                  Words.number(e.before()),
                  Words.number(e.after()),
                  Words.signed(e.difference()),
                  Words.change(e.interval()),
                  Words.verdict(e)));
        }
      }
    }
    return new Page.Section(
        "Paired differences: " + task.word(),
        List.of("Scenes are drawn anew for both arms at once."),
        List.of("views", "what", "seeds", "figure", "from", "to", "difference", "95 %", "verdict"),
        rows,
        List.of());
  }

  private Page.Section unlabelled() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    VisionTask.Metric labelled = VisionTask.SEGMENT.metrics().get(0);
    VisionTask.Metric never = VisionTask.SEGMENT.metrics().get(1);
    for (int views : config.views()) {
      for (Arm arm : ARMS) {
        Optional<Measured> measured = findings.of(arm, views, VisionTask.SEGMENT);
        if (measured.isEmpty()) {
          rows.add(List.of("%,d".formatted(views), arm.words(), NOT_YET, "", "", ""));
          continue;
        }
        Resampled a = measured.get().figure(labelled);
        Resampled b = measured.get().figure(never);
        rows.add(
            List.of(
                "%,d".formatted(views),
                arm.words(),
                Words.number(a.value()),
                Words.number(b.value()),
                Words.number(b.value() / a.value()),
                Words.interval(
                    Bootstrap.of(
                        a.samples(),
                        chosen -> b.of().applyAsDouble(chosen) / a.of().applyAsDouble(chosen)))));
      }
    }
    return new Page.Section(
        "Things that were never labelled",
        List.of(
            "mIoU of categories that no arm was ever taught to segment, as a share of the"
                + " others'."),
        List.of("views", "arm", "labelled", "never labelled", "share", "95 %"),
        rows,
        List.of());
  }

  private Page.Section trials() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (VisionTask task : VisionTask.values()) {
      Trials trials = findings.trials(task);
      Run best = trials.done() ? trials.best() : null;
      for (Trials.Trial trial : trials.trials()) {
        rows.add(
            List.of(
                task.word(),
                String.valueOf(trial.run().rate()),
                task.headline().name(),
                trial.done() ? Words.number(trial.figure()) : NOT_YET,
                trial.run().equals(best) ? "chosen" : ""));
      }
    }
    return new Page.Section(
        "Learning rates of the specialists",
        List.of(
            "Tried with another seed than is reported, %,d views and %,d steps, judged on %d validation scenes. A dash is a run that diverged."
                .formatted(
                    config.specialist().views(),
                    config.specialist().steps(),
                    config.validation().count())),
        List.of("task", "rate", "figure", "on validation", ""),
        rows,
        List.of());
  }

  private Page.Section curves() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<Page.Picture> pictures = new ArrayList<>();
    for (VisionTask task : VisionTask.values()) {
      Map<String, List<CurveChart.Point>> series = new LinkedHashMap<>();
      for (int views : config.views()) {
        for (Arm arm : ARMS) {
          List<CurveChart.Point> curve = findings.curve(arm, views, task);
          series.put("%s, %,d".formatted(shortly(arm), views), curve);
          for (CurveChart.Point point : curve) {
            rows.add(
                List.of(
                    task.headline().name(),
                    "%,d".formatted(views),
                    arm.words(),
                    "%,.0f".formatted(point.drawings()),
                    Words.number(point.value())));
          }
        }
      }
      String name = "curve-%s.png".formatted(task.word());
      CurveChart.write(folder.resolve(name), task.headline().name(), false, series);
      pictures.add(
          new Page.Picture(
              folder.resolve(name),
              name,
              "%s on the validation scenes against drawings trained on, mean over the seeds done"
                  .formatted(task.headline().name())));
    }
    return new Page.Section(
        "Learning curves",
        List.of(
            "A run that draws shares its drawings among three tasks; pre-training comes before."),
        List.of("figure", "views", "arm", "drawings", "on validation"),
        rows,
        pictures);
  }

  private static String shortly(Arm arm) {
    return switch (arm) {
      case TUNED -> "pre-trained";
      case SCRATCH -> "from scratch";
      case TUNED_WITHOUT -> "pre-trained without those edits";
      default -> arm.words();
    };
  }

  /** Of the largest budget and the first seed. */
  private Page.Section pictures() throws IOException {
    List<Page.Picture> pictures = new ArrayList<>();
    int views = config.views().stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (VisionTask task : VisionTask.values()) {
      List<List<Path>> rows = new ArrayList<>();
      for (int i = 0; i < config.pictures(); i++) {
        List<Path> row = new ArrayList<>();
        row.add(folder.resolve("pictures").resolve("photo-" + i + ".png"));
        row.add(new RunFiles(folder).picture(task, i));
        for (Arm arm : ARMS) {
          Run run = plan.of(arm, views, task).getFirst();
          row.add(findings.files(run).picture(task, i));
        }
        rows.add(row);
      }
      if (!rows.isEmpty()) {
        String name = "pictures-%s.png".formatted(task.word());
        Sheet.write(folder.resolve(name), rows, config.size(), PICTURE_SCALE);
        pictures.add(
            new Page.Picture(
                folder.resolve(name),
                name,
                "%s, from left to right: photo, truth, %s"
                    .formatted(
                        task.word(), String.join(", ", ARMS.stream().map(Arm::words).toList()))));
      }
    }
    return new Page.Section(
        "Pictures",
        List.of(
            "The first %d test scenes as they come, %,d views, seed %d. White: not drawn yet."
                .formatted(config.pictures(), views, config.seeds().getFirst())),
        List.of(),
        List.of(),
        pictures);
  }

  private Page.Section runs() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    double hours = 0;
    int done = 0;
    for (Run run : plan.runs()) {
      Optional<RunFiles.Done> end = findings.files(run).done();
      if (end.isPresent()) {
        done++;
        hours += end.get().seconds() / 3600;
      }
      rows.add(
          List.of(
              run.name(),
              run.arm().words(),
              Long.toString(run.seed()),
              end.map(d -> String.valueOf(d.rate())).orElse(""),
              "%,d".formatted(plan.drawings(run)),
              end.map(
                      d ->
                          d.diverged()
                              ? "diverged"
                              : String.format(Locale.ROOT, "%.1f", d.seconds() / 60))
                  .orElse(NOT_YET)));
    }
    return new Page.Section(
        "Runs",
        List.of(
            String.format(
                Locale.ROOT,
                "%d of %d runs are done; their training took %.1f hours, and the protocol estimates"
                    + " %.1f for all.",
                done,
                plan.runs().size(),
                hours,
                plan.hours())),
        List.of("run", "arm", "seed", "rate", "drawings", "minutes of training"),
        rows,
        List.of());
  }
}

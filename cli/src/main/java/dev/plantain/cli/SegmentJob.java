package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.DrawingException;
import dev.plantain.core.Image;
import dev.plantain.core.Plan;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.MaskPng;
import dev.plantain.formats.Photo;
import dev.plantain.hosted.Adviser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A class for every pixel. */
final class SegmentJob implements Job {
  @Mixin SegmentOptions asked = new SegmentOptions();
  @Mixin MaskExportOptions exports = new MaskExportOptions();

  private @Nullable MaskArchive archive;
  private @Nullable Function<Image, List<String>> discovering;
  private @Nullable Function<Image, Plan> planning;

  /** Has the classes of each photo found by this. */
  void discover(Function<Image, List<String>> how) {
    discovering = how;
  }

  /** Has what is in each photo listed by this, before it is drawn. */
  void plan(Function<Image, Plan> how) {
    planning = how;
  }

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public void validate(Inputs inputs) {
    if (findsClasses()) {
      var _ = asked.backgroundRgb();
      return;
    }
    int classes = asked.task().classes().size();
    if (classes >= MaskPng.UNASSIGNED) {
      throw new UsageException(
          "labels.png has 8 bits and holds %d classes, got %d; ask for them in several runs"
              .formatted(MaskPng.UNASSIGNED - 1, classes));
    }
  }

  /** Whether a language model says which classes there are. */
  private boolean findsClasses() {
    return discovering != null || (planning != null && asked.classes.isBlank());
  }

  @Override
  public int drawings() {
    int classes = findsClasses() ? Adviser.MOST_CLASSES : asked.task().classes().size();
    return Segments.drawings(classes);
  }

  @Override
  public Asked ask(Image photo) {
    Notes notes = new Notes();
    if (planning != null) {
      Plan plan = planning.apply(photo);
      notes.facts().put("plan", plan.things().stream().map(SegmentJob::planned).toList());
      if (plan.things().isEmpty()) {
        throw new DrawingException(
            "the language model sees %s in the photo"
                .formatted(findsClasses() ? "nothing" : "none of the classes"));
      }
      notes
          .lines()
          .add(
              "plan: "
                  + plan.things().stream()
                      .map(t -> "%d %s".formatted(t.count(), t.name()))
                      .collect(Collectors.joining(", ")));
      return new Asked(
          plan.segments(asked.backgroundRgb()),
          Optional.empty(),
          notes,
          m -> m instanceof LabelMap map ? plan.check(map) : List.of());
    }
    if (discovering == null) {
      return Asked.of(task());
    }
    List<String> classes = discovering.apply(photo);
    notes.lines().add("found by the language model: " + String.join(", ", classes));
    notes.facts().put("discovered", classes);
    return new Asked(asked.task(classes), Optional.empty(), notes, m -> List.of());
  }

  /** What to ask of a photo that was taken there. */
  Asked ask(Scene scene) {
    Notes notes = new Notes();
    String where = scene.name().toLowerCase(Locale.ROOT);
    notes.lines().add("looks taken %s; --classes names what else to look for".formatted(where));
    notes.facts().put("scene", where);
    return new Asked(asked.task(scene.classes()), Optional.empty(), notes, m -> List.of());
  }

  /** A planned thing, for {@code result.json}. */
  static Map<String, Object> planned(Plan.Thing thing) {
    return Map.of(
        "name",
        thing.name(),
        "count",
        thing.count(),
        "each",
        thing.each().stream()
            .map(e -> Map.of("phrase", e.phrase(), "colour", Colours.hex(e.rgb())))
            .toList());
  }

  @Override
  public Task<?> task() {
    return asked.task();
  }

  @Override
  public void begin(Setting setting) {
    boolean open = discovering != null || planning != null;
    archive =
        MaskArchive.of(exports, setting, "segment", open ? List.of() : asked.task().classes());
  }

  @Override
  public void export(
      Answer.Seen<?> answer, Photo photo, Inputs.Input input, Path folder, Notes notes)
      throws IOException {
    if (archive != null && answer.measurement() instanceof LabelMap map) {
      notes.files().putAll(archive.add(input.name(), LabelledImage.of(input.fileName(), map)));
    }
  }

  @Override
  public void end(Console console) throws IOException {
    if (archive != null) {
      archive.finish(console);
    }
  }
}

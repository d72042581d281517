package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Instances;
import dev.plantain.core.Plan;
import dev.plantain.core.Task;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Every single thing of a class. */
final class InstancesJob implements Job {
  @Mixin InstancesOptions asked = new InstancesOptions();
  @Mixin MaskExportOptions exports = new MaskExportOptions();

  private @Nullable MaskArchive archive;
  private @Nullable Predicate<Image> gate;
  private @Nullable Function<Image, Plan> planning;

  /** Has this say whether one is there at all, before any is drawn. */
  void gate(Predicate<Image> present) {
    gate = present;
  }

  /** Has every single one listed by this, before they are drawn. */
  void plan(Function<Image, Plan> how) {
    planning = how;
  }

  @Override
  public Asked ask(Image photo) {
    Instances task = asked.task();
    Notes notes = new Notes();
    if (planning != null) {
      Plan plan = planning.apply(photo);
      notes.facts().put("plan", plan.things().stream().map(SegmentJob::planned).toList());
      if (plan.things().isEmpty()) {
        return absent(task, photo, notes);
      }
      Plan.Thing thing = plan.things().getFirst();
      notes.lines().add("plan: %d of %s".formatted(thing.count(), thing.name()));
      return new Asked(
          plan.instances(thing.name(), asked.background),
          Optional.empty(),
          notes,
          m -> m instanceof InstanceList list ? plan.check(list) : List.of());
    }
    if (gate != null && !gate.test(photo)) {
      return absent(task, photo, notes);
    }
    return Asked.of(task);
  }

  private static Asked absent(Instances task, Image photo, Notes notes) {
    notes.lines().add("the language model sees no %s, so none was drawn".formatted(task.phrase()));
    notes.facts().put("present", false);
    InstanceList none =
        new InstanceList(task.phrase(), photo.width(), photo.height(), List.of(), 1);
    return new Asked(task, Optional.of(none), notes, m -> List.of());
  }

  @Override
  public Task<?> task() {
    return asked.task();
  }

  @Override
  public String folder() {
    return "instances-" + Slug.of(asked.phrase);
  }

  @Override
  public void begin(Setting setting) {
    archive = MaskArchive.of(exports, setting, folder(), List.of(asked.task().phrase()));
  }

  @Override
  public void export(
      Answer.Seen<?> answer, Photo photo, Inputs.Input input, Path folder, Notes notes)
      throws IOException {
    if (archive != null && answer.measurement() instanceof InstanceList found) {
      notes.files().putAll(archive.add(input.name(), LabelledImage.of(input.fileName(), found)));
    }
  }

  @Override
  public void end(Console console) throws IOException {
    if (archive != null) {
      archive.finish(console);
    }
  }
}

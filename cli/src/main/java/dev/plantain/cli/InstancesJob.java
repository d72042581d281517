package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Every single thing of a class. */
final class InstancesJob implements Job {
  @Mixin InstancesOptions asked = new InstancesOptions();
  @Mixin MaskExportOptions exports = new MaskExportOptions();

  private @Nullable MaskArchive archive;

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

package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A class for every pixel. */
final class SegmentJob implements Job {
  @Mixin SegmentOptions asked = new SegmentOptions();
  @Mixin MaskExportOptions exports = new MaskExportOptions();

  private @Nullable MaskArchive archive;

  @Override
  public Task<?> task() {
    return asked.task();
  }

  @Override
  public void begin(Setting setting) {
    archive = MaskArchive.of(exports, setting, "segment", asked.task().classes());
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

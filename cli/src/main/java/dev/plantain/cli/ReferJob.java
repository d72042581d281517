package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Referring;
import dev.plantain.core.Task;
import dev.plantain.core.measure.Mask;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What phrases refer to. The command that has this says which phrases. */
final class ReferJob implements Job {
  @Mixin ReferOptions asked = new ReferOptions();
  @Mixin MaskExportOptions exports = new MaskExportOptions();

  private List<String> phrases = List.of();
  private @Nullable MaskArchive archive;

  void phrases(List<String> words) {
    phrases = List.copyOf(words);
  }

  @Override
  public Task<?> task() {
    return asked.task(phrases);
  }

  @Override
  public String folder() {
    return "refer-" + Slug.of(String.join(" ", phrases));
  }

  @Override
  public void begin(Setting setting) {
    List<String> classes =
        task() instanceof Referring.Each each
            ? each.legend().stream().map(e -> e.phrase()).toList()
            : List.of(((Referring) task()).phrase());
    archive = MaskArchive.of(exports, setting, folder(), classes);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void export(
      Answer.Seen<?> answer, Photo photo, Inputs.Input input, Path folder, Notes notes)
      throws IOException {
    if (archive == null) {
      return;
    }
    List<Mask> masks =
        answer.measurement() instanceof Mask mask
            ? List.of(mask)
            : (List<Mask>) answer.measurement();
    notes
        .files()
        .putAll(
            archive.add(
                input.name(),
                LabelledImage.of(
                    input.fileName(), photo.image().width(), photo.image().height(), masks)));
  }

  @Override
  public void end(Console console) throws IOException {
    if (archive != null) {
      archive.finish(console);
    }
  }
}

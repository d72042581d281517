package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Referring;
import dev.plantain.core.Task;
import dev.plantain.core.measure.Mask;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.Photo;
import dev.plantain.hosted.Adviser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What phrases refer to. The command that has this says which phrases. */
final class ReferJob implements Job {
  @Mixin ReferOptions asked = new ReferOptions();
  @Mixin MaskExportOptions exports = new MaskExportOptions();

  private List<String> phrases = List.of();
  private @Nullable MaskArchive archive;
  private String question = "";
  private @Nullable Function<Image, List<Adviser.Finding>> reasoning;
  private @Nullable BiPredicate<Image, String> gate;

  /** Has a question turned into phrases by this. */
  void reason(String words, Function<Image, List<Adviser.Finding>> how) {
    question = words;
    reasoning = how;
  }

  /** Has this say whether what a phrase refers to is there at all, before it is drawn. */
  void gate(BiPredicate<Image, String> present) {
    gate = present;
  }

  @Override
  public String name() {
    return "refer";
  }

  @Override
  public void validate(Inputs inputs) {
    if (reasoning == null) {
      task();
    }
  }

  @Override
  public Asked ask(Image photo) {
    Notes notes = new Notes();
    List<String> wanted = phrases;
    if (reasoning != null) {
      List<Adviser.Finding> findings = reasoning.apply(photo);
      notes.facts().put("question", question);
      notes
          .facts()
          .put(
              "findings",
              findings.stream().map(f -> Map.of("phrase", f.phrase(), "why", f.why())).toList());
      findings.forEach(f -> notes.lines().add("\"%s\": %s".formatted(f.phrase(), f.why())));
      wanted = findings.stream().map(Adviser.Finding::phrase).toList();
      if (wanted.isEmpty()) {
        notes.lines().add("nothing in the photo answers the question, says the language model");
        return absent(List.of(question), photo, notes);
      }
    }
    if (gate == null) {
      return new Asked(asked.task(wanted), Optional.empty(), notes, m -> List.of());
    }
    BiPredicate<Image, String> present = gate;
    List<String> there = wanted.stream().filter(phrase -> present.test(photo, phrase)).toList();
    for (String phrase : wanted) {
      if (!there.contains(phrase)) {
        notes.lines().add("not there, says the language model: \"%s\"".formatted(phrase));
      }
    }
    notes.facts().put("present", there);
    return there.isEmpty()
        ? absent(wanted, photo, notes)
        : new Asked(asked.task(there), Optional.empty(), notes, m -> List.of());
  }

  /** Empty masks, sure ones: nothing is drawn. */
  private Asked absent(List<String> wanted, Image photo, Notes notes) {
    List<Mask> none =
        wanted.stream()
            .map(p -> Mask.of(p, photo.width(), photo.height(), new BitSet(), 1))
            .toList();
    Object known = none.size() == 1 ? none.getFirst() : none;
    return new Asked(asked.task(wanted), Optional.of(known), notes, m -> List.of());
  }

  void phrases(List<String> words) {
    phrases = List.copyOf(words);
  }

  @Override
  public Task<?> task() {
    return asked.task(phrases);
  }

  @Override
  public String folder() {
    return "refer-" + Slug.of(reasoning == null ? String.join("\n", phrases) : question);
  }

  @Override
  public void begin(Setting setting) {
    List<String> classes = reasoning == null ? classes(task()) : List.of();
    archive = MaskArchive.of(exports, setting, folder(), classes);
  }

  private static List<String> classes(Task<?> task) {
    return task instanceof Referring.Each each
        ? each.legend().stream().map(e -> e.phrase()).toList()
        : List.of(((Referring) task).phrase());
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

package dev.plantain.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain refer}. */
@Command(
    name = "refer",
    header = "Where what a phrase refers to is.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  plantain refer photo.jpg \"the chair nearest the window\"",
      "  plantain refer photo.jpg --reason \"what could hurt a toddler here?\""
    })
final class ReferCommand extends TaskCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PHRASE",
      description = "What to find, in free words; several are asked in one drawing.")
  private List<String> phrases = List.of();

  @Mixin private ReferJob job = new ReferJob();

  @Option(
      names = "--reason",
      paramLabel = "QUESTION",
      description = "Instead of phrases: a question that a language model turns into some.")
  private @Nullable String question;

  @Option(names = "--gate", description = "Ask a language model first whether it is there at all.")
  private boolean gate;

  @Mixin private AdviceOptions advice = new AdviceOptions();

  ReferCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    job.phrases(phrases);
    return job;
  }

  @Override
  void prepare() {
    if (question != null) {
      String words = question.strip();
      if (!phrases.isEmpty() || words.isEmpty()) {
        throw new UsageException("--reason takes a question, and takes the place of phrases");
      }
      advice.require("--reason");
      job.reason(
          words, photo -> advice.open(asking.drawing.how.hosted.terms()).reason(photo, words));
    }
    if (gate) {
      advice.require("--gate");
      job.gate(
          (photo, phrase) -> advice.open(asking.drawing.how.hosted.terms()).present(photo, phrase));
    }
  }

  @Override
  void release() {
    advice.close();
  }
}

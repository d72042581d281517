package dev.plantain.core.instruct;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What fills the gaps of a {@link Template}.
 *
 * @param phrases in order
 * @param colours of the phrases, as many, or none where a task assigns none
 * @param scheme words for the depth scheme, empty where there is none
 */
record Gaps(List<String> phrases, List<Integer> colours, OptionalInt background, String scheme) {
  static final Gaps NONE = new Gaps(List.of(), List.of(), OptionalInt.empty(), "");

  Gaps {
    phrases = List.copyOf(phrases);
    colours = List.copyOf(colours);
  }

  static Gaps of(List<Ask.Entry> legend, OptionalInt background) {
    return new Gaps(
        legend.stream().map(Ask.Entry::phrase).toList(),
        legend.stream().map(Ask.Entry::rgb).toList(),
        background,
        "");
  }

  /** The phrases with their colours. */
  List<Ask.Entry> legend() {
    if (phrases.size() != colours.size()) {
      throw new InstructionException(
          "%d phrases have %d colours".formatted(phrases.size(), colours.size()));
    }
    return IntStream.range(0, phrases.size())
        .mapToObj(i -> new Ask.Entry(phrases.get(i), colours.get(i)))
        .toList();
  }
}

package dev.plantain.cli;

import dev.plantain.core.ColourProfile;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Colours;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Classes on the command line: {@code wall,floor=blue,sky=(0, 128, 255)}. */
final class ClassList {
  private ClassList() {}

  private record Named(String name, OptionalInt rgb) {}

  /**
   * Reads a list; classes without a colour get one far from all others.
   *
   * @param taken colours that are not free, such as the background's
   */
  static List<Entry> parse(String text, int... taken) {
    return parse(text, ColourProfile.identity(), taken);
  }

  /**
   * Reads a list; classes without a colour get one that the generator draws far from all others.
   *
   * @param taken colours that are not free, such as the background's
   */
  static List<Entry> parse(String text, ColourProfile profile, int... taken) {
    List<Named> classes = split(text).stream().map(part -> named(part, text)).toList();
    int[] used =
        IntStream.concat(IntStream.of(taken), classes.stream().flatMapToInt(c -> c.rgb.stream()))
            .toArray();
    int free = (int) classes.stream().filter(c -> c.rgb.isEmpty()).count();
    Iterator<Integer> others = profile.palette(free, used).iterator();
    List<Entry> legend = new ArrayList<>();
    for (Named c : classes) {
      legend.add(new Entry(c.name, c.rgb.isPresent() ? c.rgb.getAsInt() : others.next()));
    }
    return legend;
  }

  private static Named named(String part, String whole) {
    int equals = part.lastIndexOf('=');
    String name = (equals < 0 ? part : part.substring(0, equals)).strip();
    if (name.isEmpty()) {
      throw new UsageException(
          "classes are names with commas between them; one is empty in \"%s\"".formatted(whole));
    }
    return new Named(
        name,
        equals < 0
            ? OptionalInt.empty()
            : OptionalInt.of(Colours.parse(part.substring(equals + 1))));
  }

  /** At commas that are not inside brackets, as colours have them. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("([<".indexOf(c) >= 0) {
        depth++;
      } else if (")]>".indexOf(c) >= 0) {
        depth--;
      } else if (c == ',' && depth <= 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}

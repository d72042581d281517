package dev.plantain.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor can do, as Linux states it; nothing special on other systems. */
final class Processor {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Set<String> FLAGS = flags();

  private Processor() {}

  /** Whether it has all of these features, named as in {@code /proc/cpuinfo}. */
  static boolean has(String... features) {
    return FLAGS.containsAll(List.of(features));
  }

  private static Set<String> flags() {
    if (!Files.isReadable(CPUINFO)) {
      return Set.of();
    }
    try (var lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(List.of(line.replaceFirst(".*?:", "").trim().split("\\s+"))))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }
}

package dev.plantain.eval.set;

import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of a folder in a fixed order. */
final class Folders {
  private Folders() {}

  /**
   * @throws InputException if there is no such folder or no such file in it
   */
  static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + " is not a folder");
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(f -> name(f).endsWith(ending)).sorted().toList();
      if (files.isEmpty()) {
        throw new InputException("%s holds no *%s".formatted(folder, ending));
      }
      return files;
    }
  }

  static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}

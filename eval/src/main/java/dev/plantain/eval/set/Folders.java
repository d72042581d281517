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
    requireFolder(folder);
    try (Stream<Path> all = Files.list(folder)) {
      return some(all.filter(f -> name(f).endsWith(ending)), folder, ending);
    }
  }

  /**
   * Files at any depth.
   *
   * @throws InputException if there is no such folder or no such file below it
   */
  static List<Path> below(Path folder, String ending) throws IOException {
    requireFolder(folder);
    try (Stream<Path> all = Files.walk(folder, 12)) {
      return some(
          all.filter(f -> name(f).endsWith(ending) && Files.isRegularFile(f)), folder, ending);
    }
  }

  private static List<Path> some(Stream<Path> files, Path folder, String ending)
      throws InputException {
    List<Path> sorted = files.sorted().toList();
    if (sorted.isEmpty()) {
      throw new InputException("%s holds no *%s".formatted(folder, ending));
    }
    return sorted;
  }

  private static void requireFolder(Path folder) throws InputException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + " is not a folder");
    }
  }

  /**
   * The file itself.
   *
   * @throws InputException if it is not there
   */
  static Path required(Path file) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException.NotReadable(file + " is missing");
    }
    return file;
  }

  /**
   * A file of a folder by the name that a list of the set has for it.
   *
   * @param list is named where the name leads out of the folder
   * @throws InputException if the file is not there, or outside
   */
  static Path listed(Path folder, String name, Path list) throws InputException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new InputException.Damaged(
          "%s names a file outside the set: \"%s\"".formatted(list, name));
    }
    return required(file);
  }

  /**
   * The first of several places that is there.
   *
   * @throws InputException if none is; names the first
   */
  static Path first(Path... places) throws InputException {
    for (Path place : places) {
      if (Files.exists(place)) {
        return place;
      }
    }
    throw new InputException.NotReadable(places[0] + " is missing");
  }

  /** A file beside another, of the same name but for its ending. */
  static Path beside(Path file, String ending, String other) {
    String name = name(file);
    return file.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
  }

  /** The folder so many levels above a file. */
  static Path above(Path file, int levels) {
    Path at = file.toAbsolutePath();
    for (int i = 0; i < levels; i++) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalArgumentException(file + " is not that deep");
      }
    }
    return at;
  }

  static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}

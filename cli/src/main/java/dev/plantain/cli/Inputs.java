package dev.plantain.cli;

import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The photos of a run.
 *
 * @param photos in order of their names
 * @param many whether a folder was given
 */
record Inputs(List<Input> photos, boolean many) {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "bmp", "gif");

  Inputs {
    photos = List.copyOf(photos);
  }

  /**
   * A photo.
   *
   * @param file to read
   * @param name of the folder its results go to, unlike any other's in the run
   */
  record Input(Path file, String name) {

    /** The file's name alone. */
    String fileName() {
      return String.valueOf(file.getFileName());
    }
  }

  /**
   * A file, or all pictures directly in a folder.
   *
   * @throws InputException if there is nothing to read
   */
  static Inputs of(Path path) throws InputException {
    if (!Files.exists(path)) {
      throw new InputException.NotReadable(path + " does not exist");
    }
    if (!Files.isDirectory(path)) {
      return new Inputs(List.of(new Input(path, stem(path))), false);
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(path)) {
      files = entries.filter(Inputs::isPicture).sorted().toList();
    } catch (AccessDeniedException e) {
      throw new InputException.NotReadable(path + " may not be listed: permission denied");
    } catch (IOException e) {
      throw new InputException("%s cannot be listed: %s".formatted(path, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new InputException.NotReadable(
          "%s has no pictures (JPEG, PNG, WebP, TIFF, BMP, GIF); its sub-folders are not searched"
              .formatted(path));
    }
    // A file's whole name may be another's without the ending: a.jpg and a.jpg.png.
    Map<String, Integer> names = new HashMap<>();
    for (Path file : files) {
      Stream.of(key(stem(file)), key(whole(file)))
          .distinct()
          .forEach(name -> names.merge(name, 1, Integer::sum));
    }
    List<Input> photos = new ArrayList<>();
    for (Path file : files) {
      boolean shared = names.getOrDefault(key(stem(file)), 1) > 1;
      photos.add(new Input(file, shared ? whole(file) : stem(file)));
    }
    return new Inputs(photos, true);
  }

  /** Some file systems do not tell upper from lower case. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean isPicture(Path file) {
    String name = whole(file);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.contains(ending) && !Files.isDirectory(file);
  }

  private static String whole(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String stem(Path file) {
    String name = whole(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}

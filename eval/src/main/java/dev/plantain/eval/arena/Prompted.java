package dev.plantain.eval.arena;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A picture to make.
 *
 * @param id names its files
 * @param prompt what is asked for
 * @param source the picture to edit, if it is an edit
 * @param tags skills or kinds of edit
 */
public record Prompted(String id, String prompt, Optional<Path> source, List<String> tags) {
  public Prompted {
    if (!id.matches("[A-Za-z0-9_.-]{1,100}") || id.startsWith(".")) {
      throw new IllegalArgumentException("\"%s\" is no name of a file".formatted(id));
    }
    tags = List.copyOf(tags);
  }
}

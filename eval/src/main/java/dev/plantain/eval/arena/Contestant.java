package dev.plantain.eval.arena;

import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A maker's pictures in a folder, {@code ID.png}, {@code .jpg} or {@code .jpeg}.
 *
 * @param name of the maker, not told to those who judge
 * @param folder with its pictures
 */
public record Contestant(String name, Path folder) {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".webp");

  /** The picture for a prompt, if it was made. */
  public Optional<Path> picture(Prompted prompted) {
    return ENDINGS.stream()
        .map(ending -> folder.resolve(prompted.id() + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** How a maker makes a picture. */
  @FunctionalInterface
  public interface Pen {
    /**
     * A picture.
     *
     * @param source to be edited; none if the picture is made from words alone
     * @throws GeneratorException if nothing was drawn
     */
    Image draw(Optional<Image> source, String prompt);
  }

  /**
   * Makes the pictures that are not there yet.
   *
   * @param failed hears of what was not drawn, in a line
   * @return how many were not drawn
   * @throws IOException if a source cannot be read or a picture not be written
   */
  public int draw(Pen pen, List<Prompted> prompts, Consumer<String> failed) throws IOException {
    int missing = 0;
    for (Prompted prompted : prompts) {
      if (picture(prompted).isPresent()) {
        continue;
      }
      Optional<Image> source = Optional.empty();
      if (prompted.source().isPresent()) {
        source = Optional.of(Images.read(prompted.source().get()).image());
      }
      try {
        Png.write(folder.resolve(prompted.id() + ".png"), pen.draw(source, prompted.prompt()));
      } catch (GeneratorException e) {
        missing++;
        failed.accept("%s: %s".formatted(prompted.id(), e.getMessage()));
      }
    }
    return missing;
  }

  /** Whether it has a picture of any of these. */
  public boolean hasSome(List<Prompted> prompts) {
    return prompts.stream().anyMatch(p -> picture(p).isPresent());
  }

  /**
   * @throws InputException if it has no picture of any of these
   */
  public void requireSome(List<Prompted> prompts) throws InputException {
    if (!hasSome(prompts)) {
      throw new InputException(
          "%s holds no picture of this set; they are called ID.png, as in %s.png"
              .formatted(folder, prompts.getFirst().id()));
    }
  }
}

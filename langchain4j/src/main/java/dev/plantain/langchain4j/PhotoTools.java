package dev.plantain.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.plantain.core.Depth;
import dev.plantain.core.Image;
import dev.plantain.core.Instances;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plantain's tasks as tools for language models: questions about photos of one folder, answered
 * with measurements in a line of text. A model cannot reach files outside of the folder.
 *
 * <p>The {@link Vision} is the caller's to close.
 */
public final class PhotoTools {
  private final Vision vision;
  private final Path folder;

  /**
   * @param folder of the photos
   */
  public PhotoTools(Vision vision, Path folder) {
    this.vision = vision;
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** How far one pixel is. */
  @Tool("How far away, in metres, what is seen at one pixel of a photo is")
  public String distance(
      @P("file name of the photo") String photo,
      @P("column, 0 is the left edge") int x,
      @P("row, 0 is the top edge") int y) {
    Image image = read(photo);
    if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) {
      return "%d,%d is outside of the photo, which has %d x %d pixels"
          .formatted(x, y, image.width(), image.height());
    }
    DepthMap depth = vision.see(image, Depth.metric());
    double metres = depth.metres(x, y);
    if (Double.isNaN(metres)) {
      return "the distance at %d,%d cannot be told".formatted(x, y);
    }
    double sure = depth.confidence()[y * depth.width() + x];
    return Double.isInfinite(metres)
        ? "sky, or too far to measure (confidence %s)".formatted(two(sure))
        : "%s m (confidence %s)".formatted(two(metres), two(sure));
  }

  /** Where something is. */
  @Tool("Where in a photo what a phrase refers to is, if it is there")
  public String find(
      @P("file name of the photo") String photo,
      @P("free words, such as: the chair nearest the window") String phrase) {
    Image image = read(photo);
    Mask mask = vision.see(image, Referring.to(phrase));
    return mask.isEmpty()
        ? "not there (confidence %s)".formatted(two(mask.score()))
        : "%s, %s %% of the photo (confidence %s)"
            .formatted(
                box(mask),
                two(100.0 * mask.area() / ((double) image.width() * image.height())),
                two(mask.score()));
  }

  /** How many there are. */
  @Tool("How many things of one class are in a photo, and where each is")
  public String count(
      @P("file name of the photo") String photo,
      @P("the class in the singular, such as: chair") String thing) {
    InstanceList found = vision.see(read(photo), Instances.of(thing));
    String where = found.stream().map(i -> box(i.mask())).collect(Collectors.joining("; "));
    return "%d (confidence %s)%s"
        .formatted(found.size(), two(found.score()), where.isEmpty() ? "" : ": " + where);
  }

  /** How much of a photo is of which class. */
  @Tool("What share of a photo each of some classes covers")
  public String shares(
      @P("file name of the photo") String photo,
      @P("the classes, such as: wall, floor, sofa") List<String> classes) {
    LabelMap map = vision.see(read(photo), Segments.of(classes).background());
    return IntStream.range(0, map.classes().size())
        .mapToObj(i -> "%s %s %%".formatted(map.classes().get(i), two(100 * map.share(i))))
        .collect(Collectors.joining(", "));
  }

  /** Reads a photo of the folder; the reason goes to the model if that fails. */
  private Image read(String photo) {
    Path file;
    try {
      file = folder.resolve(photo).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"%s\" is no file name".formatted(photo), e);
    }
    if (!file.startsWith(folder)) {
      throw new IllegalArgumentException("\"%s\" is not in the folder of photos".formatted(photo));
    }
    try {
      // A link in the folder may lead out of it.
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw new IllegalArgumentException(
            "\"%s\" is not in the folder of photos".formatted(photo));
      }
      return Images.read(file).image();
    } catch (InputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("there is no photo \"%s\"".formatted(photo), e);
    }
  }

  private static String box(Mask mask) {
    Mask.Box box = mask.box();
    return "x %d to %d, y %d to %d"
        .formatted(box.x(), box.x() + box.width() - 1, box.y(), box.y() + box.height() - 1);
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

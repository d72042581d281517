package dev.plantain.formats;

import dev.plantain.core.measure.Mask;
import dev.plantain.formats.Outlines.Outline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * YOLO's text for segmentation: a line for each mask, the class's index from 0 and the corners of a
 * polygon, as shares of width and height.
 *
 * <p>The format has one polygon for each thing: parts and holes are joined into one line by bridges
 * of no width, so that filling it gives the mask.
 */
public final class Yolo {
  private Yolo() {}

  /**
   * Writes the masks of one photo.
   *
   * @param file named like the photo, with {@code .txt}
   * @param classes in the order of their indices; a mask's phrase must be one of them
   */
  public static void write(Path file, List<String> classes, LabelledImage image)
      throws OutputException {
    StringBuilder text = new StringBuilder();
    for (Mask mask : image.masks()) {
      text.append(Coco.category(classes, mask) - 1);
      for (int[] point : polygon(mask)) {
        text.append(
            String.format(
                Locale.ROOT,
                " %.6f %.6f",
                (double) point[0] / image.width(),
                (double) point[1] / image.height()));
      }
      text.append('\n');
    }
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The corners, in pixels, of one polygon that covers the mask. */
  static List<int[]> polygon(Mask mask) {
    List<Outline> outlines = Outlines.of(mask.bits(), mask.width(), mask.height());
    List<int[]> joined = new ArrayList<>(outlines.getFirst().points());
    for (Outline outline : outlines.subList(1, outlines.size())) {
      joined = join(joined, outline.points());
    }
    return joined;
  }

  /** Walks one line to its corner nearest the other, around the other, and back again. */
  private static List<int[]> join(List<int[]> one, List<int[]> other) {
    int from = 0;
    int to = 0;
    long nearest = Long.MAX_VALUE;
    for (int i = 0; i < one.size(); i++) {
      for (int j = 0; j < other.size(); j++) {
        long dx = (long) one.get(i)[0] - other.get(j)[0];
        long dy = (long) one.get(i)[1] - other.get(j)[1];
        if (dx * dx + dy * dy < nearest) {
          nearest = dx * dx + dy * dy;
          from = i;
          to = j;
        }
      }
    }
    List<int[]> joined = new ArrayList<>(one.subList(0, from + 1));
    joined.addAll(other.subList(to, other.size()));
    joined.addAll(other.subList(0, to + 1));
    joined.addAll(one.subList(from, one.size()));
    return joined;
  }
}

package dev.plantain.eval.set;

import dev.plantain.core.instruct.Palette;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.PngSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Cityscapes: {@code leftImg8bit/SPLIT/CITY/*_leftImg8bit.png} and {@code
 * gtFine/SPLIT/CITY/*_gtFine_labelIds.png}. All 19 classes are asked for, present or not; labels
 * that are not evaluated do not count.
 */
public final class CityscapesSet {
  /** In the order of their train ids. */
  public static final List<String> CLASSES =
      List.of(
          "road",
          "sidewalk",
          "building",
          "wall",
          "fence",
          "pole",
          "traffic light",
          "traffic sign",
          "vegetation",
          "terrain",
          "sky",
          "person",
          "rider",
          "car",
          "truck",
          "bus",
          "train",
          "motorcycle",
          "bicycle");

  /** Label ids of the classes. */
  private static final int[] IDS = {
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33
  };

  private static final int LAST_ID = 33;

  /** A licence plate has id −1. */
  private static final int LICENCE_PLATE = 255;

  private static final String PHOTO = "_leftImg8bit.png";
  private static final String TRUTH = "_gtFine_labelIds.png";

  private CityscapesSet() {}

  /**
   * @throws IOException if photos or their labels are missing
   */
  public static EvalSet open(Path folder, String split) throws IOException {
    Path photos = folder.resolve("leftImg8bit").resolve(split);
    List<Path> files = Folders.below(photos, PHOTO);
    List<Path[]> items = new ArrayList<>();
    for (Path photo : files) {
      Path truth =
          folder
              .resolve("gtFine")
              .resolve(split)
              .resolve(Folders.beside(photos.relativize(photo), PHOTO, TRUTH));
      items.add(new Path[] {photo, Folders.required(truth)});
    }
    return new ListedSet<>(
        "cityscapes %s, 19 classes".formatted(split), items, item -> sample(item[0], item[1]));
  }

  private static Sample sample(Path photo, Path truth) throws IOException {
    PngSamples ids = PngSamples.read(truth, 1, 8);
    int[] index = new int[256];
    Arrays.fill(index, SegmentError.IGNORE);
    for (int c = 0; c < IDS.length; c++) {
      index[IDS[c]] = c;
    }
    int[] labels = ids.values();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] > LAST_ID && labels[i] != LICENCE_PLATE) {
        throw new InputException.Damaged(
            "%s holds label %d; Cityscapes ends at %d: is it labelIds?"
                .formatted(truth, labels[i], LAST_ID));
      }
      labels[i] = index[labels[i]];
    }
    Sample sample =
        new Sample(
            Folders.name(photo).replace(PHOTO, ""),
            Images.read(photo).image(),
            List.of(
                new Truth.SegmentTruth(
                    CLASSES, Palette.distinct(CLASSES.size()), OptionalInt.empty(), labels)));
    ListedSet.requireSize(truth, ids.width(), ids.height(), sample.photo());
    return sample;
  }
}

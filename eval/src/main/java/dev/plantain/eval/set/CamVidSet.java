package dev.plantain.eval.set;

import dev.plantain.core.instruct.Palette;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.formats.Images;
import dev.plantain.formats.MaskPng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * CamVid as published with SegNet: {@code images/} and {@code labels/} of equal names, labels as
 * 8-bit index PNGs of 11 classes, 11 for what does not count.
 */
public final class CamVidSet implements EvalSet {
  /** By index. */
  public static final List<String> CLASSES =
      List.of(
          "sky",
          "building",
          "pole",
          "road",
          "pavement",
          "tree",
          "traffic sign",
          "fence",
          "car",
          "pedestrian",
          "bicyclist");

  private final List<Path> images;
  private final Path labels;

  /**
   * @throws IOException if the folder has no {@code images}
   */
  public CamVidSet(Path folder) throws IOException {
    images = Folders.files(folder.resolve("images"), ".png");
    labels = folder.resolve("labels");
  }

  @Override
  public String name() {
    return "camvid, 11 classes";
  }

  @Override
  public long size() {
    return images.size();
  }

  @Override
  public Stream<Sample> samples() {
    return images.stream().map(this::sample);
  }

  private Sample sample(Path image) {
    try {
      String file = Folders.name(image);
      // Index 0 is a class here, but background to the reader: what it calls 1 is our 1.
      LabelMap map = MaskPng.read(labels.resolve(file), CLASSES);
      int[] truth = map.labels();
      for (int i = 0; i < truth.length; i++) {
        int index = truth[i] == LabelMap.BACKGROUND ? 0 : truth[i] + 1;
        truth[i] =
            index >= CLASSES.size() || truth[i] == LabelMap.UNASSIGNED
                ? SegmentError.IGNORE
                : index;
      }
      return new Sample(
          file,
          Images.read(image).image(),
          List.of(
              new Truth.SegmentTruth(
                  CLASSES, Palette.distinct(CLASSES.size()), OptionalInt.empty(), truth)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

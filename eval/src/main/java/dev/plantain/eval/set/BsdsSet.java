package dev.plantain.eval.set;

import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/**
 * BSDS500: {@code images/NAME.jpg} and {@code groundTruth/NAME.mat} (MATLAB v5) with the boundaries
 * of several annotators.
 */
public final class BsdsSet implements EvalSet {
  private final List<Path> images;
  private final Path truth;
  private final String name;

  /**
   * @throws IOException if the folder has no {@code images}
   */
  public BsdsSet(Path folder) throws IOException {
    this(folder.resolve("images"), folder.resolve("groundTruth"), "bsds");
  }

  private BsdsSet(Path photos, Path truth, String name) throws IOException {
    images = Folders.files(photos, ".jpg");
    this.truth = truth;
    this.name = name;
    for (Path image : images) {
      Folders.required(truth.resolve(Folders.name(image).replaceFirst("\\.jpg$", ".mat")));
    }
  }

  /**
   * The set as it is distributed: {@code data/images/SPLIT} and {@code data/groundTruth/SPLIT},
   * also in {@code BSR/BSDS500}.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet official(Path folder, String split) throws IOException {
    Path data =
        Folders.first(
            folder.resolve("data"),
            folder.resolve("BSDS500/data"),
            folder.resolve("BSR/BSDS500/data"));
    return new BsdsSet(
        data.resolve("images").resolve(split),
        data.resolve("groundTruth").resolve(split),
        "bsds500 " + split);
  }

  @Override
  public String name() {
    return name;
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
    String stem = Folders.name(image).replaceFirst("\\.jpg$", "");
    Path file = truth.resolve(stem + ".mat");
    try {
      Image photo = Images.read(image).image();
      List<boolean[]> annotators = boundaries(file);
      for (boolean[] one : annotators) {
        if (one.length != photo.width() * photo.height()) {
          throw new InputException.Damaged(
              "%s has boundaries of %d pixels, its photo %d x %d"
                  .formatted(file, one.length, photo.width(), photo.height()));
        }
      }
      return new Sample(stem, photo, List.of(new Truth.EdgeTruth(annotators)));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static List<boolean[]> boundaries(Path file) throws IOException {
    try {
      return annotators(Mat5.readFromFile(file.toFile()).getCell("groundTruth"));
    } catch (IOException | RuntimeException e) {
      throw new InputException.Damaged(file + " is no MATLAB file with groundTruth", e);
    }
  }

  private static List<boolean[]> annotators(Cell cell) {
    List<boolean[]> annotators = new ArrayList<>();
    for (int k = 0; k < cell.getNumElements(); k++) {
      Struct one = cell.getStruct(k);
      Matrix map = one.getMatrix("Boundaries");
      boolean[] edges = new boolean[map.getNumRows() * map.getNumCols()];
      for (int y = 0; y < map.getNumRows(); y++) {
        for (int x = 0; x < map.getNumCols(); x++) {
          edges[y * map.getNumCols() + x] = map.getLong(y, x) != 0;
        }
      }
      annotators.add(edges);
    }
    return annotators;
  }
}

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
      List<boolean[]> annotators = new ArrayList<>();
      for (Matrix map : boundaries(file)) {
        ListedSet.requireSize(
            "the boundaries of " + file, map.getNumCols(), map.getNumRows(), photo);
        annotators.add(edges(map, file));
      }
      if (annotators.isEmpty()) {
        throw new InputException.Damaged(file + " has the boundaries of no annotator");
      }
      return new Sample(stem, photo, List.of(new Truth.EdgeTruth(annotators)));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static List<Matrix> boundaries(Path file) throws IOException {
    try {
      Cell cell = Mat5.readFromFile(file.toFile()).getCell("groundTruth");
      List<Matrix> annotators = new ArrayList<>();
      for (int k = 0; k < cell.getNumElements(); k++) {
        annotators.add(cell.getStruct(k).getMatrix("Boundaries"));
      }
      return annotators;
    } catch (IOException | RuntimeException e) {
      throw new InputException.Damaged(
          file + " is no MATLAB v5 file of a cell groundTruth with Boundaries", e);
    }
  }

  private static boolean[] edges(Matrix map, Path file) throws InputException {
    boolean[] edges = new boolean[map.getNumRows() * map.getNumCols()];
    for (int y = 0; y < map.getNumRows(); y++) {
      for (int x = 0; x < map.getNumCols(); x++) {
        double value = map.getDouble(y, x);
        if (value != 0 && value != 1) {
          throw new InputException.Damaged(
              "%s has boundaries of %s, not 0 and 1; are they segments?".formatted(file, value));
        }
        edges[y * map.getNumCols() + x] = value == 1;
      }
    }
    return edges;
  }
}

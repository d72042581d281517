package dev.plantain.eval.set;

import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
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

  /**
   * @throws IOException if the folder has no {@code images}
   */
  public BsdsSet(Path folder) throws IOException {
    images = Folders.files(folder.resolve("images"), ".jpg");
    truth = folder.resolve("groundTruth");
  }

  @Override
  public String name() {
    return "bsds";
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
    try {
      return new Sample(
          stem,
          Images.read(image).image(),
          List.of(new Truth.EdgeTruth(boundaries(truth.resolve(stem + ".mat")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<boolean[]> boundaries(Path file) throws IOException {
    List<boolean[]> annotators = new ArrayList<>();
    Cell cell = Mat5.readFromFile(file.toFile()).getCell("groundTruth");
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

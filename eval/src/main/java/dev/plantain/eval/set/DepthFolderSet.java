package dev.plantain.eval.set;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.DepthPng;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Npy;
import dev.plantain.formats.NpyArray;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Photos with depth beside them in one folder: {@code NAME.npy} in metres, or {@code
 * NAME.depth.png} of 16 bits in the units of NYUv2 (millimetres) or KITTI (1/256 m).
 */
public final class DepthFolderSet implements EvalSet {

  /** Whose files they are: what a name begins with, units and the cap of the benchmark. */
  public enum Kind {
    NYU("nyu", DepthPng.Scale.MILLIMETRES, 10),
    KITTI("kitti", DepthPng.Scale.KITTI, 80),
    NPY("", DepthPng.Scale.KITTI, 80);

    private final String prefix;
    private final DepthPng.Scale scale;
    private final double capMetres;

    Kind(String prefix, DepthPng.Scale scale, double capMetres) {
      this.prefix = prefix;
      this.scale = scale;
      this.capMetres = capMetres;
    }
  }

  private final Kind kind;
  private final List<Path> truths;

  /**
   * @throws IOException if the folder holds no depth of that kind
   */
  public DepthFolderSet(Path folder, Kind kind) throws IOException {
    this.kind = kind;
    String ending = kind == Kind.NPY ? ".npy" : ".depth.png";
    truths =
        Folders.files(folder, ending).stream()
            .filter(f -> Folders.name(f).startsWith(kind.prefix))
            .toList();
    if (truths.isEmpty()) {
      throw new InputException(
          "%s holds no depth files %s*%s".formatted(folder, kind.prefix, ending));
    }
  }

  @Override
  public String name() {
    return "depth " + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public long size() {
    return truths.size();
  }

  @Override
  public Stream<Sample> samples() {
    return truths.stream().map(this::sample);
  }

  private Sample sample(Path truth) {
    String file = Folders.name(truth);
    String stem = file.substring(0, file.indexOf('.'));
    try {
      Path picture = truth.resolveSibling(stem + ".png");
      if (!Files.exists(picture)) {
        picture = truth.resolveSibling(stem + ".jpg");
      }
      Photo photo = Images.read(picture);
      float[] metres;
      if (kind == Kind.NPY) {
        NpyArray array = Npy.read(truth);
        Fit.require(truth, array, 1, photo);
        metres = array.toFloats();
      } else {
        DepthMap map = DepthPng.read(truth, kind.scale);
        Fit.require(truth, map.width(), map.height(), photo);
        metres = map.metres();
      }
      return new Sample(stem, photo.image(), List.of(new Truth.DepthTruth(metres, kind.capMetres)));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}

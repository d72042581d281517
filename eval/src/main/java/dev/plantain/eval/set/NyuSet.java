package dev.plantain.eval.set;

import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.InputException;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/**
 * NYUv2's labelled set: {@code nyu_depth_v2_labeled.mat} (MATLAB v7.3, which is HDF5: images N × 3
 * × 640 × 480, depths N × 640 × 480 in metres, both transposed) and {@code splits.mat} (MATLAB v5),
 * whose {@code testNdxs} are the 654 of the test, from 1. Raw depths count, not those filled in;
 * cap 10 m; Eigen's crop.
 */
public final class NyuSet implements EvalSet {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final double CAP_METRES = 10;

  private final Path file;
  private final List<Integer> indices;

  /**
   * @throws IOException if a file is missing or not what it should be
   */
  public NyuSet(Path folder) throws IOException {
    file = Folders.required(folder.resolve("nyu_depth_v2_labeled.mat"));
    Path splits = Folders.required(folder.resolve("splits.mat"));
    long count;
    try (HdfFile hdf = new HdfFile(file)) {
      int[] images = hdf.getDatasetByPath("/images").getDimensions();
      int[] depths = hdf.getDatasetByPath("/rawDepths").getDimensions();
      count = images[0];
      if (!Arrays.equals(images, new int[] {images[0], 3, WIDTH, HEIGHT})
          || !Arrays.equals(depths, new int[] {images[0], WIDTH, HEIGHT})) {
        throw new InputException.Damaged(
            "%s holds images of %s and rawDepths of %s; expected are N x 3 x 640 x 480 and N x 640 x 480"
                .formatted(file, Arrays.toString(images), Arrays.toString(depths)));
      }
    } catch (HdfException e) {
      throw new InputException.Damaged(
          file + " is no MATLAB v7.3 file with images and rawDepths: " + e.getMessage(), e);
    }
    indices = indices(splits, count);
  }

  private static List<Integer> indices(Path splits, long count) throws IOException {
    double[] ones;
    try {
      Matrix matrix = Mat5.readFromFile(splits.toFile()).getMatrix("testNdxs");
      ones = new double[matrix.getNumElements()];
      for (int i = 0; i < ones.length; i++) {
        ones[i] = matrix.getDouble(i);
      }
    } catch (IOException | RuntimeException e) {
      throw new InputException.Damaged(splits + " is no MATLAB v5 file with testNdxs", e);
    }
    Set<Double> listed = new HashSet<>();
    for (double one : ones) {
      if (!listed.add(one)) {
        throw new InputException.Damaged("%s lists number %s twice".formatted(splits, one));
      }
      if (one < 1 || one > count || one != Math.rint(one)) {
        throw new InputException.Damaged(
            "%s lists number %s of %d pictures".formatted(splits, one, count));
      }
    }
    if (ones.length == 0) {
      throw new InputException.Damaged(splits + " lists no pictures");
    }
    return Arrays.stream(ones).mapToObj(one -> (int) one - 1).toList();
  }

  @Override
  public String name() {
    return "nyuv2 test, raw depth, 10 m, Eigen's crop";
  }

  @Override
  public long size() {
    return indices.size();
  }

  @Override
  public Stream<Sample> samples() {
    HdfFile hdf = new HdfFile(file);
    Dataset images = hdf.getDatasetByPath("/images");
    Dataset depths = hdf.getDatasetByPath("/rawDepths");
    return indices.stream().map(i -> sample(i, images, depths)).onClose(hdf::close);
  }

  private static Sample sample(int index, Dataset images, Dataset depths) {
    Object image = images.getData(new long[] {index, 0, 0, 0}, new int[] {1, 3, WIDTH, HEIGHT});
    Object depth = depths.getData(new long[] {index, 0, 0}, new int[] {1, WIDTH, HEIGHT});
    byte[] rgb8 = new byte[3 * WIDTH * HEIGHT];
    float[] metres = new float[WIDTH * HEIGHT];
    for (int x = 0; x < WIDTH; x++) {
      float[] column = floats(Array.get(plane(depth), x));
      for (int y = 0; y < HEIGHT; y++) {
        metres[y * WIDTH + x] = column[y];
      }
      for (int c = 0; c < 3; c++) {
        Object levels = Array.get(Array.get(plane(image), c), x);
        for (int y = 0; y < HEIGHT; y++) {
          rgb8[3 * (y * WIDTH + x) + c] = level(levels, y);
        }
      }
    }
    DepthCrop.NYU.apply(metres, WIDTH, HEIGHT);
    return new Sample(
        String.format(Locale.ROOT, "nyu-%04d", index + 1),
        Image.of(WIDTH, HEIGHT, rgb8),
        List.of(new Truth.DepthTruth(metres, CAP_METRES)));
  }

  private static Object plane(Object slice) {
    return Array.get(slice, 0);
  }

  /** jHDF widens unsigned bytes; so does it with what it writes itself, but not always. */
  private static byte level(Object levels, int y) {
    return switch (levels) {
      case byte[] b -> b[y];
      case short[] s -> (byte) s[y];
      case int[] i -> (byte) i[y];
      default -> throw new IllegalStateException("images of " + levels.getClass());
    };
  }

  private static float[] floats(Object column) {
    if (column instanceof float[] f) {
      return f;
    }
    double[] doubles = (double[]) column;
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}

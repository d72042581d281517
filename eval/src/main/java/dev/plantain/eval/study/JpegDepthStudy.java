package dev.plantain.eval.study;

import dev.plantain.codec.DepthCodec;
import dev.plantain.core.Image;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Jpeg;
import dev.plantain.formats.Limits;
import dev.plantain.formats.Npy;
import dev.plantain.formats.NpyArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What saving a depth drawing as JPEG costs: AbsRel over the pixels that stay valid, as a multiple
 * of the PNG's (which is what 8 bits cost), and how many pixels are repaired or marked invalid.
 *
 * <p>{@code tools/run dev.plantain.eval.study.JpegDepthStudy MAP.npy … [--diorama VIEWS]}, maps of
 * float32 metres, two dimensions.
 */
public final class JpegDepthStudy {
  private static final double[] QUALITIES = {0.95, 0.75};
  private static final DepthCodec CODEC = DepthCodec.paper();

  /** Depth with edges, in metres; what is not above 0 and finite has no say. */
  private record Map(String name, int width, int height, float[] metres) {}

  /**
   * One drawing, read.
   *
   * @param absRel over valid pixels, repaired ones included
   * @param pixelwise AbsRel of reading each pixel on its own
   * @param smoothed pixels that are not as read on their own without being marked
   */
  record Reading(double absRel, double pixelwise, double repaired, double invalid, int smoothed) {}

  private JpegDepthStudy() {}

  public static void main(String[] args) throws InputException {
    List<Map> maps = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--diorama")) {
        TestViews.first(Integer.parseInt(args[++i]))
            .map(v -> new Map(v.id(), v.width(), v.height(), v.depthMetres()))
            .forEach(maps::add);
      } else {
        maps.add(read(Path.of(args[i])));
      }
    }
    System.out.println(
        "| drawing | file | AbsRel | times PNG's | pixel by pixel | repaired | invalid |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    double[][] sums = new double[QUALITIES.length][4];
    for (Map map : maps) {
      double png = row(map, "PNG", drawing(map), 0)[0];
      for (int q = 0; q < QUALITIES.length; q++) {
        byte[] jpeg = recompress(drawing(map), map.width, map.height, QUALITIES[q]);
        double[] figures = row(map, "JPEG " + QUALITIES[q], jpeg, png);
        for (int k = 0; k < figures.length; k++) {
          sums[q][k] += figures[k] / maps.size();
        }
      }
    }
    for (int q = 0; q < QUALITIES.length; q++) {
      System.out.printf(
          "| mean of %d | JPEG %s | %.5f | %.2f | | %.1f %% | %.1f %% |%n",
          maps.size(), QUALITIES[q], sums[q][0], sums[q][1], 100 * sums[q][2], 100 * sums[q][3]);
    }
  }

  private static byte[] drawing(Map map) {
    byte[] rgb8 = new byte[3 * map.metres.length];
    CODEC.encode(map.metres, rgb8);
    return rgb8;
  }

  private static double[] row(Map map, String file, byte[] rgb8, double png) {
    Reading r = read(map.metres, rgb8, map.width, map.height);
    if (r.smoothed > 0) {
      throw new IllegalStateException("%d unmarked pixels were changed".formatted(r.smoothed));
    }
    double base = png == 0 ? r.pixelwise : png;
    System.out.printf(
        "| %s | %s | %.5f | %.2f | %.2f | %.1f %% | %.1f %% |%n",
        map.name,
        file,
        r.absRel,
        r.absRel / base,
        r.pixelwise / base,
        100 * r.repaired,
        100 * r.invalid);
    return new double[] {png == 0 ? r.pixelwise : r.absRel, r.absRel / base, r.repaired, r.invalid};
  }

  static Reading read(float[] truth, byte[] rgb8, int width, int height) {
    float[] pixelwise = new float[truth.length];
    CODEC.decode(rgb8, pixelwise, null);
    float[] read = new float[truth.length];
    float[] confidence = new float[truth.length];
    DepthCodec.Marks marks = CODEC.decode(rgb8, width, height, read, confidence);
    int changed = 0;
    for (int i = 0; i < read.length; i++) {
      changed += read[i] != pixelwise[i] ? 1 : 0;
    }
    return new Reading(
        absRel(truth, read),
        absRel(truth, pixelwise),
        (double) marks.repaired() / truth.length,
        (double) marks.invalid() / truth.length,
        Math.max(0, changed - marks.repaired() - marks.invalid()));
  }

  /** Sky has no relative error: where the truth or the reading is endless, it does not count. */
  private static double absRel(float[] truth, float[] read) {
    double sum = 0;
    int valid = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] > 0 && Float.isFinite(truth[i]) && Float.isFinite(read[i])) {
        sum += Math.abs(read[i] - truth[i]) / truth[i];
        valid++;
      }
    }
    return valid == 0 ? Double.NaN : sum / valid;
  }

  static byte[] recompress(byte[] rgb8, int width, int height, double quality)
      throws InputException {
    byte[] jpeg = Jpeg.bytes(Image.of(width, height, rgb8), quality);
    return Images.read(jpeg, "a compressed drawing", Limits.DEFAULT).image().rgb8();
  }

  private static Map read(Path file) throws InputException {
    NpyArray array = Npy.read(file);
    if (array.shape().length != 2) {
      throw new InputException("%s is no depth map: it has %s".formatted(file, array));
    }
    return new Map(
        String.valueOf(file.getFileName()).replace(".npy", ""),
        array.shape()[1],
        array.shape()[0],
        array.toFloats());
  }
}

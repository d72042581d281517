package dev.plantain.eval.study;

import dev.plantain.codec.InstanceCodec;
import dev.plantain.codec.InstanceMap;
import dev.plantain.core.Image;
import dev.plantain.eval.metric.InstanceError;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The default instance decoder against the paper's on corrupted drawings with known truth: pmF1 as
 * {@link InstanceError} defines it.
 *
 * <p>{@code tools/run dev.plantain.eval.study.InstanceStudy [DRAWINGS [PICTURE.png]]}; 500 drawings
 * unless told otherwise. The picture shows one drawing of each corruption and both readings.
 */
public final class InstanceStudy {
  private static final int SIDE = 256;
  private static final int DRAWINGS = 500;
  private static final long SEED = 20260420;

  /** Space between the pictures of a row, pixels. */
  private static final int GAP = 8;

  /**
   * pmF1 on the drawings of one corruption.
   *
   * @param unnamed of the default decoder when it is not told the background
   */
  record Row(String corruption, int drawings, double paper, double named, double unnamed) {}

  private InstanceStudy() {}

  public static void main(String[] args) throws IOException {
    int drawings = args.length > 0 ? Integer.parseInt(args[0]) : DRAWINGS;
    System.out.println("| pmF1 | drawings | paper | default | background not named |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (Row row : rows(drawings, SEED)) {
      System.out.printf(
          "| %s | %d | %.3f | %.3f | %.3f |%n",
          row.corruption, row.drawings, row.paper, row.named, row.unnamed);
    }
    if (args.length > 1) {
      Png.write(Path.of(args[1]), picture());
    }
  }

  /** One row a corruption, and one for all. */
  static List<Row> rows(int drawings, long seed) {
    Corruption[] kinds = Corruption.values();
    InstanceError[][] errors = new InstanceError[kinds.length + 1][3];
    int[] count = new int[kinds.length + 1];
    for (InstanceError[] row : errors) {
      for (int k = 0; k < row.length; k++) {
        row[k] = new InstanceError();
      }
    }
    for (int k = 0; k < drawings; k++) {
      int kind = k % kinds.length;
      InstanceDrawing drawing = drawing(kinds[kind], seed * 1_000_003 + k);
      InstanceCodec[] codecs = {
        InstanceCodec.paper(drawing.background()),
        InstanceCodec.clusters(drawing.background()),
        InstanceCodec.clusters()
      };
      List<BitSet> truth = masks(drawing.truth());
      for (int c = 0; c < codecs.length; c++) {
        InstanceMap map = codecs[c].decode(drawing.rgb8(), SIDE, SIDE);
        List<BitSet> found = masks(map.ids());
        errors[kind][c].add(found, truth);
        errors[kinds.length][c].add(found, truth);
      }
      count[kind]++;
      count[kinds.length]++;
    }
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < errors.length; row++) {
      String name =
          row < kinds.length ? kinds[row].name().toLowerCase(Locale.ROOT).replace('_', ' ') : "all";
      rows.add(
          new Row(name, count[row], f1(errors[row][0]), f1(errors[row][1]), f1(errors[row][2])));
    }
    return rows;
  }

  private static InstanceDrawing drawing(Corruption kind, long seed) {
    Random random = new Random(seed);
    InstanceDrawing clean =
        InstanceDrawing.random(
            SIDE, 2 + random.nextInt(11), kind == Corruption.NEAR_NEIGHBOURS, random);
    return kind.apply(clean, random);
  }

  private static double f1(InstanceError error) {
    return error.figures().getFirst().value();
  }

  /** The pixels of each number above 0 that has any. */
  private static List<BitSet> masks(int[] ids) {
    List<BitSet> masks = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] > 0) {
        while (masks.size() < ids[i]) {
          masks.add(new BitSet());
        }
        masks.get(ids[i] - 1).set(i);
      }
    }
    masks.removeIf(BitSet::isEmpty);
    return masks;
  }

  /**
   * A column for each corruption; from above: the drawing, the paper's reading, the default one.
   */
  private static Image picture() {
    Corruption[] kinds = Corruption.values();
    int pitch = SIDE / 2 + GAP;
    int width = kinds.length * pitch - GAP;
    int height = 3 * pitch - GAP;
    byte[] rgb8 = Image.filled(width, height, 0xffffff).rgb8();
    for (int kind = 0; kind < kinds.length; kind++) {
      InstanceDrawing drawing = drawing(kinds[kind], SEED + kind);
      Image[] column = {
        Image.of(SIDE, SIDE, drawing.rgb8()),
        shown(InstanceCodec.paper(drawing.background()).decode(drawing.rgb8(), SIDE, SIDE)),
        shown(InstanceCodec.clusters(drawing.background()).decode(drawing.rgb8(), SIDE, SIDE))
      };
      for (int row = 0; row < column.length; row++) {
        for (int y = 0; y < SIDE / 2; y++) {
          for (int x = 0; x < SIDE / 2; x++) {
            int rgb = column[row].rgb(2 * x, 2 * y);
            int at = 3 * ((row * pitch + y) * width + kind * pitch + x);
            rgb8[at] = (byte) (rgb >> 16);
            rgb8[at + 1] = (byte) (rgb >> 8);
            rgb8[at + 2] = (byte) rgb;
          }
        }
      }
    }
    return Image.of(width, height, rgb8);
  }

  /** Far-apart hues by number, so that two instances in near colours can be told apart. */
  private static Image shown(InstanceMap map) {
    int[] ids = map.ids();
    byte[] rgb8 = new byte[3 * ids.length];
    for (int i = 0; i < ids.length; i++) {
      int rgb =
          ids[i] > 0
              ? java.awt.Color.HSBtoRGB(ids[i] * 0.618f, ids[i] % 2 == 0 ? 0.55f : 1, 1)
              : ids[i] == 0 ? 0 : 0x606060;
      rgb8[3 * i] = (byte) (rgb >> 16);
      rgb8[3 * i + 1] = (byte) (rgb >> 8);
      rgb8[3 * i + 2] = (byte) rgb;
    }
    return Image.of(map.width(), map.height(), rgb8);
  }
}

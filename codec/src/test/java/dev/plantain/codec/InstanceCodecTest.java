package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstanceCodecTest {
  private static final int[] COLOURS = {
    0x101010, 0xff0000, 0x00c000, 0x2030ff, 0xffff00, 0x00ffff, 0xff00ff, 0xf0f0f0, 0x806020
  };

  /** Discs that may overlap, slivers left out; 0 is the ground. */
  private static int[] discs(int side, int count, Random random) {
    int[] ids = new int[side * side];
    for (int id = 1; id <= count; id++) {
      int x = random.nextInt(side);
      int y = random.nextInt(side);
      int radius = side / 16 + random.nextInt(side / 8);
      for (int i = 0; i < ids.length; i++) {
        ids[i] = Math.hypot(i % side - x, i / side - y) <= radius ? id : ids[i];
      }
    }
    int[] area = new int[count + 1];
    for (int id : ids) {
      area[id]++;
    }
    return Arrays.stream(ids).map(id -> area[id] < 300 ? 0 : id).toArray();
  }

  /** Mean of the best intersection over union of each instance, those too many counting 0. */
  private static void assertReadsBack(int[] truth, InstanceMap map, int seed) {
    assertReadsBack(truth, map, seed, 0.9);
  }

  private static void assertReadsBack(int[] truth, InstanceMap map, int seed, double least) {
    int found = map.instances().size();
    int most = Arrays.stream(truth).max().orElse(0);
    int[][] both = new int[most + 1][found + 1];
    int[] area = new int[most + 1];
    for (int i = 0; i < truth.length; i++) {
      both[truth[i]][Math.max(0, map.ids()[i])]++;
      area[truth[i]]++;
    }
    double sum = 0;
    int present = 0;
    for (int t = 1; t <= most; t++) {
      double best = 0;
      for (InstanceMap.Instance instance : map.instances()) {
        double in = both[t][instance.id()];
        best = Math.max(best, in / (area[t] + instance.area() - in));
      }
      present += area[t] > 0 ? 1 : 0;
      sum += area[t] > 0 ? best : 0;
    }
    assertThat(sum / Math.max(present, found)).as("seed %d", seed).isGreaterThan(least);
  }

  /** The mean of a drawing over shifts by up to {@code reach} pixels, with a little noise. */
  private static byte[] unsure(byte[] rgb8, int side, int reach, Random random) {
    byte[] mean = new byte[rgb8.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
              int there = Math.clamp(y + dy, 0, side - 1) * side + Math.clamp(x + dx, 0, side - 1);
              sum += rgb8[3 * there + c] & 0xff;
            }
          }
          double level = sum / (2 * reach + 1) / (2 * reach + 1) + 2 * random.nextGaussian();
          mean[3 * (y * side + x) + c] = (byte) Math.clamp(Math.round(level), 0, 255);
        }
      }
    }
    return mean;
  }

  /** Four discs in a row, of which hue tells one from the next even where they are blended. */
  @Test
  void softDrawingsWithPlacedColoursAreRead() {
    int side = 128;
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      int[] truth = new int[side * side];
      for (int k = 0; k < 4; k++) {
        int cx = 16 + 32 * k;
        int cy = 30 + random.nextInt(68);
        for (int i = 0; i < truth.length; i++) {
          truth[i] = Math.hypot(i % side - cx, i / side - cy) <= 14 ? k + 1 : truth[i];
        }
      }
      byte[] rgb8 = new byte[3 * truth.length];
      InstancePaint.paint(truth, side, side, 0, rgb8);
      byte[] soft = unsure(rgb8, side, 7, random);
      InstanceMap map = InstanceCodec.clusters(0).decode(soft, side, side);
      assertThat(map.instances()).as("seed %d", seed).hasSize(4);
      // The blend of a disc's rim and the ground is ground.
      assertReadsBack(truth, map, seed, 0.65);
    }
  }

  /** What is drawn at a third of its brightness is there in one case of three. */
  @Test
  void whatIsUnlikelyInASoftDrawingIsNoInstance() {
    int side = 128;
    int[] truth = new int[side * side];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = Math.hypot(i % side - 30, i / side - 50) <= 18 ? 1 : 0;
      truth[i] = Math.hypot(i % side - 95, i / side - 60) <= 18 ? 2 : truth[i];
    }
    byte[] rgb8 = new byte[3 * truth.length];
    InstancePaint.paint(truth, side, side, 0, rgb8);
    for (int i = 0; i < truth.length; i++) {
      for (int c = 0; c < 3 && truth[i] == 2; c++) {
        rgb8[3 * i + c] = (byte) ((rgb8[3 * i + c] & 0xff) / 3);
      }
    }
    byte[] soft = unsure(rgb8, side, 7, new Random(1));
    InstanceMap map = InstanceCodec.clusters(0).decode(soft, side, side);
    assertThat(map.instances()).hasSize(1);
    assertThat(map.ids()[50 * side + 30]).isEqualTo(1);
  }

  /** Exact drawings are read by their colours alone, though they are placed. */
  @Test
  void exactDrawingsOfStackedInstancesKeepThemApart() {
    int side = 128;
    int[] truth = new int[side * side];
    for (int i = 0; i < truth.length; i++) {
      int y = i / side;
      truth[i] = Math.abs(i % side - 64) > 12 || y < 20 || y > 108 ? 0 : y < 64 ? 1 : 2;
    }
    byte[] rgb8 = new byte[3 * truth.length];
    InstancePaint.paint(truth, side, side, 0, rgb8);
    InstanceMap map = InstanceCodec.clusters(0).decode(rgb8, side, side);
    assertThat(map.instances()).hasSize(2);
    assertReadsBack(truth, map, 0);
  }

  @Test
  void cleanDrawingsReadExactly() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int[] truth = discs(256, 1 + random.nextInt(8), random);
      truth[0] = 0;
      byte[] rgb8 = new byte[3 * truth.length];
      for (int i = 0; i < truth.length; i++) {
        Colours.put(COLOURS[truth[i]], rgb8, i);
      }
      for (InstanceCodec codec :
          new InstanceCodec[] {
            InstanceCodec.clusters(Colours.get(rgb8, 0)), InstanceCodec.clusters()
          }) {
        assertReadsBack(truth, codec.decode(rgb8, 256, 256), seed);
      }
    }
  }

  @Test
  void theResultIsConsistent() {
    byte[] rgb8 = new byte[3 * 200 * 200];
    InstancePaint.paint(discs(200, 9, new Random(1)), 200, 200, 0, rgb8);
    for (InstanceCodec codec :
        new InstanceCodec[] {InstanceCodec.paper(0), InstanceCodec.clusters(0)}) {
      InstanceMap map = codec.decode(rgb8, 200, 200);
      int last = Integer.MAX_VALUE;
      for (int k = 0; k < map.instances().size(); k++) {
        InstanceMap.Instance instance = map.instances().get(k);
        assertThat(instance.id()).isEqualTo(k + 1);
        int area = 0;
        for (boolean in : map.mask(instance.id())) {
          area += in ? 1 : 0;
        }
        assertThat(instance.area()).isEqualTo(area).isLessThanOrEqualTo(last);
        assertThat(instance.confidence()).isBetween(0f, 1f);
        last = area;
      }
      assertThat(Arrays.stream(map.ids()).max().orElse(0)).isEqualTo(map.instances().size());
    }
  }

  @Test
  void thePapersFiveStages() {
    int side = 100;
    byte[] rgb8 = new byte[3 * side * side];
    fill(rgb8, side, 10, 10, 30, 30, 0xff0000);
    // The same colour, near enough to merge; a thin halo; a speck; background drift within τ.
    fill(rgb8, side, 40, 10, 60, 30, 0xfa0505);
    fill(rgb8, side, 10, 80, 90, 81, 0x00ff00);
    fill(rgb8, side, 95, 95, 96, 96, 0x0000ff);
    fill(rgb8, side, 70, 40, 90, 60, 0x080808);
    InstanceMap map = InstanceCodec.paper(0).decode(rgb8, side, side);
    assertThat(map.instances()).hasSize(1);
    assertThat(map.instances().getFirst().area()).isEqualTo(800);
    assertThat(map.ids()[80 * side + 50]).isEqualTo(InstanceMap.UNASSIGNED);
    assertThat(map.ids()[95 * side + 95]).isEqualTo(InstanceMap.UNASSIGNED);
    assertThat(map.ids()[50 * side + 80]).isEqualTo(InstanceMap.BACKGROUND);
    // Too far apart for their size: two instances.
    byte[] apart = new byte[3 * side * side];
    fill(apart, side, 0, 0, 10, 10, 0xff0000);
    fill(apart, side, 90, 90, 100, 100, 0xff0000);
    assertThat(InstanceCodec.paper(0).decode(apart, side, side).instances()).hasSize(2);
  }

  private static void fill(byte[] rgb8, int side, int x0, int y0, int x1, int y1, int rgb) {
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        Colours.put(rgb, rgb8, y * side + x);
      }
    }
  }

  @Test
  void anyPictureIsReadWithoutException() {
    Random random = new Random(9);
    for (int k = 0; k < 200; k++) {
      int width = 1 + random.nextInt(24);
      int height = 1 + random.nextInt(24);
      byte[] rgb8 = new byte[3 * width * height];
      if (k % 3 > 0) {
        random.nextBytes(rgb8);
      }
      for (int i = 0; k % 3 == 2 && i < rgb8.length; i++) {
        rgb8[i] = (byte) (rgb8[i] < 0 ? 255 : 0);
      }
      InstanceCodec.clusters().decode(rgb8, width, height);
      InstanceCodec.clusters(random.nextInt(1 << 24)).decode(rgb8, width, height);
      InstanceCodec.paper(0xffffff).decode(rgb8, width, height);
    }
    assertThatThrownBy(() -> InstanceCodec.clusters().decode(new byte[3], 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paintedInstancesReadBack() {
    for (int seed = 0; seed < 10; seed++) {
      int[] truth = discs(256, 10, new Random(seed));
      byte[] rgb8 = new byte[3 * truth.length];
      InstancePaint.paint(truth, 256, 256, 0, rgb8);
      assertReadsBack(truth, InstanceCodec.clusters(0).decode(rgb8, 256, 256), seed);
    }
  }

  @Test
  void paintIsAFunctionOfPlaceAndKeepsInstancesApart() {
    int side = 120;
    int[] ids = new int[side * side];
    for (int k = 0; k < 36; k++) {
      for (int i = 0; i < 100; i++) {
        ids[(20 * (k / 6) + 5 + i / 10) * side + 20 * (k % 6) + 5 + i % 10] = 100 - k;
      }
    }
    byte[] rgb8 = new byte[3 * ids.length];
    InstancePaint.paint(ids, side, side, 0x202020, rgb8);
    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < ids.length; i++) {
      colours.add(Colours.get(rgb8, i));
    }
    assertThat(colours).hasSize(37).contains(0x202020);
    for (int a : colours) {
      for (int b : colours) {
        assertThat(a == b || Colours.distance(a, b) >= InstancePaint.LEAST_DISTANCE).isTrue();
      }
    }
    // Other numbers, the same drawing.
    int[] renumbered = Arrays.stream(ids).map(id -> id == 0 ? -1 : 7 * id).toArray();
    byte[] again = new byte[rgb8.length];
    InstancePaint.paint(renumbered, side, side, 0x202020, again);
    assertThat(again).isEqualTo(rgb8);
  }

  @Test
  void moreInstancesThanColoursAreRefused() {
    int[] ids = IntStream.rangeClosed(1, 4096).toArray();
    assertThatThrownBy(() -> InstancePaint.paint(ids, 64, 64, 0, new byte[3 * ids.length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4096 instances")
        .hasMessageContaining("at most 4095");
  }

  @Test
  void neighbouringPlacesHaveNeighbouringColours() {
    for (double u = 0; u < 0.99; u += 0.01) {
      for (double v = 0; v < 0.99; v += 0.01) {
        int here = InstancePaint.colourAt(u, v);
        assertThat(Colours.distance(here, InstancePaint.colourAt(u + 0.01, v))).isLessThan(20);
        assertThat(Colours.distance(here, InstancePaint.colourAt(u, v + 0.01))).isLessThan(20);
      }
    }
  }

  @Test
  void relativeInverseDepth() {
    InverseDepthCodec codec = InverseDepthCodec.grey();
    float[] inverse = new float[6];
    codec.normalise(new float[] {1, 2, 4, Float.POSITIVE_INFINITY, Float.NaN, 0}, inverse);
    assertThat(inverse).containsExactly(1, 1 / 3f, 0, 0, Float.NaN, Float.NaN);
    byte[] rgb8 = new byte[18];
    codec.encode(inverse, rgb8);
    float[] read = new float[6];
    float[] confidence = new float[6];
    codec.decode(rgb8, read, confidence);
    assertThat(read[0]).isEqualTo(1);
    assertThat(read[1]).isEqualTo(1 / 3f);
    assertThat(confidence).containsExactly(1, 1, 1, 1, 0, 0);
  }
}

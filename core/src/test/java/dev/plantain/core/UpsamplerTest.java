package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsamplerTest {
  private static final int SCALE = 6;
  private static final Room SMALL = new Room(96, 72, 8);
  private static final Room LARGE = new Room(96 * SCALE, 72 * SCALE, 8);
  private static final Upsampler UP =
      new Upsampler(LARGE.photo(), new Placement(1.0 / SCALE, 1.0 / SCALE, 0, 0));

  @Test
  void bordersFollowThePhotoBetterThanTheNearestPixel() {
    LabelMap labels = UP.labels(SMALL.labels());
    int[] truth = LARGE.labels().labels();
    LabelMap nearest = SMALL.labels();
    int[] got = labels.labels();
    int wrong = 0;
    int nearestWrong = 0;
    for (int i = 0; i < truth.length; i++) {
      int x = i % LARGE.width() / SCALE;
      int y = i / LARGE.width() / SCALE;
      wrong += got[i] == truth[i] ? 0 : 1;
      nearestWrong += nearest.label(x, y) == truth[i] ? 0 : 1;
    }
    assertThat(wrong).isLessThan(nearestWrong / 2);
  }

  @Test
  void noThirdDepthAppears() {
    DepthMap up = UP.depth(SMALL.depth());
    float[] truth = LARGE.depth().metres();
    float[] got = up.metres();
    double sum = 0;
    int far = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = Math.abs(got[i] - truth[i]) / truth[i];
      sum += error;
      far += error > 0.1 ? 1 : 0;
    }
    assertThat(sum / truth.length).isLessThan(0.01);
    assertThat((double) far / truth.length).isLessThan(0.01);
    // What lies between a near and a far thing must not be made up.
    float[] small = SMALL.depth().metres();
    Arrays.sort(small);
    for (float m : got) {
      int at = Arrays.binarySearch(small, m * 0.93f);
      assertThat(small[Math.min(small.length - 1, at < 0 ? -1 - at : at)]).isLessThan(m * 1.07f);
    }
  }

  @Test
  void skyAndInvalidStayPure() {
    float[] metres = SMALL.depth().metres();
    for (int i = 0; i < metres.length / 4; i++) {
      metres[i] = Float.POSITIVE_INFINITY;
    }
    for (int i = metres.length * 3 / 4; i < metres.length; i++) {
      metres[i] = Float.NaN;
    }
    DepthMap up = UP.depth(DepthMap.of(96, 72, metres));
    assertThat(up.metres(10, 10)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(up.metres(300, 425)).isNaN();
    assertThat(up.finiteShare()).isBetween(0.45, 0.55);
  }

  @Test
  void normalsStayUnitVectors() {
    NormalMap up = UP.normals(SMALL.normals()); // NormalMap.of refuses others
    float[] truth = LARGE.normals().xyz();
    float[] got = up.xyz();
    double degrees = 0;
    for (int i = 0; i < got.length; i += 3) {
      double dot = got[i] * truth[i] + got[i + 1] * truth[i + 1] + got[i + 2] * truth[i + 2];
      degrees += Math.toDegrees(Math.acos(Math.clamp(dot, -1, 1)));
    }
    assertThat(3 * degrees / got.length).isLessThan(3);
  }

  @Test
  void theSamePixelsPassUntouched() {
    Upsampler same = new Upsampler(SMALL.photo(), Placement.SAME);
    DepthMap depth = SMALL.depth();
    assertThat(same.depth(depth)).isSameAs(depth);
  }

  @Test
  void paddingIsCutOffAndWhatIsBeyondIsEmpty() {
    // The photo lies to the right of the drawing by half.
    Upsampler half = new Upsampler(SMALL.photo(), new Placement(1, 1, 48, 0));
    BitSet all = new BitSet();
    all.set(0, 96 * 72);
    Mask mask = half.mask(Mask.of("x", 96, 72, all, 1));
    assertThat(mask.contains(47, 10)).isTrue();
    assertThat(mask.contains(48, 10)).isFalse();
    assertThat(half.depth(SMALL.depth()).metres(60, 10)).isNaN();
    assertThat(half.labels(SMALL.labels()).label(60, 10)).isEqualTo(LabelMap.UNASSIGNED);
    Mask empty = half.mask(Mask.of("x", 96, 72, new BitSet(), 0.8f));
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.score()).isEqualTo(0.8f);
  }

  private static Instance columns(int from, int to, float score) {
    BitSet bits = new BitSet();
    for (int y = 0; y < 72; y++) {
      bits.set(96 * y + from, 96 * y + to);
    }
    return new Instance(Mask.of("x", 96, 72, bits, score), from);
  }

  @Test
  void whatIsCutOffIsNotThere() {
    Upsampler right = new Upsampler(SMALL.photo(), new Placement(1, 1, 48, 0));
    Mask gone = right.mask(columns(0, 40, 0.75f).mask());
    assertThat(gone.isEmpty()).isTrue();
    assertThat(gone.score()).isEqualTo(0.25f);
    InstanceList all =
        new InstanceList(
            "x", 96, 72, List.of(columns(0, 53, 1), columns(60, 96, 1), columns(54, 60, 1)), 0.75f);
    InstanceList cut = right.instances(all);
    assertThat(cut).map(Instance::rgb).containsExactly(60, 54, 0);
    assertThat(cut.score()).isEqualTo(0.75f);
    InstanceList none =
        right.instances(new InstanceList("x", 96, 72, List.of(columns(0, 40, 1)), 0.75f));
    assertThat(none).isEmpty();
    assertThat(none.score()).isEqualTo(0.25f);
  }
}

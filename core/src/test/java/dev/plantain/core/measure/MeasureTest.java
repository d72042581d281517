package dev.plantain.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void arraysAreCopiedInAndOut() {
    float[] metres = {1, 2};
    DepthMap depth = DepthMap.of(2, 1, metres);
    metres[0] = 9;
    depth.metres()[1] = 9;
    assertThat(depth.metres()).containsExactly(1, 2);
  }

  @Test
  void unprojectionFollowsThePinholeModel() {
    float[] metres = {2, Float.NaN, Float.POSITIVE_INFINITY, 4};
    Camera camera = new Camera(100, 50, 1, 1);
    PointCloud cloud = DepthMap.of(2, 2, metres).unproject(camera);
    assertThat(cloud.size()).isEqualTo(2);
    assertThat(cloud.pixels()).containsExactly(0, 3);
    // Left of and above the principal point: x and y are negative, y points down.
    assertThat(cloud.xyz())
        .containsExactly(
            new float[] {-0.5f / 100 * 2, -0.5f / 50 * 2, 2, 0.5f / 100 * 4, 0.5f / 50 * 4, 4},
            within(1e-6f));
  }

  @Test
  void camerasByAngleAndBy35MillimetresAgree() {
    // A 50 mm lens on 36 mm × 24 mm sees 39.6° across.
    Camera fifty = Camera.of35mmEquivalent(3600, 2400, 50);
    assertThat(fifty.fx()).isCloseTo(5000, within(1e-6));
    assertThat(fifty.fovX(3600)).isCloseTo(39.5978, within(1e-3));
    assertThat(Camera.ofFovX(3600, 2400, 39.5978).fx()).isCloseTo(5000, within(0.1));
    assertThatThrownBy(() -> Camera.ofFovX(10, 10, 180)).hasMessageContaining("180");
  }

  @Test
  void masksKnowTheirBoxAndOverlap() {
    BitSet bits = new BitSet();
    bits.set(12);
    bits.set(25);
    Mask mask = Mask.of("cup", 10, 5, bits, 0.5f);
    assertThat(mask.box()).isEqualTo(new Mask.Box(2, 1, 4, 2));
    assertThat(mask.area()).isEqualTo(2);
    assertThat(mask.contains(2, 1)).isTrue();
    assertThat(mask.contains(-1, 2)).isFalse();
    BitSet one = new BitSet();
    one.set(12);
    assertThat(mask.iou(Mask.of("cup", 10, 5, one, 1))).isEqualTo(0.5);
    Mask empty = Mask.of("cup", 10, 5, new BitSet(), 1);
    assertThat(empty.box()).isEqualTo(new Mask.Box(0, 0, 0, 0));
    assertThat(empty.iou(empty)).isEqualTo(1);
    assertThat(empty).hasToString("Mask[cup: not there, score 1.00]");
  }

  @Test
  void impossibleValuesAreRefused() {
    assertThatThrownBy(() -> DepthMap.of(1, 1, new float[] {-1}))
        .hasMessageContaining("at least 0");
    assertThatThrownBy(() -> DepthMap.of(2, 2, new float[3])).hasMessageContaining("needs 4");
    assertThatThrownBy(() -> NormalMap.of(1, 1, new float[] {1, 1, 1}))
        .hasMessageContaining("length 1");
    assertThatThrownBy(() -> LabelMap.of(1, 1, List.of("a"), new int[] {1}))
        .hasMessageContaining("none of 1");
    assertThatThrownBy(() -> LabelMap.of(1, 1, List.of("a"), new int[] {0}, new float[] {2}))
        .hasMessageContaining("[0, 1]");
  }

  @Test
  void quantilesSkipWhatIsNotFinite() {
    float[] metres = {3, Float.NaN, 1, Float.POSITIVE_INFINITY, 2};
    DepthMap depth = DepthMap.of(5, 1, metres);
    assertThat(depth.quantile(0.5)).isEqualTo(2);
    assertThat(depth.finiteShare()).isEqualTo(0.6);
    assertThat(depth.scaled(2).quantile(1)).isEqualTo(6);
    assertThat(DepthMap.of(1, 1, new float[] {Float.NaN}).quantile(0.5)).isNaN();
  }

  @Property
  void mirroredTwiceIsTheSame(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = width * height;
    float[] values = new float[n];
    float[] xyz = new float[3 * n];
    int[] labels = new int[n];
    BitSet bits = new BitSet();
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble();
      labels[i] = random.nextInt(-1, 2);
      bits.set(i, random.nextBoolean());
      float angle = (float) random.nextDouble(6.2);
      xyz[3 * i] = (float) Math.cos(angle);
      xyz[3 * i + 2] = (float) Math.sin(angle);
    }
    Mask mask = Mask.of("x", width, height, bits, 0.5f);
    NormalMap normals = NormalMap.of(width, height, xyz, values);
    for (Measurement m :
        List.of(
            DepthMap.of(width, height, values, values),
            RelativeDepth.of(width, height, values, values),
            normals,
            LabelMap.of(width, height, List.of("a", "b"), labels, values),
            EdgeMap.of(width, height, values, values),
            mask)) {
      assertThat(m.mirrored().mirrored()).isEqualTo(m);
    }
    int y = random.nextInt(height);
    int x = random.nextInt(width);
    assertThat(mask.mirrored().contains(width - 1 - x, y)).isEqualTo(mask.contains(x, y));
    int from = 3 * (y * width + x);
    int to = 3 * (y * width + width - 1 - x);
    float[] seen = normals.mirrored().xyz();
    float[] own = normals.xyz();
    assertThat(seen[to]).isEqualTo(-own[from]);
    assertThat(seen[to + 2]).isEqualTo(own[from + 2]);
  }
}

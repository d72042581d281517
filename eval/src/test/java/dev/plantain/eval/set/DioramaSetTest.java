package dev.plantain.eval.set;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Image;
import dev.plantain.diorama.Box;
import dev.plantain.diorama.Camera;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import dev.plantain.eval.Truth;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DioramaSetTest {
  private static final int SIDE = 24;
  private static final int CATEGORIES = 10;

  @Test
  void legendsHaveTwoToEightDifferentClassesAndColours() throws IOException {
    SortedSet<Integer> sizes = new TreeSet<>();
    for (Truth.SegmentTruth truth : legends(new DioramaSet("toy", 300, DioramaSetTest::views))) {
      sizes.add(truth.classes().size());
      assertThat(truth.classes()).doesNotHaveDuplicates();
      assertThat(new HashSet<>(truth.rgbs())).hasSameSizeAs(truth.classes());
    }
    assertThat(sizes).containsExactly(2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aProtocolMayAskForFewer() throws IOException {
    SortedSet<Integer> sizes = new TreeSet<>();
    legends(new DioramaSet("toy", 300, 6, DioramaSetTest::views))
        .forEach(truth -> sizes.add(truth.classes().size()));
    assertThat(sizes).containsExactly(2, 3, 4, 5, 6);
  }

  private static List<Truth.SegmentTruth> legends(DioramaSet set) throws IOException {
    return set.samples()
        .flatMap(sample -> sample.truths().stream())
        .filter(Truth.SegmentTruth.class::isInstance)
        .map(Truth.SegmentTruth.class::cast)
        .toList();
  }

  private static Stream<View> views() {
    return LongStream.range(0, 300).mapToObj(DioramaSetTest::view);
  }

  /** Stripes, each of another category. */
  private static View view(long seed) {
    short[] ids = new short[SIDE * SIDE];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (short) (i % SIDE % CATEGORIES);
    }
    return new View(
        "toy-" + seed,
        seed,
        Image.of(SIDE, SIDE, new byte[3 * SIDE * SIDE]),
        SIDE,
        SIDE,
        new float[SIDE * SIDE],
        new float[3 * SIDE * SIDE],
        ids,
        new byte[SIDE * SIDE],
        IntStream.range(0, CATEGORIES).mapToObj(DioramaSetTest::thing).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Camera(SIDE, 53.1, 1.5, 0, 0));
  }

  private static Thing thing(int id) {
    Box box = new Box(0, 0, 1, 1);
    String name = "category " + id;
    return new Thing(id, name, name, "red", 0xff0000, false, true, "", box, box, 48, 2, null);
  }
}

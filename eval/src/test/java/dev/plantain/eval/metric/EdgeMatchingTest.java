package dev.plantain.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EdgeMatchingTest {
  private static final int SIDE = 12;

  @Property(tries = 200)
  void findsAsManyPairsAsPlainAugmenting(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] a = random(random);
    boolean[] b = random(random);
    double reach = 1 + 2 * random.nextDouble();
    boolean[] matched = new boolean[a.length];
    int pairs = EdgeMatching.match(a, b, SIDE, SIDE, reach, matched);
    assertThat(pairs).isEqualTo(plain(a, b, reach));
    int marked = 0;
    for (int i = 0; i < a.length; i++) {
      assertThat(matched[i] && !a[i]).isFalse();
      marked += matched[i] ? 1 : 0;
    }
    assertThat(marked).isEqualTo(pairs);
  }

  @Test
  void alineShiftedWithinReachIsMatchedWhole() {
    boolean[] a = new boolean[SIDE * SIDE];
    boolean[] b = new boolean[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      a[y * SIDE + 4] = true;
      b[y * SIDE + 6] = true;
    }
    assertThat(EdgeMatching.match(a, b, SIDE, SIDE, 2, new boolean[a.length])).isEqualTo(SIDE);
    assertThat(EdgeMatching.match(a, b, SIDE, SIDE, 1.9, new boolean[a.length])).isZero();
  }

  private static boolean[] random(SplittableRandom random) {
    boolean[] set = new boolean[SIDE * SIDE];
    for (int i = 0; i < set.length; i++) {
      set[i] = random.nextDouble() < 0.2;
    }
    return set;
  }

  private static int plain(boolean[] a, boolean[] b, double reach) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      if (a[i]) {
        left.add(i);
      }
    }
    int[] owner = new int[b.length];
    Arrays.fill(owner, -1);
    int pairs = 0;
    for (int i : left) {
      pairs += augment(i, b, reach, owner, new boolean[b.length]) ? 1 : 0;
    }
    return pairs;
  }

  private static boolean augment(int i, boolean[] b, double reach, int[] owner, boolean[] seen) {
    for (int j = 0; j < b.length; j++) {
      if (b[j] && !seen[j] && Math.hypot(i % SIDE - j % SIDE, i / SIDE - j / SIDE) <= reach) {
        seen[j] = true;
        if (owner[j] < 0 || augment(owner[j], b, reach, owner, seen)) {
          owner[j] = i;
          return true;
        }
      }
    }
    return false;
  }
}

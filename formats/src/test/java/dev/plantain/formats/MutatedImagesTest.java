package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Broken files are read or refused, quickly, and nothing stays behind. */
class MutatedImagesTest {
  private static final List<String> SEEDS =
      List.of(
          "rgb.png",
          "palette.png",
          "grey16.png",
          "alpha.png",
          "rgb.bmp",
          "raw.tif",
          "lzw.tif",
          "pages.tif",
          "lossless.webp",
          "lossy.webp",
          "animated.webp",
          "progressive.jpg",
          "cmyk.jpg",
          "orientation-6.jpg",
          "grey.jpg",
          "animated.gif");

  /** Small: what a mutated header asks for beyond this is refused before decoding. */
  private static final Limits LIMITS = new Limits(1 << 20, 4_000_000);

  @Test
  void aFewHundred() throws Exception {
    mutate(400);
  }

  @Test
  @Tag("slow")
  void tenThousand() throws Exception {
    mutate(2_000); // warm up: caches and classes are no leak
    long before = usedMemory();
    mutate(10_000);
    assertThat(usedMemory() - before).isLessThan(16L << 20);
  }

  private static void mutate(int count) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : SEEDS) {
      seeds.add(Files.readAllBytes(Fixtures.file(name)));
    }
    SplittableRandom random = new SplittableRandom(20);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < count; i++) {
      String name = SEEDS.get(i % SEEDS.size()) + " mutation " + i;
      byte[] mutated = mutate(seeds.get(i % SEEDS.size()), random);
      boolean whole =
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(10), () -> reads(mutated, name), name);
      read += whole ? 1 : 0;
      refused += whole ? 0 : 1;
    }
    // Both happen, or the mutations test nothing.
    assertThat(read).isGreaterThan(count / 50);
    assertThat(refused).isGreaterThan(count / 20);
  }

  private static boolean reads(byte[] bytes, String name) {
    try {
      Photo photo = Images.read(bytes, name, LIMITS);
      assertThat(photo.image().width()).isPositive();
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage()).contains(name).doesNotContain("\n");
      return false;
    }
  }

  private static byte[] mutate(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        for (int k = 1 + random.nextInt(8); k > 0; k--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 2 -> {
        // Headers are where the dangers are.
        for (int k = 1 + random.nextInt(3); k > 0; k--) {
          bytes[random.nextInt(Math.min(64, bytes.length))] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(1, 32), bytes.length - from);
        System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, from, length);
      }
    }
    return bytes;
  }

  private static long usedMemory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}

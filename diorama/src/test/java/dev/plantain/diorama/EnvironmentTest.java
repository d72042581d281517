package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 128;

  @TempDir Path folder;

  /** Blue above, brown below; a sun of 2 by 2 pixels at column 192, row 32: right, 45° up. */
  private byte[] panorama(boolean packed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String header = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y %d +X %d\n".formatted(HEIGHT, WIDTH);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    for (int y = 0; y < HEIGHT; y++) {
      byte[][] row = new byte[4][WIDTH];
      for (int x = 0; x < WIDTH; x++) {
        boolean sun = (x == 191 || x == 192) && (y == 31 || y == 32);
        int[] rgbe =
            sun
                ? new int[] {200, 180, 140, 142}
                : y < HEIGHT / 2 ? new int[] {64, 96, 160, 128} : new int[] {60, 40, 20, 128};
        for (int c = 0; c < 4; c++) {
          row[c][x] = (byte) rgbe[c];
        }
      }
      if (packed) {
        out.write(new byte[] {2, 2, (byte) (WIDTH >> 8), (byte) WIDTH});
        for (byte[] channel : row) {
          pack(channel, out);
        }
      } else {
        for (int x = 0; x < WIDTH; x++) {
          out.write(new byte[] {row[0][x], row[1][x], row[2][x], row[3][x]});
        }
      }
    }
    return out.toByteArray();
  }

  private static void pack(byte[] channel, ByteArrayOutputStream out) {
    for (int x = 0; x < channel.length; ) {
      int run = 1;
      while (x + run < channel.length && run < 127 && channel[x + run] == channel[x]) {
        run++;
      }
      if (run > 2) {
        out.write(128 + run);
        out.write(channel[x]);
      } else {
        out.write(run);
        out.write(channel, x, run);
      }
      x += run;
    }
  }

  private Environment read(byte[] bytes) throws IOException {
    return Environment.read(Files.write(folder.resolve("sky.hdr"), bytes));
  }

  @Test
  void skyAndSunAreWhereTheFileHasThem() throws IOException {
    for (boolean packed : new boolean[] {true, false}) {
      Daylight day = read(panorama(packed)).daylight(0);
      Sky sky = day.sky();
      assertThat(day.word()).isEqualTo("in sunlight");
      double up = Math.sqrt(0.5);
      assertThat((double) sky.sunY()).isCloseTo(up, Offset.offset(0.02));
      assertThat((double) sky.sunX()).isCloseTo(-up, Offset.offset(0.02));
      assertThat((double) sky.sunZ()).isCloseTo(0, Offset.offset(0.02));
      assertThat(sky.sun()[0]).isGreaterThan(sky.sun()[2]).isPositive();
      float[] above = new float[3];
      float[] below = new float[3];
      sky.radiance(0, 1, 0.2f, above);
      sky.radiance(0, -1, 0.2f, below);
      assertThat(above[2] / above[0]).isCloseTo(160 / 64f, Offset.offset(0.05f));
      assertThat(below[2] / below[0]).isCloseTo(20 / 60f, Offset.offset(0.05f));
      assertThat(above[0] / below[0]).isCloseTo(64 / 60f, Offset.offset(0.05f));
    }
  }

  @Test
  void turningTheMapTurnsItsSun() throws IOException {
    Environment map = read(panorama(true));
    float turn = 0.8f;
    Sky sky = map.daylight(turn).sky();
    assertThat(Math.atan2(sky.sunX(), sky.sunZ()))
        .isCloseTo(-Math.PI / 2 + turn, Offset.offset(0.02));
    float[] atSun = new float[3];
    float[] elsewhere = new float[3];
    sky.radiance(sky.sunX(), sky.sunY(), sky.sunZ(), atSun);
    sky.radiance(-sky.sunX(), sky.sunY(), -sky.sunZ(), elsewhere);
    assertThat(atSun[0]).isGreaterThan(3 * elsewhere[0]);
  }

  /** Or lettering would be mirrored. */
  @Test
  void columnsGrowToTheViewersRight() throws IOException {
    Sky sky = read(panorama(true)).daylight(0).sky();
    Lens lens = Lens.of(0, 0, 0, 0, 0, 0, Math.toRadians(60), 64, 64, 0);
    Ray ray = new Ray();
    lens.aim(ray, 64, 32);
    assertThat(ray.dx * sky.sunX()).as("what is right of the middle").isPositive();
    assertThat(lens.right()[0] * sky.sunX()).isPositive();
  }

  /** Whatever {@link Outdoors} sets on a lawn, a pavement, a road or a garden table. */
  private static final List<String> OUTDOORS =
      List.of(
          "barrel",
          "bench",
          "bicycle",
          "boat",
          "book",
          "bottle",
          "bowl",
          "box",
          "bus",
          "bush",
          "car",
          "cat",
          "chair",
          "chicken",
          "cup",
          "deck chair",
          "dog",
          "door",
          "fence",
          "fire hydrant",
          "flowers",
          "folding chair",
          "food",
          "football goal",
          "fountain",
          "garden chair",
          "garden sofa",
          "glass",
          "hammock",
          "hedge",
          "horse",
          "ladder",
          "lawnmower",
          "mailbox",
          "motorcycle",
          "parasol",
          "person",
          "plant",
          "plate",
          "pushchair",
          "rabbit",
          "rock",
          "shed",
          "skateboard",
          "street lamp",
          "swing",
          "table",
          "tent",
          "toy",
          "traffic cone",
          "trampoline",
          "tree",
          "tricycle",
          "truck",
          "van",
          "waste bin",
          "wheelbarrow",
          "window");

  @Test
  void nothingOutdoorsIsSaidToBeAbsentUnderAMap() throws IOException {
    Path hdr = Files.write(folder.resolve("sky.hdr"), panorama(true));
    Diorama mapped =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .withoutEdits()
            .with(new WorldOptions(0, List.of(hdr), false, 0));
    Taxonomy taxonomy = Taxonomy.standard();
    assertThat(taxonomy.categories()).containsAll(OUTDOORS);
    List<String> words =
        OUTDOORS.stream()
            .flatMap(c -> Stream.concat(Stream.of(c), taxonomy.synonyms(c).stream()))
            .toList();
    int absent = 0;
    for (long seed = 0; seed < 100; seed++) {
      Diorama.Staging s = mapped.staging(Split.TRAIN, seed, 24, 24);
      if (s.world().sky().map() == null) {
        continue;
      }
      for (Expression e : mapped.develop(Split.TRAIN, seed, s).view().expressions()) {
        if (!e.thingIds().isEmpty()) {
          continue;
        }
        absent++;
        String noun = e.text().replaceFirst("^the ", "");
        for (String colour : Colours.WORDS) {
          noun = noun.startsWith(colour + " ") ? noun.substring(colour.length() + 1) : noun;
        }
        assertThat(words).as(e.text()).doesNotContain(noun);
      }
    }
    assertThat(absent).isGreaterThan(20);
  }

  @Test
  void damagedFilesAreTypedErrors() throws IOException {
    byte[] good = panorama(true);
    for (byte[] bad :
        List.of(
            new byte[0],
            "hello".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(good, good.length / 2),
            "#?RADIANCE\n\n-Y 99999999 +X 99999999\n".getBytes(StandardCharsets.US_ASCII),
            "#?RADIANCE\n\n-Y x +X 8\n".getBytes(StandardCharsets.US_ASCII))) {
      assertThatThrownBy(() -> read(bad))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("sky.hdr");
    }
    for (int at = 50; at < good.length; at += 97) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x55;
      try {
        read(flipped);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("sky.hdr");
      }
    }
  }

  @Test
  void viewsUnderAMapDifferAndFollowFromTheirSeed() throws IOException {
    Path hdr = Files.write(folder.resolve("sky.hdr"), panorama(true));
    Diorama plain =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .withoutEdits();
    Diorama mapped = plain.with(new WorldOptions(0, List.of(hdr), false, 0));
    int differ = 0;
    for (long seed = 0; seed < 8; seed++) {
      View a = plain.view(Split.TRAIN, seed, 32, 32);
      View b = mapped.view(Split.TRAIN, seed, 32, 32);
      assertThat(b.photo()).isEqualTo(mapped.view(Split.TRAIN, seed, 32, 32).photo());
      assertThat(b.depthMetres()).isEqualTo(a.depthMetres());
      differ += b.photo().equals(a.photo()) ? 0 : 1;
    }
    assertThat(differ).isBetween(3, 8);
  }
}

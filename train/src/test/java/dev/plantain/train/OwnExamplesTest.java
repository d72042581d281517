package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.ColourProfile;
import dev.plantain.core.Drawing;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.Sample;
import dev.plantain.eval.set.FolderSet;
import dev.plantain.formats.Npy;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnExamplesTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  /** Photos whose left third is class 0, right half class 1, the rest does not count. */
  private static void labelled(Path folder, int count) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    Files.writeString(folder.resolve("classes.txt"), "grass\nroad\nvoid\n");
    BufferedImage photo = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    BufferedImage labels = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int label = x < WIDTH / 3 ? 0 : x >= WIDTH / 2 ? 1 : 2;
        photo.setRGB(x, y, new int[] {0x00ff00, 0x808080, 0x0000ff}[label]);
        labels.getRaster().setSample(x, y, 0, label);
      }
    }
    for (int i = 0; i < count; i++) {
      ImageIO.write(photo, "png", folder.resolve("images/p%d.png".formatted(i)).toFile());
      ImageIO.write(labels, "png", folder.resolve("labels/p%d.png".formatted(i)).toFile());
    }
  }

  private static Stage stage(double restored) {
    return new Stage(
        "own",
        1,
        64,
        12,
        3,
        0.5,
        1e-3,
        1,
        0,
        new Mixture(Map.of(Kind.RESTORE, restored, Kind.SEGMENT, 1.0)));
  }

  private static OwnPictures pictures(Path folder, List<String> warnings) throws IOException {
    return new OwnPictures(new FolderSet(folder, null), warnings::add);
  }

  @Test
  void aTargetHasOneColourForEachClassOfThePhotoAndNothingIsLearntFromTheRest(@TempDir Path folder)
      throws IOException {
    labelled(folder, 3);
    OwnExamples source = new OwnExamples(pictures(folder, new ArrayList<>()));
    assertThat(source.step(stage(0), new SplittableRandom(0)).frame())
        .isEqualTo(new ExampleSource.Frame(80, 48));
    for (int seed = 0; seed < 40; seed++) {
      for (Example e : source.step(stage(0), new SplittableRandom(seed)).examples()) {
        byte[] photo = java.util.Objects.requireNonNull(e.photo()).rgb8();
        byte[] target = e.target().rgb8();
        int[] seen = {-1, -1};
        for (int p = 0; p < photo.length / 3; p++) {
          boolean green = photo[3 * p] == 0 && photo[3 * p + 1] == -1 && photo[3 * p + 2] == 0;
          boolean grey = photo[3 * p] == -128 && photo[3 * p + 2] == -128;
          boolean blue = photo[3 * p] == 0 && photo[3 * p + 1] == 0 && photo[3 * p + 2] == -1;
          boolean unknown = java.util.Objects.requireNonNull(e.unknown()).get(p);
          int column = p % e.target().width();
          if (column == 0
              || column == e.target().width() - 1
              || !same(photo, p, p - 1)
              || !same(photo, p, p + 1)) {
            // A border may be a pixel off: the photo is averaged, the truth is picked.
            continue;
          }
          if (blue) {
            assertThat(unknown).isTrue();
          } else if (green || grey) {
            assertThat(unknown).isFalse();
            int colour =
                (target[3 * p] & 0xff) << 16
                    | (target[3 * p + 1] & 0xff) << 8
                    | (target[3 * p + 2] & 0xff);
            int which = green ? 0 : 1;
            assertThat(seen[which]).isIn(-1, colour);
            seen[which] = colour;
          }
        }
        assertThat(seen[0] == -1 || seen[0] != seen[1]).isTrue();
      }
    }
  }

  private static boolean same(byte[] photo, int p, int q) {
    return Arrays.equals(photo, 3 * p, 3 * p + 3, photo, 3 * q, 3 * q + 3);
  }

  @Test
  void restorationsHaveTheirShare(@TempDir Path folder) throws IOException {
    labelled(folder, 3);
    OwnExamples source = new OwnExamples(pictures(folder, new ArrayList<>()));
    List<Kind> kinds = new ArrayList<>();
    for (int seed = 0; seed < 50; seed++) {
      source
          .step(stage(0.3), new SplittableRandom(seed))
          .examples()
          .forEach(e -> kinds.add(e.kind()));
    }
    assertThat(kinds).contains(Kind.RESTORE, Kind.SEGMENT, Kind.REFER);
  }

  @Test
  void mirroredNormalsPointTheOtherWay(@TempDir Path folder) throws IOException {
    labelled(folder, 1);
    Files.delete(folder.resolve("labels/p0.png"));
    Files.createDirectories(folder.resolve("normals"));
    float[] xyz = new float[3 * WIDTH * HEIGHT];
    for (int p = 0; p < WIDTH * HEIGHT; p++) {
      xyz[3 * p] = 0.6f;
      xyz[3 * p + 2] = 0.8f;
    }
    Npy.write(folder.resolve("normals/p0.npy"), xyz, HEIGHT, WIDTH, 3);
    OwnExamples source = new OwnExamples(pictures(folder, new ArrayList<>()));
    boolean mirrored = false;
    boolean plain = false;
    for (int seed = 0; seed < 30; seed++) {
      Example e = source.step(stage(0), new SplittableRandom(seed)).examples().getFirst();
      Image photo = java.util.Objects.requireNonNull(e.photo());
      NormalMap map =
          Normals.camera()
              .read(
                  new Drawing(e.target(), Normals.camera().ask(Dialect.paper())),
                  ColourProfile.identity());
      float x = map.xyz()[0];
      assertThat(Math.abs(x)).isCloseTo(0.6f, org.assertj.core.data.Offset.offset(0.01f));
      // The photo is green on its left unless it is mirrored.
      boolean greenLeft = (photo.rgb8()[1] & 0xff) > (photo.rgb8()[0] & 0xff);
      if (greenLeft) {
        assertThat(x).isPositive();
      }
      mirrored |= x < 0;
      plain |= x > 0;
    }
    assertThat(mirrored && plain).isTrue();
  }

  @Test
  void whatNothingIsKnownOfIsAskedAnew(@TempDir Path folder) throws IOException {
    labelled(folder, 4);
    BufferedImage labels = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        labels.getRaster().setSample(x, y, 0, 2);
      }
    }
    ImageIO.write(labels, "png", folder.resolve("labels/p0.png").toFile());
    labels.getRaster().setSample(5, 5, 0, 1);
    ImageIO.write(labels, "png", folder.resolve("labels/p1.png").toFile());
    OwnExamples source = new OwnExamples(pictures(folder, new ArrayList<>()));
    for (int seed = 0; seed < 40; seed++) {
      List<Example> examples = source.step(stage(0), new SplittableRandom(seed)).examples();
      assertThat(examples)
          .hasSize(12)
          .allMatch(Example::isKnown)
          .noneMatch(e -> e.kind() == Kind.RESTORE);
      assertThat(source.step(stage(0), new SplittableRandom(seed)).examples())
          .extracting(Example::prompt)
          .isEqualTo(examples.stream().map(Example::prompt).toList());
    }
  }

  @Test
  void whereNothingIsEverKnownDrawingIsPractised(@TempDir Path folder) throws IOException {
    labelled(folder, 1);
    Files.delete(folder.resolve("labels/p0.png"));
    Files.createDirectories(folder.resolve("depth"));
    Npy.write(folder.resolve("depth/p0.npy"), new float[WIDTH * HEIGHT], HEIGHT, WIDTH);
    OwnExamples source = new OwnExamples(pictures(folder, new ArrayList<>()));
    assertThat(source.step(stage(0), new SplittableRandom(0)).examples())
        .hasSize(12)
        .allMatch(e -> e.kind() == Kind.RESTORE);
  }

  @Test
  void whatIsMeasuredIsNotLearntUnlessThereIsButOne(@TempDir Path folder) throws IOException {
    labelled(folder, 10);
    for (int count = 10; count > 0; count--) {
      OwnPictures pictures = pictures(folder, new ArrayList<>());
      assertThat(pictures.size()).isEqualTo(Math.max(1, count - 1));
      assertThat(pictures.heldOut()).isEqualTo(count > 1);
      assertThat(pictures.measured().samples().map(Sample::id)).containsExactly("p" + (count - 1));
      Files.delete(folder.resolve("images/p%d.png".formatted(count - 1)));
    }
  }

  @Test
  void damagedPicturesAreNamedAndLeftOut(@TempDir Path folder) throws IOException {
    labelled(folder, 4);
    Files.write(folder.resolve("images/p1.png"), new byte[] {1, 2, 3});
    Files.write(
        folder.resolve("labels/p2.png"),
        Arrays.copyOf(Files.readAllBytes(folder.resolve("labels/p2.png")), 40));
    Files.delete(folder.resolve("labels/p3.png"));
    List<String> warnings = new ArrayList<>();
    OwnPictures pictures = pictures(folder, warnings);
    assertThat(pictures.size()).isEqualTo(1);
    assertThat(warnings).hasSize(4);
    assertThat(warnings.get(0)).contains("p1.png");
    assertThat(warnings.get(1)).contains("p2.png");
    assertThat(warnings.get(2)).contains("p3", "no answers");
    assertThat(warnings.get(3)).isEqualTo("left out 3 of 4 pictures");
  }

  @Test
  void whatTeachesNothingIsCounted(@TempDir Path folder) throws IOException {
    labelled(folder, 4);
    List<String> warnings = new ArrayList<>();
    pictures(folder, warnings);
    assertThat(warnings).isEmpty();

    Files.writeString(folder.resolve("classes.txt"), "grass\nroad\nvoid\nfence\npole\n");
    Files.delete(folder.resolve("labels/p3.png"));
    Files.createDirectories(folder.resolve("depth"));
    float[] unknown = new float[WIDTH * HEIGHT];
    Arrays.fill(unknown, Float.NaN);
    Npy.write(folder.resolve("depth/p2.npy"), unknown, HEIGHT, WIDTH);
    unknown[7] = 2;
    Npy.write(folder.resolve("depth/p3.npy"), unknown, HEIGHT, WIDTH);
    Files.write(folder.resolve("images/p0.png"), new byte[] {1, 2, 3});
    pictures(folder, warnings);
    assertThat(warnings)
        .hasSize(2)
        .last()
        .isEqualTo(
            "left out 1 of 4 pictures; without labels beside other answers: 1; with a depth of"
                + " which no pixel is known: 1; no pixel of: fence, pole");
  }

  @Test
  void aFolderWithoutNamesOrAnswersSaysWhatToDo(@TempDir Path folder) throws IOException {
    labelled(folder, 1);
    Files.delete(folder.resolve("classes.txt"));
    assertThatThrownBy(() -> new FolderSet(folder, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("classes.txt");
    Files.delete(folder.resolve("labels/p0.png"));
    Files.delete(folder.resolve("labels"));
    assertThatThrownBy(() -> new FolderSet(folder, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no answers");
  }
}

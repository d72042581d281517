package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Image;
import dev.plantain.diorama.View;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhotoLookTest {
  private static final int SIZE = 32;
  private static final ToyViews STORE = new ToyViews(6, SIZE);

  @Test
  void aLookFollowsFromItsRandomNumbersAlone() {
    View view = STORE.view(0);
    byte[] rgb8 = view.photo().rgb8().clone();
    Image one = PhotoLook.of(view, new SplittableRandom(1));
    assertThat(PhotoLook.of(view, new SplittableRandom(1)).rgb8()).isEqualTo(one.rgb8());
    assertThat(PhotoLook.of(view, new SplittableRandom(2)).rgb8()).isNotEqualTo(one.rgb8());
    assertThat(view.photo().rgb8()).isEqualTo(rgb8);
  }

  @Test
  void looksVaryButKeepThePicture() {
    View view = STORE.view(0);
    double apart = 0;
    TreeSet<Long> brightness = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      Image look = PhotoLook.of(view, new SplittableRandom(seed).split());
      brightness.add(Math.round(mean(look)));
      apart += correlation(view.photo(), look) / 200;
    }
    assertThat(brightness.first()).isBetween(20L, 110L);
    assertThat(brightness.last()).isBetween(150L, 235L);
    assertThat(apart).isBetween(0.6, 0.98);
  }

  private static double mean(Image image) {
    return IntStream.range(0, image.rgb8().length)
        .map(i -> image.rgb8()[i] & 0xff)
        .average()
        .orElseThrow();
  }

  private static double correlation(Image a, Image b) {
    double ma = mean(a);
    double mb = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    byte[] x = a.rgb8();
    byte[] y = b.rgb8();
    for (int i = 0; i < x.length; i++) {
      double da = (x[i] & 0xff) - ma;
      double db = (y[i] & 0xff) - mb;
      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void answersStayAndEditsKeepTheirPhoto() {
    Map<Kind, Double> kinds = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.DEPTH, Kind.SEGMENT, Kind.EDIT)) {
      kinds.put(kind, 1.0);
    }
    Stage stage = new Stage("tune", 1, SIZE, 30, 5, 0.5, 0.001, 0, 0.5, new Mixture(kinds));
    DioramaExamples source =
        new DioramaExamples(
            STORE,
            new VisionExamples(List.of("box", "ball", "lamp")),
            new DioramaExamples.Habits(true, 1, 0));
    List<Image> photos = IntStream.range(0, 6).mapToObj(i -> STORE.view(i).photo()).toList();
    List<Example> examples = source.step(stage, new SplittableRandom(4)).examples();
    assertThat(examples).extracting(Example::kind).contains(Kind.DEPTH, Kind.SEGMENT, Kind.EDIT);
    for (Example e : examples) {
      boolean rendered = photos.stream().anyMatch(p -> same(p, Objects.requireNonNull(e.photo())));
      assertThat(rendered).as("%s", e.kind()).isEqualTo(e.kind() == Kind.EDIT);
    }
    // Drawings of depth are of the toy's own depths, whatever the photo looks like.
    VisionExamples plain = new VisionExamples(List.of("box"));
    for (int i = 0; i < 6; i++) {
      Example asked =
          plain.make(Kind.NORMALS, STORE.view(i), new SplittableRandom(5)).orElseThrow();
      Example other = asked.of(PhotoLook.of(STORE.view(i), new SplittableRandom(6)));
      assertThat(other.target()).isSameAs(asked.target());
      assertThat(other.prompt()).isEqualTo(asked.prompt());
    }
    // All that is asked of one look is asked of one picture, whose features are then shared.
    assertThat(examples.stream().filter(e -> e.kind() != Kind.EDIT).map(Example::photo).distinct())
        .hasSizeLessThanOrEqualTo(examples.size() / 2);
  }

  private static boolean same(Image a, Image b) {
    return Arrays.equals(a.rgb8(), b.rgb8());
  }

  @Test
  void patternsAreSmoothInSpaceAndVanishWithDistance() {
    SplittableRandom random = new SplittableRandom(7);
    double strongest = 0;
    for (int i = 0; i < 500; i++) {
      SurfacePattern drawn = SurfacePattern.random(random);
      SurfacePattern pattern =
          new SurfacePattern(
              drawn.seed(),
              drawn.wavelength(),
              drawn.octaves(),
              0,
              drawn.strength(),
              0,
              drawn.tints());
      double x = random.nextDouble(-5, 5);
      double y = random.nextDouble(-5, 5);
      double z = random.nextDouble(-5, 5);
      double here = pattern.shade(x, y, z, 0);
      double step = pattern.wavelength() * 1e-4;
      assertThat(pattern.shade(x + step, y - step, z, 0)).isCloseTo(here, within(0.01));
      assertThat(pattern.shade(x, y, z, pattern.wavelength())).isZero();
      assertThat(drawn.shade(x, y, z, 10 * drawn.wavelength())).isZero();
      strongest = Math.max(strongest, Math.abs(here));
    }
    assertThat(strongest).isBetween(0.3, 1.2);
  }
}

package dev.plantain.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.ColourProfile;
import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Traits;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.eval.metric.Reliability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Studies on scenes of coloured squares whose generator knows the truth, and spoils it. */
class StudiesTest {
  private static final int W = 144;
  private static final int H = 108;
  private static final int BLOCK = 36;
  private static final List<String> CLASSES = List.of("box", "disc", "wall", "floor");

  /** Blocks of four classes; the photo shows them in colours of its own. */
  private static final class Scenes implements EvalSet {
    final Map<Image, int[]> truths = new HashMap<>();
    final List<Sample> samples = new ArrayList<>();

    Scenes(int count) {
      for (int s = 0; s < count; s++) {
        SplittableRandom random = new SplittableRandom(s);
        int[] labels = new int[W * H];
        int[] block = random.ints(12, 0, 4).toArray();
        byte[] rgb8 = new byte[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = block[(i / W) / BLOCK * 4 + i % W / BLOCK];
          rgb8[3 * i] = (byte) (60 * labels[i] + s % 16);
          rgb8[3 * i + 1] = (byte) (s * 7);
        }
        Image photo = Image.of(W, H, rgb8);
        truths.put(photo, labels);
        List<Truth> truth =
            List.of(
                new Truth.SegmentTruth(
                    CLASSES,
                    List.of(0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00),
                    OptionalInt.of(0),
                    labels));
        samples.add(new Sample("scene " + s, photo, truth));
      }
    }

    @Override
    public String name() {
      return "squares";
    }

    @Override
    public long size() {
      return samples.size();
    }

    @Override
    public Stream<Sample> samples() {
      return samples.stream();
    }
  }

  /** Draws the truth, some blocks in the colour of another class, colours distorted. */
  private record Painter(Scenes scenes, double errors, IntUnaryOperator distortion)
      implements Generator {
    @Override
    public Traits traits() {
      return new Traits(
          "painter", "paper", new Traits.Sizes(1, W * H, 1 << 20, 4), true, "CC0-1.0");
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      int[] truth = scenes.truths.getOrDefault(images.getFirst(), new int[W * H]);
      Instruction instruction = Instruction.parse(prompt);
      Ask.Segments ask = (Ask.Segments) instruction.ask();
      List<String> names = ask.legend().stream().map(Ask.Entry::phrase).toList();
      SplittableRandom random = new SplittableRandom(options.seed() * 31 + prompt.hashCode());
      int[] swapped = random.ints(12, 0, names.size()).toArray();
      boolean[] wrong = new boolean[12];
      for (int b = 0; b < 12; b++) {
        wrong[b] = random.nextDouble() < errors;
      }
      int[] drawn = new int[W * H];
      for (int i = 0; i < drawn.length; i++) {
        int b = (i / W) / BLOCK * 4 + i % W / BLOCK;
        int label = names.indexOf(CLASSES.get(truth[i]));
        drawn[i] = label < 0 ? LabelMap.BACKGROUND : wrong[b] ? swapped[b] : label;
      }
      byte[] rgb8 =
          Segments.coloured(ask.legend())
              .paint(LabelMap.of(W, H, names, drawn), instruction)
              .rgb8();
      for (int i = 0; i < rgb8.length; i += 3) {
        int rgb =
            distortion.applyAsInt(
                (rgb8[i] & 255) << 16 | (rgb8[i + 1] & 255) << 8 | (rgb8[i + 2] & 255));
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
      return Image.of(W, H, rgb8);
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aVoteBeatsItsMeanPassWhereErrorsAreIndependent() throws IOException {
    Scenes scenes = new Scenes(12);
    Painter painter = new Painter(scenes, 0.3, rgb -> rgb);
    VoteStudy.Result result = VoteStudy.run(Vision.with(painter), 0, 8, scenes, 12, done -> {});
    Paired miou = figure(result.figures(), "segment.miou");
    assertThat(miou.after()).isGreaterThan(miou.before() + 0.1);
    assertThat(miou.interval().low()).isPositive();
    assertThat(miou.difference()).isBetween(miou.interval().low(), miou.interval().high());
    Paired wrong = figure(result.figures(), "segment.wrong_colour");
    assertThat(wrong.interval().high()).isNegative();
    // One pass is as sure of its wrong blocks as of the right ones; a vote is not.
    assertThat(result.before().bins().getLast().accuracy()).isLessThan(0.85);
    List<Reliability.Bin> bins = result.after().bins();
    assertThat(bins.getLast().accuracy()).isGreaterThan(0.97);
    assertThat(bins.getFirst().accuracy()).isLessThan(bins.getLast().accuracy());
    // With one pass there is nothing to gain.
    VoteStudy.Result one = VoteStudy.run(Vision.with(painter), 0, 1, scenes, 12, done -> {});
    assertThat(figure(one.figures(), "segment.miou").difference()).isZero();
  }

  private static Paired figure(List<Paired> figures, String name) {
    return figures.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void damageOfAnExactDrawingCostsLittle() throws IOException {
    Scenes scenes = new Scenes(6);
    Painter painter = new Painter(scenes, 0, rgb -> rgb);
    Spoiled.Damage damage =
        new Spoiled.Damage(OptionalDouble.of(0.75), OptionalInt.of(256), OptionalInt.of(256), 0.03);
    SpoilStudy.Result result =
        SpoilStudy.run(
            Vision.with(painter), Vision.with(new Spoiled(painter, damage)), scenes, 6, done -> {});
    Paired miou = figure(result.figures(), "segment.miou");
    assertThat(miou.before()).isEqualTo(1);
    assertThat(miou.after()).isGreaterThan(0.85).isLessThan(1);
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void distortionIsMeasuredAndUndone() throws IOException {
    Scenes scenes = new Scenes(48);
    IntUnaryOperator dull =
        rgb -> {
          int r = 30 + (rgb >> 16 & 255) * 7 / 10;
          int g = 20 + (rgb >> 8 & 255) * 8 / 10;
          int b = 50 + (rgb & 255) * 6 / 10;
          return r << 16 | g << 8 | b;
        };
    Calibration.Result result =
        Calibration.run(Vision.with(new Painter(scenes, 0.1, dull)), scenes, 48, done -> {});
    assertThat(result.regions()).isGreaterThan(60);
    assertThat(result.wrong() + result.patchy()).isPositive();
    assertThat(result.errorBefore()).isGreaterThan(30);
    assertThat(result.errorAfter()).isLessThan(12);
    assertThat(result.helps()).isTrue();
    assertThat(result.profile().correct(dull.applyAsInt(0xFF8000)) >> 16 & 255)
        .isCloseTo(255, within(20));
    Calibration.Result exact =
        Calibration.run(Vision.with(new Painter(scenes, 0, rgb -> rgb)), scenes, 48, done -> {});
    assertThat(exact.profile()).isEqualTo(ColourProfile.identity());
  }

  @Test
  void reliabilityByHand() {
    Reliability r = new Reliability();
    for (int i = 0; i < 10; i++) {
      r.add(0.95, i < 8); // 0.8 right
      r.add(0.55, i < 6); // 0.6 right
    }
    r.add(1, true);
    assertThat(r.bins()).hasSize(2);
    // Bin of 0.9 to 1: 11 pixels, sure 10.5/11, right 9/11.
    assertThat(r.expectedError()).isCloseTo((1.5 + 0.5) / 21, within(1e-9));
  }
}

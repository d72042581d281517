package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.Measurement;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisionTest {
  private static final long SEED = 12;
  private static final Room PHOTO = new Room(400, 300, SEED);

  /** Draws the truth for whatever the prompt asks, with a fault if wanted. */
  private static class TruthGenerator implements Generator {
    final List<Request> asked = new ArrayList<>();
    boolean closed;

    @Override
    public Traits traits() {
      return new Traits(
          "truth 1", "paper", new Traits.Sizes(16, 256 * 192, 512 * 512, 4), true, "Apache-2.0");
    }

    Image spoil(Image drawing) {
      return drawing;
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      asked.add(new Request(images, prompt, options));
      Room room = new Room(options.width().orElseThrow(), options.height().orElseThrow(), SEED);
      Instruction instruction = Instruction.parse(prompt);
      boolean mirrored = room.isMirroredIn(images.getFirst());
      return spoil(
          switch (instruction.ask()) {
            case Ask.MetricDepth depth ->
                Depth.metric().paint(turned(room.depth(), mirrored), instruction);
            case Ask.Normals normals ->
                Normals.camera().paint(turned(room.normals(), mirrored), instruction);
            case Ask.Segments segments ->
                Segments.coloured(segments.legend())
                    .paint(turned(room.labels(), mirrored), instruction);
            case Ask.Instances instances ->
                Instances.of("ball").paint(turned(room.balls(), mirrored), instruction);
            case Ask.Referring referring ->
                Referring.to("x").paint(turned(room.nearest(), mirrored), instruction);
            case Ask.Edges edges ->
                Edges.boundaries().paint(turned(room.edges(), mirrored), instruction);
            case Ask.RelativeDepth depth ->
                throw new GeneratorException.Refused("relative depth is beneath me");
          });
    }

    @SuppressWarnings("unchecked") // a measurement mirrored is of its own type
    private static <M extends Measurement> M turned(M measurement, boolean mirrored) {
      return mirrored ? (M) measurement.mirrored() : measurement;
    }

    @Override
    public List<String> unknownPhrases(List<String> phrases) {
      return phrases.stream().filter(phrase -> phrase.contains("flumph")).toList();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void fiveLines() {
    TruthGenerator generator = new TruthGenerator();
    try (Vision vision = Vision.with(generator)) {
      Image photo = PHOTO.photo();
      DepthMap depth = vision.see(photo, Depth.metric());
      LabelMap parts = vision.see(photo, Segments.of(Room.CLASSES).background());
      List<Instance> balls = vision.see(photo, Instances.of("ball"));
      Mask it = vision.see(photo, Referring.to("the nearest thing"));

      assertThat(depth.width()).isEqualTo(400);
      float[] truth = PHOTO.depth().metres();
      float[] metres = depth.metres();
      double error = 0;
      for (int i = 0; i < truth.length; i++) {
        error += Float.isNaN(metres[i]) ? 0 : Math.abs(metres[i] - truth[i]) / truth[i];
      }
      error /= truth.length;
      assertThat(depth.finiteShare()).isGreaterThan(0.98);
      assertThat(error).isLessThan(0.01);
      assertThat(agreement(parts.labels(), PHOTO.labels().labels())).isGreaterThan(0.99);
      assertThat(balls).hasSameSizeAs(PHOTO.balls());
      assertThat(it.iou(PHOTO.nearest())).isGreaterThan(0.95);
    }
    assertThat(generator.closed).isTrue();
  }

  @Test
  void oneTaskFailingLeavesTheOthers() {
    try (Vision vision = Vision.with(new TruthGenerator())) {
      List<Answer<?>> answers =
          vision.seeAll(
              PHOTO.photo(),
              List.of(Depth.metric(), Depth.relative(), Normals.camera(), Edges.boundaries()));
      assertThat(answers).hasSize(4);
      assertThat(answers.get(0)).isInstanceOf(Answer.Seen.class);
      assertThat(answers.get(1)).isInstanceOf(Answer.Failed.class);
      assertThat(answers.get(2)).isInstanceOf(Answer.Seen.class);
      assertThatThrownBy(answers.get(1)::orThrow)
          .isInstanceOf(GeneratorException.Refused.class)
          .hasMessageContaining("beneath me");
    }
  }

  @Test
  void votingAsksInOtherWordsAndColours() {
    TruthGenerator generator = new TruthGenerator();
    try (Vision vision = Vision.with(generator).voting(5).seeded(9)) {
      Answer<LabelMap> answer = vision.answer(PHOTO.photo(), Segments.of(Room.CLASSES));
      assertThat(answer).isInstanceOf(Answer.Seen.class);
      Answer.Seen<LabelMap> seen = (Answer.Seen<LabelMap>) answer;
      assertThat(seen.passes()).hasSize(5);
      assertThat(seen.passes().stream().map(Answer.Pass::seed))
          .containsExactly(9L, 10L, 11L, 12L, 13L);
      assertThat(generator.asked.stream().map(Generator.Request::prompt)).doesNotHaveDuplicates();
      assertThat(generator.asked.getFirst().prompt())
          .isEqualTo(Segments.of(Room.CLASSES).ask(Dialect.paper()).text());
      assertThat(agreement(seen.measurement().labels(), PHOTO.labels().labels()))
          .isGreaterThan(0.99);
    }
  }

  /** What is drawn of the mirrored photo must not lie mirrored, nor point the other way. */
  @Test
  void everyOtherPassIsOfTheMirroredPhoto() {
    for (boolean inPlace : new boolean[] {true, false}) {
      TruthGenerator generator =
          new TruthGenerator() {
            @Override
            public boolean drawsInPlace() {
              return inPlace;
            }
          };
      try (Vision vision = Vision.with(generator).voting(2)) {
        Answer.Seen<NormalMap> normals =
            (Answer.Seen<NormalMap>) vision.answer(PHOTO.photo(), Normals.camera());
        assertThat(normals.passes().stream().map(Answer.Pass::mirrored))
            .containsExactly(false, true);
        float[] truth = PHOTO.normals().xyz();
        float[] drawn = normals.measurement().xyz();
        double angle = 0;
        for (int i = 0; i < truth.length; i += 3) {
          double dot =
              truth[i] * drawn[i] + truth[i + 1] * drawn[i + 1] + truth[i + 2] * drawn[i + 2];
          angle += Double.isNaN(dot) ? 90 : Math.toDegrees(Math.acos(Math.clamp(dot, -1, 1)));
        }
        assertThat(3 * angle / truth.length).isLessThan(2);
        Answer.Seen<LabelMap> labels =
            (Answer.Seen<LabelMap>)
                vision.answer(PHOTO.photo(), Segments.of(Room.CLASSES).nearestAlways());
        assertThat(agreement(labels.measurement().labels(), PHOTO.labels().labels()))
            .isGreaterThan(0.985);
        assertThat(vision.see(PHOTO.photo(), Instances.of("ball"))).hasSameSizeAs(PHOTO.balls());
        Answer.Seen<Mask> left =
            (Answer.Seen<Mask>) vision.answer(PHOTO.photo(), Referring.to("the thing on the left"));
        assertThat(left.passes()).noneMatch(Answer.Pass::mirrored);
      }
    }
  }

  /** The wider of two uneven margins is on the other side of the mirrored canvas. */
  @Test
  void ofTheMirroredPhotoOddPaddingIsMirroredToo() {
    Image photo = new Room(251, 200, SEED).photo();
    TruthGenerator echo =
        new TruthGenerator() {
          @Override
          public Traits traits() {
            return new Traits(
                "echo 1",
                "paper",
                new Traits.Sizes(64, 256 * 192, 512 * 512, 4),
                true,
                "Apache-2.0");
          }

          @Override
          public Image draw(List<Image> images, String prompt, Options options) {
            return images.getFirst();
          }
        };
    try (Vision vision = Vision.with(echo)) {
      Answer.Seen<RelativeDepth> twice =
          (Answer.Seen<RelativeDepth>) vision.voting(2).answer(photo, Depth.relative());
      assertThat(twice.passes().stream().map(pass -> pass.placement().drawingX(0)))
          .containsExactly(7.0, 8.0);
      assertThat(error(twice.measurement(), photo)).isLessThan(0.006);
    }
  }

  private static double error(RelativeDepth brightness, Image photo) {
    byte[] rgb8 = photo.rgb8();
    float[] read = brightness.nearness();
    double sum = 0;
    for (int i = 0; i < read.length; i++) {
      int channels = (rgb8[3 * i] & 0xff) + (rgb8[3 * i + 1] & 0xff) + (rgb8[3 * i + 2] & 0xff);
      sum += Math.abs(read[i] - channels / 765.0);
    }
    return sum / read.length;
  }

  @Test
  void aLargeDrawingMadeInPlaceLiesOnAllOfThePhoto() {
    TruthGenerator large =
        new TruthGenerator() {
          @Override
          Image spoil(Image drawing) {
            return drawing.resized(2 * drawing.width(), 2 * drawing.height());
          }

          @Override
          public boolean drawsInPlace() {
            return true;
          }
        };
    try (Vision vision = Vision.with(large)) {
      LabelMap labels = vision.see(PHOTO.photo(), Segments.of(Room.CLASSES).nearestAlways());
      assertThat(agreement(labels.labels(), PHOTO.labels().labels())).isGreaterThan(0.97);
    }
  }

  @Test
  void aSizeBeyondAllMeansIsCutToTheGenerators() {
    TruthGenerator generator = new TruthGenerator();
    try (Vision vision = Vision.with(generator)) {
      Options huge = Options.seeded(0).withSize(50_000, 50_000);
      assertThat(vision.drawing(huge).see(PHOTO.photo(), Normals.camera())).isNotNull();
    }
    Options asked = generator.asked.getFirst().options();
    assertThat(asked.width().orElseThrow() * asked.height().orElseThrow())
        .isBetween(490 * 490, 512 * 512);
  }

  @Test
  void aGeneratorThatCannotBeSeenThroughIsClosed() {
    TruthGenerator mute =
        new TruthGenerator() {
          @Override
          public Traits traits() {
            return new Traits(
                "mute 1", "volapük", new Traits.Sizes(16, 1 << 16, 1 << 18, 4), true, "none");
          }
        };
    assertThatThrownBy(() -> Vision.with(mute))
        .isInstanceOf(InstructionException.class)
        .hasMessageContaining("volapük");
    assertThat(mute.closed).isTrue();
  }

  @Test
  void edgesAreDrawnLargerUnlessASizeIsAskedFor() {
    TruthGenerator small =
        new TruthGenerator() {
          @Override
          public Traits traits() {
            return new Traits(
                "small 1",
                "paper",
                new Traits.Sizes(16, 128 * 96, 512 * 512, 4),
                true,
                "Apache-2.0");
          }
        };
    try (Vision vision = Vision.with(small)) {
      vision.seeAll(PHOTO.photo(), List.of(Depth.metric(), Edges.boundaries()));
      Options asked = Options.seeded(0).withSize(128, 96);
      vision.drawing(asked).see(PHOTO.photo(), Edges.boundaries());
    }
    List<Integer> areas =
        small.asked.stream()
            .map(r -> r.options().width().orElseThrow() * r.options().height().orElseThrow())
            .toList();
    assertThat(areas.get(0)).isEqualTo(128 * 96);
    assertThat(areas.get(1)).isBetween(300 * 300, 340 * 340);
    assertThat(areas.get(2)).isEqualTo(128 * 96);
  }

  @Test
  void aShiftedDrawingIsPutBack() {
    TruthGenerator shifting =
        new TruthGenerator() {
          @Override
          Image spoil(Image drawing) {
            return shift(drawing, 7, -5);
          }
        };
    try (Vision vision = Vision.with(shifting)) {
      Answer<LabelMap> answer = vision.answer(PHOTO.photo(), Segments.of(Room.CLASSES));
      Answer.Seen<LabelMap> seen = (Answer.Seen<LabelMap>) answer;
      assertThat(seen.passes().getFirst().registration().movedPixels())
          .isCloseTo(Math.hypot(7, 5), within(1.0));
      assertThat(agreement(seen.measurement().labels(), PHOTO.labels().labels()))
          .isGreaterThan(0.93); // the shift took 5.3 % off two sides
    }
  }

  @Test
  void anotherSceneIsRefusedUnlessDrawnInPlace() {
    Image other =
        Segments.of(Room.CLASSES)
            .paint(
                new Room(256, 192, SEED + 1).labels(),
                Segments.of(Room.CLASSES).ask(Dialect.paper()));
    TruthGenerator dreaming =
        new TruthGenerator() {
          @Override
          Image spoil(Image drawing) {
            return other;
          }
        };
    try (Vision vision = Vision.with(dreaming)) {
      Answer<LabelMap> answer = vision.answer(PHOTO.photo(), Segments.of(Room.CLASSES));
      assertThatThrownBy(answer::orThrow).isInstanceOf(DrawingException.OtherScene.class);
    }
    TruthGenerator inPlace =
        new TruthGenerator() {
          @Override
          Image spoil(Image drawing) {
            return other;
          }

          @Override
          public boolean drawsInPlace() {
            return true;
          }
        };
    try (Vision vision = Vision.with(inPlace)) {
      assertThat(vision.see(PHOTO.photo(), Segments.of(Room.CLASSES))).isNotNull();
    }
  }

  private static <M> Answer.Seen<M> seen(Task<M> task) {
    try (Vision vision = Vision.with(new TruthGenerator())) {
      return (Answer.Seen<M>) vision.answer(PHOTO.photo(), task);
    }
  }

  @Test
  void unknownPhrasesAreWarnedOfAndAnsweredAsGuesses() {
    Answer.Seen<Mask> known = seen(Referring.to("the nearest thing"));
    assertThat(known.unknownPhrases()).isEmpty();
    assertThat(known.warnings()).noneMatch(w -> w.contains("unknown"));
    assertThat(known.measurement().score()).isGreaterThan(0.9f);

    Answer.Seen<Mask> unknown = seen(Referring.to("the flumph"));
    assertThat(unknown.unknownPhrases()).containsExactly("the flumph");
    assertThat(unknown.warnings().getFirst()).startsWith("unknown phrase \"the flumph\"");
    assertThat(unknown.measurement().score()).isEqualTo(Guesses.MOST);
    assertThat(unknown.measurement().bits()).isEqualTo(known.measurement().bits());
  }

  @Test
  void ofSeveralPhrasesOnlyTheUnknownOneIsAGuess() {
    Answer.Seen<List<Mask>> several = seen(Referring.toEach("flumph", "ball"));
    assertThat(several.unknownPhrases()).containsExactly("flumph");
    assertThat(several.measurement().get(0).score()).isEqualTo(Guesses.MOST);
    assertThat(several.measurement().get(1).score()).isGreaterThan(Guesses.MOST);
  }

  @Test
  void pixelsOfAnUnknownClassAreGuesses() {
    LabelMap known = seen(Segments.of(Room.CLASSES)).measurement();
    List<String> classes = new ArrayList<>(Room.CLASSES);
    int box = classes.indexOf("box");
    classes.set(box, "flumph");
    Answer.Seen<LabelMap> answer = seen(Segments.of(classes));
    assertThat(answer.unknownPhrases()).containsExactly("flumph");
    LabelMap guessed = answer.measurement();
    assertThat(guessed.labels()).isEqualTo(known.labels());
    float[] before = known.confidence();
    int[] labels = known.labels();
    for (int i = 0; i < before.length; i++) {
      before[i] = labels[i] == box ? Math.min(before[i], Guesses.MOST) : before[i];
    }
    assertThat(guessed.confidence()).isEqualTo(before);
    assertThat(guessed.mask(box).score()).isLessThanOrEqualTo(Guesses.MOST);
  }

  @Test
  void instancesOfAnUnknownClassAreGuesses() {
    Answer.Seen<InstanceList> known = seen(Instances.of("ball"));
    Answer.Seen<InstanceList> answer = seen(Instances.of("flumph"));
    assertThat(answer.unknownPhrases()).containsExactly("flumph");
    assertThat(answer.measurement().ids()).isEqualTo(known.measurement().ids());
    assertThat(answer.measurement().score()).isEqualTo(Guesses.MOST);
    assertThat(answer.measurement()).allMatch(i -> i.mask().score() == Guesses.MOST);
    assertThat(known.measurement()).allMatch(i -> i.mask().score() > Guesses.MOST);
  }

  @Test
  void aDialectWithoutMetresNamesTheNearestTask() {
    try (Vision vision = Vision.with(new TruthGenerator()).speaking(Dialect.openVisionBanana())) {
      assertThatThrownBy(() -> vision.see(PHOTO.photo(), Depth.metric()))
          .isInstanceOf(InstructionException.Unsupported.class)
          .hasMessageContaining("Depth.relative()");
    }
  }

  @Test
  void anUnknownGeneratorIsAnError() {
    assertThatThrownBy(() -> Vision.with("nonesuch:x")).isInstanceOf(GeneratorException.class);
  }

  private static double agreement(int[] a, int[] b) {
    int same = 0;
    for (int i = 0; i < a.length; i++) {
      same += a[i] == b[i] ? 1 : 0;
    }
    return (double) same / a.length;
  }

  private static Image shift(Image drawing, int dx, int dy) {
    int w = drawing.width();
    int h = drawing.height();
    byte[] rgb8 = new byte[3 * w * h];
    for (int y = 0, i = 0; y < h; y++) {
      for (int x = 0; x < w; x++, i += 3) {
        int rgb = drawing.rgb(Math.clamp(x - dx, 0, w - 1), Math.clamp(y - dy, 0, h - 1));
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    return Image.of(w, h, rgb8);
  }
}

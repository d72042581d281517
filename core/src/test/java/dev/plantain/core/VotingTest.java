package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.codec.PowerTransform;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotingTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  private static LabelMap labels(int... labels) {
    return LabelMap.of(labels.length, 1, CLASSES, labels);
  }

  @Test
  void theMajorityWinsAndIsAsSureAsItsShareAndNumberAllow() {
    int none = LabelMap.UNASSIGNED;
    int ground = LabelMap.BACKGROUND;
    LabelMap fused =
        LabelVote.of(
            List.of(
                labels(0, 1, none, none, ground),
                labels(0, 2, 1, none, ground),
                labels(0, 2, none, none, 1),
                labels(1, 2, 1, 0, ground)));
    assertThat(fused.labels()).containsExactly(0, 2, 1, none, ground);
    float three = 4 / 6f;
    assertThat(fused.confidence()).containsExactly(three, three, 0.5f, three, three);
  }

  @Test
  void ofEquallyManyTheSurerWin() {
    LabelMap doubtful = LabelMap.of(1, 1, CLASSES, new int[] {0}, new float[] {0.2f});
    LabelMap sure = LabelMap.of(1, 1, CLASSES, new int[] {2}, new float[] {0.9f});
    assertThat(LabelVote.of(List.of(doubtful, sure)).label(0, 0)).isEqualTo(2);
    assertThat(LabelVote.of(List.of(sure, doubtful)).label(0, 0)).isEqualTo(2);
  }

  /** Errors of passes that are independent are outvoted. */
  @Test
  void votingMendsIndependentErrors() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 10_000;
    int[] truth = IntStream.generate(() -> random.nextInt(3)).limit(n).toArray();
    List<LabelMap> passes = new ArrayList<>();
    for (int pass = 0; pass < 9; pass++) {
      int[] drawn = truth.clone();
      for (int i = 0; i < n; i++) {
        drawn[i] = random.nextDouble() < 0.3 ? (truth[i] + 1) % 3 : truth[i];
      }
      passes.add(labels(drawn));
    }
    int[] fused = LabelVote.of(passes).labels();
    long right = IntStream.range(0, n).filter(i -> fused[i] == truth[i]).count();
    // 1 - P(Binomial(9, 0.3) >= 5) = 0.9012
    assertThat(right / (double) n).isCloseTo(0.901, within(0.01));
  }

  private static Instance instance(int from, int to, float score) {
    BitSet bits = new BitSet();
    bits.set(from, to);
    return new Instance(Mask.of("chair", 100, 1, bits, score), 0xFF0000);
  }

  private static InstanceList list(Instance... instances) {
    return new InstanceList("chair", 100, 1, List.of(instances), 1);
  }

  @Test
  void instancesThatMostPassesSeeRemain() {
    InstanceList fused =
        InstanceConsensus.of(
            List.of(
                list(instance(0, 20, 1), instance(40, 60, 1)),
                list(instance(42, 60, 1), instance(1, 21, 1), instance(80, 90, 1)),
                list(instance(0, 19, 1)),
                list(instance(0, 20, 1), instance(39, 59, 0.5f))));
    assertThat(fused).hasSize(2);
    Mask first =
        fused.stream().filter(i -> i.mask().contains(5, 0)).findFirst().orElseThrow().mask();
    assertThat(first.box()).isEqualTo(new Mask.Box(0, 0, 20, 1));
    Mask second =
        fused.stream().filter(i -> i.mask().contains(50, 0)).findFirst().orElseThrow().mask();
    assertThat(second.box()).isEqualTo(new Mask.Box(40, 0, 20, 1));
    assertThat(first.score()).isEqualTo(1f);
    assertThat(second.score()).isCloseTo(2.5f / 4, within(1e-6f));
    Set<Integer> pixels = new HashSet<>();
    fused.forEach(i -> i.mask().bits().stream().forEach(p -> assertThat(pixels.add(p)).isTrue()));
  }

  @Test
  void oneInstanceIsNotCountedTwiceForHavingBeenSplitOnce() {
    InstanceList fused =
        InstanceConsensus.of(
            List.of(
                list(instance(0, 40, 1)),
                list(instance(0, 22, 1), instance(22, 40, 1)),
                list(instance(0, 40, 1))));
    assertThat(fused).hasSize(1);
    assertThat(fused.getFirst().mask().area()).isEqualTo(40);
  }

  @Test
  void noInstanceInMostPassesIsNone() {
    InstanceList fused = InstanceConsensus.of(List.of(list(), list(), list(instance(0, 9, 1))));
    assertThat(fused).isEmpty();
    assertThat(fused.score()).isCloseTo(2f / 3, within(1e-6f));
  }

  private static DepthMap depth(float... metres) {
    return DepthMap.of(metres.length, 1, metres);
  }

  @Test
  void theMedianIsInTheCodesSpaceAndNoThirdDepth() {
    float inf = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    DepthMap fused = Fusion.depth(List.of(depth(2, 2, inf, 1, nan), depth(2.2f, 9, inf, nan, nan)));
    double mid =
        PowerTransform.PAPER.inverse(
            (PowerTransform.PAPER.forward(2) + PowerTransform.PAPER.forward(2.2f)) / 2);
    assertThat(fused.metres(0, 0)).isCloseTo((float) mid, within(1e-4f)).isLessThan(2.1f);
    assertThat(fused.metres(1, 0)).isEqualTo(2f);
    assertThat(fused.metres(2, 0)).isEqualTo(inf);
    assertThat(fused.metres(3, 0)).isEqualTo(1f);
    assertThat(fused.metres(4, 0)).isNaN();
    DepthMap odd = Fusion.depth(List.of(depth(1), depth(50), depth(3)));
    assertThat(odd.metres(0, 0)).isEqualTo(3f);
    assertThat(odd.confidence()[0]).isCloseTo(1f / 3, within(1e-6f));
  }

  @Test
  void normalsMeetOnTheSphere() {
    float a = (float) Math.sin(0.4);
    float c = (float) Math.cos(0.4);
    NormalMap left = NormalMap.of(2, 1, new float[] {-a, 0, c, 1, 0, 0});
    NormalMap right = NormalMap.of(2, 1, new float[] {a, 0, c, -1, 0, 0});
    NormalMap fused = Fusion.normals(List.of(left, right));
    assertThat(fused.xyz()[0]).isCloseTo(0, within(1e-6f));
    assertThat(fused.xyz()[2]).isCloseTo(1, within(1e-6f));
    assertThat(fused.confidence()[0]).isCloseTo(c, within(1e-5f));
    assertThat(fused.xyz()[3]).isNaN(); // opposite directions have no mean
  }

  /** Draws rooms; the first passes wrongly, and some not at all. */
  private static final class Moody implements Generator {
    private final Set<Integer> wrong;
    private final Set<Integer> refused;
    int drawn;

    Moody(Set<Integer> wrong, Set<Integer> refused) {
      this.wrong = wrong;
      this.refused = refused;
    }

    @Override
    public Traits traits() {
      return new Traits(
          "moody", "paper", new Traits.Sizes(16, 128 * 96, 512 * 512, 4), true, "Apache-2.0");
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      int number = (int) options.seed();
      drawn++;
      if (refused.contains(number)) {
        throw new GeneratorException.Refused("not this one");
      }
      Instruction instruction = Instruction.parse(prompt);
      Ask.Segments ask = (Ask.Segments) instruction.ask();
      Room room = new Room(options.width().orElseThrow(), options.height().orElseThrow(), 3);
      LabelMap labels =
          room.isMirroredIn(images.getFirst()) ? room.labels().mirrored() : room.labels();
      int n = ask.legend().size();
      int[] shown = labels.labels();
      for (int i = 0; i < shown.length; i++) {
        int label = Math.floorMod(shown[i], n);
        shown[i] = wrong.contains(number) ? (label + 1) % n : label;
      }
      List<String> names = ask.legend().stream().map(Ask.Entry::phrase).toList();
      return Segments.coloured(ask.legend())
          .paint(LabelMap.of(labels.width(), labels.height(), names, shown), instruction);
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void autoStopsWhenSure() {
    Image photo = new Room(128, 96, 3).photo();
    Moody sure = new Moody(Set.of(), Set.of());
    Answer<LabelMap> answer =
        Vision.with(sure).voting(Voting.until(0.75, 20)).answer(photo, Segments.of(Room.CLASSES));
    assertThat(((Answer.Seen<LabelMap>) answer).passes()).hasSize(3);

    Moody torn = new Moody(Set.of(0, 2, 4), Set.of());
    answer =
        Vision.with(torn).voting(Voting.until(0.75, 20)).answer(photo, Segments.of(Room.CLASSES));
    int passes = ((Answer.Seen<LabelMap>) answer).passes().size();
    assertThat(passes).isBetween(5, 19);
    assertThat(torn.drawn).isEqualTo(passes);
    assertThat(Voting.confidence(answer.orThrow())).isGreaterThanOrEqualTo(0.75);

    Moody never = new Moody(Set.of(0, 2, 4, 6), Set.of());
    answer =
        Vision.with(never).voting(Voting.until(0.99, 8)).answer(photo, Segments.of(Room.CLASSES));
    assertThat(((Answer.Seen<LabelMap>) answer).passes()).hasSize(8);
  }

  /** Draws the mean of what it thinks possible, as one step does: more likely the first class. */
  private static final class Hesitant implements Generator {
    private static final double FIRST = 0.55;

    @Override
    public Traits traits() {
      return new Traits(
          "hesitant", "paper", new Traits.Sizes(16, 128 * 96, 512 * 512, 4), true, "Apache-2.0");
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      List<Ask.Entry> legend =
          switch (Instruction.parse(prompt).ask()) {
            case Ask.Segments segments -> segments.legend();
            case Ask.Referring referring -> referring.legend();
            case Ask other -> throw new GeneratorException.Refused("I know no " + other);
          };
      int width = options.width().orElseThrow();
      int height = options.height().orElseThrow();
      byte[] rgb8 = new byte[3 * width * height];
      for (int i = 0; i < rgb8.length; i++) {
        int shift = 16 - 8 * (i % 3);
        int first = (legend.get(0).rgb() >> shift) & 0xff;
        int second = (legend.get(1).rgb() >> shift) & 0xff;
        rgb8[i] = (byte) Math.round(FIRST * first + (1 - FIRST) * second);
      }
      return Image.of(width, height, rgb8);
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Half red and half green is olive; in other colours it is not. */
  @Test
  void whatMixedColoursMeanIsToldByDrawingsInOthers() {
    Image photo = new Room(128, 96, 3).photo();
    Segments task =
        Segments.coloured(
            List.of(
                new Ask.Entry("tree", 0xFF0000),
                new Ask.Entry("lawn", 0x00FF00),
                new Ask.Entry("olive", 0x808000)));
    LabelMap one = Vision.with(new Hesitant()).voting(1).see(photo, task);
    assertThat(one.share(2)).isEqualTo(1);
    LabelMap four = Vision.with(new Hesitant()).voting(4).see(photo, task);
    assertThat(four.share(0)).isEqualTo(1);
    assertThat(four.meanConfidence())
        .isCloseTo((float) (4 * Hesitant.FIRST + 1) / 6, within(0.02f));
    List<Mask> masks =
        Vision.with(new Hesitant()).voting(4).see(photo, Referring.toEach("tree", "lawn", "olive"));
    assertThat(masks).map(Mask::area).containsExactly(128 * 96, 0, 0);
  }

  @Test
  void aRefusedPassIsToldAndTheVoteGoesOn() {
    Image photo = new Room(128, 96, 3).photo();
    Moody some = new Moody(Set.of(), Set.of(1, 3));
    Answer<LabelMap> answer = Vision.with(some).voting(5).answer(photo, Segments.of(Room.CLASSES));
    Answer.Seen<LabelMap> seen = (Answer.Seen<LabelMap>) answer;
    assertThat(seen.passes()).hasSize(3);
    assertThat(seen.warnings()).anyMatch(w -> w.contains("2 of 5") && w.contains("not this one"));
    Moody most = new Moody(Set.of(), Set.of(0, 1, 3));
    assertThatThrownBy(() -> Vision.with(most).voting(5).see(photo, Segments.of(Room.CLASSES)))
        .isInstanceOf(GeneratorException.Refused.class);
  }

  @Test
  void aVariantThatCannotBeAskedIsAskedAsItIs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("half.properties");
    Files.writeString(
        file,
        """
        name=half
        segments.1=Segment this image by class: {each|, |{phrase} {in colour}}[; everything else in {background}].
        segments.2=Segment this image by class, all of it: {each|, |{phrase} {in colour}}.
        """);
    Segments task = Segments.of(Room.CLASSES).background();
    Moody generator = new Moody(Set.of(), Set.of());
    Answer<LabelMap> answer =
        Vision.with(generator)
            .speaking(Dialect.read(file))
            .voting(5)
            .answer(new Room(128, 96, 3).photo(), task);
    Answer.Seen<LabelMap> seen = (Answer.Seen<LabelMap>) answer;
    assertThat(seen.passes()).hasSize(5);
    assertThat(seen.passes().stream().map(pass -> pass.drawing().instruction().ask()))
        .filteredOn(seen.drawing().instruction().ask()::equals)
        .hasSizeBetween(2, 4);
  }

  @Test
  void manyClassesAreAskedInSeveralDrawingsAndMerged() {
    List<String> classes = IntStream.range(0, 60).mapToObj(i -> "thing " + i).toList();
    Segments whole = Segments.of(classes).background();
    Division division = Division.of(List.of(whole), ColourProfile.identity());
    assertThat(division.parts()).hasSize(3);
    int asked = 0;
    for (Task<?> part : division.parts()) {
      Segments segments = (Segments) part;
      assertThat(segments.legend().size()).isLessThanOrEqualTo(Division.LEGEND);
      assertThat(segments.backgroundRgb()).hasValue(0);
      asked += segments.legend().size();
    }
    assertThat(asked).isEqualTo(60);

    // Each part sees its own classes; where two claim a pixel, the surer has it.
    int[] none = {-2, -2, -2, -2};
    List<Answer<?>> answers = new ArrayList<>();
    int[][] found = {{3, -2, 0, -2}, {-2, 7, 1, -2}, {-2, -2, -2, LabelMap.UNASSIGNED}};
    float[][] sure = {{1, 1, 0.4f, 1}, {1, 0.8f, 0.9f, 1}, {1, 1, 1, 0.3f}};
    for (int k = 0; k < 3; k++) {
      Segments part = (Segments) division.parts().get(k);
      int[] own = none.clone();
      System.arraycopy(found[k], 0, own, 0, 4);
      answers.add(
          new Answer.Seen<>(
              part, LabelMap.of(4, 1, part.classes(), own, sure[k]), List.of(), List.of(), "g"));
    }
    LabelMap merged = (LabelMap) division.merge(answers).getFirst().orThrow();
    assertThat(merged.classes()).isEqualTo(classes);
    assertThat(merged.labels()).containsExactly(3, 27, 21, LabelMap.UNASSIGNED);
    assertThat(merged.confidence()[2]).isEqualTo(0.9f);
  }

  @Test
  void legendsAreChosenByWhatTheGeneratorDraws() {
    // A generator that draws no blue: colours that differ in blue alone look alike.
    List<ColourProfile.Sample> samples = new ArrayList<>();
    for (int r = 0; r < 256; r += 51) {
      for (int g = 0; g < 256; g += 51) {
        for (int b = 0; b < 256; b += 51) {
          samples.add(new ColourProfile.Sample(r << 16 | g << 8 | b, r << 16 | g << 8 | b / 8));
        }
      }
    }
    ColourProfile profile = ColourProfile.fit(samples);
    int[] drawn = profile.palette(6, 0).stream().mapToInt(profile::response).toArray();
    int[] usual =
        ColourProfile.identity().palette(6, 0).stream().mapToInt(profile::response).toArray();
    assertThat(nearest(drawn)).isGreaterThan(1.5 * nearest(usual)).isGreaterThan(100);
    assertThat(profile.palette(4, 7L, 0)).hasSize(4).doesNotHaveDuplicates();
    Segments variant = Segments.of("a", "b").variant(9, profile);
    assertThat(variant.legend()).isNotEqualTo(Segments.of("a", "b").variant(9).legend());
  }

  private static double nearest(int[] colours) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      for (int j = 0; j < i; j++) {
        int a = colours[i];
        int b = colours[j];
        least =
            Math.min(
                least,
                Math.hypot(
                    Math.hypot((a >> 16) - (b >> 16), (a >> 8 & 255) - (b >> 8 & 255)),
                    (a & 255) - (b & 255)));
      }
    }
    return least;
  }

  @Test
  void aPlanIsHeldAgainstTheDrawing() {
    PlannedInstances task = CHAIRS.instances("chair", 0);
    Instruction asked = task.ask(Dialect.paper());
    assertThat(asked.text()).contains("left chair").contains("right chair");
    byte[] rgb8 = new byte[3 * 64];
    for (int i = 0; i < 32; i++) {
      rgb8[3 * i] = (byte) 255;
    }
    Image drawing = Image.of(8, 8, rgb8);
    InstanceList read = task.read(new Drawing(drawing, asked), ColourProfile.identity());
    assertThat(read).hasSize(1);
    assertThat(CHAIRS.check(read))
        .anyMatch(w -> w.contains("counts 2") && w.contains("shows 1"))
        .anyMatch(w -> w.contains("right chair"));
    Arrays.fill(rgb8, 0, 96, (byte) 0);
    for (int i = 0; i < 16; i++) {
      rgb8[3 * i] = (byte) 255;
      rgb8[3 * (i + 32) + 2] = (byte) 255;
    }
    read = task.read(new Drawing(Image.of(8, 8, rgb8), asked), ColourProfile.identity());
    assertThat(CHAIRS.check(read)).isEmpty();
    assertThatThrownBy(() -> new Plan(List.of(CHAIRS.things().get(0), CHAIRS.things().get(0))))
        .hasMessageContaining("twice");
  }

  private static final Plan CHAIRS =
      new Plan(
          List.of(
              new Plan.Thing(
                  "chair",
                  List.of(
                      new Ask.Entry("left chair", 0xFF0000),
                      new Ask.Entry("right chair", 0x0000FF)))));

  private static Instance chair(int from, int to, int rgb) {
    return new Instance(instance(from, to, 1).mask(), rgb);
  }

  private static InstanceList throughPaint(PlannedInstances task, InstanceList instances) {
    Instruction asked = task.ask(Dialect.paper());
    Image drawing = task.paint(instances, asked);
    return task.read(new Drawing(drawing, asked), ColourProfile.identity());
  }

  @Test
  void whateverColoursAreAskedForPlannedInstancesHaveThoseOfThePlan() {
    PlannedInstances task = CHAIRS.instances("chair", 0);
    // The larger is the plan's second.
    InstanceList both = list(chair(40, 70, 0x0000FF), chair(0, 20, 0xFF0000));
    List<InstanceList> answers = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      InstanceList read = throughPaint(task.variant(seed), both);
      assertThat(read).map(Instance::rgb).containsExactly(0x0000FF, 0xFF0000);
      answers.add(read);
    }
    assertThat(task.variant(1).ask(Dialect.paper()).ask())
        .isNotEqualTo(task.ask(Dialect.paper()).ask());
    InstanceList fused = task.fuse(answers);
    assertThat(fused).map(Instance::rgb).containsExactly(0x0000FF, 0xFF0000);
    assertThat(CHAIRS.check(fused)).isEmpty();
  }

  @Test
  void paintedInstancesOfNoPlannedColourAreTheEntriesLeft() {
    PlannedInstances task = CHAIRS.instances("chair", 0);
    InstanceList one = list(chair(40, 70, 0x123456), chair(0, 20, 0xFF0000));
    assertThat(throughPaint(task, one)).map(Instance::rgb).containsExactly(0x0000FF, 0xFF0000);
    InstanceList three = list(chair(40, 70, 0), chair(0, 20, 0xFF0000), chair(80, 90, 0));
    assertThatThrownBy(() -> throughPaint(task, three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 instances of \"chair\" are too many for a plan of 2");
  }
}

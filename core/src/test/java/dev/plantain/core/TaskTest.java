package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.instruct.DepthScheme;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task paints, it reads; in every variant. */
class TaskTest {
  private static final Room ROOM = new Room(96, 64, 3);

  private static <M> M throughPaint(Task<M> task, M measurement) {
    Instruction asked = task.ask(Dialect.paper());
    // The decoder must work from the prompt alone, as a reader of someone else's drawing does.
    Instruction parsed = Instruction.parse(asked.text());
    Image drawing = task.paint(measurement, parsed);
    return task.read(new Drawing(drawing, parsed), ColourProfile.identity());
  }

  @ParameterizedTest
  @EnumSource(DepthScheme.class)
  void depth(DepthScheme scheme) {
    DepthMap truth = ROOM.depth();
    DepthMap read = throughPaint(Depth.metric().in(scheme), truth);
    // Grey has the fewest steps: 255 over f, whose slope at 6 m is 0.2/1.6³ per metre.
    double bound = scheme == DepthScheme.CUBE ? 0.01 : 0.06;
    for (int y = 0; y < truth.height(); y++) {
      for (int x = 0; x < truth.width(); x++) {
        assertThat(read.metres(x, y)).isCloseTo(truth.metres(x, y), within((float) bound));
      }
    }
    assertThat(read.meanConfidence()).isGreaterThan(0.98f);
  }

  @ParameterizedTest
  @EnumSource(DepthScheme.class)
  void skyAndInvalidPixelsSurvive(DepthScheme scheme) {
    float[] metres = ROOM.depth().metres();
    for (int i = 0; i < 96 * 20; i++) {
      metres[i] = Float.POSITIVE_INFINITY;
    }
    for (int y = 40; y < 60; y++) {
      for (int x = 10; x < 40; x++) {
        metres[y * 96 + x] = Float.NaN;
      }
    }
    DepthMap read = throughPaint(Depth.metric().in(scheme), DepthMap.of(96, 64, metres));
    assertThat(read.metres(50, 5)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(read.sky()[5 * 96 + 50]).isTrue();
    assertThat(read.metres(25, 50)).isNaN();
    float bound = scheme == DepthScheme.CUBE ? 0.01f : 0.06f;
    assertThat(read.metres(60, 50)).isCloseTo(metres[50 * 96 + 60], within(bound));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void everyVariantReadsWhatItPaints(long seed) {
    LabelMap labels = ROOM.labels();
    assertThat(throughPaint(Segments.of(Room.CLASSES).variant(seed), labels).labels())
        .isEqualTo(labels.labels());
    assertThat(throughPaint(Segments.of(Room.CLASSES).background().variant(seed), labels).labels())
        .isEqualTo(labels.labels());

    InstanceList balls = throughPaint(Instances.of("ball").variant(seed), ROOM.balls());
    assertThat(balls).hasSameSizeAs(ROOM.balls());
    // Specks cut off from their ball by what stands before it may be lost.
    for (Instance ball : ROOM.balls()) {
      assertThat(balls).anyMatch(found -> found.mask().iou(ball.mask()) > 0.75);
    }

    Mask nearest = throughPaint(Referring.to("nearest thing").variant(seed), ROOM.nearest());
    assertThat(nearest).isEqualTo(ROOM.nearest());

    List<Mask> both = List.of(labels.mask(2).named("box"), ROOM.balls().get(0).mask());
    List<Mask> read = throughPaint(Referring.toEach("box", "big ball").variant(seed), both);
    assertThat(read.get(0).bits()).isEqualTo(both.get(0).bits());
    assertThat(read.get(1).bits()).isEqualTo(both.get(1).bits());

    EdgeMap edges = throughPaint(Edges.boundaries().variant(seed), ROOM.edges());
    assertThat(edges).isEqualTo(ROOM.edges());

    RelativeDepth relative = RelativeDepth.of(ROOM.depth());
    RelativeDepth readBack = throughPaint(Depth.relative().variant(seed), relative);
    assertThat(readBack.nearness(30, 30))
        .isCloseTo(relative.nearness(30, 30), within(0.5f / 255 + 1e-4f));

    NormalMap normals = throughPaint(Normals.camera().variant(seed), ROOM.normals());
    float[] truth = ROOM.normals().xyz();
    float[] xyz = normals.xyz();
    for (int i = 0; i < xyz.length; i += 3) {
      double dot = xyz[i] * truth[i] + xyz[i + 1] * truth[i + 1] + xyz[i + 2] * truth[i + 2];
      assertThat(Math.toDegrees(Math.acos(Math.min(1, dot)))).isLessThan(0.5);
    }
  }

  @Test
  void coloursKeepAwayFromADialectsBackground(@TempDir Path folder) throws IOException {
    List<String> classes = IntStream.range(0, 12).mapToObj(i -> "thing " + i).toList();
    for (long seed = 0; seed < 9; seed++) {
      Segments task = Segments.of(classes).variant(seed);
      Ask.Segments asked = (Ask.Segments) task.ask(Dialect.openVisionBanana()).ask();
      assertThat(asked.background()).hasValue(Colours.BLACK);
      assertThat(asked.legend()).map(Ask.Entry::rgb).contains(0x4080FF).doesNotContain(0x000040);
      assertThat(((Ask.Segments) task.ask(Dialect.paper()).ask()).legend())
          .isEqualTo(task.legend());
    }
    Path file = folder.resolve("white.properties");
    Files.writeString(
        file,
        """
        name=white
        referring.background=white
        referring.1=Mark {each|, |the {phrase} {in colour}}[ and paint all the rest {background}].
        """);
    Dialect white = Dialect.read(file);
    Referring task = Referring.to("nearest thing");
    Instruction asked = task.ask(white);
    assertThat(((Ask.Referring) asked.ask()).background()).isEqualTo(Colours.WHITE);
    Drawing drawing = new Drawing(task.paint(ROOM.nearest(), asked), asked);
    assertThat(task.read(drawing, ColourProfile.identity())).isEqualTo(ROOM.nearest());
    Referring.Each each =
        new Referring.Each(
            List.of(new Ask.Entry("box", 0xFFFFFF), new Ask.Entry("ball", 0x0000FF)),
            OptionalInt.empty(),
            0);
    assertThat(((Ask.Referring) each.ask(white).ask()).legend())
        .containsExactly(new Ask.Entry("box", 0xFF0000), new Ask.Entry("ball", 0x0000FF));
    assertThatThrownBy(() -> task.background(Colours.WHITE).ask(white))
        .hasMessageContaining("shares the colour");
  }

  @Test
  void variantsDiffer() {
    Segments task = Segments.of("sofa", "lamp", "rug");
    assertThat(task.variant(0)).isEqualTo(task);
    assertThat(task.variant(1).ask(Dialect.paper()).text())
        .isNotEqualTo(task.variant(2).ask(Dialect.paper()).text());
    assertThat(task.variant(1).legend()).isNotEqualTo(task.variant(2).legend());
    assertThat(task.variant(1)).isEqualTo(task.variant(1));
  }

  @Test
  void whatIsNotThereIsAnEmptyMask() {
    Referring task = Referring.to("unicorn");
    Mask none =
        task.read(
            new Drawing(Image.filled(32, 32, Colours.BLACK), task.ask(Dialect.paper())),
            ColourProfile.identity());
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.score()).isEqualTo(1);
    assertThat(none.phrase()).isEqualTo("unicorn");
    for (int grey : new int[] {0x848484, 0xC0C0C0}) {
      byte[] rgb8 = new byte[3 * 32 * 32];
      Arrays.fill(rgb8, 0, rgb8.length / 2, (byte) grey);
      Mask half =
          task.read(
              new Drawing(Image.of(32, 32, rgb8), task.ask(Dialect.paper())),
              ColourProfile.identity());
      assertThat(half.isEmpty()).isEqualTo(grey == 0x848484);
    }
    Instances chairs = Instances.of("chair");
    InstanceList empty =
        chairs.read(
            new Drawing(Image.filled(32, 32, Colours.BLACK), chairs.ask(Dialect.paper())),
            ColourProfile.identity());
    assertThat(empty).isEmpty();
    assertThat(empty.score()).isEqualTo(1);
  }

  @Test
  void aBlackDrawingIsNoDepth() {
    for (Task<?> task :
        List.of(Depth.metric(), Depth.relative(), Normals.camera(), Segments.of("a"))) {
      Drawing black = new Drawing(Image.filled(8, 8, 0x020202), task.ask(Dialect.paper()));
      assertThatThrownBy(() -> task.read(black, ColourProfile.identity()))
          .isInstanceOf(DrawingException.Blank.class)
          .hasMessageContaining("refused");
    }
  }

  @Test
  void aColourOfNoClassIsUnassigned() {
    Segments task = Segments.of("sofa", "lamp").background();
    Drawing grey = new Drawing(Image.filled(4, 4, 0x808080), task.ask(Dialect.paper()));
    assertThat(task.read(grey, ColourProfile.identity()).label(1, 1))
        .isEqualTo(LabelMap.UNASSIGNED);
    assertThat(task.nearestAlways().read(grey, ColourProfile.identity()).label(1, 1))
        .isNotEqualTo(LabelMap.UNASSIGNED);
  }

  @Test
  void majoritiesWin() {
    BitSet left = new BitSet();
    left.set(0, 50);
    BitSet wrong = new BitSet();
    wrong.set(60, 90);
    Mask good = Mask.of("x", 10, 10, left, 0.9f);
    Mask fused = Referring.to("x").fuse(List.of(good, Mask.of("x", 10, 10, wrong, 0.9f), good));
    assertThat(fused.bits()).isEqualTo(left);
    assertThat(fused.score()).isCloseTo(0.6f, within(1e-3f));

    LabelMap a = LabelMap.of(2, 1, List.of("p", "q"), new int[] {0, 1}, new float[] {1, 0.1f});
    LabelMap b = LabelMap.of(2, 1, List.of("p", "q"), new int[] {0, 0}, new float[] {1, 1});
    LabelMap c = LabelMap.of(2, 1, List.of("p", "q"), new int[] {1, 0}, new float[] {1, 0.9f});
    assertThat(Segments.of("p", "q").fuse(List.of(a, b, c)).labels()).containsExactly(0, 0);

    DepthMap near = DepthMap.of(1, 1, new float[] {1});
    DepthMap far = DepthMap.of(1, 1, new float[] {100});
    DepthMap median = Depth.metric().fuse(List.of(near, far, near));
    assertThat(median.metres(0, 0)).isEqualTo(1);
    assertThat(median.confidence()[0]).isCloseTo(2 / 3f, within(1e-3f));
    // Never a third depth half-way between two.
    assertThat(Depth.metric().fuse(List.of(near, far)).metres(0, 0)).isEqualTo(1);
  }

  @Test
  void instancesFoundByMostPassesStay() {
    InstanceList all = ROOM.balls();
    InstanceList one = new InstanceList("ball", 96, 64, all.subList(0, 1), 1);
    InstanceList fused = Instances.of("ball").fuse(List.of(all, one, all));
    assertThat(fused.stream().map(i -> i.mask().bits()))
        .containsExactlyInAnyOrderElementsOf(all.stream().map(i -> i.mask().bits()).toList());
    assertThat(Instances.of("ball").fuse(List.of(one, one, all))).hasSize(1);
  }

  @Test
  void badTasksAreRefusedWithAReason() {
    assertThatThrownBy(() -> Segments.of("cat", "Cat")).hasMessageContaining("asked for twice");
    assertThatThrownBy(() -> Segments.of()).hasMessageContaining("at least one");
    assertThatThrownBy(() -> Referring.to("  ")).hasMessageContaining("empty");
    assertThatThrownBy(() -> Instances.of("x".repeat(301))).hasMessageContaining("too long");
  }
}

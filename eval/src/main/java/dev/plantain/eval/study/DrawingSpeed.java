package dev.plantain.eval.study;

import dev.plantain.core.Depth;
import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Dialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long one drawing of a photo takes, and how much longer two of the same photo: what a photo's
 * features cost is paid once. Medians, photos never seen before.
 *
 * <p>{@code tools/run dev.plantain.eval.study.DrawingSpeed [GENERATOR [SIDE]]}; {@code sprout} at
 * 128 pixels unless told otherwise.
 */
public final class DrawingSpeed {
  private static final int SIDE = 128;
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 40;
  private static final List<Task<?>> TASKS =
      List.of(Depth.metric(), Normals.camera(), Segments.of("floor", "chair", "wall"));

  private DrawingSpeed() {}

  public static void main(String[] args) {
    String spec = args.length > 0 ? args[0] : "sprout";
    int side = args.length > 1 ? Integer.parseInt(args[1]) : SIDE;
    SplittableRandom random = new SplittableRandom(1);
    try (Vision vision = Vision.with(spec)) {
      double[][] millis = new double[TASKS.size()][ROUNDS];
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        for (int count = 1; count <= TASKS.size(); count++) {
          List<Generator.Request> requests =
              requests(noise(side, random), vision.dialect(), round, count);
          long start = System.nanoTime();
          vision.generator().drawEach(requests);
          if (round >= 0) {
            millis[count - 1][round] = (System.nanoTime() - start) / 1e6;
          }
        }
      }
      double one = median(millis[0]);
      System.out.println("| drawings of one photo | ms | the last one, of the first |");
      System.out.println("| --- | --- | --- |");
      for (int count = 1; count <= TASKS.size(); count++) {
        double all = median(millis[count - 1]);
        double last = count == 1 ? one : all - median(millis[count - 2]);
        System.out.printf("| %d | %.0f | %.0f %% |%n", count, all, 100 * last / one);
      }
      questions(vision, side, random);
    }
  }

  /** Questions as they are asked, several times if the generator is, and read. */
  private static void questions(Vision vision, int side, SplittableRandom random) {
    double[][] millis = new double[TASKS.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      Image photo = noise(side, random);
      for (int i = 0; i < TASKS.size(); i++) {
        long start = System.nanoTime();
        vision.answer(photo, TASKS.get(Math.floorMod(round + i, TASKS.size())));
        if (round >= 0) {
          millis[i][round] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    double first = median(millis[0]);
    System.out.println();
    System.out.println("| question of one photo | ms | of the first |");
    System.out.println("| --- | --- | --- |");
    for (int i = 0; i < TASKS.size(); i++) {
      double own = median(millis[i]);
      System.out.printf("| %d | %.0f | %.0f %% |%n", i + 1, own, 100 * own / first);
    }
  }

  /** Another photo each time, so that nothing kept for one helps. */
  private static Image noise(int side, SplittableRandom random) {
    byte[] rgb8 = new byte[3 * side * side];
    random.nextBytes(rgb8);
    return Image.of(side, side, rgb8);
  }

  /** Each round begins with another task, so that their prompts' lengths even out. */
  private static List<Generator.Request> requests(
      Image photo, Dialect dialect, int round, int count) {
    List<Generator.Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Task<?> task = TASKS.get(Math.floorMod(round + i, TASKS.size()));
      requests.add(
          new Generator.Request(
              List.of(photo),
              task.ask(dialect).text(),
              Options.seeded(round).withSize(photo.width(), photo.height())));
    }
    return requests;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

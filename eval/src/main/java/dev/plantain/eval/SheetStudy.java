package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.eval.set.DioramaSet;
import dev.plantain.formats.Jpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts the first test views and what is drawn of them beside one another: the photo, then one
 * column for each task, above what should be drawn, below the first of the drawings.
 *
 * <p>{@code tools/run dev.plantain.eval.SheetStudy FILE.jpg [GENERATOR [VIEWS]]}: 8 views of {@code
 * sprout}, two in a row, unless told otherwise.
 */
public final class SheetStudy {
  private static final int VIEWS = 8;
  private static final int SIDE = 128;
  private static final int TASKS = 6;

  /** Of one view: the photo twice as large, then the tasks. */
  private static final int WIDTH = (2 + TASKS) * SIDE;

  /** That of the command's views. */
  private static final long FIRST_SEED = 900_000_000;

  private final byte[] sheet;
  private final int rows;

  private SheetStudy(int views) {
    rows = (views + 1) / 2;
    sheet = new byte[3 * 2 * WIDTH * rows * 2 * SIDE];
  }

  public static void main(String[] args) throws IOException {
    int views = args.length > 2 ? Integer.parseInt(args[2]) : VIEWS;
    SheetStudy study = new SheetStudy(views);
    Diorama diorama = Diorama.open(Diorama.installedLibraries()).withoutEdits();
    DioramaSet set =
        new DioramaSet(
            "test", views, () -> diorama.views(Split.TEST, FIRST_SEED, SIDE, SIDE).limit(views));
    try (Vision opened = Vision.with(args.length > 1 ? args[1] : "sprout");
        Stream<Sample> samples = set.samples()) {
      Vision vision = opened.voting(opened.generator().passes());
      int view = 0;
      for (Iterator<Sample> all = samples.iterator(); all.hasNext(); view++) {
        study.add(view, all.next(), vision);
      }
    }
    Jpeg.write(Path.of(args[0]), Image.of(2 * WIDTH, study.rows * 2 * SIDE, study.sheet), 0.9);
    System.out.printf("%d test views in %s%n", views, args[0]);
  }

  private void add(int view, Sample sample, Vision vision) {
    int left = view % 2 * WIDTH;
    int top = view / 2 * 2 * SIDE;
    put(sample.photo().resized(2 * SIDE, 2 * SIDE), left, top);
    left += 2 * SIDE;
    List<List<Answer<?>>> answers = Evaluation.answers(vision, sample);
    Set<Class<?>> shown = new HashSet<>();
    for (int i = 0; i < answers.size(); i++) {
      Truth truth = sample.truths().get(i);
      if (shown.add(truth.getClass())) {
        if (answers.get(i).getFirst() instanceof Answer.Seen<?> seen) {
          put(seen.drawing().image().resized(SIDE, SIDE), left, top + SIDE);
          put(
              painted(
                  Questions.one(truth),
                  Looks.measurement(sample.photo(), truth),
                  seen.drawing().instruction()),
              left,
              top);
        }
        left += SIDE;
      }
    }
  }

  @SuppressWarnings("unchecked") // what is known of a truth is what its question measures
  private static <M> Image painted(Task<M> task, Object measurement, Instruction instruction) {
    return task.paint((M) measurement, instruction);
  }

  private void put(Image image, int left, int top) {
    byte[] rgb8 = image.rgb8();
    for (int y = 0; y < image.height(); y++) {
      int to = 3 * ((top + y) * 2 * WIDTH + left);
      System.arraycopy(rgb8, 3 * y * image.width(), sheet, to, 3 * image.width());
    }
  }
}

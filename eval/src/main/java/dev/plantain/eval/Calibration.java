package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.ColourProfile;
import dev.plantain.core.Image;
import dev.plantain.core.Placement;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Colours;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Measures how a generator distorts the colours of legends: classes are asked for in colours from
 * all over the cube, in photos where it is known which pixel is of which class, and what was drawn
 * inside each is compared with what was asked for.
 *
 * <p>A region that is not of one colour, or nearer to another entry's colour than to its own, was
 * drawn wrongly, not distorted; it is counted and left out.
 */
public final class Calibration {
  /** A class on less of the photo than this has too few pixels that are surely inside. */
  private static final double LEAST_SHARE = 0.03;

  /** Pixels nearer to the edge of their class than this, in pixels of the photo, are left out. */
  private static final int MARGIN = 3;

  private static final int LEAST_PIXELS = 64;
  private static final int MOST_CLASSES = 6;

  /** Colours of one legend are at least so far apart, in 8-bit levels. */
  private static final double APART = 110;

  /** Of a flat region most pixels are this near to its median colour. */
  private static final double FLAT = 40;

  private static final int[] LEVELS = {0, 51, 102, 153, 204, 255};

  private final Vision vision;
  private final SplittableRandom random = new SplittableRandom(20260101);
  private final List<ColourProfile.Sample> fitted = new ArrayList<>();
  private final List<ColourProfile.Sample> held = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int wrong;
  private int patchy;

  /**
   * What was found.
   *
   * @param profile that of no distortion if the measured one does not help on colours held back
   * @param regions measured
   * @param wrong regions in the colour of another class
   * @param patchy regions of no one colour
   * @param errorBefore mean distance of drawn and meant colours, in 8-bit levels, over regions held
   *     back from the fit
   * @param errorAfter the same of corrected colours
   * @param failures one line for each drawing that was not made or could not be read
   */
  public record Result(
      ColourProfile profile,
      int regions,
      int wrong,
      int patchy,
      double errorBefore,
      double errorAfter,
      List<String> failures) {

    /** Whether the measured profile helps. */
    public boolean helps() {
      return errorAfter < errorBefore;
    }
  }

  private Calibration(Vision vision) {
    this.vision = vision;
  }

  /**
   * Measures.
   *
   * @param vision without correction
   * @param set that knows classes
   * @param limit of photos; of every three, two are fitted to and one is held back
   * @param progress hears of each photo done, by number
   */
  public static Result run(Vision vision, EvalSet set, long limit, LongConsumer progress)
      throws IOException {
    Calibration calibration = new Calibration(vision.correcting(ColourProfile.identity()));
    long done = 0;
    try (Stream<Sample> samples = set.samples()) {
      Iterator<Sample> each = samples.limit(limit).iterator();
      while (each.hasNext()) {
        Sample sample = each.next();
        for (Truth truth : sample.truths()) {
          if (truth instanceof Truth.SegmentTruth segments) {
            boolean hold = done % 3 == 2;
            calibration.add(sample, segments, hold ? calibration.held : calibration.fitted);
          }
        }
        progress.accept(++done);
      }
    }
    return calibration.result();
  }

  private Result result() {
    ColourProfile profile = ColourProfile.fit(fitted);
    double before = error(ColourProfile.identity());
    double after = error(profile);
    return new Result(
        after < before ? profile : ColourProfile.identity(),
        fitted.size() + held.size(),
        wrong,
        patchy,
        before,
        after,
        List.copyOf(failures));
  }

  private double error(ColourProfile profile) {
    return held.stream()
        .mapToDouble(s -> distance(profile.correct(s.drawn()), s.meant()))
        .average()
        .orElse(Double.NaN);
  }

  private void add(Sample sample, Truth.SegmentTruth truth, List<ColourProfile.Sample> to) {
    int width = sample.photo().width();
    int height = sample.photo().height();
    List<Integer> large = new ArrayList<>();
    for (int c = 0; c < truth.classes().size() && large.size() < MOST_CLASSES; c++) {
      int label = c;
      long pixels = Arrays.stream(truth.labels()).filter(l -> l == label).count();
      if (pixels >= LEAST_SHARE * truth.labels().length) {
        large.add(c);
      }
    }
    if (large.isEmpty()) {
      return;
    }
    List<Integer> colours = colours(large.size());
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < large.size(); i++) {
      legend.add(new Entry(truth.classes().get(large.get(i)), colours.get(i)));
    }
    Segments task = Segments.coloured(legend).background(Colours.BLACK);
    switch (vision.seeded(random.nextInt(1 << 20)).answer(sample.photo(), task)) {
      case Answer.Failed<?> failed ->
          failures.add("%s: %s".formatted(sample.id(), failed.reason().getMessage()));
      case Answer.Seen<?> seen -> {
        Answer.Pass pass = seen.passes().getFirst();
        for (int i = 0; i < large.size(); i++) {
          boolean[] inside = inside(truth.labels(), large.get(i), width, height);
          measure(pass.drawing().image(), pass.placement(), inside, width, i, legend, to);
        }
      }
    }
  }

  /** Colours from all over the cube, far apart from each other and from the background. */
  private List<Integer> colours(int count) {
    while (true) {
      List<Integer> colours = new ArrayList<>();
      for (int tries = 0; tries < 200 && colours.size() < count; tries++) {
        int rgb = level() << 16 | level() << 8 | level();
        boolean apart =
            distance(rgb, Colours.BLACK) >= APART
                && colours.stream().allMatch(other -> distance(rgb, other) >= APART);
        if (apart) {
          colours.add(rgb);
        }
      }
      if (colours.size() == count) {
        return colours;
      }
    }
  }

  private int level() {
    return LEVELS[random.nextInt(LEVELS.length)];
  }

  /** The pixels of a class with no other class within the margin. */
  private static boolean[] inside(int[] labels, int label, int width, int height) {
    boolean[] inside = new boolean[labels.length];
    for (int y = MARGIN; y < height - MARGIN; y++) {
      for (int x = MARGIN; x < width - MARGIN; x++) {
        boolean all = true;
        for (int dy = -MARGIN; dy <= MARGIN && all; dy += MARGIN) {
          for (int dx = -MARGIN; dx <= MARGIN && all; dx += MARGIN) {
            all = labels[(y + dy) * width + x + dx] == label;
          }
        }
        inside[y * width + x] = all;
      }
    }
    return inside;
  }

  private void measure(
      Image drawing,
      Placement placement,
      boolean[] inside,
      int width,
      int entry,
      List<Entry> legend,
      List<ColourProfile.Sample> to) {
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < inside.length; i++) {
      int row = i / width;
      int x = (int) Math.floor(placement.drawingX(i - row * width + 0.5));
      int y = (int) Math.floor(placement.drawingY(row + 0.5));
      if (inside[i] && x >= 0 && y >= 0 && x < drawing.width() && y < drawing.height()) {
        drawn.add(drawing.rgb(x, y));
      }
    }
    if (drawn.size() < LEAST_PIXELS) {
      return;
    }
    int median = median(drawn, 16) << 16 | median(drawn, 8) << 8 | median(drawn, 0);
    long near = drawn.stream().filter(rgb -> distance(rgb, median) <= FLAT).count();
    if (2 * near < drawn.size()) {
      patchy++;
      return;
    }
    int meant = legend.get(entry).rgb();
    double own = distance(median, meant);
    boolean other =
        distance(median, Colours.BLACK) < own
            || legend.stream().anyMatch(e -> e.rgb() != meant && distance(median, e.rgb()) < own);
    if (other) {
      wrong++;
      return;
    }
    to.add(new ColourProfile.Sample(meant, median));
  }

  private static int median(List<Integer> colours, int shift) {
    return colours.stream()
        .map(rgb -> rgb >> shift & 0xff)
        .sorted()
        .toList()
        .get(colours.size() / 2);
  }

  private static double distance(int a, int b) {
    return Math.hypot(
        Math.hypot((a >> 16 & 0xff) - (b >> 16 & 0xff), (a >> 8 & 0xff) - (b >> 8 & 0xff)),
        (a & 0xff) - (b & 0xff));
  }
}

package dev.plantain.eval;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.View;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.PictureError;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Whether a tuned generator still draws as well as the one it was tuned from: both draw the same
 * held-out edits and captions from the same noise, and rules that do not know which is which choose
 * the better of each pair.
 *
 * <p>Edits have one right picture: the better drawing is nearer to it by most of PSNR, SSIM and
 * GMSD. Of those that change a thing, it is also measured whether that thing changes and no other.
 * Captions have many: the better drawing shows more of what the caption's scene holds, in number
 * and colour ({@link CaptionCheck}).
 *
 * <p>Edits of one view depend on each other, so intervals are over views: all edits of a view go
 * together.
 */
public final class Retention {
  /** Smallest and largest share of a picture that an edit of a thing changes. */
  private static final double SMALL_CHANGE = 0.006;

  private static final double LARGE_CHANGE = 0.3;

  private final Generator tuned;
  private final Generator base;
  private final Vision checker;

  /** By view, as all that follows. */
  private final List<List<Pair>> edits = new ArrayList<>();

  /** What the drawing of the caption shows of what is wanted: the tuned one's and the base's. */
  private final List<List<double[]>> captions = new ArrayList<>();

  /** Of each drawing whether it was refused: 1 or 0. */
  private final IdentityHashMap<Generator, List<List<Double>>> refused = new IdentityHashMap<>();

  private Retention(Generator tuned, Generator base, Vision checker) {
    this.tuned = tuned;
    this.base = base;
    this.checker = checker;
  }

  /**
   * Compares.
   *
   * @param checker finds things in drawings
   * @param views held out from training, with edits and captions
   * @param seed of the first noise
   * @return win rates of the tuned one, ties counting half, and both ones' measures
   */
  public static List<Figure> run(
      Generator tuned, Generator base, Vision checker, Stream<View> views, long seed) {
    Retention retention = new Retention(tuned, base, checker);
    long[] noise = {seed};
    views.forEach(view -> retention.add(view, noise[0]++));
    return retention.figures();
  }

  private void add(View view, long noise) {
    Options options = Options.seeded(noise);
    refusals(tuned).add(new ArrayList<>());
    refusals(base).add(new ArrayList<>());
    List<Pair> pairs = new ArrayList<>();
    for (Edit edit : view.edits()) {
      Image before = edit.before() == null ? view.photo() : edit.before();
      pairs.add(
          new Pair(
              measure(draw(tuned, List.of(before), edit.instruction(), options), edit, before),
              measure(draw(base, List.of(before), edit.instruction(), options), edit, before),
              edit.touchesUnlabelled()));
    }
    edits.add(pairs);
    CaptionCheck check = new CaptionCheck(view);
    if (!view.captions().isEmpty() && !check.isEmpty()) {
      String caption = view.captions().getLast();
      Options sized = options.withSize(view.width(), view.height());
      captions.add(
          List.of(
              new double[] {
                check.credit(draw(tuned, List.of(), caption, sized), checker),
                check.credit(draw(base, List.of(), caption, sized), checker)
              }));
    }
  }

  /** A refusal, or a picture of another size, is a black picture: it wins nothing. */
  private Image draw(Generator generator, List<Image> images, String prompt, Options options) {
    Image first = images.isEmpty() ? null : images.getFirst();
    int width = first == null ? options.width().orElse(128) : first.width();
    int height = first == null ? options.height().orElse(128) : first.height();
    List<Double> refusals = refusals(generator).getLast();
    try {
      Image drawn = generator.draw(images, prompt, options);
      if (drawn.width() == width && drawn.height() == height) {
        refusals.add(0.0);
        return drawn;
      }
    } catch (GeneratorException e) {
      // Counted like a drawing of another size.
    }
    refusals.add(1.0);
    return Image.filled(width, height, 0);
  }

  /**
   * How near a drawing is to an edit's target.
   *
   * @param changeIou of what it changes and what was to change, in 0..1; NaN if that is no single
   *     thing
   */
  private record Nearness(double psnr, double ssim, double gmsd, double changeIou) {
    /** 1 if this is nearer by most of the measures, 0 if the other is, else ½. */
    double wins(Nearness other) {
      double sign =
          Math.signum(psnr - other.psnr)
              + Math.signum(ssim - other.ssim)
              + Math.signum(other.gmsd - gmsd);
      return (1 + Math.signum(sign)) / 2;
    }
  }

  /**
   * An edit as both drew it.
   *
   * @param unlabelled whether it changes a thing of a category that training never labels
   */
  private record Pair(Nearness tuned, Nearness base, boolean unlabelled) {}

  private static Nearness measure(Image drawing, Edit edit, Image before) {
    Image target = edit.after();
    int pixels = target.width() * target.height();
    return new Nearness(
        Math.min(60, PictureError.psnr(drawing, target)),
        PictureError.ssim(drawing, target),
        PictureError.gmsd(drawing, target),
        PictureError.changeIou(
            drawing, target, before, (int) (SMALL_CHANGE * pixels), (int) (LARGE_CHANGE * pixels)));
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(mean("retention.edit_wins", edits, e -> e.tuned.wins(e.base)));
    both(figures, "retention.edit_psnr_db", edits, Nearness::psnr);
    both(figures, "retention.edit_ssim", edits, Nearness::ssim);
    both(figures, "retention.edit_gmsd", edits, Nearness::gmsd);
    Predicate<Pair> local = e -> !Double.isNaN(e.tuned.changeIou);
    both(figures, "retention.change_iou", some(local.and(e -> !e.unlabelled)), Nearness::changeIou);
    both(
        figures,
        "retention.change_iou_unlabelled",
        some(local.and(Pair::unlabelled)),
        Nearness::changeIou);
    figures.add(mean("retention.caption_wins", captions, c -> (1 + Math.signum(c[0] - c[1])) / 2));
    figures.add(mean("retention.caption_there", captions, c -> c[0]));
    figures.add(mean("retention.caption_there_base", captions, c -> c[1]));
    figures.add(mean("retention.refused", refusals(tuned), r -> r));
    figures.add(mean("retention.refused_base", refusals(base), r -> r));
    return figures;
  }

  private List<List<Double>> refusals(Generator generator) {
    return refused.computeIfAbsent(generator, g -> new ArrayList<>());
  }

  private List<List<Pair>> some(Predicate<Pair> which) {
    return edits.stream().map(own -> own.stream().filter(which).toList()).toList();
  }

  private static void both(
      List<Figure> figures, String name, List<List<Pair>> views, ToDoubleFunction<Nearness> of) {
    if (!views.stream().allMatch(List::isEmpty)) {
      figures.add(mean(name, views, p -> of.applyAsDouble(p.tuned)));
      figures.add(mean(name + "_base", views, p -> of.applyAsDouble(p.base)));
    }
  }

  private static <T> Figure mean(String name, List<List<T>> views, ToDoubleFunction<T> of) {
    return Figure.mean(
        name, views.stream().map(own -> own.stream().mapToDouble(of).toArray()).toList());
  }
}

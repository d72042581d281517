package dev.plantain.eval;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.PictureError;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Whether a tuned generator still draws as well as the one it was tuned from: both draw the same
 * held-out edits and captions from the same noise, and rules that do not know which is which choose
 * the better of each pair.
 *
 * <p>Edits have one right picture: the better drawing is nearer to it by most of PSNR, SSIM and
 * GMSD. Of those that change a thing, it is also measured whether that thing changes and no other.
 * Captions have many: a checker segments the drawing by the categories that the caption's scene
 * holds, and a thing counts as there if its region is found and has about the thing's colour.
 */
public final class Retention {
  /** Share of a picture that a thing must cover to be there. */
  private static final double THERE = 0.003;

  /** Distance of mean colours, in 8-bit sRGB, up to which a thing has its colour. */
  private static final double SAME_COLOUR = 80;

  /** Only things one would miss. */
  private static final double LARGE = 0.02;

  /** Smallest and largest share of a picture that an edit of a thing changes. */
  private static final double SMALL_CHANGE = 0.006;

  private static final double LARGE_CHANGE = 0.3;

  private final Generator tuned;
  private final Generator base;
  private final Vision checker;
  private final List<Pair> edits = new ArrayList<>();
  private final List<double[]> captions = new ArrayList<>();

  /** Of each drawing whether it was refused: 1 or 0. */
  private final IdentityHashMap<Generator, List<Double>> refused = new IdentityHashMap<>();

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
    for (Edit edit : view.edits()) {
      Image before = edit.before() == null ? view.photo() : edit.before();
      edits.add(
          new Pair(
              measure(draw(tuned, List.of(before), edit.instruction(), options), edit, before),
              measure(draw(base, List.of(before), edit.instruction(), options), edit, before),
              edit.touchesUnlabelled()));
    }
    Map<String, Thing> wanted = large(view);
    if (!view.captions().isEmpty() && !wanted.isEmpty()) {
      String caption = view.captions().getLast();
      Options sized = options.withSize(view.width(), view.height());
      captions.add(
          new double[] {
            there(draw(tuned, List.of(), caption, sized), wanted),
            there(draw(base, List.of(), caption, sized), wanted)
          });
    }
  }

  /** A refusal, or a picture of another size, is a black picture: it wins nothing. */
  private Image draw(Generator generator, List<Image> images, String prompt, Options options) {
    Image first = images.isEmpty() ? null : images.getFirst();
    int width = first == null ? options.width().orElse(128) : first.width();
    int height = first == null ? options.height().orElse(128) : first.height();
    List<Double> refusals = refused.computeIfAbsent(generator, g -> new ArrayList<>());
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

  /** One large thing of each category in sight. */
  private static Map<String, Thing> large(View view) {
    Map<String, Thing> large = new LinkedHashMap<>();
    for (Thing thing : view.things()) {
      if (thing.pixels() >= LARGE * view.width() * view.height()) {
        large.putIfAbsent(thing.category(), thing);
      }
    }
    return large;
  }

  /** Share of these things that the checker finds in a drawing, in their colour. */
  private double there(Image drawing, Map<String, Thing> wanted) {
    LabelMap found = checker.see(drawing, Segments.of(List.copyOf(wanted.keySet())).background());
    int[] labels = found.labels();
    byte[] rgb8 = drawing.rgb8();
    double hits = 0;
    int index = 0;
    for (Thing thing : wanted.values()) {
      double[] sum = new double[3];
      int n = 0;
      for (int p = 0; p < labels.length; p++) {
        if (labels[p] == index) {
          n++;
          for (int c = 0; c < 3; c++) {
            sum[c] += rgb8[3 * p + c] & 0xff;
          }
        }
      }
      index++;
      if (n >= THERE * labels.length) {
        double distance = 0;
        for (int c = 0; c < 3; c++) {
          double d = sum[c] / n - (thing.rgb() >> (16 - 8 * c) & 0xff);
          distance += d * d;
        }
        hits += Math.sqrt(distance) <= SAME_COLOUR ? 1 : 0.5;
      }
    }
    return hits / wanted.size();
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(mean("retention.edit_wins", edits, e -> e.tuned.wins(e.base)));
    both(figures, "retention.edit_psnr_db", edits, Nearness::psnr);
    both(figures, "retention.edit_ssim", edits, Nearness::ssim);
    both(figures, "retention.edit_gmsd", edits, Nearness::gmsd);
    List<Pair> local = edits.stream().filter(e -> !Double.isNaN(e.tuned.changeIou)).toList();
    both(
        figures,
        "retention.change_iou",
        local.stream().filter(e -> !e.unlabelled).toList(),
        Nearness::changeIou);
    both(
        figures,
        "retention.change_iou_unlabelled",
        local.stream().filter(Pair::unlabelled).toList(),
        Nearness::changeIou);
    figures.add(mean("retention.caption_wins", captions, c -> (1 + Math.signum(c[0] - c[1])) / 2));
    figures.add(mean("retention.caption_there", captions, c -> c[0]));
    figures.add(mean("retention.caption_there_base", captions, c -> c[1]));
    figures.add(mean("retention.refused", refusals(tuned), r -> r));
    figures.add(mean("retention.refused_base", refusals(base), r -> r));
    return figures;
  }

  private List<Double> refusals(Generator generator) {
    return refused.getOrDefault(generator, List.of());
  }

  private static void both(
      List<Figure> figures, String name, List<Pair> pairs, ToDoubleFunction<Nearness> of) {
    if (!pairs.isEmpty()) {
      figures.add(mean(name, pairs, p -> of.applyAsDouble(p.tuned)));
      figures.add(mean(name + "_base", pairs, p -> of.applyAsDouble(p.base)));
    }
  }

  private static <T> Figure mean(String name, List<T> pairs, ToDoubleFunction<T> of) {
    return Figure.mean(name, pairs.stream().mapToDouble(of).toArray());
  }
}

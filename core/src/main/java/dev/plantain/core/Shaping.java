package dev.plantain.core;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a generator did to the canvas when it drew another shape than it was asked for:
 * stretched it, cut its edges off, or put bars around it. Each is tried by registering the drawing
 * to the photo; what fits is what happened. What happened to most drawings of a photo is taken to
 * have happened to those, too, that are too plain or too bad to tell.
 */
final class Shaping {
  /** A drawing's aspect ratio may differ by this much and still be the canvas's: rounding. */
  private static final double SAME_SHAPE = 0.02;

  /** The larger side at which mishaps are compared, in pixels. */
  private static final int LOOKED_AT = 256;

  /** Beyond this ratio of aspects nothing is tried. */
  private static final double MOST = 2.5;

  /** By this factor another mishap must fit better than that of the photo's other drawings. */
  private static final double MUCH_BETTER = 1.25;

  private final Framing framing;
  private final Image canvas;
  private final IdentityHashMap<Image, List<Fit>> fits = new IdentityHashMap<>();
  private @Nullable Mishap known;

  private enum Mishap {
    STRETCHED("stretched it"),
    CUT("cut its edges off"),
    BARRED("put bars around it");

    final String words;

    Mishap(String words) {
      this.words = words;
    }
  }

  Shaping(Framing framing, Image canvas) {
    this.framing = framing;
    this.canvas = canvas;
  }

  /**
   * Where the photo lies in a drawing.
   *
   * @param placement photo to drawing, the registration's correction included
   * @param note for people, if there is something to say
   */
  record Place(Registration registration, Placement placement, Optional<String> note) {}

  /**
   * A mishap, and how well the drawing lies on the photo if it is what happened.
   *
   * @param correlation of the lines of both; parts that agree say less, as in a scene of repeated
   *     lines many agree with the wrong ones
   */
  private record Fit(
      Mishap mishap,
      Placement placement,
      Image seen,
      Registration registration,
      double correlation) {
    static Fit of(Mishap mishap, Placement placement, Image seen, Image drawing) {
      Registration registration = Registration.tell(seen, drawing, LOOKED_AT);
      return new Fit(
          mishap,
          placement,
          seen,
          registration,
          registration.correlation(seen, drawing, LOOKED_AT));
    }

    /** The same looked at closely. */
    Registration closer(Image drawing) {
      return Registration.find(seen, drawing);
    }

    boolean aligned() {
      return registration.verdict() == Registration.Verdict.ALIGNED;
    }
  }

  /**
   * Places a drawing.
   *
   * @param inPlace whether its generator cannot move what it draws
   * @throws DrawingException.WrongShape if it has another shape, and no way to make it so fits
   * @throws DrawingException.OtherScene if it does not lie on the photo
   */
  Place place(Image drawing, boolean inPlace) {
    if (inPlace) {
      Placement placement = framing.placement(drawing); // another shape cannot be
      return new Place(Registration.inPlace(canvas, drawing), placement, Optional.empty());
    }
    if (Math.abs(aspect(drawing) - 1) <= SAME_SHAPE) {
      Placement placement = framing.placement(drawing);
      Registration registration = Registration.find(canvas, drawing).orRefuse();
      return new Place(
          registration, placement.then(registration.correction()), doubt(registration));
    }
    if (!ofAnotherShape(drawing)) {
      framing.placement(drawing); // says what is wrong
    }
    Fit best = best(drawing);
    if (best == null) {
      framing.placement(drawing); // says what is wrong
      throw new IllegalStateException("a drawing of another shape was placed");
    }
    String note =
        "the generator was asked for %d x %d pixels and drew %d x %d: it %s"
            .formatted(
                canvas.width(),
                canvas.height(),
                drawing.width(),
                drawing.height(),
                best.mishap.words);
    Registration registration = best.closer(drawing).orRefuse();
    return new Place(
        registration,
        framing.placement().then(best.placement).then(registration.correction()),
        Optional.of(doubt(registration).map(d -> note + "; " + d).orElse(note)));
  }

  private static Optional<String> doubt(Registration registration) {
    return registration.verdict() == Registration.Verdict.DOUBTFUL
        ? Optional.of(
            "the drawing may not lie on the photo: %.0f %% of its parts are in place"
                .formatted(100 * registration.agreement()))
        : Optional.empty();
  }

  /**
   * Looks at several drawings of the photo before any is placed: what happened to those that tell
   * most likely happened to the others, too.
   */
  void look(List<Image> drawings) {
    Map<Mishap, Double> sums = new EnumMap<>(Mishap.class);
    for (Image drawing : drawings) {
      Fit best = ofAnotherShape(drawing) ? bestAligned(drawing) : null;
      if (best != null) {
        sums.merge(best.mishap, best.correlation, Double::sum);
      }
    }
    sums.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(most -> known = most.getKey());
  }

  private @Nullable Fit bestAligned(Image drawing) {
    return fits(drawing).stream()
        .filter(Fit::aligned)
        .max(Comparator.comparingDouble(Fit::correlation))
        .orElse(null);
  }

  private boolean ofAnotherShape(Image drawing) {
    double aspect = aspect(drawing);
    return Math.abs(aspect - 1) > SAME_SHAPE && aspect <= MOST && aspect >= 1 / MOST;
  }

  private double aspect(Image drawing) {
    return (double) drawing.width()
        * canvas.height()
        / ((double) drawing.height() * canvas.width());
  }

  /** What happened to a drawing, if it or the others tell. */
  private @Nullable Fit best(Image drawing) {
    Fit best = bestAligned(drawing);
    Mishap others = known;
    if (others == null) {
      known = best == null ? null : best.mishap;
      return best;
    }
    Fit usual =
        fits(drawing).stream().filter(fit -> fit.mishap == others).findFirst().orElseThrow();
    return best != null && best.correlation > MUCH_BETTER * usual.correlation ? best : usual;
  }

  /** One for each mishap. */
  private List<Fit> fits(Image drawing) {
    return fits.computeIfAbsent(
        drawing, d -> Stream.of(Mishap.values()).map(mishap -> fit(mishap, d)).toList());
  }

  private Fit fit(Mishap mishap, Image drawing) {
    double x = (double) drawing.width() / canvas.width();
    double y = (double) drawing.height() / canvas.height();
    if (mishap == Mishap.STRETCHED) {
      return Fit.of(mishap, new Placement(x, y, 0, 0), canvas, drawing);
    }
    double scale = mishap == Mishap.CUT ? Math.max(x, y) : Math.min(x, y);
    double left = (drawing.width() - scale * canvas.width()) / 2;
    double top = (drawing.height() - scale * canvas.height()) / 2;
    Placement placement = new Placement(scale, scale, left, top);
    return Fit.of(mishap, placement, seen(placement, drawing), drawing);
  }

  /** The canvas as it would be seen in all of the drawing: a part of it, or more than it. */
  private Image seen(Placement placement, Image drawing) {
    int x0 = (int) Math.round(placement.photoX(0));
    int y0 = (int) Math.round(placement.photoY(0));
    int w = Math.max(8, (int) Math.round(placement.photoX(drawing.width())) - x0);
    int h = Math.max(8, (int) Math.round(placement.photoY(drawing.height())) - y0);
    byte[] rgb8 = new byte[3 * w * h];
    for (int y = 0, i = 0; y < h; y++) {
      int row = Math.clamp(y0 + y, 0, canvas.height() - 1);
      for (int x = 0; x < w; x++, i += 3) {
        int rgb = canvas.rgb(Math.clamp(x0 + x, 0, canvas.width() - 1), row);
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    return Image.of(w, h, rgb8);
  }
}

package dev.plantain.core;

import java.util.ArrayList;
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
 *
 * <p>A drawing that seems to be of another scene is compared with the photo's other drawings, which
 * have the same lines and none of the photo's textures, before it is refused.
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

  /**
   * Standard deviations by which a drawing must fit the photo and its other drawings better than
   * the same out of place, in the mean over all of them.
   */
  private static final double OF_THIS_SCENE = 2;

  private final Framing framing;
  private final Image canvas;
  private final boolean mirrored;
  private final IdentityHashMap<Image, List<Fit>> fits = new IdentityHashMap<>();
  private final IdentityHashMap<Image, Lying> lying = new IdentityHashMap<>();
  private List<Image> looked = List.of();
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

  /**
   * @param canvas of this framing
   * @param mirrored whether the canvas is mirrored
   */
  Shaping(Framing framing, Image canvas, boolean mirrored) {
    this.framing = framing;
    this.canvas = canvas;
    this.mirrored = mirrored;
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

    boolean aligned() {
      return registration.verdict() == Registration.Verdict.ALIGNED;
    }
  }

  /**
   * How a drawing lies on the photo.
   *
   * @param base canvas to drawing, were nothing moved
   * @param registration what was found there
   * @param mishap what made its shape, if it has another
   */
  private record Lying(Placement base, Registration registration, Optional<Mishap> mishap) {
    /** Canvas to drawing. */
    Placement placement() {
      return base.then(registration.correction());
    }

    boolean surely() {
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
    Lying lies = lying(drawing);
    Registration registration = lies.surely() ? lies.registration : besideOthers(drawing, lies);
    Optional<String> doubt = doubt(registration.orRefuse());
    Optional<String> note = lies.mishap.map(mishap -> note(mishap, drawing));
    return new Place(
        registration,
        onCanvas().then(lies.base).then(registration.correction()),
        note.isEmpty() ? doubt : note.map(n -> doubt.map(d -> n + "; " + d).orElse(n)));
  }

  private Placement onCanvas() {
    return mirrored ? framing.mirroredPlacement() : framing.placement();
  }

  private String note(Mishap mishap, Image drawing) {
    return "the generator was asked for %d x %d pixels and drew %d x %d: it %s"
        .formatted(
            canvas.width(), canvas.height(), drawing.width(), drawing.height(), mishap.words);
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
    looked = List.copyOf(drawings);
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

  private Lying lying(Image drawing) {
    Lying before = lying.get(drawing);
    if (before != null) {
      return before;
    }
    Lying now = lie(drawing);
    lying.put(drawing, now);
    return now;
  }

  private Lying lie(Image drawing) {
    Placement base =
        new Placement(
            (double) drawing.width() / canvas.width(),
            (double) drawing.height() / canvas.height(),
            0,
            0);
    if (isOfShape(drawing)) {
      return new Lying(base, Registration.find(canvas, drawing), Optional.empty());
    }
    Fit best = ofAnotherShape(drawing) ? best(drawing) : null;
    if (best == null) {
      throw framing.wrongShape(drawing);
    }
    return new Lying(
        best.placement, Registration.find(best.seen, drawing), Optional.of(best.mishap));
  }

  /**
   * How a drawing lies that does not lie on the photo for sure: as on another drawing that does, if
   * there is one on which it lies for sure. Else they all, and the photo, decide together whether
   * it is of another scene.
   */
  private Registration besideOthers(Image drawing, Lying lies) {
    Registration alone = lies.registration;
    if (alone.verdict() == Registration.Verdict.TOO_PLAIN) {
      return alone;
    }
    List<Image> others = surely(drawing, lies.base);
    for (Image other : others) {
      Registration beside = Registration.tell(other, drawing, LOOKED_AT);
      if (beside.verdict() == Registration.Verdict.ALIGNED) {
        return beside;
      }
    }
    if (others.isEmpty() || alone.verdict() == Registration.Verdict.DOUBTFUL) {
      return alone;
    }
    double sum = Lookalike.deviations(Canvases.seen(canvas, lies.base, drawing), drawing);
    for (Image other : others) {
      sum += Lookalike.deviations(other, drawing);
    }
    return sum / (1 + others.size()) >= OF_THIS_SCENE ? alone.doubted() : alone;
  }

  /** The photo's other drawings that lie on it for sure, as they would be seen in all of this. */
  private List<Image> surely(Image drawing, Placement base) {
    List<Image> others = new ArrayList<>();
    for (Image other : looked) {
      if (!other.equals(drawing) && shaped(other) && lying(other).surely()) {
        Image onCanvas = Canvases.drawn(other, lying(other).placement(), canvas);
        others.add(Canvases.seen(onCanvas, base, drawing));
      }
    }
    return others;
  }

  /** Whether a drawing has a shape that says, or can be found, how it lies. */
  private boolean shaped(Image drawing) {
    return isOfShape(drawing) || (ofAnotherShape(drawing) && best(drawing) != null);
  }

  private @Nullable Fit bestAligned(Image drawing) {
    return fits(drawing).stream()
        .filter(Fit::aligned)
        .max(Comparator.comparingDouble(Fit::correlation))
        .orElse(null);
  }

  private boolean isOfShape(Image drawing) {
    return Math.abs(aspect(drawing) - 1) <= SAME_SHAPE;
  }

  private boolean ofAnotherShape(Image drawing) {
    double aspect = aspect(drawing);
    return !isOfShape(drawing) && aspect <= MOST && aspect >= 1 / MOST;
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
    return Fit.of(mishap, placement, Canvases.seen(canvas, placement, drawing), drawing);
  }
}

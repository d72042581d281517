package dev.plantain.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a drawing lies on the photo it was made from: generators shift and scale what they draw.
 *
 * <p>Found by correlating the lines of both pictures ({@link EdgeField}), coarse to fine, over
 * shifts and scales of up to 6 %. The verdict asks parts of the drawing, each on its own, whether
 * they would rather be elsewhere: parts of a drawing of another scene scatter. Where they do, the
 * whole is asked once more, see {@link Lookalike}.
 *
 * @param correction canvas coordinates to drawing coordinates, pixels of the drawing; {@link
 *     Placement#SAME} unless something else fits clearly better
 * @param movedPixels how far the correction moves the corner it moves most, in pixels
 * @param residualPixels what is left after it: median displacement of the parts, in pixels; NaN
 *     where nothing can be measured
 * @param agreement share of the parts in [0, 1] that are in place; NaN where there is none
 * @param verdict what follows
 */
public record Registration(
    Placement correction,
    double movedPixels,
    double residualPixels,
    double agreement,
    Verdict verdict) {

  /** Whether the drawing lies on the photo. */
  public enum Verdict {
    /** It does, after the correction. */
    ALIGNED,
    /** It has too few lines to tell: an empty mask, a plain wall. */
    TOO_PLAIN,
    /** Some of its lines are those of the photo: it may be drawn badly, or show something else. */
    DOUBTFUL,
    /** It has plenty of lines, and the photo has none of them. */
    OTHER_SCENE
  }

  /** The largest side looked at. */
  private static final int FINEST = 1024;

  /** Nor more than this many times the photo's. */
  private static final int OVERSAMPLED = 2;

  /** The smallest side, which is searched exhaustively. */
  private static final int COARSEST = 128;

  /** Places followed from the coarsest level to the next. */
  private static final int CANDIDATES = 16;

  /** Another placement must fit better than none by this share. */
  private static final double CLEARLY_BETTER = 0.03;

  /** Scales that differ by axis must fit better than one scale for both by this share. */
  private static final double STRETCH_BETTER = 0.05;

  /** Agreement by chance is about 0.1; above this a drawing lies on its photo. */
  private static final double AGREED = 0.3;

  /**
   * From this correlation of all lines on it does as well, whatever its parts say: those of fine
   * leaves have too little to find their place by. On other photos it stays below 0.36.
   */
  private static final double CORRELATED = 0.45;

  /** Below this agreement, and with enough parts to ask, a drawing shows another scene. */
  private static final double DISAGREED = 0.25;

  private static final int ENOUGH_PARTS = 12;
  private static final int FEWEST_PARTS = 3;

  /**
   * Registers a drawing.
   *
   * @param canvas the photo as the generator saw it
   * @param drawing what it drew; scaled to the canvas if of another size
   */
  public static Registration find(Image canvas, Image drawing) {
    return tell(canvas, drawing, FINEST).orDoubt(canvas, drawing);
  }

  /** Looked at with at most this many pixels a side, and without a second look at other scenes. */
  static Registration tell(Image canvas, Image drawing, int most) {
    int longest = Math.max(drawing.width(), drawing.height());
    int finest = Math.min(most, finest(canvas, drawing));
    int side = Math.min(COARSEST, finest);
    LineMatch match = match(canvas, drawing, side);
    List<Motion> candidates = match.searchAll(CANDIDATES);
    while (side < finest) {
      side = Math.min(2 * side, finest);
      LineMatch finer = match(canvas, drawing, side);
      List<Motion> climbed = new ArrayList<>();
      for (Motion candidate : candidates) {
        climbed.add(finer.climb(candidate, 0.5, false));
      }
      climbed.sort(Comparator.comparingDouble((Motion m) -> -finer.fit(m)));
      candidates = climbed.subList(0, Math.min(climbed.size(), side <= 2 * COARSEST ? 6 : 2));
      match = finer;
    }
    Motion motion = match.climb(candidates.getFirst(), 0.05, false);
    Motion stretched = match.climb(motion, 0.05, true);
    if (better(match, stretched, motion, STRETCH_BETTER)) {
      motion = stretched;
    }
    if (!better(match, motion, Motion.NONE, CLEARLY_BETTER)) {
      motion = Motion.NONE;
    }
    return judge(match, motion, (double) longest / finest, drawing);
  }

  /** A drawing enlarged beyond the photo has no more lines than it had before. */
  private static int finest(Image canvas, Image drawing) {
    int ofDrawing = Math.max(drawing.width(), drawing.height());
    int ofCanvas = Math.max(canvas.width(), canvas.height());
    return Math.min(Math.min(FINEST, ofDrawing), Math.max(COARSEST, OVERSAMPLED * ofCanvas));
  }

  /**
   * Measures how well a drawing lies on its photo as it is, without looking for a better place. It
   * was made there, so that it is of no other scene: at worst it is doubted.
   *
   * @param canvas the photo as the generator saw it
   * @param drawing what it drew; scaled to the canvas if of another size
   */
  public static Registration inPlace(Image canvas, Image drawing) {
    int longest = Math.max(drawing.width(), drawing.height());
    int finest = finest(canvas, drawing);
    Registration here =
        judge(match(canvas, drawing, finest), Motion.NONE, (double) longest / finest, drawing);
    return here.verdict == Verdict.OTHER_SCENE ? here.doubted() : here;
  }

  /**
   * Correlation of the drawing's lines with the canvas's where this puts them, looked at with at
   * most this many pixels a side.
   */
  double correlation(Image canvas, Image drawing, int side) {
    double zoomX = correction.scaleX() - 1;
    double zoomY = correction.scaleY() - 1;
    Motion motion =
        new Motion(
            correction.offsetX() / drawing.width() + zoomX / 2,
            correction.offsetY() / drawing.height() + zoomY / 2,
            zoomX,
            zoomY);
    int longest = Math.max(drawing.width(), drawing.height());
    return match(canvas, drawing, Math.min(side, longest)).fit(motion);
  }

  private static LineMatch match(Image canvas, Image drawing, int side) {
    double scale = (double) side / Math.max(drawing.width(), drawing.height());
    int w = Math.max(8, (int) Math.round(scale * drawing.width()));
    int h = Math.max(8, (int) Math.round(scale * drawing.height()));
    return new LineMatch(EdgeField.of(canvas.resized(w, h)), EdgeField.of(drawing.resized(w, h)));
  }

  private static boolean better(LineMatch match, Motion one, Motion other, double share) {
    double fit = match.fit(one);
    return fit - match.fit(other) > share * Math.abs(fit);
  }

  private static Registration judge(
      LineMatch match, Motion motion, double perPixel, Image drawing) {
    double[] parts = match.displacements(motion);
    if (parts.length < FEWEST_PARTS) {
      return new Registration(Placement.SAME, 0, Double.NaN, Double.NaN, Verdict.TOO_PLAIN);
    }
    int inPlace = 0;
    for (double displacement : parts) {
      inPlace += displacement <= LineMatch.IN_PLACE ? 1 : 0;
    }
    double agreement = (double) inPlace / parts.length;
    double residual = parts[parts.length / 2] * perPixel;
    if (agreement < AGREED && match.fit(motion) < CORRELATED) {
      boolean other = agreement < DISAGREED && parts.length >= ENOUGH_PARTS;
      return new Registration(
          Placement.SAME, 0, residual, agreement, other ? Verdict.OTHER_SCENE : Verdict.DOUBTFUL);
    }
    Placement correction = motion.placement(drawing.width(), drawing.height());
    return new Registration(
        correction, moved(correction, drawing), residual, agreement, Verdict.ALIGNED);
  }

  /**
   * What the parts leave open, or deny, the whole decides: plainly of this scene, or of another.
   */
  private Registration orDoubt(Image canvas, Image drawing) {
    if (verdict == Verdict.ALIGNED || verdict == Verdict.TOO_PLAIN) {
      return this;
    }
    return with(Lookalike.isDistinct(canvas, drawing) ? Verdict.DOUBTFUL : Verdict.OTHER_SCENE);
  }

  /** This, doubted. */
  Registration doubted() {
    return with(Verdict.DOUBTFUL);
  }

  private Registration with(Verdict other) {
    return new Registration(correction, movedPixels, residualPixels, agreement, other);
  }

  private static double moved(Placement p, Image drawing) {
    double most = 0;
    for (double x : new double[] {0, drawing.width()}) {
      for (double y : new double[] {0, drawing.height()}) {
        most = Math.max(most, Math.hypot(p.drawingX(x) - x, p.drawingY(y) - y));
      }
    }
    return most;
  }

  /**
   * This, if the drawing is of the photo, as far as can be told.
   *
   * @throws DrawingException.OtherScene if it is not
   */
  public Registration orRefuse() {
    if (verdict == Verdict.OTHER_SCENE) {
      throw new DrawingException.OtherScene(
          ("the drawing does not lie on the photo (%.0f %% of its parts are in place, %.0f %% are"
                  + " needed): the generator most likely drew another scene; ask again with another"
                  + " seed")
              .formatted(100 * agreement, 100 * DISAGREED));
    }
    return this;
  }

  /** Shifts as shares of the sides, scales about the centre less one. */
  record Motion(double dx, double dy, double zoomX, double zoomY) {
    static final Motion NONE = new Motion(0, 0, 0, 0);

    /** A step along x, y, both scales, or the scales against each other. */
    Motion plus(int axis, double step) {
      return switch (axis) {
        case 0 -> new Motion(dx + step, dy, zoomX, zoomY);
        case 1 -> new Motion(dx, dy + step, zoomX, zoomY);
        case 2 -> new Motion(dx, dy, zoomX + 2 * step, zoomY + 2 * step);
        default -> new Motion(dx, dy, zoomX + 2 * step, zoomY - 2 * step);
      };
    }

    /** Shifted so that what is changed against another in scale stays in place at a point. */
    Motion about(Motion other, double x, double y) {
      return new Motion(
          dx - (zoomX - other.zoomX) * x, dy - (zoomY - other.zoomY) * y, zoomX, zoomY);
    }

    double largest() {
      return Math.max(
          Math.max(Math.abs(dx), Math.abs(dy)), Math.max(Math.abs(zoomX), Math.abs(zoomY)));
    }

    Placement placement(int width, int height) {
      return new Placement(
          1 + zoomX, 1 + zoomY, width * (dx - zoomX / 2), height * (dy - zoomY / 2));
    }
  }
}

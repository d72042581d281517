package dev.plantain.core;

import dev.plantain.core.Registration.Motion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The strongest lines of a drawing, and the lines of its photo, at one resolution. */
final class LineMatch {
  /** Share of a picture's side searched each way, and of its scale. */
  static final double REACH = 0.06;

  /** A part displaced by at most this, in pixels of this resolution, is in place. */
  static final double IN_PLACE = 1.5;

  /** More points than this change nothing but the time. */
  private static final int MOST_POINTS = 20_000;

  /** Changes weaker than this, in 8-bit levels per pixel, are no lines. */
  private static final float FAINTEST = 2;

  /** At most this share of a drawing counts as lines: the strongest. */
  private static final double LINE_SHARE = 0.15;

  /** Parts on a side. */
  private static final int PARTS = 8;

  /** A part with fewer points than this has no say. */
  private static final int PART_POINTS = 40;

  /** A part looks for a better place this many pixels each way. */
  private static final int PART_REACH = 6;

  private final EdgeField photo;
  private final EdgeField drawing;
  private final int[] points;

  /** Where the lines are in the mean, as shares of the sides from the centre. */
  private final double middleX;

  private final double middleY;

  LineMatch(EdgeField photo, EdgeField drawing) {
    this.photo = photo;
    this.drawing = drawing;
    float[] sorted = drawing.strength.clone();
    Arrays.sort(sorted);
    float line = Math.max(FAINTEST, sorted[(int) ((1 - LINE_SHARE) * (sorted.length - 1))]);
    int count = 0;
    for (float s : drawing.strength) {
      count += s > line ? 1 : 0;
    }
    int stride = Math.max(1, (count + MOST_POINTS - 1) / MOST_POINTS);
    points = new int[(count + stride - 1) / stride];
    for (int i = 0, seen = 0, kept = 0; i < sorted.length; i++) {
      if (drawing.strength[i] > line && seen++ % stride == 0) {
        points[kept++] = i;
      }
    }
    double sumX = 0;
    double sumY = 0;
    for (int point : points) {
      int row = point / drawing.width;
      sumX += (point - row * drawing.width + 0.5) / drawing.width - 0.5;
      sumY += (row + 0.5) / drawing.height - 0.5;
    }
    middleX = sumX / Math.max(1, points.length);
    middleY = sumY / Math.max(1, points.length);
  }

  /** Correlation of the drawing's lines with the photo's where this motion puts them. */
  double fit(Motion motion) {
    return fit(motion.placement(drawing.width, drawing.height), points);
  }

  private double fit(Placement placement, int[] some) {
    double both = 0;
    double ours = 0;
    double theirs = 0;
    for (int i : some) {
      int row = i / drawing.width;
      double u = placement.photoX(i - row * drawing.width + 0.5) - 0.5;
      double v = placement.photoY(row + 0.5) - 0.5;
      float dc = drawing.cos[i];
      float ds = drawing.sin[i];
      ours += dc * dc + ds * ds;
      int x = (int) Math.floor(u);
      int y = (int) Math.floor(v);
      if (x >= 0 && y >= 0 && x < photo.width - 1 && y < photo.height - 1) {
        float fx = (float) (u - x);
        float fy = (float) (v - y);
        int j = y * photo.width + x;
        float pc = mix(photo.cos, j, fx, fy);
        float ps = mix(photo.sin, j, fx, fy);
        both += dc * pc + ds * ps;
        theirs += pc * pc + ps * ps;
      }
    }
    return both / Math.sqrt(ours * theirs + 1e-9);
  }

  private float mix(float[] field, int i, float fx, float fy) {
    float top = field[i] + fx * (field[i + 1] - field[i]);
    int below = i + photo.width;
    float bottom = field[below] + fx * (field[below + 1] - field[below]);
    return top + fy * (bottom - top);
  }

  /** The best of all motions within reach, about a pixel apart, and not moving at all. */
  List<Motion> searchAll(int count) {
    record Place(Motion motion, double fit) {}
    List<Place> places = new ArrayList<>();
    int side = Math.max(drawing.width, drawing.height);
    int zooms = Math.max(1, (int) Math.ceil(REACH * side / 2));
    int columns = (int) Math.ceil(REACH * drawing.width);
    int rows = (int) Math.ceil(REACH * drawing.height);
    for (int z = -zooms; z <= zooms; z++) {
      double zoom = REACH * z / zooms;
      Zoomed zoomed = new Zoomed(new Motion(0, 0, zoom, zoom), columns, rows);
      for (int y = -rows; y <= rows; y++) {
        for (int x = -columns; x <= columns; x++) {
          Motion motion =
              new Motion((double) x / drawing.width, (double) y / drawing.height, zoom, zoom);
          places.add(new Place(motion, zoomed.fit(x, y)));
        }
      }
    }
    places.sort(Comparator.comparingDouble((Place place) -> -place.fit()));
    List<Motion> best = new ArrayList<>(List.of(Motion.NONE));
    for (Place place : places) {
      // A peak's own slopes are higher than the next peak: of neighbours only the best is kept.
      if (best.size() <= count && best.stream().noneMatch(m -> near(m, place.motion(), side))) {
        best.add(place.motion());
      }
    }
    return best;
  }

  /**
   * The photo's lines at one scale on the drawing's pixels and a margin around them, so that whole
   * pixels of shift are steps in an array.
   */
  private final class Zoomed {
    private final int columns;
    private final int rows;
    private final int width;
    private final float[] cos;
    private final float[] sin;
    private final float[] energy;
    private final int[] at = new int[points.length];
    private final float[] ownCos = new float[points.length];
    private final float[] ownSin = new float[points.length];
    private final double ours;

    Zoomed(Motion zoom, int columns, int rows) {
      this.columns = columns;
      this.rows = rows;
      width = drawing.width + 2 * columns;
      int height = drawing.height + 2 * rows;
      cos = new float[width * height];
      sin = new float[width * height];
      energy = new float[width * height];
      Placement placement = zoom.placement(drawing.width, drawing.height);
      for (int y = 0; y < height; y++) {
        double v = placement.photoY(y - rows + 0.5) - 0.5;
        for (int x = 0; x < width; x++) {
          double u = placement.photoX(x - columns + 0.5) - 0.5;
          int left = (int) Math.floor(u);
          int top = (int) Math.floor(v);
          if (left >= 0 && top >= 0 && left < photo.width - 1 && top < photo.height - 1) {
            int i = y * width + x;
            int j = top * photo.width + left;
            cos[i] = mix(photo.cos, j, (float) (u - left), (float) (v - top));
            sin[i] = mix(photo.sin, j, (float) (u - left), (float) (v - top));
            energy[i] = cos[i] * cos[i] + sin[i] * sin[i];
          }
        }
      }
      double sum = 0;
      for (int k = 0; k < points.length; k++) {
        int row = points[k] / drawing.width;
        at[k] = (row + rows) * width + points[k] - row * drawing.width + columns;
        ownCos[k] = drawing.cos[points[k]];
        ownSin[k] = drawing.sin[points[k]];
        sum += ownCos[k] * ownCos[k] + ownSin[k] * ownSin[k];
      }
      ours = sum;
    }

    /** As {@link LineMatch#fit(Motion)} with this shift in pixels of the drawing. */
    double fit(int x, int y) {
      if (Math.abs(x) > columns || Math.abs(y) > rows) {
        throw new IllegalArgumentException("a shift of %d, %d is out of reach".formatted(x, y));
      }
      int back = y * width + x;
      double both = 0;
      double theirs = 0;
      for (int k = 0; k < at.length; k++) {
        int j = at[k] - back;
        both += ownCos[k] * cos[j] + ownSin[k] * sin[j];
        theirs += energy[j];
      }
      return both / Math.sqrt(ours * theirs + 1e-9);
    }
  }

  private static boolean near(Motion a, Motion b, int side) {
    double shift = Math.hypot(a.dx() - b.dx(), a.dy() - b.dy());
    double zoom = Math.abs(a.zoomX() - b.zoomX()) / 2;
    return shift + zoom < 1.6 / side;
  }

  /**
   * Climbs by ever smaller steps. Scales change about the middle of the lines: about the centre of
   * the picture they would move lines that are all on one side, and each step on its own would fit
   * worse.
   *
   * @param finest the last step in pixels
   * @param stretch whether the scales may differ
   */
  Motion climb(Motion start, double finest, boolean stretch) {
    Motion best = start;
    double bestFit = fit(best);
    double side = Math.max(drawing.width, drawing.height);
    for (double step = 2; step >= finest; step /= 2) {
      for (boolean moved = true; moved; ) {
        moved = false;
        for (int axis = 0; axis < (stretch ? 4 : 3); axis++) {
          for (int sign = -1; sign <= 1; sign += 2) {
            Motion motion = best.plus(axis, sign * step / side).about(best, middleX, middleY);
            double fit = motion.largest() <= 1.2 * REACH ? fit(motion) : Double.NEGATIVE_INFINITY;
            if (fit > bestFit + 1e-9) {
              best = motion;
              bestFit = fit;
              moved = true;
            }
          }
        }
      }
    }
    return best;
  }

  /**
   * How far, in pixels, each part of the drawing with enough lines would like to move on from where
   * this motion puts it; ascending.
   */
  double[] displacements(Motion motion) {
    Placement base = motion.placement(drawing.width, drawing.height);
    int[] part = new int[points.length];
    int[] sizes = new int[PARTS * PARTS];
    for (int k = 0; k < points.length; k++) {
      int x = points[k] % drawing.width * PARTS / drawing.width;
      int y = points[k] / drawing.width * PARTS / drawing.height;
      part[k] = y * PARTS + x;
      sizes[part[k]]++;
    }
    List<Double> displacements = new ArrayList<>();
    for (int p = 0; p < sizes.length; p++) {
      if (sizes[p] < PART_POINTS) {
        continue;
      }
      int[] some = new int[sizes[p]];
      for (int k = 0, n = 0; k < points.length; k++) {
        if (part[k] == p) {
          some[n++] = points[k];
        }
      }
      displacements.add(displacement(base, some));
    }
    return displacements.stream().mapToDouble(d -> d).sorted().toArray();
  }

  /** Whole pixels first, then the halves around the best. */
  private double displacement(Placement base, int[] some) {
    double[] best = {0, 0, fit(base, some)};
    for (int dy = -PART_REACH; dy <= PART_REACH; dy++) {
      for (int dx = -PART_REACH; dx <= PART_REACH; dx++) {
        improve(base, some, dx, dy, best);
      }
    }
    double x = best[0];
    double y = best[1];
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        improve(base, some, x + dx / 2.0, y + dy / 2.0, best);
      }
    }
    return Math.hypot(best[0], best[1]);
  }

  private void improve(Placement base, int[] some, double dx, double dy, double[] best) {
    double fit = fit(base.then(new Placement(1, 1, dx, dy)), some);
    if (fit > best[2]) {
      best[0] = dx;
      best[1] = dy;
      best[2] = fit;
    }
  }
}

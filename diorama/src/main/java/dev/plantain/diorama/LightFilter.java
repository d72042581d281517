package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The light of a frame after each pass of an edge-avoiding filter. Light from small sources, whose
 * shadows have edges, is blurred less than light from windows and surfaces.
 *
 * @param hard light from sun and lamps as gathered and after each pass, in the planes' form
 * @param soft other light in the same way
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the point
record LightFilter(LightPlanes planes, List<float[]> hard, List<float[]> soft) {
  /** Relative difference of hard light across which later passes do not blur. */
  private static final float CONTRAST = 0.6f;

  private static final int HARD_PASSES = 3;

  static LightFilter of(Frame f) {
    return new Filtering(f, null, null).run();
  }

  /** The same of a changed frame, worked out only where something that enters differs. */
  LightFilter again(Frame f, Frame base) {
    return new Filtering(f, this, changed(f, base)).run();
  }

  /** Both kinds together, 3 per pixel. */
  float[] light() {
    return planes.mixedSum(hard.getLast(), soft.getLast());
  }

  /** Which pixels enter the filter with other values than in the base frame. */
  private static boolean[] changed(Frame f, Frame base) {
    boolean[] changed = new boolean[f.depth.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] =
          f.entity[i] != base.entity[i]
              || f.lit[i] != base.lit[i]
              || f.depth[i] != base.depth[i]
              || differ(f.hard, base.hard, i)
              || differ(f.soft, base.soft, i)
              || differ(f.position, base.position, i)
              || differ(f.normal, base.normal, i)
              || differ(f.flat, base.flat, i);
    }
    return changed;
  }

  private static boolean differ(float[] a, float[] b, int i) {
    return a[3 * i] != b[3 * i] || a[3 * i + 1] != b[3 * i + 1] || a[3 * i + 2] != b[3 * i + 2];
  }

  private static final class Filtering {
    private final LightPlanes planes;
    private final @Nullable LightFilter before;
    private final List<float[]> hard = new ArrayList<>();
    private final List<float[]> soft = new ArrayList<>();
    private final int softPasses;
    private boolean @Nullable [] changed;

    Filtering(Frame f, @Nullable LightFilter before, boolean @Nullable [] changed) {
      // Reach grows with the picture, so that noise per picture area is cleaned alike.
      int side = Math.max(f.width, f.height);
      softPasses = 4 + Math.max(0, 25 - Integer.numberOfLeadingZeros(side - 1));
      planes = new LightPlanes(f, 1 << (softPasses - 1));
      this.before = before;
      this.changed = changed == null ? null : planes.plane(changed);
      hard.add(planes.planes(f.hard));
      soft.add(planes.planes(f.soft));
    }

    LightFilter run() {
      // The first pass fills in what was not sampled and stops at nothing: single specks would
      // otherwise pass for edges. Hard light then repeats the finest step, which blurs less.
      pass(1, planes.lit, hard(false), soft());
      pass(1, planes.solid, hard(true));
      pass(2, planes.solid, hard(true), soft());
      for (int level = 2; level < softPasses; level++) {
        pass(1 << level, planes.solid, soft());
      }
      assert hard.size() == HARD_PASSES + 1;
      return new LightFilter(planes, hard, soft);
    }

    private LightWalk.Channel hard(boolean stops) {
      return next(
          hard, before == null ? null : before.hard, stops ? CONTRAST : Float.POSITIVE_INFINITY);
    }

    private LightWalk.Channel soft() {
      return next(soft, before == null ? null : before.soft, Float.POSITIVE_INFINITY);
    }

    private LightWalk.Channel next(
        List<float[]> levels, @Nullable List<float[]> known, float contrast) {
      float[] from = levels.getLast();
      levels.add(known == null ? new float[from.length] : known.get(levels.size()).clone());
      return new LightWalk.Channel(from, levels.getLast(), contrast);
    }

    /**
     * @param counts which pixels hold a value
     */
    private void pass(int step, boolean[] counts, LightWalk.Channel... channels) {
      boolean[] reached = changed == null ? null : reached(changed, step);
      LightWalk.CHOSEN.filter(new LightWalk.Pass(planes, step, counts, reached), channels);
      changed = reached;
    }

    /** Pixels that a pass brings something changed to. */
    private boolean[] reached(boolean[] changed, int step) {
      boolean[] rows = new boolean[changed.length];
      boolean[] all = new boolean[changed.length];
      for (int y = 0; y < planes.height; y++) {
        int row = planes.row(y);
        for (int at = row; at < row + planes.width; at++) {
          rows[at] = changed[at - step] || changed[at] || changed[at + step];
        }
      }
      for (int y = 0; y < planes.height; y++) {
        int row = planes.row(y);
        int above = y < step ? row : planes.row(y - step);
        int below = y + step >= planes.height ? row : planes.row(y + step);
        for (int x = 0; x < planes.width; x++) {
          all[row + x] = rows[row + x] || rows[above + x] || rows[below + x];
        }
      }
      return all;
    }
  }
}

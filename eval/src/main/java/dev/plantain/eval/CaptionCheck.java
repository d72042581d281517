package dev.plantain.eval;

import dev.plantain.core.Image;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a drawing of a view's caption shows what the view's scene holds. A checker segments the
 * drawing by the categories of the large things in view. Each category that it finds gets credit,
 * in equal shares,
 *
 * <ul>
 *   <li>for being there;
 *   <li>for its colour, if the mean colour of its region is about that of one of its large things;
 *   <li>for its number, where it can be counted: if the region has as many parts as there are
 *       things. This is asked only where all things of the category in view are large, as the
 *       number that a caption says is then theirs, and not of stuff. Things that touch in the
 *       drawing are one part, whoever drew it.
 * </ul>
 */
final class CaptionCheck {
  /** Share of a picture that a category must cover to be there. */
  private static final double THERE = 0.003;

  /** Distance of mean colours, in 8-bit sRGB, up to which a category has its colour. */
  private static final double SAME_COLOUR = 80;

  /** Only things one would miss, as a share of the picture. */
  private static final double LARGE = 0.02;

  /** Smaller parts of a region are not counted: scraps, and slivers beside what is in front. */
  private static final double PART = LARGE / 2;

  /** Credit is added up in sixths, of which halves and thirds are whole: equal sums are equal. */
  private static final int WHOLE = 6;

  /** What is wanted of one category. */
  private record Wanted(String category, List<Thing> large, boolean counted) {}

  private final List<Wanted> wanted = new ArrayList<>();

  CaptionCheck(View view) {
    Map<String, List<Thing>> all = new LinkedHashMap<>();
    for (Thing thing : view.things()) {
      all.computeIfAbsent(thing.category(), category -> new ArrayList<>()).add(thing);
    }
    double least = LARGE * view.width() * view.height();
    all.forEach(
        (category, things) -> {
          List<Thing> large = things.stream().filter(t -> t.pixels() >= least).toList();
          if (!large.isEmpty()) {
            boolean counted =
                large.size() == things.size() && large.stream().noneMatch(Thing::stuff);
            wanted.add(new Wanted(category, large, counted));
          }
        });
  }

  /** Whether there is nothing to look for. */
  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** The mean credit of the categories, in 0..1. */
  double credit(Image drawing, Vision checker) {
    List<String> categories = wanted.stream().map(Wanted::category).toList();
    LabelMap found = checker.see(drawing, Segments.of(categories).background());
    byte[] rgb8 = drawing.rgb8();
    int credit = 0;
    for (int i = 0; i < wanted.size(); i++) {
      credit += credit(wanted.get(i), found.mask(i), rgb8);
    }
    return (double) credit / (WHOLE * wanted.size());
  }

  private static int credit(Wanted wanted, Mask region, byte[] rgb8) {
    int pixels = region.width() * region.height();
    if (region.area() < THERE * pixels) {
      return 0;
    }
    int met = coloured(wanted.large, region, rgb8) ? 2 : 1;
    if (!wanted.counted) {
      return WHOLE / 2 * met;
    }
    met += parts(region, PART * pixels) == wanted.large.size() ? 1 : 0;
    return WHOLE / 3 * met;
  }

  private static boolean coloured(List<Thing> things, Mask region, byte[] rgb8) {
    long[] sum = new long[3];
    region.bits().stream()
        .forEach(
            i -> {
              for (int c = 0; c < 3; c++) {
                sum[c] += rgb8[3 * i + c] & 0xff;
              }
            });
    int area = region.area();
    return things.stream().anyMatch(t -> distance(t.rgb(), sum, area) <= SAME_COLOUR);
  }

  private static double distance(int rgb, long[] sum, int pixels) {
    double distance = 0;
    for (int c = 0; c < 3; c++) {
      double d = (double) sum[c] / pixels - (rgb >> (16 - 8 * c) & 0xff);
      distance += d * d;
    }
    return Math.sqrt(distance);
  }

  /** How many connected parts of a region, corners included, have so many pixels or more. */
  private static int parts(Mask region, double least) {
    BitSet left = region.bits();
    int[] queue = new int[left.cardinality()];
    int width = region.width();
    int parts = 0;
    for (int start = left.nextSetBit(0); start >= 0; start = left.nextSetBit(start)) {
      int end = 0;
      queue[end++] = start;
      left.clear(start);
      for (int next = 0; next < end; next++) {
        int x = queue[next] % width;
        int y = queue[next] / width;
        for (int ny = Math.max(0, y - 1); ny <= Math.min(region.height() - 1, y + 1); ny++) {
          for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
            int there = ny * width + nx;
            if (left.get(there)) {
              left.clear(there);
              queue[end++] = there;
            }
          }
        }
      }
      parts += end >= least ? 1 : 0;
    }
    return parts;
  }
}

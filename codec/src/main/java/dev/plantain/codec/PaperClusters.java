package dev.plantain.codec;

import java.util.Arrays;

/**
 * The decoder of "Image Generators are Generalist Vision Learners", version 2, appendix A.
 *
 * <ol>
 *   <li>Background is what lies within τ = 14 (Euclidean, 8-bit RGB) of the prompted background.
 *   <li>Flood fill from seeds in raster order; a pixel joins when it is within τ of the
 *       <em>seed's</em> colour. The paper says "16-connectivity" and leaves the offsets open: here
 *       the eight neighbours and the eight knight's moves.
 *   <li>Components below 2·10⁻⁴ of the picture are dropped.
 *   <li>So are thin halos, which keep less than 10 % of their area after a 3×3 erosion. Pixels
 *       outside the picture do not erode.
 *   <li>Components whose mean colours are within τ merge when their joint bounding box is at most 5
 *       times the sum of their boxes' areas; repeated, in the order of the components' seeds, until
 *       nothing merges.
 * </ol>
 *
 * Dropped pixels are {@link InstanceMap#UNASSIGNED}. Confidence is 1 less the mean distance of the
 * instance's pixels from its mean colour, in units of 2 τ.
 *
 * @param background {@code 0xRRGGBB}
 */
public record PaperClusters(int background) implements InstanceCodec {
  private static final int TAU2 = 14 * 14;
  private static final double LEAST_SHARE = 2e-4;
  private static final double LEAST_CORE_SHARE = 0.1;
  private static final double MOST_BOX_GROWTH = 5;

  private static final int[] DX = {-1, 0, 1, -1, 1, -1, 0, 1, -2, -1, 1, 2, -2, -1, 1, 2};
  private static final int[] DY = {-1, -1, -1, 0, 0, 1, 1, 1, -1, -2, -2, -1, 1, 2, 2, 1};

  public PaperClusters {
    Colours.require(background);
  }

  @Override
  public InstanceMap decode(byte[] rgb8, int width, int height) {
    int pixels = Lengths.requireShape(width, height);
    Lengths.requireRgb(rgb8.length, pixels);
    int[] component = new int[pixels];
    int components = flood(rgb8, width, height, component);
    Regions regions = new Regions(rgb8, width, height, component, components);
    boolean[] keep = new boolean[components + 1];
    int[] cores = regions.coreAreas();
    for (int id = 1; id <= components; id++) {
      keep[id] =
          regions.area(id) >= LEAST_SHARE * pixels
              && cores[id] >= LEAST_CORE_SHARE * regions.area(id);
    }
    int[] target = merge(regions, keep);
    return regions.result(target);
  }

  /** Stages 1 and 2: component ids from 1, background 0. */
  private int flood(byte[] rgb8, int width, int height, int[] component) {
    int[] queue = new int[component.length];
    Arrays.fill(component, -1);
    for (int i = 0; i < component.length; i++) {
      if (Colours.distance2(Colours.get(rgb8, i), background) <= TAU2) {
        component[i] = 0;
      }
    }
    int components = 0;
    for (int seed = 0; seed < component.length; seed++) {
      if (component[seed] >= 0) {
        continue;
      }
      int colour = Colours.get(rgb8, seed);
      component[seed] = ++components;
      queue[0] = seed;
      int end = 1;
      for (int at = 0; at < end; at++) {
        int x = queue[at] % width;
        int y = queue[at] / width;
        for (int k = 0; k < DX.length; k++) {
          int nx = x + DX[k];
          int ny = y + DY[k];
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) {
            continue;
          }
          int next = ny * width + nx;
          if (component[next] < 0 && Colours.distance2(Colours.get(rgb8, next), colour) <= TAU2) {
            component[next] = components;
            queue[end++] = next;
          }
        }
      }
    }
    return components;
  }

  /** Stage 5: for each component the component it ends in, or −1 when it was dropped. */
  private static int[] merge(Regions regions, boolean[] keep) {
    int[] target = new int[keep.length];
    int[] alive = new int[keep.length];
    int count = 0;
    for (int id = 1; id < keep.length; id++) {
      target[id] = keep[id] ? id : InstanceMap.UNASSIGNED;
      if (keep[id]) {
        alive[count++] = id;
      }
    }
    boolean merged = true;
    while (merged) {
      merged = false;
      for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
          int a = alive[i];
          int b = alive[j];
          if (Colours.distance2(regions.meanColour(a), regions.meanColour(b)) <= TAU2
              && regions.jointBox(a, b) <= MOST_BOX_GROWTH * (regions.box(a) + regions.box(b))) {
            regions.absorb(a, b);
            for (int id = 1; id < target.length; id++) {
              target[id] = target[id] == b ? a : target[id];
            }
            System.arraycopy(alive, j + 1, alive, j, --count - j);
            j--;
            merged = true;
          }
        }
      }
    }
    return target;
  }
}

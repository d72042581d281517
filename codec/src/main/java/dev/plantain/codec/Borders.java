package dev.plantain.codec;

import java.util.Arrays;

/** Divides what lies between cores among them. */
final class Borders {
  /** Sweeps in which a border pixel may change to a better side. */
  private static final int SWEEPS = 4;

  /** Squared distance, in levels, of a colour that needs no better match. */
  private static final int FITS = 9;

  /** How far around a pixel the colours lie that it may be a blend of. */
  private static final int BLEND_REACH = 3;

  /** A colour this far off the line between two others is no blend of them. */
  private static final double BLEND_DISTANCE = 14;

  /** A colour this far from another does not follow from it. */
  private static final double MISFIT = 14;

  /** Neighbouring unexplained pixels this much alike belong together. */
  private static final double ALIKE = 8;

  /** How many times the softness of borders the first two grow by. */
  private static final double SOFT_SHARE = 2;

  /** Softer drawings than this have no halos that could be told from borders. */
  private static final double SOFT = 5;

  /** Below this softness borders are at most antialiased. */
  private static final double CRISP = 1;

  /** How many times the noise all these distances grow by. */
  private static final double NOISE_SHARE = 3;

  /** Unexplained places this near to a known colour are parts of it. */
  private static final double KNOWN = 20;

  /** Share of an instance that must survive a 5×5 erosion: thin ones are halos. */
  private static final double LEAST_CORE_SHARE = 0.05;

  private static final int EROSION = 2;

  /** Share of a thin instance's surroundings that must be background. */
  private static final double LEAST_GROUND_SHARE = 0.95;

  private final byte[] rgb8;
  private final byte[] calm;
  private final int width;
  private final int height;
  private final int[] region;
  private final double noise;

  /** See {@link #softness()}. */
  private double softness;

  private double blend;
  private double misfit2;
  private double alike2;

  /** For each pixel the core pixel whose region and colour it follows. */
  private final int[] origin;

  /** Pixels outside cores, in the order in which they were reached. */
  private int[] border = new int[0];

  /**
   * @param rgb8 the colours that border pixels are judged by
   * @param calm the colours of cores, perhaps smoothed
   * @param cores region numbers, −1 outside cores
   * @param noise of the drawing, standard deviation in levels
   */
  Borders(byte[] rgb8, byte[] calm, int width, int height, int[] cores, double noise) {
    this.rgb8 = rgb8;
    this.calm = calm;
    this.width = width;
    this.height = height;
    this.noise = noise;
    region = cores.clone();
    origin = new int[region.length];
    grow();
  }

  /** Gives every pixel the region of the core nearby whose colour is nearest. */
  private void grow() {
    int[] queue = new int[region.length];
    int end = 0;
    for (int i = 0; i < region.length; i++) {
      origin[i] = region[i] >= 0 ? i : -1;
    }
    for (int i = 0; i < region.length; i++) {
      if (region[i] < 0 && hasOrigin(i % width, i / width)) {
        queue[end++] = i;
      }
    }
    // Breadth first; a queued pixel is marked by an origin below −1 until its turn comes.
    for (int k = 0; k < end; k++) {
      origin[queue[k]] = -2;
    }
    for (int at = 0; at < end; at++) {
      int i = queue[at];
      int x = i % width;
      int y = i / width;
      origin[i] = bestOrigin(x, y, -1);
      for (int k = 0; k < 4; k++) {
        int nx = x + (k == 0 ? -1 : k == 1 ? 1 : 0);
        int ny = y + (k == 2 ? -1 : k == 3 ? 1 : 0);
        if (nx >= 0 && ny >= 0 && nx < width && ny < height && origin[ny * width + nx] == -1) {
          origin[ny * width + nx] = -2;
          queue[end++] = ny * width + nx;
        }
      }
    }
    border = Arrays.copyOf(queue, end);
    boolean changed = true;
    for (int sweep = 0; sweep < SWEEPS && changed; sweep++) {
      changed = false;
      // Back and forth, so that a better origin can travel either way in one sweep.
      for (int k = 0; k < end; k++) {
        int i = border[sweep % 2 == 0 ? k : end - 1 - k];
        int own = origin[i];
        if (own >= 0 && Colours.distance2(Colours.get(rgb8, i), Colours.get(calm, own)) <= FITS) {
          continue;
        }
        origin[i] = bestOrigin(i % width, i / width, own);
        changed |= origin[i] != own;
      }
    }
    softness = median();
    for (int i : border) {
      region[i] = origin[i] < 0 ? InstanceMap.UNASSIGNED : region[origin[i]];
    }
  }

  /** The median distance of border pixels from the colour they follow, beyond noise. */
  private double median() {
    int[] histogram = new int[256];
    for (int i : border) {
      double distance =
          origin[i] < 0
              ? 255
              : Colours.distance(Colours.get(rgb8, i), Colours.get(calm, origin[i]));
      histogram[(int) Math.min(distance, 255)]++;
    }
    int below = 0;
    int level = 0;
    while (level < 255 && 2 * (below + histogram[level]) < border.length) {
      below += histogram[level++];
    }
    return Math.max(0, level - NOISE_SHARE * noise);
  }

  /** Region numbers, borders included; −1 only if there are no cores. Not a copy. */
  int[] region() {
    return region;
  }

  /**
   * How far pixels between cores are from the colours beside them: 0 in a crisp drawing, also one
   * with halos, several levels in one that was blurred or compressed.
   */
  double softness() {
    return softness;
  }

  private boolean hasOrigin(int x, int y) {
    int i = y * width + x;
    return (x > 0 && origin[i - 1] >= 0)
        || (x < width - 1 && origin[i + 1] >= 0)
        || (y > 0 && origin[i - width] >= 0)
        || (y < height - 1 && origin[i + width] >= 0);
  }

  /** Of the neighbours' origins, and perhaps its own, that of the nearest colour. */
  private int bestOrigin(int x, int y, int own) {
    int colour = Colours.get(rgb8, y * width + x);
    int best = own;
    int best2 = own < 0 ? Integer.MAX_VALUE : Colours.distance2(colour, Colours.get(calm, own));
    for (int ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
      for (int nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
        int there = origin[ny * width + nx];
        if (there >= 0 && there != best) {
          int distance2 = Colours.distance2(colour, Colours.get(calm, there));
          if (distance2 < best2) {
            best = there;
            best2 = distance2;
          }
        }
      }
    }
    return best;
  }

  /**
   * Looks again at the places whose colour nothing nearby explains.
   *
   * @param regions the cores
   * @param joined for each core the one that stands for its instance, 0 for the background
   * @param least pixels of an instance
   * @return the highest region number afterwards
   */
  int resolve(Regions regions, int[] joined, int least) {
    double more = NOISE_SHARE * noise + SOFT_SHARE * softness;
    blend = BLEND_DISTANCE + more;
    misfit2 = (MISFIT + more) * (MISFIT + more);
    alike2 = (ALIKE + NOISE_SHARE * noise) * (ALIKE + NOISE_SHARE * noise);
    int[] place = new int[region.length];
    for (int i : border) {
      if (isMisfit(i)) {
        place[i] = -1;
      }
    }
    int[] queue = new int[border.length];
    int places = 0;
    int count = regions.count();
    for (int i : border) {
      if (origin[i] >= 0) {
        region[i] = region[origin[i]];
      }
    }
    for (int seed : border) {
      if (place[seed] != -1) {
        continue;
      }
      int size = flood(seed, ++places, place, queue);
      if (size < least && origin[seed] >= 0) {
        // Too little to be anything of its own: it stays with the nearest colour.
        continue;
      }
      int target = known(regions, joined, queue, size);
      if (target < 0
          && (coreShare(place, queue, size) >= LEAST_CORE_SHARE || isAlone(place, queue, size))) {
        target = ++count;
      }
      if (target < 0 && softness > SOFT && origin[seed] >= 0) {
        continue;
      }
      for (int k = 0; k < size; k++) {
        region[queue[k]] = target;
      }
    }
    return count;
  }

  private boolean isMisfit(int i) {
    int colour = Colours.get(rgb8, i);
    if (origin[i] < 0) {
      return true;
    }
    if (Colours.distance2(colour, Colours.get(calm, origin[i])) <= misfit2) {
      return false;
    }
    // The blends of a crisp drawing are one pixel wide: too little to be taken for anything else.
    return isCrisp() || !isBlend(i, colour);
  }

  private boolean isCrisp() {
    return softness < CRISP && noise < Clusters.VERY_NOISY;
  }

  /** Whether the colour lies between those of two different regions nearby. */
  private boolean isBlend(int i, int colour) {
    int x = i % width;
    int y = i / width;
    int first = Colours.get(calm, origin[i]);
    for (int ny = Math.max(y - BLEND_REACH, 0); ny <= Math.min(y + BLEND_REACH, height - 1); ny++) {
      for (int nx = Math.max(x - BLEND_REACH, 0);
          nx <= Math.min(x + BLEND_REACH, width - 1);
          nx++) {
        int there = origin[ny * width + nx];
        if (there >= 0
            && region[there] != region[origin[i]]
            && Colours.distanceFromLine(colour, first, Colours.get(calm, there)) <= blend) {
          return true;
        }
      }
    }
    return false;
  }

  private int flood(int seed, int number, int[] place, int[] queue) {
    place[seed] = number;
    queue[0] = seed;
    int end = 1;
    for (int at = 0; at < end; at++) {
      int x = queue[at] % width;
      int y = queue[at] / width;
      int colour = Colours.get(rgb8, queue[at]);
      for (int ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
        for (int nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
          int next = ny * width + nx;
          if (place[next] == -1 && Colours.distance2(colour, Colours.get(rgb8, next)) <= alike2) {
            place[next] = number;
            queue[end++] = next;
          }
        }
      }
    }
    return end;
  }

  /** The region, perhaps the background, whose mean colour a place has, or −1. */
  private int known(Regions regions, int[] joined, int[] pixels, int size) {
    double r = 0;
    double g = 0;
    double b = 0;
    for (int k = 0; k < size; k++) {
      int at = 3 * pixels[k];
      r += rgb8[at] & 0xff;
      g += rgb8[at + 1] & 0xff;
      b += rgb8[at + 2] & 0xff;
    }
    int mean = Colours.pack(r / size, g / size, b / size);
    int best = -1;
    double nearest = KNOWN;
    for (int id = 0; id <= regions.count(); id++) {
      double distance = Colours.distance(mean, regions.meanColour(id));
      if (joined[id] == id && regions.area(id) > 0 && distance <= nearest) {
        best = id;
        nearest = distance;
      }
    }
    return best;
  }

  /** Whether a place lies in the background only: a halo lies around something. */
  private boolean isAlone(int[] place, int[] pixels, int size) {
    int around = 0;
    int ground = 0;
    for (int k = 0; k < size; k++) {
      int x = pixels[k] % width;
      int y = pixels[k] / width;
      for (int ny = Math.max(y - 2, 0); ny <= Math.min(y + 2, height - 1); ny += 2) {
        for (int nx = Math.max(x - 2, 0); nx <= Math.min(x + 2, width - 1); nx += 2) {
          int there = ny * width + nx;
          if (place[there] != place[pixels[k]]) {
            around++;
            ground += region[there] == 0 ? 1 : 0;
          }
        }
      }
    }
    return around > 0 && ground >= LEAST_GROUND_SHARE * around;
  }

  private double coreShare(int[] place, int[] pixels, int size) {
    int cores = 0;
    for (int k = 0; k < size; k++) {
      int x = pixels[k] % width;
      int y = pixels[k] / width;
      boolean core = true;
      for (int ny = Math.max(y - EROSION, 0); ny <= Math.min(y + EROSION, height - 1); ny++) {
        for (int nx = Math.max(x - EROSION, 0); nx <= Math.min(x + EROSION, width - 1); nx++) {
          core &= place[ny * width + nx] == place[pixels[k]];
        }
      }
      cores += core ? 1 : 0;
    }
    return (double) cores / size;
  }
}

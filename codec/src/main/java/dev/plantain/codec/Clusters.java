package dev.plantain.codec;

import java.util.OptionalInt;

/**
 * The default decoder of instance drawings. Where the paper's floods from the first pixel it meets
 * and so depends on that one colour, this one starts from what is certain:
 *
 * <ol>
 *   <li>Noise is measured and, where there is some, smoothed away.
 *   <li>Flat places, at least five pixels wide, are connected to <em>cores</em>. Borders, whether
 *       antialiased, blurred, ringing or haloed, are not flat and separate even near colours, while
 *       a colour may drift slowly within a core.
 *   <li>Borders are divided between the cores around them, each pixel going to the nearest colour
 *       <em>nearby</em>, so that a blend of two colours never becomes a third one.
 *   <li>Regions are joined to instances, see {@link RegionJoining}: touching ones when there is no
 *       step of colour between them, others when their colours agree, drift included.
 *   <li>The background is the region of the prompted colour, or the one that holds most of the
 *       picture's rim.
 *   <li>What no colour nearby explains, alone or blended, is looked at again: it is a thin part of
 *       a known colour, a small instance of its own, or a halo and {@link InstanceMap#UNASSIGNED}.
 * </ol>
 *
 * <p>Where hardly anything is flat, colours may still tell where instances are: then they are read
 * as {@link PlacedInstances}.
 *
 * @param background {@code 0xRRGGBB} if it is known
 */
record Clusters(OptionalInt background) implements InstanceCodec {
  /** Smaller instances are dropped, as a share of the picture and in pixels. */
  private static final double LEAST_SHARE = 2e-4;

  private static final int LEAST_AREA = 12;

  /** Cores smaller than this are chance. */
  private static final int LEAST_CORE = 8;

  /** Above this noise, in levels, the drawing is smoothed, and above that twice. */
  private static final double NOISY = 1.5;

  static final double VERY_NOISY = 7;

  /** Flat is what differs by no more than this, in levels, and this many times the noise. */
  private static final double TOLERANCE = 5;

  private static final double NOISE_TOLERANCE = 5.5;

  /** From this softness of borders on a drawing was blurred or compressed. */
  private static final double SOFT = 3;

  private static final double MOST_SOFTNESS = 10;

  Clusters {
    background.ifPresent(Colours::require);
  }

  @Override
  public InstanceMap decode(byte[] rgb8, int width, int height) {
    int pixels = Lengths.requireShape(width, height);
    Lengths.requireRgb(rgb8.length, pixels);
    double noise = Calming.noise(rgb8, width, height);
    byte[] calm = rgb8;
    double left = noise;
    for (int pass = 0; noise > (pass == 0 ? NOISY : VERY_NOISY) && pass < 2; pass++) {
      calm = Calming.binomial(calm, width, height);
      left *= pass == 0 ? Calming.NOISE_LEFT : Calming.NOISE_LEFT_AGAIN;
    }
    double tolerance = TOLERANCE + NOISE_TOLERANCE * left;
    // Smoothing blends borders: as long as single pixels can be told apart, they decide.
    byte[] exact = noise < VERY_NOISY ? rgb8 : calm;
    FlatCores cores = FlatCores.find(calm, width, height, tolerance, LEAST_CORE);
    PlacedInstances placed = new PlacedInstances(rgb8, width, height);
    if (placed.reads(background, cores, noise)) {
      return placed.decode(least(pixels));
    }
    Borders borders = new Borders(exact, calm, width, height, cores.region(), noise);
    double softness = Math.min(borders.softness(), MOST_SOFTNESS);
    if (softness >= SOFT) {
      // Compression leaves ripples that look like borders: again, and less strictly.
      calm = Calming.binomial(calm, width, height);
      cores = FlatCores.find(calm, width, height, tolerance + softness, LEAST_CORE);
      borders = new Borders(exact, calm, width, height, cores.region(), noise);
    }
    Regions regions = new Regions(calm, width, height, cores.region(), cores.count());
    int[] joined = new RegionJoining(regions, borders.region(), background, softness).join();
    int[] region = borders.region();
    for (int i = 0; i < pixels; i++) {
      region[i] = region[i] > 0 ? joined[region[i]] : region[i];
    }
    int count = borders.resolve(regions, joined, least(pixels));

    Regions all = new Regions(rgb8, width, height, region, count);
    int[] target = new int[count + 1];
    for (int id = 1; id <= count; id++) {
      target[id] = all.area(id) >= least(pixels) ? id : InstanceMap.UNASSIGNED;
    }
    return all.result(target);
  }

  private static int least(int pixels) {
    return Math.max(LEAST_AREA, (int) (LEAST_SHARE * pixels));
  }
}

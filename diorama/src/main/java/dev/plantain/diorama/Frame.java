package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * A rendered picture before the sensor, with what later renders of a changed world can reuse.
 * Arrays are row-major; {@code n = width * height}.
 */
final class Frame {
  /** Jittered rays per pixel of the photo, on a 2 × 2 grid. */
  static final int SAMPLES = 4;

  static final int UNUSED = -2;

  final int width;
  final int height;

  /** Planar depth at the pixel's centre, +∞ in the sky. */
  final float[] depth;

  /** Position at the pixel's centre, 3 n. */
  final float[] position;

  /** Smoothed world normal at the pixel's centre, 3 n. */
  final float[] normal;

  /** Flat world normal at the pixel's centre, 3 n. */
  final float[] flat;

  /** Linear albedo at the pixel's centre, 3 n. */
  final float[] albedo;

  /** Entity at the pixel's centre, -1 in the sky. */
  final int[] entity;

  /** Irradiance over π from sun and lamps at the pixel's centre, noisy, 3 n. */
  final float[] hard;

  /** Irradiance over π from windows, sky and other surfaces at the centre, noisy, 3 n. */
  final float[] soft;

  /** Whether light was gathered here; elsewhere filtering fills it in. */
  final boolean[] lit;

  /** Whether the pixel may hold an outline, so that it needs every sample. */
  final boolean[] outline;

  /** Whether the centre's surface has no reflection, glass or glow. */
  final boolean[] matt;

  /** Per sample: linear albedo that the filtered light multiplies, 3 n SAMPLES. */
  final float[] sampleAlbedo;

  /** Per sample: light that needs no further lighting: reflections, glow, sky, glass. */
  final float[] sampleGlow;

  final float[] samplePosition;
  final float[] sampleNormal;

  /** Entity per sample, -1 in the sky, {@link #UNUSED} where one sample stands for the pixel. */
  final int[] sampleEntity;

  /** Radiance that reaches the sensor, linear RGB, 3 n. */
  final float[] radiance;

  /** What its rays met, null unless that was asked for. */
  @Nullable RayLog rays;

  /** The light after filtering, null before it and where another frame's was reused. */
  @Nullable LightFilter filter;

  /** Mean diffuse light of the scene after many bounces. */
  float[] ambient = new float[3];

  Frame(int width, int height) {
    this.width = width;
    this.height = height;
    int n = width * height;
    depth = new float[n];
    position = new float[3 * n];
    normal = new float[3 * n];
    flat = new float[3 * n];
    albedo = new float[3 * n];
    entity = new int[n];
    hard = new float[3 * n];
    soft = new float[3 * n];
    lit = new boolean[n];
    outline = new boolean[n];
    matt = new boolean[n];
    sampleAlbedo = new float[3 * n * SAMPLES];
    sampleGlow = new float[3 * n * SAMPLES];
    samplePosition = new float[3 * n * SAMPLES];
    sampleNormal = new float[3 * n * SAMPLES];
    sampleEntity = new int[n * SAMPLES];
    radiance = new float[3 * n];
  }
}

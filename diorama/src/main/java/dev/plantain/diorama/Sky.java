package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * What is infinitely far away: sky with clouds and sun, and below and at the horizon a hint of land
 * where no geometry stands. Radiance is linear; a clear zenith is about one.
 *
 * @param zenith radiance straight up
 * @param horizon radiance just above the horizon
 * @param land radiance below the horizon
 * @param skyline height of distant trees and roofs above the horizon, radians
 * @param cloud share of the sky that is covered, 0…1
 * @param sunX unit vector towards the sun
 * @param sun irradiance of the sun on a surface facing it; zero at night and under cloud
 * @param sunSpread radius of the sun's disc in radians; larger is hazier and softer
 * @param map a panorama to take radiance from instead, or null
 * @param turn radians by which the map is turned about the vertical
 */
@SuppressWarnings("ArrayRecordComponent") // three floats each, private to the package
record Sky(
    float[] zenith,
    float[] horizon,
    float[] land,
    float skyline,
    float cloud,
    float sunX,
    float sunY,
    float sunZ,
    float[] sun,
    float sunSpread,
    long seed,
    @Nullable Environment map,
    float turn) {

  /** A drawn sky. */
  Sky(
      float[] zenith,
      float[] horizon,
      float[] land,
      float skyline,
      float cloud,
      float sunX,
      float sunY,
      float sunZ,
      float[] sun,
      float sunSpread,
      long seed) {
    this(zenith, horizon, land, skyline, cloud, sunX, sunY, sunZ, sun, sunSpread, seed, null, 0);
  }

  boolean sunny() {
    return sun[0] + sun[1] + sun[2] > 0.01f && sunY > 0.02f;
  }

  /** Radiance from a direction, which need not be a unit vector; the sun's disc is left out. */
  void radiance(float dx, float dy, float dz, float[] rgb) {
    if (map != null) {
      map.radiance(dx, dy, dz, turn, rgb);
      return;
    }
    float length = (float) Math.sqrt(dx * dx + dy * dy + dz * dz);
    float up = dy / length;
    if (up < 0 && skyline > 0) {
      System.arraycopy(land, 0, rgb, 0, 3);
      return;
    }
    // No skyline is higher than all of its waves together; above, nothing needs the azimuth.
    if (up < 1.3f * skyline) {
      float azimuth = (float) Math.atan2(dx, dz);
      float edge =
          skyline
              * (0.35f
                  + wave(azimuth * 3) * 0.5f
                  + wave(azimuth * 17) * 0.3f
                  + wave(azimuth * 61) * 0.12f);
      if (up < edge) {
        float shade = 0.55f + 0.35f * wave(azimuth * 43 + up * 90);
        for (int c = 0; c < 3; c++) {
          rgb[c] = land[c] * shade;
        }
        return;
      }
    }
    float mix = (float) Math.pow(Math.max(0, up), 0.45);
    float covered = cloud <= 0 ? 0 : clouds(dx / length, up, dz / length);
    float white = 0.9f * (horizon[0] + horizon[1] + horizon[2]) / 3 + 0.12f * zenith[1];
    for (int c = 0; c < 3; c++) {
      float clear = horizon[c] + (zenith[c] - horizon[c]) * mix;
      rgb[c] = clear + (white - clear) * covered;
    }
  }

  private float clouds(float x, float up, float z) {
    float scale = 1.4f / (0.12f + Math.max(0, up));
    float px = x * scale;
    float pz = z * scale;
    float sum = 0;
    float weight = 0.55f;
    float frequency = 1;
    for (int octave = 0; octave < 4; octave++) {
      sum += weight * noise(px * frequency, pz * frequency, octave);
      weight *= 0.5f;
      frequency *= 2.1f;
    }
    float density = (sum - (1 - cloud) * 0.9f) * 3.5f;
    return Math.max(0, Math.min(0.95f, density));
  }

  private float wave(float x) {
    int i = (int) Math.floor(x);
    float f = x - i;
    float a = Rng.hash01(seed + i * 7919L);
    float b = Rng.hash01(seed + (i + 1) * 7919L);
    return a + (b - a) * f * f * (3 - 2 * f);
  }

  private float noise(float x, float z, int octave) {
    int ix = (int) Math.floor(x);
    int iz = (int) Math.floor(z);
    float fx = x - ix;
    float fz = z - iz;
    fx = fx * fx * (3 - 2 * fx);
    fz = fz * fz * (3 - 2 * fz);
    long key = seed + 31L * octave;
    float a = Rng.hash01(key + ix * 73856093L + iz * 19349663L);
    float b = Rng.hash01(key + (ix + 1) * 73856093L + iz * 19349663L);
    float c = Rng.hash01(key + ix * 73856093L + (iz + 1) * 19349663L);
    float d = Rng.hash01(key + (ix + 1) * 73856093L + (iz + 1) * 19349663L);
    return a + (b - a) * fx + (c - a) * fz + (a - b - c + d) * fx * fz;
  }
}

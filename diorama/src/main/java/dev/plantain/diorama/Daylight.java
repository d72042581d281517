package dev.plantain.diorama;

/**
 * A time of day with its weather.
 *
 * @param word for captions and edits: {@code "at night"}
 */
record Daylight(Sky sky, String word, boolean dark) {

  static Daylight draw(Rng rng) {
    double pick = rng.nextDouble();
    return pick < 0.45
        ? sunny(rng)
        : pick < 0.68 ? overcast(rng) : pick < 0.82 ? evening(rng) : night(rng);
  }

  static Daylight sunny(Rng rng) {
    return make(
        rng,
        "in sunlight",
        rng.rangeF(0.3, 1.2),
        1,
        rng.rangeF(0, 0.55),
        rng.rangeF(7, 14),
        new float[] {0.42f, 0.62f, 1.0f},
        new float[] {0.95f, 1.0f, 1.1f},
        new float[] {1, 0.95f, 0.86f},
        rng.rangeF(0.01, 0.03),
        false);
  }

  static Daylight overcast(Rng rng) {
    return make(
        rng,
        "on a grey day",
        rng.rangeF(0.4, 1.2),
        0.8f,
        0.95f,
        0,
        new float[] {0.82f, 0.86f, 0.92f},
        new float[] {0.9f, 0.92f, 0.95f},
        new float[] {1, 1, 1},
        0.05f,
        false);
  }

  static Daylight evening(Rng rng) {
    return make(
        rng,
        "in the evening",
        rng.rangeF(0.06, 0.25),
        0.45f,
        rng.rangeF(0.1, 0.6),
        rng.rangeF(2, 5),
        new float[] {0.35f, 0.42f, 0.72f},
        new float[] {1.25f, 0.85f, 0.55f},
        new float[] {1, 0.62f, 0.32f},
        rng.rangeF(0.02, 0.05),
        false);
  }

  static Daylight night(Rng rng) {
    return make(
        rng,
        "at night",
        0.5f,
        0.012f,
        0.2f,
        0,
        new float[] {0.3f, 0.4f, 0.9f},
        new float[] {0.9f, 0.7f, 0.6f},
        new float[] {1, 1, 1},
        0.05f,
        true);
  }

  private static Daylight make(
      Rng rng,
      String word,
      float altitude,
      float gain,
      float cloud,
      float sun,
      float[] zenith,
      float[] horizon,
      float[] tint,
      float spread,
      boolean dark) {
    float azimuth = rng.rangeF(-Math.PI, Math.PI);
    float cos = (float) Math.cos(altitude);
    float[] land = Colours.linear(rng.pickOf(0x5c6e48, 0x6e6a5c, 0x7c8070, 0x4e5e50, 0x808488));
    float[] z = new float[3];
    float[] h = new float[3];
    float[] s = new float[3];
    for (int c = 0; c < 3; c++) {
      z[c] = zenith[c] * gain;
      h[c] = horizon[c] * gain;
      s[c] = tint[c] * sun;
      land[c] *= gain * (0.7f + 0.1f * sun / 3);
    }
    Sky sky =
        new Sky(
            z,
            h,
            land,
            rng.rangeF(0.02, 0.22),
            cloud,
            (float) Math.sin(azimuth) * cos,
            (float) Math.sin(altitude),
            (float) Math.cos(azimuth) * cos,
            s,
            spread,
            rng.nextLong());
    return new Daylight(sky, word, dark);
  }
}

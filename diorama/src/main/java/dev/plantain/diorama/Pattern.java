package dev.plantain.diorama;

/**
 * A procedural albedo over the plane, in metres, for floors, walls and the outdoors. Details finer
 * than the footprint fade to their mean, so distant floors do not shimmer.
 *
 * @param kind how the two colours are arranged
 * @param first linear main colour
 * @param second linear colour of grout, stripes, joints or dark grain
 * @param size of the repeated element in metres
 * @param turned whether it runs along the other axis
 * @param seed of its irregularities
 */
@SuppressWarnings("ArrayRecordComponent") // three floats, private to the package
record Pattern(Kind kind, float[] first, float[] second, float size, boolean turned, long seed) {

  enum Kind {
    PLAIN,
    PLASTER,
    STRIPES,
    DOTS,
    CHECKS,
    PLANKS,
    HERRINGBONE,
    TILES,
    CARPET,
    BRICKS,
    CONCRETE,
    ASPHALT,
    GRASS,
    SLABS
  }

  float[] mean() {
    float[] sum = new float[3];
    float[] rgb = new float[3];
    for (int i = 0; i < 64; i++) {
      sample((i % 8 + 0.37f) * size * 1.31f, (Math.floorDiv(i, 8) + 0.61f) * size * 1.77f, 0, rgb);
      for (int c = 0; c < 3; c++) {
        sum[c] += rgb[c] / 64;
      }
    }
    return sum;
  }

  void sample(float u, float v, float footprint, float[] rgb) {
    float x = turned ? v : u;
    float y = turned ? u : v;
    switch (kind) {
      case PLAIN -> mix(rgb, 0, 1);
      case PLASTER ->
          mix(
              rgb,
              0,
              1
                  + 0.10f * (noise(x * 2.5f, y * 2.5f, footprint * 2.5f) - 0.5f)
                  + 0.08f * (noise(x * 40, y * 40, footprint * 40) - 0.5f));
      case STRIPES -> mix(rgb, line(x / size, 0.5f, footprint / size), 1);
      case DOTS -> {
        float cx = fraction(x / size) - 0.5f;
        float cy = fraction(y / size + ((int) Math.floor(x / size) & 1) * 0.5f) - 0.5f;
        float blur = 0.04f + footprint / size;
        float inside = clamp((0.25f - (float) Math.sqrt(cx * cx + cy * cy)) / blur + 0.5f);
        mix(rgb, blend(inside, 0.2f, footprint / size), 1);
      }
      case CHECKS -> {
        boolean odd = ((int) Math.floor(x / size) + (int) Math.floor(y / size) & 1) == 1;
        mix(rgb, blend(odd ? 1 : 0, 0.5f, footprint / size), 1);
      }
      case PLANKS -> planks(x, y, footprint, rgb);
      case HERRINGBONE -> {
        float s = size * 4;
        int cellX = (int) Math.floor((x + y) / s);
        int cellY = (int) Math.floor((x - y) / s);
        if ((cellX + cellY & 1) == 0) {
          planks(x + y, x - y + cellX * 0.37f, footprint, rgb);
        } else {
          planks(x - y, x + y + cellY * 0.37f, footprint, rgb);
        }
      }
      case TILES -> {
        float joint =
            Math.max(joint(x / size, footprint / size), joint(y / size, footprint / size));
        float tone = tone((int) Math.floor(x / size), (int) Math.floor(y / size));
        float cloud = noise(x * 7, y * 7, footprint * 7) - 0.5f;
        mix(rgb, joint, 1 + 0.12f * tone + 0.10f * cloud);
      }
      case CARPET ->
          mix(
              rgb,
              0.35f * noise(x * 60, y * 60, footprint * 60),
              1
                  + 0.25f * (noise(x * 180, y * 180, footprint * 180) - 0.5f)
                  + 0.12f * (noise(x * 3, y * 3, footprint * 3) - 0.5f));
      case BRICKS -> {
        float h = size * 0.33f;
        int row = (int) Math.floor(y / h);
        float shifted = x / size + (row & 1) * 0.5f;
        float joint = Math.max(joint(shifted, footprint / size), joint3(y / h, footprint / h));
        mix(
            rgb,
            joint,
            1
                + 0.35f * tone((int) Math.floor(shifted), row)
                + 0.2f * (noise(x * 30, y * 30, footprint * 30) - 0.5f));
      }
      case CONCRETE ->
          mix(
              rgb,
              0.3f * noise(x * 1.3f, y * 1.3f, footprint * 1.3f),
              1 + 0.22f * (noise(x * 9, y * 9, footprint * 9) - 0.5f));
      case ASPHALT ->
          mix(
              rgb,
              0.5f * noise(x * 0.8f, y * 0.8f, footprint * 0.8f),
              1 + 0.5f * (noise(x * 50, y * 50, footprint * 50) - 0.5f));
      case GRASS ->
          mix(
              rgb,
              noise(x * 1.7f, y * 1.7f, footprint * 1.7f),
              1
                  + 0.7f * (noise(x * 35, y * 35, footprint * 35) - 0.5f)
                  + 0.35f * (noise(x * 6, y * 6, footprint * 6) - 0.5f));
      case SLABS -> {
        float joint =
            Math.max(joint(x / size, footprint / size), joint(y / size, footprint / size));
        mix(
            rgb,
            0.7f * joint,
            1
                + 0.2f * tone((int) Math.floor(x / size), (int) Math.floor(y / size))
                + 0.2f * (noise(x * 25, y * 25, footprint * 25) - 0.5f));
      }
    }
  }

  private void planks(float x, float y, float footprint, float[] rgb) {
    int row = (int) Math.floor(y / size);
    float along = x / (size * 9) + Rng.hash01(seed * 31 + row) * 7;
    int board = (int) Math.floor(along);
    float gap =
        Math.max(
            joint(y / size, footprint / size),
            footprint > 0.02f ? 0 : joint(along * 9, footprint / size) * edge(along));
    float grain = noise(x * 4 + board * 13.7f, y * 55, footprint * 40) - 0.5f;
    mix(
        rgb,
        clamp(0.6f * gap + 0.35f * (grain + 0.5f) * 0.6f),
        1 + 0.28f * tone(board, row) + 0.22f * grain);
  }

  /** 1 within the first ninth of a board, so that joints across come once per board. */
  private static float edge(float along) {
    return fraction(along) < 1 / 9f ? 1 : 0;
  }

  private float tone(int i, int j) {
    return Rng.hash01(seed + 7919L * i + 104729L * j) - 0.5f;
  }

  private void mix(float[] rgb, float share, float gain) {
    for (int c = 0; c < 3; c++) {
      rgb[c] = Math.max(0.004f, (first[c] + (second[c] - first[c]) * share) * gain);
    }
  }

  private static float joint(float x, float footprint) {
    return thin(x, 0.025f, footprint);
  }

  private static float joint3(float x, float footprint) {
    return thin(x, 0.075f, footprint);
  }

  /** A thin line at every integer, box-filtered over the footprint. */
  private static float thin(float x, float width, float footprint) {
    float f = fraction(x);
    float distance = Math.min(f, 1 - f);
    float reach = Math.max(width, footprint) * 0.5f;
    if (footprint > 1) {
      return width;
    }
    return distance < reach ? Math.min(1, width / Math.max(width, footprint)) : 0;
  }

  private static float line(float x, float duty, float footprint) {
    return blend(fraction(x) < duty ? 1 : 0, duty, footprint);
  }

  private static float blend(float value, float mean, float footprint) {
    float fade = clamp((footprint - 0.25f) * 1.6f);
    return value + (mean - value) * fade;
  }

  private static float fraction(float x) {
    return x - (float) Math.floor(x);
  }

  private static float clamp(float x) {
    return Math.max(0, Math.min(1, x));
  }

  /** Value noise in [0, 1] that fades to 0.5 once its cells are below the footprint. */
  private float noise(float x, float y, float footprint) {
    if (footprint > 1.5f) {
      return 0.5f;
    }
    int ix = (int) Math.floor(x);
    int iy = (int) Math.floor(y);
    float fx = x - ix;
    float fy = y - iy;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    float a = cell(ix, iy);
    float b = cell(ix + 1, iy);
    float c = cell(ix, iy + 1);
    float d = cell(ix + 1, iy + 1);
    float value = a + (b - a) * fx + (c - a) * fy + (a - b - c + d) * fx * fy;
    return 0.5f + (value - 0.5f) * clamp(1.5f - footprint);
  }

  private float cell(int i, int j) {
    int h = i * 0x27d4eb2d ^ j * 0x165667b1 ^ (int) seed * 0x9e3779b1;
    h = (h ^ h >>> 15) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return ((h ^ h >>> 16) >>> 8) * 0x1p-24f;
  }
}

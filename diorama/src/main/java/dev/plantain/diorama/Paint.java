package dev.plantain.diorama;

import java.util.List;

/**
 * A colour to repaint a material with.
 *
 * @param word what people call it
 * @param rgb sRGB {@code 0xRRGGBB} of the albedo it aims at
 */
record Paint(String word, int rgb) {
  private static final List<String> QUIET_WORDS =
      List.of("black", "grey", "white", "brown", "beige");

  /** One clear example of each colour word; {@link #near} varies it. */
  static final List<Paint> BASIC =
      List.of(
          new Paint("black", 0x1c1c1e),
          new Paint("grey", 0x84868a),
          new Paint("white", 0xeeeeec),
          new Paint("red", 0xb4202a),
          new Paint("orange", 0xe07820),
          new Paint("yellow", 0xe8c832),
          new Paint("green", 0x3a8a3e),
          new Paint("turquoise", 0x35a8a4),
          new Paint("blue", 0x2a55b0),
          new Paint("purple", 0x6e3a96),
          new Paint("pink", 0xe090ac),
          new Paint("brown", 0x6a4427),
          new Paint("beige", 0xd0bc98));

  private static final List<Paint> QUIET =
      BASIC.stream().filter(p -> QUIET_WORDS.contains(p.word())).toList();

  /** Any paint; quiet colours come as often as bright ones, as in furniture shops. */
  static Paint draw(Rng rng) {
    return rng.chance(0.45) ? rng.pick(QUIET) : rng.pick(BASIC);
  }

  /** A variation that still goes by the same word. */
  Paint near(Rng rng) {
    for (int attempt = 0; attempt < 12; attempt++) {
      double gain = Math.exp(rng.range(-0.4, 0.25));
      double pale = rng.range(0, 0.45);
      float[] c = Colours.linear(rgb);
      double grey = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
      double[] out = new double[3];
      for (int k = 0; k < 3; k++) {
        out[k] = (c[k] + pale * (grey - c[k])) * gain * Math.exp(0.1 * rng.gaussian());
      }
      int varied = Colours.srgb8(out[0], out[1], out[2]);
      if (Colours.word(varied).equals(word)) {
        return new Paint(word, varied);
      }
    }
    return this;
  }
}

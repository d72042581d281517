package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * How a surface looks. Colours are linear.
 *
 * @param name as the library calls it
 * @param red diffuse albedo where there is neither texture nor pattern
 * @param specular mirror-like share at normal incidence, 0…1
 * @param roughness spread of the mirror-like share: 0 is a mirror
 * @param kind what rays do at it
 * @param texture image that gives the albedo, or null
 * @param pattern procedural albedo over texture coordinates in metres, or null
 * @param emission radiance it gives off, in units of its albedo
 */
record Material(
    String name,
    float red,
    float green,
    float blue,
    float specular,
    float roughness,
    Kind kind,
    @Nullable Texture texture,
    @Nullable Pattern pattern,
    float emission) {

  /** What rays do at a surface. */
  enum Kind {
    OPAQUE,
    /** Opaque where its texture is, absent elsewhere. */
    CUT_OUT,
    /** Seen in answers; light and looks pass through. */
    GLASS
  }

  static Material plain(String name, float[] linear) {
    return new Material(
        name, linear[0], linear[1], linear[2], 0.02f, 0.6f, Kind.OPAQUE, null, null, 0);
  }

  static Material patterned(String name, Pattern pattern, float specular, float roughness) {
    float[] mean = pattern.mean();
    return new Material(
        name, mean[0], mean[1], mean[2], specular, roughness, Kind.OPAQUE, null, pattern, 0);
  }

  Material textured(Texture image) {
    float[] mean = image.mean();
    Kind cut = image.cutOut() ? Kind.CUT_OUT : kind;
    return new Material(
        name, mean[0], mean[1], mean[2], specular, roughness, cut, image, pattern, emission);
  }

  Material glossy(float share, float spread) {
    return new Material(name, red, green, blue, share, spread, kind, texture, pattern, emission);
  }

  Material glowing(float radiance) {
    return new Material(
        name, red, green, blue, specular, roughness, kind, texture, pattern, radiance);
  }

  float luminance() {
    return 0.2126f * red + 0.7152f * green + 0.0722f * blue;
  }

  /**
   * Linear albedo at a texture coordinate.
   *
   * @param footprint side of the area to average over, in texture units
   * @param paint linear colour to repaint it with, keeping light and dark parts, or null
   */
  void albedo(float u, float v, float footprint, float @Nullable [] paint, float[] rgb) {
    if (texture != null) {
      texture.sample(u, v, footprint, rgb);
    } else if (pattern != null) {
      pattern.sample(u, v, footprint, rgb);
    } else {
      rgb[0] = red;
      rgb[1] = green;
      rgb[2] = blue;
    }
    if (paint != null) {
      float own = 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
      float gain = Math.min(1.25f, 0.25f + 0.75f * own / Math.max(0.01f, luminance()));
      for (int c = 0; c < 3; c++) {
        rgb[c] = paint[c] * gain;
      }
    }
    for (int c = 0; c < 3; c++) {
      rgb[c] = Math.min(0.95f, Math.max(0.005f, rgb[c]));
    }
  }
}

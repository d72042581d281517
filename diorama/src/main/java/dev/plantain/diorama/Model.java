package dev.plantain.diorama;

/**
 * A usable piece of a library. Its mesh is centred on x and z, its foot at y = 0, its front towards
 * +z.
 */
record Model(
    String id,
    Taxonomy.Category category,
    String phrase,
    float width,
    float depth,
    float height,
    float elevation) {

  Thing.Size size() {
    return new Thing.Size(width, depth, height);
  }
}

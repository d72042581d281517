package dev.plantain.diorama;

import java.util.List;

/**
 * Everything needed to take a picture: shapes, what they are, and light.
 *
 * @param indoors whether walls keep the sky out, so that it shines in through windows only
 * @param entities what the scene's instances point to, by index
 */
record World(Scene scene, List<Entity> entities, Sky sky, List<Light> lights, boolean indoors) {

  /** Something that will be a {@link Thing} where it is seen. */
  record Entity(
      Taxonomy.Category category,
      String phrase,
      boolean stuff,
      String modelId,
      Thing.@org.jspecify.annotations.Nullable Size size,
      int instance) {}
}

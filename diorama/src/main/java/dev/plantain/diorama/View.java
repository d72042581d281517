package dev.plantain.diorama;

import dev.plantain.core.Image;
import dev.plantain.core.measure.LabelMap;
import java.util.List;

/**
 * One picture of a synthetic world with everything there is to know about it. Arrays are row-major
 * from the top left, one entry per pixel, exact for the ray through the pixel's centre. They are
 * shared, not copied: treat them as read-only.
 *
 * @param id split and seed: {@code "train-000000017"}
 * @param seed from which, with the split and the size, the whole view follows
 * @param photo as the simulated sensor saw it
 * @param depthMetres distance to the camera plane in metres, {@code width * height}; +∞ is sky
 * @param normals unit vectors {@code x y z} in the camera's frame: +x right, +y up, +z towards the
 *     viewer; {@code 3 * width * height}; NaN in the sky
 * @param thingIds index into {@code things}, {@code width * height}; every pixel belongs to one
 * @param edges 0…255, object boundaries and creases as lines one pixel wide
 * @param things everything that owns a pixel or more, by id
 * @param captions true texts about the picture: short, long, list of things with counts and colours
 * @param expressions referring expressions, true and false ones
 * @param questions reasoning questions with their referents
 * @param edits instructions with the exact picture they ask for
 */
@SuppressWarnings("ArrayRecordComponent") // a million of these feed training; copying costs more
public record View(
    String id,
    long seed,
    Image photo,
    int width,
    int height,
    float[] depthMetres,
    float[] normals,
    short[] thingIds,
    byte[] edges,
    List<Thing> things,
    List<String> captions,
    List<Expression> expressions,
    List<Question> questions,
    List<Edit> edits,
    Camera camera) {

  public View {
    int pixels = width * height;
    if (photo.width() != width
        || photo.height() != height
        || depthMetres.length != pixels
        || normals.length != 3 * pixels
        || thingIds.length != pixels
        || edges.length != pixels) {
      throw new IllegalArgumentException(
          "view %s: every array must fit %d x %d pixels".formatted(id, width, height));
    }
    things = List.copyOf(things);
    captions = List.copyOf(captions);
    expressions = List.copyOf(expressions);
    questions = List.copyOf(questions);
    edits = List.copyOf(edits);
  }

  /**
   * For each pixel the index of its thing's category in {@code categories}, or {@link
   * LabelMap#BACKGROUND}.
   */
  public int[] labels(List<String> categories) {
    int[] labelOf = new int[things.size()];
    for (Thing thing : things) {
      int at = categories.indexOf(thing.category());
      labelOf[thing.id()] = at < 0 ? LabelMap.BACKGROUND : at;
    }
    int[] labels = new int[thingIds.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labelOf[thingIds[i]];
    }
    return labels;
  }

  /** The thing at column {@code x}, row {@code y}. */
  public Thing thingAt(int x, int y) {
    return things.get(thingIds[y * width + x]);
  }
}

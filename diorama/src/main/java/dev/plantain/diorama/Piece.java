package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * A thing standing in a setting. Its own frame has the foot's centre as origin and its front
 * towards +z.
 *
 * @param size after scaling, metres
 * @param yaw radians about the vertical
 * @param scale of the mesh to reach the size
 * @param paints linear repaint per material, or null
 * @param paintWord colour word it was repainted in, or empty
 * @param support index of the piece it stands on, -1 for floor or wall
 */
@SuppressWarnings("ArrayRecordComponent") // paints are shared with instances
record Piece(
    Taxonomy.Category category,
    String phrase,
    String modelId,
    Mesh mesh,
    Thing.Size size,
    float x,
    float y,
    float z,
    float yaw,
    float scale,
    float @Nullable [] @Nullable [] paints,
    String paintWord,
    int support) {

  static Piece of(Model model, Mesh mesh) {
    return new Piece(
        model.category(),
        model.phrase(),
        model.id(),
        mesh,
        model.size(),
        0,
        0,
        0,
        0,
        1,
        null,
        "",
        -1);
  }

  Piece at(float nx, float ny, float nz, float turn) {
    return new Piece(
        category, phrase, modelId, mesh, size, nx, ny, nz, turn, scale, paints, paintWord, support);
  }

  Piece on(int index) {
    return new Piece(
        category, phrase, modelId, mesh, size, x, y, z, yaw, scale, paints, paintWord, index);
  }

  Piece painted(float @Nullable [] @Nullable [] colours, String word) {
    return new Piece(
        category, phrase, modelId, mesh, size, x, y, z, yaw, scale, colours, word, support);
  }

  Piece scaled(float factor) {
    return new Piece(
        category,
        phrase,
        modelId,
        mesh,
        new Thing.Size(size.width() * factor, size.depth() * factor, size.height() * factor),
        x,
        y,
        z,
        yaw,
        scale * factor,
        paints,
        paintWord,
        support);
  }

  float width() {
    return (float) size.width();
  }

  float depth() {
    return (float) size.depth();
  }

  float height() {
    return (float) size.height();
  }

  float top() {
    return y + height();
  }

  Instance instance(int entity) {
    int[] entities = new int[mesh.materials().length];
    java.util.Arrays.fill(entities, entity);
    return new Instance(mesh, Instance.placed(x, y, z, yaw, scale, scale, scale), entities, paints);
  }

  /** World x of a point given in the piece's frame. */
  float worldX(float lx, float lz) {
    return x + (float) (Math.cos(yaw) * lx + Math.sin(yaw) * lz);
  }

  /** World z of a point given in the piece's frame. */
  float worldZ(float lx, float lz) {
    return z + (float) (-Math.sin(yaw) * lx + Math.cos(yaw) * lz);
  }
}

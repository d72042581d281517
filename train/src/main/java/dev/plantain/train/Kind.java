package dev.plantain.train;

/** What a training drawing teaches. The network never sees this: it is for mixing and reporting. */
public enum Kind {
  CAPTION(true),
  EDIT(true),
  RESTORE(true),
  DEPTH(false),
  NORMALS(false),
  SEGMENT(false),
  REFER(false),
  INSTANCES(false),
  EDGES(false);

  private final boolean generation;

  Kind(boolean generation) {
    this.generation = generation;
  }

  /** Whether it belongs to the generation mixture, as against the vision data. */
  public boolean isGeneration() {
    return generation;
  }
}

package dev.plantain.diorama;

/** Small stand-ins shared by tests. */
final class TestWorlds {
  private TestWorlds() {}

  static Sky sky() {
    float[] grey = {0.5f, 0.5f, 0.5f};
    return new Sky(grey, grey, grey, 0, 0, 0, 1, 0, new float[3], 0.05f, 1);
  }
}

package dev.plantain.hosted;

/**
 * What a call took, as the server says, or as estimated before.
 *
 * @param images drawn
 * @param input tokens read
 * @param output tokens written
 */
record Usage(int images, long input, long output) {
  static final Usage NONE = new Usage(0, 0, 0);

  long tokens() {
    return input + output;
  }
}

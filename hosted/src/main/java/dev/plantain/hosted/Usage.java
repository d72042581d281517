package dev.plantain.hosted;

/**
 * What a call took, as the server says, or as estimated before.
 *
 * @param images drawn
 * @param input tokens read
 * @param output tokens written
 */
record Usage(int images, long input, long output) {
  private static final long UNTOLD = -1;

  /** Of a server that does not say how many tokens. */
  static Usage untold(int images) {
    return new Usage(images, UNTOLD, UNTOLD);
  }

  /** The same as it counts: with the tokens of the estimate where the server told none. */
  Usage or(Usage estimate) {
    return input == UNTOLD ? new Usage(images, estimate.input, estimate.output) : this;
  }

  long tokens() {
    return input + output;
  }
}

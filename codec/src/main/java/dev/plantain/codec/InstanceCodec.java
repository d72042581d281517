package dev.plantain.codec;

import java.util.OptionalInt;

/**
 * Reads a drawing in which every instance has a colour of its own, nobody knows which, on a
 * background.
 */
public sealed interface InstanceCodec permits PaperClusters, Clusters {

  /**
   * Finds the instances.
   *
   * @param rgb8 {@code 3 * width * height} bytes
   */
  InstanceMap decode(byte[] rgb8, int width, int height);

  /** The default decoder, for a background colour that is not known: it is found. */
  static InstanceCodec clusters() {
    return new Clusters(OptionalInt.empty());
  }

  /** The default decoder, for a background of colour {@code 0xRRGGBB}. */
  static InstanceCodec clusters(int background) {
    return new Clusters(OptionalInt.of(background));
  }

  /** The paper's decoder, as a baseline. */
  static InstanceCodec paper(int background) {
    return new PaperClusters(background);
  }
}

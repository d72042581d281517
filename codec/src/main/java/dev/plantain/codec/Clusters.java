package dev.plantain.codec;

import java.util.OptionalInt;

/** The default decoder of instance drawings. */
record Clusters(OptionalInt background) implements InstanceCodec {
  Clusters {
    background.ifPresent(Colours::require);
  }

  @Override
  public InstanceMap decode(byte[] rgb8, int width, int height) {
    Lengths.requireRgb(rgb8.length, Lengths.requireShape(width, height));
    return new PaperClusters(background.orElseGet(() -> Colours.get(rgb8, 0)))
        .decode(rgb8, width, height);
  }
}

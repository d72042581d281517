package dev.plantain.codec;

/** How a distance in metres becomes a position {@code [0, 1]} along a {@link ColourMap}. */
public sealed interface DepthScale permits PowerTransform, DepthRange {

  /** The position of a distance; NaN for NaN or a negative distance. */
  double forward(double metres);

  /** The distance in metres at position {@code f}; NaN outside {@code [0, 1]}. */
  double inverse(double f);
}

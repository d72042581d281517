package dev.plantain.core.measure;

/**
 * One value, or a few, per pixel of a photo: row-major from the top left.
 *
 * <p>Arrays are copied on the way in and out.
 */
public sealed interface Measurement
    permits DepthMap, RelativeDepth, NormalMap, LabelMap, Mask, InstanceList, EdgeMap {

  /** Columns. */
  int width();

  /** Rows. */
  int height();

  /** What was measured on the mirrored photo, on the photo itself: left and right exchanged. */
  Measurement mirrored();
}

package dev.plantain.core.measure;

/**
 * A pinhole camera without distortion. Lengths are pixels; the centre of the top left pixel is
 * (0.5, 0.5).
 *
 * @param fx focal length along the columns
 * @param fy focal length along the rows
 * @param cx column of the principal point
 * @param cy row of the principal point
 * @throws IllegalArgumentException if a focal length is not positive, or a number is not finite
 */
public record Camera(double fx, double fy, double cx, double cy) {
  /** Diagonal of a 36 mm × 24 mm frame, which "35 mm equivalent" refers to (CIPA DCG-001). */
  private static final double FULL_FRAME_DIAGONAL_MM = Math.hypot(36, 24);

  public Camera {
    if (!(fx > 0 && fy > 0) || !Double.isFinite(fx + fy + cx + cy)) {
      throw new IllegalArgumentException(
          "a camera needs positive focal lengths in pixels, got fx %s, fy %s, cx %s, cy %s"
              .formatted(fx, fy, cx, cy));
    }
  }

  /** Square pixels, principal point in the middle. */
  public static Camera ofFocalPixels(int width, int height, double focalPixels) {
    return new Camera(focalPixels, focalPixels, width / 2.0, height / 2.0);
  }

  /**
   * By the horizontal angle of view, in degrees.
   *
   * @throws IllegalArgumentException if it is not between 0 and 180
   */
  public static Camera ofFovX(int width, int height, double degrees) {
    if (!(degrees > 0 && degrees < 180)) {
      throw new IllegalArgumentException(
          "an angle of view is between 0 and 180 degrees, got " + degrees);
    }
    return ofFocalPixels(width, height, width / 2.0 / Math.tan(Math.toRadians(degrees) / 2));
  }

  /** By the focal length of the full-frame camera with the same diagonal angle of view. */
  public static Camera of35mmEquivalent(int width, int height, double millimetres) {
    return ofFocalPixels(
        width, height, millimetres / FULL_FRAME_DIAGONAL_MM * Math.hypot(width, height));
  }

  /** Horizontal angle of view in degrees of a photo of this width. */
  public double fovX(int width) {
    return Math.toDegrees(2 * Math.atan(width / 2.0 / fx));
  }
}

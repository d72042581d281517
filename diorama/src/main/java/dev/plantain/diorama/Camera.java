package dev.plantain.diorama;

/**
 * A camera whose principal point is the picture's centre, with square pixels. Without distortion it
 * is a pinhole camera.
 *
 * @param focalPx focal length in pixels
 * @param fovXDegrees horizontal field of view
 * @param heightMetres of the optical centre above the floor or ground
 * @param pitchDegrees positive looks up
 * @param rollDegrees positive turns the camera clockwise, the picture counter-clockwise
 * @param distortion k of a radial distortion: a pixel {@code p} focal lengths off the centre looks
 *     along a ray of slope {@code p (1 + k p²)}; positive is barrel-shaped, as wide lenses are, 0
 *     is none
 */
public record Camera(
    double focalPx,
    double fovXDegrees,
    double heightMetres,
    double pitchDegrees,
    double rollDegrees,
    double distortion) {

  /** A pinhole camera. */
  public Camera(
      double focalPx,
      double fovXDegrees,
      double heightMetres,
      double pitchDegrees,
      double rollDegrees) {
    this(focalPx, fovXDegrees, heightMetres, pitchDegrees, rollDegrees, 0);
  }
}

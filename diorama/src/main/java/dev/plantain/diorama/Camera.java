package dev.plantain.diorama;

/**
 * A pinhole camera without distortion, the principal point at the picture's centre, square pixels.
 *
 * @param focalPx focal length in pixels
 * @param fovXDegrees horizontal field of view
 * @param heightMetres of the optical centre above the floor or ground
 * @param pitchDegrees positive looks up
 * @param rollDegrees positive turns the camera clockwise, the picture counter-clockwise
 */
public record Camera(
    double focalPx,
    double fovXDegrees,
    double heightMetres,
    double pitchDegrees,
    double rollDegrees) {}

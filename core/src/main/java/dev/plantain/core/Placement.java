package dev.plantain.core;

/**
 * Where a photo lies in a drawing: photo coordinates times scale plus offset are drawing
 * coordinates. Both are continuous, in pixels, (0, 0) the outer corner of the top left pixel.
 */
public record Placement(double scaleX, double scaleY, double offsetX, double offsetY) {
  /** The photo fills the drawing, pixel on pixel. */
  public static final Placement SAME = new Placement(1, 1, 0, 0);

  public Placement {
    if (!(scaleX > 0 && scaleY > 0) || !Double.isFinite(scaleX + scaleY + offsetX + offsetY)) {
      throw new IllegalArgumentException(
          "a placement needs positive scales, got %s and %s".formatted(scaleX, scaleY));
    }
  }

  /** Column in the drawing of a column of the photo. */
  public double drawingX(double photoX) {
    return scaleX * photoX + offsetX;
  }

  /** Row in the drawing of a row of the photo. */
  public double drawingY(double photoY) {
    return scaleY * photoY + offsetY;
  }

  /** Column in the photo of a column of the drawing. */
  public double photoX(double drawingX) {
    return (drawingX - offsetX) / scaleX;
  }

  /** Row in the photo of a row of the drawing. */
  public double photoY(double drawingY) {
    return (drawingY - offsetY) / scaleY;
  }

  /** This placement, then another that moves the drawing. */
  public Placement then(Placement next) {
    return new Placement(
        scaleX * next.scaleX, scaleY * next.scaleY, next.drawingX(offsetX), next.drawingY(offsetY));
  }
}

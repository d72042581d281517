package dev.plantain.diorama;

/**
 * A box in the picture, in pixels: columns {@code [left, right)}, rows {@code [top, bottom)}. An
 * amodal box covers the whole thing as if nothing hid it and may reach beyond the frame.
 */
public record Box(double left, double top, double right, double bottom) {
  public Box {
    if (!(left <= right && top <= bottom)) {
      throw new IllegalArgumentException(
          "a box needs left <= right and top <= bottom, got %s %s %s %s"
              .formatted(left, top, right, bottom));
    }
  }

  public double centreX() {
    return (left + right) / 2;
  }

  public double centreY() {
    return (top + bottom) / 2;
  }
}

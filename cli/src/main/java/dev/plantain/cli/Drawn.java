package dev.plantain.cli;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import java.util.List;

/** A generator whose drawing was made elsewhere: whatever is asked, it has drawn this. */
final class Drawn implements Generator {
  private final Image drawing;
  private final Traits traits;

  /**
   * @param file of the drawing, for provenance
   * @param dialect it was asked in
   */
  Drawn(Image drawing, String file, String dialect) {
    this.drawing = drawing;
    int pixels = drawing.width() * drawing.height();
    traits =
        new Traits(
            "drawing " + file,
            dialect,
            new Traits.Sizes(1, pixels, pixels, Math.max(drawing.width(), drawing.height())),
            true,
            "unknown");
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Image draw(List<Image> images, String prompt, Options options) {
    return drawing;
  }

  @Override
  public void close() {}
}

package dev.plantain.formats;

import dev.plantain.core.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** A picture to draw on, with letters that can be read on anything. */
final class Canvas implements AutoCloseable {
  final BufferedImage picture;
  final Graphics2D pen;
  private final boolean letters;

  /** Length in pixels that looks the same on pictures of any size: 1 on one of 640 pixels. */
  final float unit;

  Canvas(Image background) {
    this(Pixels.buffered(background));
  }

  Canvas(BufferedImage picture) {
    this.picture = picture;
    pen = picture.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    unit = Math.max(0.6f, Math.max(picture.getWidth(), picture.getHeight()) / 640f);
    letters = font(13, Font.PLAIN);
  }

  /** Chooses a size of letters, in units; false where this Java has no fonts. */
  boolean font(double size, int style) {
    try {
      pen.setFont(new Font(Font.SANS_SERIF, style, Math.max(7, Math.round((float) size * unit))));
      pen.getFontMetrics().stringWidth("x");
      return true;
    } catch (InternalError | LinkageError | RuntimeException e) {
      return false; // a bare container: pictures without words are better than none
    }
  }

  int textWidth(String text) {
    return letters ? pen.getFontMetrics().stringWidth(text) : 0;
  }

  int textHeight() {
    return letters ? pen.getFontMetrics().getHeight() : 0;
  }

  /** Text in one colour, its top left corner at a place. */
  void text(String text, float x, float y, Color colour) {
    if (letters) {
      pen.setColor(colour);
      pen.drawString(text, x, y + pen.getFontMetrics().getAscent());
    }
  }

  /** Text on a rounded plate, centred at a place and kept inside the picture. */
  void tag(String text, double centreX, double centreY, int rgb) {
    if (!letters) {
      return;
    }
    FontMetrics metrics = pen.getFontMetrics();
    float pad = 4 * unit;
    float w = metrics.stringWidth(text) + 2 * pad;
    float h = metrics.getHeight() + pad / 2;
    float x = (float) Math.clamp(centreX - w / 2, 1, Math.max(1, picture.getWidth() - w - 1));
    float y = (float) Math.clamp(centreY - h / 2, 1, Math.max(1, picture.getHeight() - h - 1));
    pen.setColor(new Color(18, 20, 24, 205));
    pen.fill(new RoundRectangle2D.Float(x, y, w, h, h / 2, h / 2));
    pen.setColor(new Color(rgb));
    pen.setStroke(new BasicStroke(Math.max(1, 1.2f * unit)));
    pen.draw(new RoundRectangle2D.Float(x, y, w, h, h / 2, h / 2));
    text(text, x + pad, y + pad / 4, Color.WHITE);
  }

  Image image() {
    return Pixels.image(picture);
  }

  @Override
  public void close() {
    pen.dispose();
  }

  /** Draws on a picture. */
  static Image on(Image background, Consumer<Canvas> drawing) {
    try (Canvas canvas = new Canvas(background)) {
      drawing.accept(canvas);
      return canvas.image();
    }
  }
}

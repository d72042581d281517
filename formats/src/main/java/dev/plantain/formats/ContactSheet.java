package dev.plantain.formats;

import dev.plantain.core.Image;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All answers to one photo on one page. */
public final class ContactSheet {
  private static final int PANEL_WIDTH = 560;
  private static final int GAP = 24;
  private static final Color PAPER = new Color(0x14171C);
  private static final Color INK = new Color(0xF2F4F7);
  private static final Color FAINT = new Color(0x9AA4B2);

  private ContactSheet() {}

  /** Writes a PNG. */
  public static void write(Path file, String title, List<Panel> panels) throws OutputException {
    Png.write(file, image(title, panels));
  }

  /** The page, three panels in a row. */
  public static Image image(String title, List<Panel> panels) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a contact sheet has at least one panel");
    }
    int columns = Math.min(3, panels.size());
    int words = 64;
    int picture = 1;
    List<Image> scaled = new ArrayList<>();
    for (Panel panel : panels) {
      Image image = panel.image();
      double scale =
          Math.min((double) PANEL_WIDTH / image.width(), 1.4 * PANEL_WIDTH / image.height());
      int w = Math.max(1, (int) Math.round(scale * image.width()));
      int h = Math.max(1, (int) Math.round(scale * image.height()));
      scaled.add(image.resized(w, h));
      picture = Math.max(picture, h);
    }
    int rows = (panels.size() + columns - 1) / columns;
    int width = columns * (PANEL_WIDTH + GAP) + GAP;
    int head = 72;
    int height = head + rows * (picture + words + GAP);
    BufferedImage page = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    try (Canvas canvas = new Canvas(page)) {
      canvas.pen.setColor(PAPER);
      canvas.pen.fillRect(0, 0, width, height);
      canvas.font(26 / canvas.unit, Font.BOLD);
      canvas.text(fit(canvas, title, width - 2 * GAP), GAP, 22, INK);
      for (int i = 0; i < panels.size(); i++) {
        int x = GAP + i % columns * (PANEL_WIDTH + GAP);
        int y = head + i / columns * (picture + words + GAP);
        Image image = scaled.get(i);
        int left = x + (PANEL_WIDTH - image.width()) / 2;
        canvas.pen.setClip(
            new RoundRectangle2D.Float(left, y, image.width(), image.height(), 14, 14));
        canvas.pen.drawImage(Pixels.buffered(image), left, y, null);
        canvas.pen.setClip(null);
        canvas.font(18 / canvas.unit, Font.BOLD);
        canvas.text(panels.get(i).title(), x, y + picture + 8, INK);
        canvas.font(14 / canvas.unit, Font.PLAIN);
        canvas.text(fit(canvas, panels.get(i).caption(), PANEL_WIDTH), x, y + picture + 34, FAINT);
      }
      return canvas.image();
    }
  }

  /** The text, cut short if it is too wide. */
  private static String fit(Canvas canvas, String text, int width) {
    if (canvas.textWidth(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && canvas.textWidth(text.substring(0, end) + "…") > width) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }
}

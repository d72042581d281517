package dev.plantain.diorama;

import dev.plantain.core.Image;
import dev.plantain.formats.Jpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts the first test views beside one another, to judge their looks.
 *
 * <p>{@code tools/run dev.plantain.diorama.SheetStudy FILE.jpg [VIEWS [COLUMNS [WIDTH
 * [lived-in]]]]}: 64 views in 8 columns, each 240 pixels wide and 180 high, of tidy rooms unless
 * told otherwise.
 */
public final class SheetStudy {
  private SheetStudy() {}

  public static void main(String[] args) throws IOException {
    int views = args.length > 1 ? Integer.parseInt(args[1]) : 64;
    int columns = args.length > 2 ? Integer.parseInt(args[2]) : 8;
    int width = args.length > 3 ? Integer.parseInt(args[3]) : 240;
    int height = width * 3 / 4;
    int rows = (views + columns - 1) / columns;
    boolean livedIn = args.length > 4 && args[4].equals("lived-in");
    Diorama diorama =
        Diorama.open(Diorama.installedLibraries())
            .withoutEdits()
            .with(new WorldOptions(0, List.of(), livedIn, 0));
    byte[] sheet = new byte[3 * columns * width * rows * height];
    for (int i = 0; i < views; i++) {
      byte[] photo = diorama.view(Split.TEST, i, width, height).photo().rgb8();
      int left = i % columns * width;
      int top = i / columns * height;
      for (int y = 0; y < height; y++) {
        int to = 3 * ((top + y) * columns * width + left);
        System.arraycopy(photo, 3 * y * width, sheet, to, 3 * width);
      }
    }
    Jpeg.write(Path.of(args[0]), Image.of(columns * width, rows * height, sheet), 0.88);
    System.out.printf("%d test views in %s%n", views, args[0]);
  }
}

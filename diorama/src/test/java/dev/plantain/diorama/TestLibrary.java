package dev.plantain.diorama;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small furniture libraries of boxes, so that tests need no downloads. */
final class TestLibrary {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final StringBuilder catalogue = new StringBuilder("id=Test#library\nlicense=CC0\n");
  private int count;

  /** A library with several models of common categories in every split. */
  static Path furnished(Path folder) throws IOException {
    TestLibrary t = new TestLibrary();
    Object[][] kinds = {
      {"Sofa", 180, 85, 80},
      {"Armchair", 80, 80, 85},
      {"Chair", 45, 50, 88},
      {"Table", 120, 75, 74},
      {"Coffee table", 100, 55, 42},
      {"Bed", 150, 205, 60},
      {"Bookcase", 90, 32, 170},
      {"Wardrobe", 120, 60, 190},
      {"Desk", 130, 65, 74},
      {"Plant", 50, 50, 90},
      {"Lamp", 25, 25, 45},
      {"Vase", 18, 18, 28},
      {"Book", 20, 28, 4},
      {"Cup", 9, 9, 10},
      {"Box", 45, 35, 30},
      {"Door", 90, 14, 205},
      {"Double window 3 panes", 110, 20, 120},
      {"Fridge", 60, 60, 150},
      {"Lower cabinet", 60, 60, 85},
      {"Washbasin", 60, 45, 88},
      {"Toilets unit", 38, 66, 76},
      {"Office chair", 60, 60, 95},
      {"Ceiling lamp", 40, 40, 25},
      {"Oriental rug", 150, 200, 1},
      {"Ford focus", 180, 420, 145},
      {"Poplar", 300, 300, 600},
      {"Female", 50, 35, 168},
      {"Bench", 150, 45, 50},
      {"Street lamp", 40, 40, 300},
      {"Hedge", 150, 60, 110}
    };
    for (Object[] k : kinds) {
      String name = (String) k[0];
      for (int i = 0; i < 14; i++) {
        double vary = 0.9 + 0.02 * i;
        t.box(
            "Test#" + name.replace(' ', '_') + i,
            name,
            (int) k[1] * vary,
            (int) k[2] * vary,
            (int) k[3] * vary,
            (i * 37 % 100) / 100.0,
            (i * 61 % 100) / 100.0,
            (i * 17 % 100) / 100.0);
      }
    }
    return t.write(folder.resolve("furnished.sh3f"));
  }

  /** A legged box with a seat-like notch, so that its front differs from its back. */
  TestLibrary box(
      String id, String name, double w, double d, double h, double r, double g, double b) {
    String folder = "m" + count;
    StringBuilder obj = new StringBuilder("mtllib look.mtl\nusemtl main\n");
    int[] vertices = {0};
    cuboid(obj, vertices, -1, 0.4, -1, 1, 0.6, 1);
    cuboid(obj, vertices, -1, 0.6, -1, 1, 1, -0.7);
    for (int i = 0; i < 4; i++) {
      double x = (i & 1) * 1.8 - 1;
      double z = (i >> 1) * 1.8 - 1;
      cuboid(obj, vertices, x, 0, z, x + 0.2, 0.4, z + 0.2);
    }
    String mtl = String.format(Locale.ROOT, "newmtl main%nKd %.3f %.3f %.3f%n", r, g, b);
    return model(id, name, folder, obj.toString(), mtl, w, d, h);
  }

  private static void cuboid(
      StringBuilder obj,
      int[] n,
      double x0,
      double y0,
      double z0,
      double x1,
      double y1,
      double z1) {
    for (int i = 0; i < 8; i++) {
      obj.append(
          String.format(
              Locale.ROOT,
              "v %.3f %.3f %.3f%n",
              (i & 1) == 0 ? x0 : x1,
              (i & 2) == 0 ? y0 : y1,
              (i & 4) == 0 ? z0 : z1));
    }
    int[][] faces = {
      {0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}
    };
    for (int[] f : faces) {
      obj.append("f");
      for (int v : f) {
        obj.append(' ').append(n[0] + v + 1);
      }
      obj.append('\n');
    }
    n[0] += 8;
  }

  TestLibrary model(
      String id, String name, String folder, String obj, String mtl, double w, double d, double h) {
    files.put(folder + "/model.obj", obj.getBytes(StandardCharsets.UTF_8));
    files.put(folder + "/look.mtl", mtl.getBytes(StandardCharsets.UTF_8));
    return entry(id, name, "/" + folder + "/model.obj", w, d, h);
  }

  TestLibrary entry(String id, String name, String path, double w, double d, double h) {
    count++;
    String[][] lines = {
      {"id", id},
      {"name", name},
      {"model", path},
      {"width", "" + w},
      {"depth", "" + d},
      {"height", "" + h},
      {"creator", "the tests"}
    };
    for (String[] line : lines) {
      catalogue.append(line[0]).append('#').append(count).append('=').append(line[1]).append('\n');
    }
    return this;
  }

  TestLibrary file(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  Path write(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      List<Map.Entry<String, byte[]>> all = new ArrayList<>(files.entrySet());
      all.add(
          Map.entry(
              "PluginFurnitureCatalog.properties",
              catalogue.toString().getBytes(StandardCharsets.ISO_8859_1)));
      for (Map.Entry<String, byte[]> e : all) {
        zip.putNextEntry(new ZipEntry(e.getKey()));
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
    return path;
  }
}

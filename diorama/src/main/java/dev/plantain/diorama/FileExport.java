package dev.plantain.diorama;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Image;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.Npy;
import dev.plantain.formats.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A view as plain files in a folder of its own: {@code photo.png}, {@code depth.npy} (float32,
 * height × width, metres along the optical axis, infinite in the sky), {@code depth.png} (16 bits,
 * millimetres, 0 beyond 65.5 m and in the sky), {@code normals.npy} (float32, height × width × 3),
 * {@code normals.png}, {@code ids.png} (16 bits), {@code edges.png}, {@code edit0.png} with {@code
 * edit0-before.png} where that is not the photo, and {@code answers.json}, which is written last.
 */
final class FileExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST = "answers.json";

  private FileExport() {}

  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(LAST));
  }

  static void write(Path folder, View v) throws IOException {
    int n = v.width() * v.height();
    Png.write(folder.resolve("photo.png"), v.photo());
    Npy.write(folder.resolve("depth.npy"), v.depthMetres(), v.height(), v.width());
    Npy.write(folder.resolve("normals.npy"), v.normals(), v.height(), v.width(), 3);
    int[] millimetres = new int[n];
    int[] ids = new int[n];
    int[] edges = new int[n];
    byte[] normals = new byte[3 * n];
    for (int i = 0; i < n; i++) {
      long mm = Math.round(1000.0 * v.depthMetres()[i]);
      millimetres[i] = mm > 0xffff ? 0 : (int) mm;
      ids[i] = v.thingIds()[i] & 0xffff;
      edges[i] = v.edges()[i] & 0xff;
      ViewCodec.normal8(v.normals(), i, normals);
    }
    grey(folder.resolve("depth.png"), v, millimetres, BufferedImage.TYPE_USHORT_GRAY);
    grey(folder.resolve("ids.png"), v, ids, BufferedImage.TYPE_USHORT_GRAY);
    grey(folder.resolve("edges.png"), v, edges, BufferedImage.TYPE_BYTE_GRAY);
    Png.write(folder.resolve("normals.png"), Image.of(v.width(), v.height(), normals));
    for (int e = 0; e < v.edits().size(); e++) {
      Edit edit = v.edits().get(e);
      Png.write(folder.resolve("edit" + e + ".png"), edit.after());
      Image before = edit.before();
      if (before != null) {
        Png.write(folder.resolve("edit" + e + "-before.png"), before);
      }
    }
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(ViewCodec.json(v));
    AtomicFile.write(folder.resolve(LAST), out -> out.write(json));
  }

  private static void grey(Path file, View v, int[] values, int type) throws IOException {
    BufferedImage image = ViewCodec.grey(v, values, type);
    AtomicFile.write(file, out -> Pictures.writePng(image, out));
  }
}

package dev.plantain.formats;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip that CVAT imports as "COCO 1.0": {@code annotations/instances_default.json}. The task's
 * labels must have the names of the classes, and its photos the file names.
 */
public final class Cvat {
  private Cvat() {}

  /** Writes masks; see {@link Coco#write}. */
  public static void write(Path file, List<String> classes, List<LabelledImage> images)
      throws OutputException {
    byte[] json = Coco.json(classes, images).toPrettyString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          ZipEntry entry = new ZipEntry("annotations/instances_default.json");
          entry.setTime(0);
          zip.putNextEntry(entry);
          zip.write(json);
          zip.closeEntry();
          zip.finish();
        });
  }
}

package dev.plantain.cli;

import dev.plantain.core.measure.Mask;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.Coco;
import dev.plantain.formats.Cvat;
import dev.plantain.formats.LabelStudio;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.OutputException;
import dev.plantain.formats.Yolo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Masks of all photos of a run, for annotation tools that want one file for all.
 *
 * <p>Masks wait in memory until they are written. Of very many, every {@value #MOST_MASK_BYTES}
 * bytes of them go to a file of their own, numbered from the second.
 */
final class MaskArchive {
  static final long MOST_MASK_BYTES = 256L << 20;

  private final MaskExportOptions wanted;
  private final Path folder;
  private final String prefix;
  private final String model;
  private final Set<String> classes;
  private final long mostBytes;
  private final List<LabelledImage> waiting = new ArrayList<>();
  private long waitingBytes;
  private int part = 1;
  private int masks;

  /**
   * @param prefix of every file's name
   * @param model what made the masks
   * @param classes of the masks, as far as they are known before; others are added as they come
   */
  MaskArchive(
      MaskExportOptions wanted,
      Path folder,
      String prefix,
      String model,
      List<String> classes,
      long mostBytes) {
    this.wanted = wanted;
    this.folder = folder;
    this.prefix = prefix;
    this.model = model;
    this.classes = new LinkedHashSet<>(classes);
    this.mostBytes = mostBytes;
  }

  /** For a run: beside the results of one photo, or above those of many. */
  static MaskArchive of(
      MaskExportOptions wanted, Job.Setting setting, String kind, List<String> classes) {
    return new MaskArchive(
        wanted,
        setting.many() ? setting.output() : setting.single(),
        setting.many() ? kind + "-" : "",
        setting.generator(),
        classes,
        MOST_MASK_BYTES);
  }

  /**
   * Takes a photo's masks.
   *
   * @param name the stem of its YOLO file
   * @return the files they are or will be in, by role
   */
  Map<String, Path> add(String name, LabelledImage image) throws OutputException {
    Map<String, Path> files = new LinkedHashMap<>();
    if (!wanted.any()) {
      return files;
    }
    for (Mask mask : image.masks()) {
      waitingBytes += (long) mask.width() * mask.height() / 8;
      masks++;
      classes.add(mask.phrase());
    }
    waiting.add(image);
    if (wanted.coco) {
      files.put("coco", file("coco", ".json"));
    }
    if (wanted.labelStudio) {
      files.put("label-studio", file("label-studio", ".json"));
    }
    if (wanted.cvat) {
      files.put("cvat", file("cvat", ".zip"));
    }
    if (wanted.yolo) {
      Path labels = folder.resolve(prefix + "yolo").resolve("labels").resolve(name + ".txt");
      Yolo.write(labels, List.copyOf(classes), image);
      files.put("yolo", labels);
    }
    if (waitingBytes >= mostBytes) {
      flush();
      part++;
    }
    return files;
  }

  private Path file(String kind, String ending) {
    return folder.resolve(prefix + kind + (part > 1 ? "-" + part : "") + ending);
  }

  private void flush() throws OutputException {
    if (wanted.coco) {
      Coco.write(file("coco", ".json"), List.copyOf(classes), waiting);
    }
    if (wanted.labelStudio) {
      LabelStudio.write(file("label-studio", ".json"), model, waiting);
    }
    if (wanted.cvat) {
      Cvat.write(file("cvat", ".zip"), List.copyOf(classes), waiting);
    }
    waiting.clear();
    waitingBytes = 0;
  }

  /** Writes what waits. */
  void finish(Console console) throws OutputException {
    if (!wanted.any()) {
      return;
    }
    if (!waiting.isEmpty()) {
      flush();
    }
    if (wanted.yolo) {
      StringBuilder yaml = new StringBuilder("names:\n");
      int number = 0;
      for (String name : classes) {
        yaml.append("  ").append(number++).append(": \"").append(escaped(name)).append("\"\n");
      }
      AtomicFile.write(
          folder.resolve(prefix + "yolo").resolve("data.yaml"),
          out -> out.write(yaml.toString().getBytes(StandardCharsets.UTF_8)));
    }
    if (masks == 0) {
      console.warn("nothing was found, so the files for annotation tools have no masks");
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}

package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.PanopticError;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.PngSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * COCO panoptic: {@code SPLIT/*.jpg}, {@code annotations/panoptic_SPLIT.json} and {@code
 * annotations/panoptic_SPLIT/*.png}, whose colours are segment ids. Asked for is what is there.
 */
public final class CocoPanopticSet {
  private CocoPanopticSet() {}

  /** The categories of the set, and which of them are things. */
  private record Categories(Map<Integer, String> names, Set<Integer> things) {}

  /**
   * @throws IOException if files are missing or do not belong together
   */
  public static EvalSet open(Path folder, String split) throws IOException {
    Path file = folder.resolve("annotations").resolve("panoptic_%s.json".formatted(split));
    JsonNode root = JsonFile.read(file);
    Map<Integer, String> names = new HashMap<>();
    Set<Integer> things = new HashSet<>();
    for (JsonNode category : JsonFile.list(root, "categories", file)) {
      int id = (int) JsonFile.number(category, "id", file);
      String name = JsonFile.text(category, "name", file).replaceAll("-(stuff|merged|other)+", "");
      if (names.put(id, name) != null) {
        throw new InputException.Damaged("%s has category %d twice".formatted(file, id));
      }
      if (category.path("isthing").asInt() == 1) {
        things.add(id);
      }
    }
    Path maps =
        Folders.first(
            folder.resolve("annotations").resolve("panoptic_" + split),
            folder.resolve("panoptic_" + split));
    List<JsonNode> items = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (JsonNode annotation : JsonFile.list(root, "annotations", file)) {
      String map = JsonFile.text(annotation, "file_name", file);
      Folders.listed(maps, map, file);
      Folders.listed(folder.resolve(split), map.replace(".png", ".jpg"), file);
      if (!listed.add(map)) {
        throw new InputException.Damaged("%s lists %s twice".formatted(file, map));
      }
      items.add(annotation);
    }
    if (items.isEmpty()) {
      throw new InputException.Damaged(file + " lists no pictures");
    }
    Categories categories = new Categories(names, things);
    return new ListedSet<>(
        "coco panoptic %s, categories that are there".formatted(split),
        items,
        item -> sample(item, file, maps, folder.resolve(split), categories));
  }

  private static Sample sample(
      JsonNode item, Path file, Path maps, Path photos, Categories categories) throws IOException {
    String name = item.path("file_name").asText();
    PngSamples map = PngSamples.read(maps.resolve(name), 3, 8);
    int[] ids = new int[map.width() * map.height()];
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < ids.length; i++) {
      int[] rgb = map.values();
      ids[i] = rgb[3 * i] + 256 * rgb[3 * i + 1] + 65536 * rgb[3 * i + 2];
      seen.add(ids[i]);
    }
    List<PanopticError.Segment> segments = new ArrayList<>();
    Set<Integer> listed = new HashSet<>();
    for (JsonNode segment : JsonFile.list(item, "segments_info", file)) {
      int id = (int) JsonFile.number(segment, "id", file);
      int category = (int) JsonFile.number(segment, "category_id", file);
      if (!categories.names.containsKey(category)) {
        throw new InputException.Damaged(
            "%s: segment %d of %s is of a category that is not listed".formatted(file, id, name));
      }
      if (!listed.add(id)) {
        throw new InputException.Damaged("%s has segment %d of %s twice".formatted(file, id, name));
      }
      if (!seen.remove(id)) {
        throw new InputException.Damaged(
            "%s: segment %d has no pixels in %s".formatted(file, id, name));
      }
      segments.add(
          new PanopticError.Segment(
              id,
              category,
              JsonFile.number(segment, "area", file),
              segment.path("iscrowd").asInt() == 1));
    }
    seen.remove(PanopticError.VOID);
    if (!seen.isEmpty()) {
      throw new InputException.Damaged(
          "%s has pixels of segment %d, which %s does not list"
              .formatted(maps.resolve(name), seen.iterator().next(), file));
    }
    Sample sample =
        new Sample(
            name.replace(".png", ""),
            Images.read(photos.resolve(name.replace(".png", ".jpg"))).image(),
            List.of(new Truth.PanopticTruth(ids, segments, categories.names, categories.things)));
    ListedSet.requireSize(maps.resolve(name), map.width(), map.height(), sample.photo());
    return sample;
  }
}

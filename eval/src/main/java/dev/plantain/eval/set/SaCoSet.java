package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One subset of SA-Co/Gold: {@code gold_SUBSET_merged_{a,b,c}_release_test.json}, one for each
 * annotator, and images below the same folder. Pairs of image and phrase that are not exhaustive in
 * every file are left out; crowds are not truth. A phrase without instances is a question, too.
 */
public final class SaCoSet {
  /** All of them; the headline is the unweighted mean of their figures. */
  public static final List<String> SUBSETS =
      List.of(
          "metaclip",
          "sa1b",
          "crowded",
          "fg_food",
          "fg_sports_equipment",
          "attributes",
          "wiki_common");

  private static final List<String> IMAGE_FOLDERS =
      List.of("", "images", "metaclip-images", "sa1b-images");

  /** A pair of image and phrase with the masks of each annotator, not yet decoded. */
  private record Pair(
      String id, Path photo, String phrase, int width, int height, List<List<JsonNode>> masks) {}

  private SaCoSet() {}

  /**
   * @throws IOException if files are missing or do not belong together
   */
  public static EvalSet open(Path folder, String subset) throws IOException {
    if (!SUBSETS.contains(subset)) {
      throw new InputException(
          "SA-Co/Gold has no subset \"%s\"; there are %s"
              .formatted(subset, String.join(", ", SUBSETS)));
    }
    List<Path> files = new ArrayList<>();
    for (String annotator : List.of("a", "b", "c")) {
      String name =
          "gold_%s_merged_%s_release_test.json"
              .formatted(subset.toLowerCase(Locale.ROOT), annotator);
      files.add(
          Folders.first(
              folder.resolve(name),
              folder.resolve("gt-annotations").resolve(name),
              folder.resolve("annotations").resolve(name)));
    }
    return new ListedSet<>(
        "sa-co gold " + subset, pairs(folder, files), pair -> sample(pair, files.getFirst()));
  }

  private static List<Pair> pairs(Path folder, List<Path> files) throws IOException {
    List<JsonNode> roots = new ArrayList<>();
    Set<String> partial = new HashSet<>();
    List<Map<String, List<JsonNode>>> masks = new ArrayList<>();
    for (Path file : files) {
      JsonNode root = JsonFile.read(file);
      roots.add(root);
      Set<String> ids = new HashSet<>();
      for (JsonNode image : JsonFile.list(root, "images", file)) {
        String id = JsonFile.id(image, "id", file);
        if (!ids.add(id)) {
          throw new InputException.Damaged("%s has the pair %s twice".formatted(file, id));
        }
        if (!exhaustive(image)) {
          partial.add(id);
        }
      }
      Map<String, List<JsonNode>> byPair = new HashMap<>();
      for (JsonNode annotation : JsonFile.list(root, "annotations", file)) {
        String id = JsonFile.id(annotation, "image_id", file);
        if (!ids.contains(id)) {
          throw new InputException.Damaged(
              "%s has an annotation of the pair %s, which it does not list".formatted(file, id));
        }
        if (annotation.path("iscrowd").asInt() == 0 && annotation.path("is_crowd").asInt() == 0) {
          byPair.computeIfAbsent(id, k -> new ArrayList<>()).add(annotation.path("segmentation"));
        }
      }
      masks.add(byPair);
    }
    List<Pair> pairs = new ArrayList<>();
    Path first = files.getFirst();
    for (JsonNode image : roots.getFirst().path("images")) {
      String id = JsonFile.id(image, "id", first);
      if (!partial.contains(id)) {
        pairs.add(
            new Pair(
                id,
                photo(folder, JsonFile.text(image, "file_name", first)),
                JsonFile.text(image, "text_input", first),
                JsonFile.side(image, "width", first),
                JsonFile.side(image, "height", first),
                masks.stream().map(m -> m.getOrDefault(id, List.of())).toList()));
      }
    }
    if (pairs.isEmpty()) {
      throw new InputException(first + " has no pair that is annotated exhaustively");
    }
    return pairs;
  }

  private static boolean exhaustive(JsonNode image) {
    JsonNode flag = image.path("is_instance_exhaustive");
    return flag.isBoolean() ? flag.asBoolean() : flag.asInt() != 0;
  }

  private static Path photo(Path folder, String name) throws InputException {
    for (String place : IMAGE_FOLDERS) {
      Path photo = folder.resolve(place).resolve(name).normalize();
      if (photo.startsWith(folder.normalize()) && Files.isRegularFile(photo)) {
        return photo;
      }
    }
    throw new InputException.NotReadable(
        "%s is missing; it is looked for in %s and its folders %s"
            .formatted(name, folder, String.join(", ", IMAGE_FOLDERS.subList(1, 4))));
  }

  private static Sample sample(Pair pair, Path file) throws IOException {
    List<List<BitSet>> annotators = new ArrayList<>();
    for (List<JsonNode> masks : pair.masks) {
      List<BitSet> own = new ArrayList<>();
      for (JsonNode mask : masks) {
        own.add(JsonFile.mask(mask, pair.width, pair.height, file).bits());
      }
      annotators.add(own);
    }
    Sample sample =
        new Sample(
            pair.id,
            Images.read(pair.photo).image(),
            List.of(
                new Truth.InstanceTruth(
                    pair.phrase, annotators.getFirst(), annotators.subList(1, annotators.size()))));
    ListedSet.requireSize("the truth of pair " + pair.id, pair.width, pair.height, sample.photo());
    return sample;
  }
}

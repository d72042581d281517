package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.formats.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** COCO's {@code instances*.json}: pictures, categories and annotations by id. */
record CocoInstances(
    Path file,
    Map<Long, Picture> pictures,
    Map<Long, String> categories,
    Map<Long, JsonNode> annotations) {

  /** A picture with its annotations, in the file's order. */
  record Picture(long id, String fileName, int width, int height, List<JsonNode> annotations) {}

  static CocoInstances read(Path file) throws InputException {
    JsonNode root = JsonFile.read(file);
    Map<Long, Picture> pictures = new LinkedHashMap<>();
    for (JsonNode image : JsonFile.list(root, "images", file)) {
      long id = JsonFile.number(image, "id", file);
      Picture picture =
          new Picture(
              id,
              JsonFile.text(image, "file_name", file),
              JsonFile.side(image, "width", file),
              JsonFile.side(image, "height", file),
              new ArrayList<>());
      if (pictures.put(id, picture) != null) {
        throw new InputException.Damaged("%s has picture %d twice".formatted(file, id));
      }
    }
    Map<Long, String> categories = new LinkedHashMap<>();
    for (JsonNode category : JsonFile.list(root, "categories", file)) {
      long id = JsonFile.number(category, "id", file);
      if (categories.put(id, JsonFile.text(category, "name", file)) != null) {
        throw new InputException.Damaged("%s has category %d twice".formatted(file, id));
      }
    }
    Map<Long, JsonNode> annotations = new HashMap<>();
    for (JsonNode annotation : JsonFile.list(root, "annotations", file)) {
      long id = JsonFile.number(annotation, "id", file);
      Picture picture = pictures.get(JsonFile.number(annotation, "image_id", file));
      if (picture == null) {
        throw new InputException.Damaged(
            "%s: annotation %d is of a picture that is not listed".formatted(file, id));
      }
      if (!categories.containsKey(JsonFile.number(annotation, "category_id", file))) {
        throw new InputException.Damaged(
            "%s: annotation %d is of a category that is not listed".formatted(file, id));
      }
      if (annotations.put(id, annotation) != null) {
        throw new InputException.Damaged("%s has annotation %d twice".formatted(file, id));
      }
      picture.annotations.add(annotation);
    }
    return new CocoInstances(file, pictures, categories, annotations);
  }
}

package dev.plantain.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.core.measure.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * COCO's JSON for instances, masks as compressed run lengths ({@link CocoRle}), boxes and areas
 * computed from them.
 *
 * <p>Each annotation also has a {@code score}, as detection results do.
 */
public final class Coco {
  private Coco() {}

  /**
   * Writes photos and their masks.
   *
   * @param classes in the order of their ids, from 1; a mask's phrase must be one of them
   */
  public static void write(Path file, List<String> classes, List<LabelledImage> images)
      throws OutputException {
    Json.write(file, json(classes, images));
  }

  static ObjectNode json(List<String> classes, List<LabelledImage> images) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.putObject("info").put("description", "masks by Plantain");
    root.putArray("licenses");
    ArrayNode categories = root.putArray("categories");
    for (int i = 0; i < classes.size(); i++) {
      categories.addObject().put("id", i + 1).put("name", classes.get(i)).put("supercategory", "");
    }
    ArrayNode imageList = root.putArray("images");
    ArrayNode annotations = root.putArray("annotations");
    for (int i = 0; i < images.size(); i++) {
      LabelledImage image = images.get(i);
      imageList
          .addObject()
          .put("id", i + 1)
          .put("file_name", image.fileName())
          .put("width", image.width())
          .put("height", image.height());
      for (Mask mask : image.masks()) {
        ObjectNode annotation = annotations.addObject();
        annotation
            .put("id", annotations.size())
            .put("image_id", i + 1)
            .put("category_id", category(classes, mask))
            .put("iscrowd", 0)
            .put("area", mask.area())
            .put("score", mask.score());
        Mask.Box box = mask.box();
        annotation.putArray("bbox").add(box.x()).add(box.y()).add(box.width()).add(box.height());
        ObjectNode segmentation = annotation.putObject("segmentation");
        segmentation.putArray("size").add(image.height()).add(image.width());
        segmentation.put("counts", CocoRle.encode(mask.bits(), image.width(), image.height()));
      }
    }
    return root;
  }

  static int category(List<String> classes, Mask mask) {
    int index = classes.indexOf(mask.phrase());
    if (index < 0) {
      throw new IllegalArgumentException(
          "the class \"%s\" is none of %s".formatted(mask.phrase(), classes));
    }
    return index + 1;
  }

  /**
   * Reads masks given as polygons or as run lengths, compressed or not; boxes alone are left out,
   * and crowds, whose one mask is of many things.
   *
   * @throws InputException if it is no such file
   */
  public static List<LabelledImage> read(Path file) throws InputException {
    return annotated(file).stream().map(Annotated::image).toList();
  }

  /**
   * A photo's masks, each of one thing.
   *
   * @param crowded classes of which there is a crowd, too: not each of them has a mask
   */
  public record Annotated(LabelledImage image, Set<String> crowded) {
    public Annotated {
      crowded = Set.copyOf(crowded);
    }
  }

  /**
   * The same, with what of each photo is not told apart.
   *
   * @throws InputException if it is no such file
   */
  public static List<Annotated> annotated(Path file) throws InputException {
    try {
      return parse(Json.MAPPER.readTree(Images.bytes(file, Limits.DEFAULT)), file);
    } catch (InputException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new InputException.Damaged(
          "%s is no JSON: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private record Entry(
      String fileName, int width, int height, List<Mask> masks, Set<String> crowded) {}

  private static List<Annotated> parse(JsonNode root, Path file) throws InputException {
    if (!root.path("images").isArray() || !root.path("annotations").isArray()) {
      throw new InputException.Damaged(file + " has no images and annotations, so is no COCO file");
    }
    Map<Long, String> names = new HashMap<>();
    for (JsonNode category : root.path("categories")) {
      names.put(category.path("id").asLong(), category.path("name").asText());
    }
    Map<Long, Entry> images = new LinkedHashMap<>();
    for (JsonNode image : root.path("images")) {
      int width = image.path("width").asInt();
      int height = image.path("height").asInt();
      if (width <= 0 || height <= 0 || (long) width * height > Limits.DEFAULT.pixels()) {
        throw new InputException.Damaged(
            "%s has an image of %d x %d".formatted(file, width, height));
      }
      images.put(
          image.path("id").asLong(),
          new Entry(
              image.path("file_name").asText(), width, height, new ArrayList<>(), new HashSet<>()));
    }
    for (JsonNode annotation : root.path("annotations")) {
      Entry image = images.get(annotation.path("image_id").asLong());
      if (image == null) {
        continue;
      }
      long category = annotation.path("category_id").asLong();
      String name = names.getOrDefault(category, Long.toString(category));
      if (annotation.path("iscrowd").asInt() != 0) {
        image.crowded.add(name);
        continue;
      }
      JsonNode segmentation = annotation.path("segmentation");
      if (segmentation.isMissingNode() || segmentation.isEmpty()) {
        continue;
      }
      BitSet bits = bits(segmentation, image, file);
      float score = (float) Math.clamp(annotation.path("score").asDouble(1), 0, 1);
      image.masks.add(Mask.of(name, image.width, image.height, bits, score));
    }
    return images.values().stream()
        .map(
            e -> new Annotated(LabelledImage.of(e.fileName, e.width, e.height, e.masks), e.crowded))
        .toList();
  }

  private static BitSet bits(JsonNode segmentation, Entry image, Path file) throws InputException {
    try {
      if (segmentation.isArray()) {
        return Polygons.fill(
            Json.MAPPER.convertValue(segmentation, double[][].class), image.width, image.height);
      }
      JsonNode counts = segmentation.path("counts");
      return counts.isTextual()
          ? CocoRle.decode(counts.asText(), image.width, image.height)
          : CocoRle.decode(
              Json.MAPPER.convertValue(counts, int[].class), image.width, image.height);
    } catch (IllegalArgumentException e) {
      throw new InputException.Damaged(
          "%s: a segmentation of %s is neither polygons nor run lengths"
              .formatted(file, image.fileName),
          e);
    }
  }
}

package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * RefCOCO, RefCOCO+ and RefCOCOg: {@code DATASET/refs(SPLITTER).p}, a pickle, or the same list as
 * {@code refs(SPLITTER).json}; {@code DATASET/instances.json}; photos of COCO's train2014. A sample
 * is one photo with one sentence; the photo's name is that of instances.json. UMD's and Google's
 * splits of RefCOCOg differ.
 */
public final class RefCocoSet {
  private record Item(
      Path photo, CocoInstances.Picture picture, JsonNode annotation, String id, String sentence) {}

  private RefCocoSet() {}

  /**
   * @param dataset {@code refcoco}, {@code refcoco+} or {@code refcocog}
   * @param splitter who split it: {@code unc}, {@code umd} or {@code google}
   * @param split {@code val}, {@code test}, {@code testA} or {@code testB}
   * @throws IOException if files are missing or do not belong together
   */
  public static EvalSet open(Path folder, String dataset, String splitter, String split)
      throws IOException {
    Path own = folder.resolve(dataset);
    Path json = own.resolve("refs(%s).json".formatted(splitter));
    Path pickle = own.resolve("refs(%s).p".formatted(splitter));
    Path file = Files.exists(json) ? json : pickle;
    JsonNode refs =
        file.equals(json)
            ? JsonFile.read(json)
            : new ObjectMapper().valueToTree(Pickle.read(pickle));
    if (!refs.isArray()) {
      throw new InputException.Damaged(file + " is no list of references");
    }
    CocoInstances instances = CocoInstances.read(own.resolve("instances.json"));
    Path photos =
        Folders.first(
            folder.resolve("images/mscoco/images/train2014"),
            folder.resolve("images/train2014"),
            folder.resolve("train2014"));
    List<Item> items = new ArrayList<>();
    for (JsonNode ref : refs) {
      if (JsonFile.text(ref, "split", file).equals(split)) {
        add(ref, file, instances, photos, items);
      }
    }
    if (items.isEmpty()) {
      throw new InputException("%s has no references of split %s".formatted(file, split));
    }
    return new ListedSet<>(
        "%s %s %s".formatted(dataset, splitter, split), items, i -> sample(i, instances.file()));
  }

  private static void add(
      JsonNode ref, Path file, CocoInstances instances, Path photos, List<Item> items)
      throws InputException {
    long id = JsonFile.number(ref, "ann_id", file);
    JsonNode annotation = instances.annotations().get(id);
    if (annotation == null) {
      throw new InputException.Damaged(
          "%s refers to annotation %d, which %s does not have"
              .formatted(file, id, instances.file()));
    }
    CocoInstances.Picture picture = instances.pictures().get(annotation.path("image_id").asLong());
    if (picture == null || picture.id() != JsonFile.number(ref, "image_id", file)) {
      throw new InputException.Damaged(
          "%s: reference to annotation %d is of another picture than it".formatted(file, id));
    }
    for (JsonNode sentence : JsonFile.list(ref, "sentences", file)) {
      items.add(
          new Item(
              Folders.listed(photos, picture.fileName(), instances.file()),
              picture,
              annotation,
              "%s-%s".formatted(ref.path("ref_id").asText(), sentence.path("sent_id").asText()),
              JsonFile.text(sentence, "sent", file)));
    }
  }

  private static Sample sample(Item item, Path file) throws IOException {
    CocoInstances.Picture p = item.picture;
    Sample sample =
        new Sample(
            item.id,
            Images.read(item.photo).image(),
            List.of(
                new Truth.ReferTruth(
                    item.sentence,
                    JsonFile.mask(item.annotation.path("segmentation"), p.width(), p.height(), file)
                        .bits(),
                    false)));
    ListedSet.requireSize(file, p.width(), p.height(), sample.photo());
    return sample;
  }
}

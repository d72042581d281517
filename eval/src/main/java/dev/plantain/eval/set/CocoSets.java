package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.instruct.Palette;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.MaskPrecision;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.PngSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * COCO: {@code SPLIT/*.jpg} with {@code annotations/instances_SPLIT.json}, and COCO-Object, which
 * asks for all 80 things at once against {@code stuffthingmaps/SPLIT/*.png} of COCO-Stuff.
 */
public final class CocoSets {
  /** COCO-Stuff's id of what nobody labelled. */
  private static final int UNLABELLED = 255;

  private static final int BLACK = 0;

  private CocoSets() {}

  /**
   * Instances: a question for each category that is in a picture, or for every category.
   *
   * @param every ask for categories that are not there, too, as COCO's own evaluation implies
   * @throws IOException if files are missing or do not belong together
   */
  public static EvalSet instances(Path folder, String split, boolean every) throws IOException {
    CocoInstances coco =
        CocoInstances.read(
            folder.resolve("annotations").resolve("instances_%s.json".formatted(split)));
    List<CocoInstances.Picture> pictures = pictures(coco, folder, split);
    return new ListedSet<>(
        "coco %s, %s".formatted(split, every ? "all categories" : "categories that are there"),
        pictures,
        p -> instances(p, coco, folder.resolve(split), every));
  }

  private static List<CocoInstances.Picture> pictures(CocoInstances coco, Path folder, String split)
      throws InputException {
    // Equal scores are told apart by the order of ids.
    List<CocoInstances.Picture> pictures =
        coco.pictures().values().stream()
            .sorted(Comparator.comparingLong(CocoInstances.Picture::id))
            .toList();
    for (CocoInstances.Picture p : pictures) {
      Folders.listed(folder.resolve(split), p.fileName(), coco.file());
    }
    if (pictures.isEmpty()) {
      throw new InputException.Damaged(coco.file() + " lists no pictures");
    }
    return pictures;
  }

  private static Sample instances(
      CocoInstances.Picture p, CocoInstances coco, Path photos, boolean every) throws IOException {
    Set<Long> asked = new LinkedHashSet<>();
    p.annotations().forEach(a -> asked.add(a.path("category_id").asLong()));
    if (every) {
      asked.addAll(coco.categories().keySet());
    }
    List<Truth> truths = new ArrayList<>();
    for (long category : asked) {
      List<MaskPrecision.Instance> there = new ArrayList<>();
      for (JsonNode a : p.annotations()) {
        if (a.path("category_id").asLong() == category) {
          there.add(
              new MaskPrecision.Instance(
                  JsonFile.mask(a.path("segmentation"), p.width(), p.height(), coco.file()),
                  a.path("area").asDouble(),
                  a.path("iscrowd").asInt() == 1));
        }
      }
      truths.add(
          new Truth.DetectionTruth(
              coco.categories().getOrDefault(category, ""), (int) category, there));
    }
    return sample(p, photos, truths, coco.file());
  }

  private static Sample sample(CocoInstances.Picture p, Path photos, List<Truth> truths, Path file)
      throws IOException {
    Sample sample =
        new Sample(
            Long.toString(p.id()), Images.read(photos.resolve(p.fileName())).image(), truths);
    ListedSet.requireSize(file, p.width(), p.height(), sample.photo());
    return sample;
  }

  /**
   * COCO-Object: 80 things; stuff and what is unlabelled are background.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet objects(Path folder, String split) throws IOException {
    Path file = folder.resolve("annotations").resolve("instances_%s.json".formatted(split));
    JsonNode root = JsonFile.read(file);
    List<Integer> ids = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (JsonNode category : JsonFile.list(root, "categories", file)) {
      ids.add((int) JsonFile.number(category, "id", file));
      names.add(JsonFile.text(category, "name", file));
    }
    if (ids.isEmpty()) {
      throw new InputException.Damaged(file + " lists no categories");
    }
    Path maps =
        Folders.first(
            folder.resolve("stuffthingmaps").resolve(split), folder.resolve(split + "-maps"));
    int[] index = new int[256];
    Arrays.fill(index, -1);
    for (int c = 0; c < ids.size(); c++) {
      if (ids.get(c) < 1 || ids.get(c) > UNLABELLED) {
        throw new InputException.Damaged("%s has a category %d".formatted(file, ids.get(c)));
      }
      if (index[ids.get(c) - 1] >= 0) {
        throw new InputException.Damaged("%s has category %d twice".formatted(file, ids.get(c)));
      }
      index[ids.get(c) - 1] = c; // the maps count from 0
    }
    List<Integer> rgbs = Palette.distinct(names.size());
    List<Path> truths = Folders.files(maps, ".png");
    for (Path truth : truths) {
      Folders.required(folder.resolve(split).resolve(photo(truth)));
    }
    return new ListedSet<>(
        "coco-object %s, 80 classes and background".formatted(split),
        truths,
        truth -> {
          PngSamples map = PngSamples.read(truth, 1, 8);
          int[] labels = map.values();
          for (int i = 0; i < labels.length; i++) {
            labels[i] = index[labels[i]];
          }
          Sample sample =
              new Sample(
                  Folders.name(truth).replace(".png", ""),
                  Images.read(folder.resolve(split).resolve(photo(truth))).image(),
                  List.of(new Truth.SegmentTruth(names, rgbs, OptionalInt.of(BLACK), labels)));
          ListedSet.requireSize(truth, map.width(), map.height(), sample.photo());
          return sample;
        });
  }

  private static String photo(Path map) {
    return Folders.name(map).replace(".png", ".jpg");
  }
}

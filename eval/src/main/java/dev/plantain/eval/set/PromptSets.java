package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.eval.arena.Prompted;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Benchmarks of generation: GenAI-Bench with its 1,600 prompts (linzhiqiu/t2v_metrics, Apache-2.0)
 * and ImgEdit-Bench's 737 basic edits (PKU-YuanGroup/ImgEdit; no licence is stated).
 */
public final class PromptSets {
  private PromptSets() {}

  /**
   * GenAI-Bench: {@code genai_image.json}, {@code id → {prompt, models}}, and, if it is there,
   * {@code genai_skills.json}, {@code tag → [ids]}.
   *
   * @throws IOException if a file is missing or not what it should be
   */
  public static List<Prompted> genAiBench(Path folder) throws IOException {
    Path file = folder.resolve("genai_image.json");
    Map<Integer, List<String>> tags = new HashMap<>();
    Path skills = folder.resolve("genai_skills.json");
    if (Files.exists(skills)) {
      table(skills)
          .properties()
          .forEach(
              tag ->
                  tag.getValue()
                      .forEach(
                          id ->
                              tags.computeIfAbsent(id.asInt(), k -> new ArrayList<>())
                                  .add(tag.getKey())));
    }
    List<Prompted> prompts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : table(file).properties()) {
      String id = one.getKey();
      if (!id.matches("\\d{1,9}")) {
        throw new InputException.Damaged("%s has an id \"%s\"".formatted(file, id));
      }
      prompts.add(
          new Prompted(
              id,
              JsonFile.text(one.getValue(), "prompt", file),
              Optional.empty(),
              tags.getOrDefault(Integer.parseInt(id), List.of())));
    }
    return some(prompts, file);
  }

  /**
   * ImgEdit-Bench: {@code Basic/basic_edit.json}, {@code key → {id, prompt, edit_type}}, where
   * {@code id} is the picture's path.
   *
   * @throws IOException if a file is missing or not what it should be
   */
  public static List<Prompted> imgEdit(Path folder) throws IOException {
    Path basic = Files.isDirectory(folder.resolve("Basic")) ? folder.resolve("Basic") : folder;
    Path file = basic.resolve("basic_edit.json");
    List<Prompted> prompts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : table(file).properties()) {
      Path source = source(folder, basic, JsonFile.text(one.getValue(), "id", file));
      if (!one.getKey().matches("[A-Za-z0-9_-]{1,100}")) {
        throw new InputException.Damaged("%s has a key \"%s\"".formatted(file, one.getKey()));
      }
      prompts.add(
          new Prompted(
              one.getKey(),
              JsonFile.text(one.getValue(), "prompt", file),
              Optional.of(source),
              List.of(JsonFile.text(one.getValue(), "edit_type", file))));
    }
    return some(prompts, file);
  }

  private static Path source(Path folder, Path basic, String name) throws InputException {
    for (Path place : List.of(basic, folder, folder.resolve("singleturn"))) {
      Path source = place.resolve(name).normalize();
      if (source.startsWith(place.normalize()) && Files.isRegularFile(source)) {
        return source;
      }
    }
    throw new InputException.NotReadable("%s is missing in %s".formatted(name, basic));
  }

  private static List<Prompted> some(List<Prompted> prompts, Path file) throws InputException {
    if (prompts.isEmpty()) {
      throw new InputException.Damaged(file + " has no prompts");
    }
    return prompts;
  }

  private static JsonNode table(Path file) throws InputException {
    JsonNode root = JsonFile.read(file);
    if (!root.isObject()) {
      throw new InputException.Damaged(file + " is no table of prompts");
    }
    return root;
  }
}

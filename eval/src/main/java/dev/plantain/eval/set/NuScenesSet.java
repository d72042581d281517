package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * nuScenes: depth of the six cameras from the laser scan of the same key frame, by way of the car's
 * two poses as the devkit does. Every tenth key frame of the validation scenes, as UniDepth takes
 * them; cap 80 m. Tables are in {@code v1.0-trainval} (or {@code v1.0-mini}).
 */
public final class NuScenesSet {
  private static final double CAP_METRES = 80;
  private static final int EVERY = 10;
  private static final List<String> CAMERAS =
      List.of(
          "CAM_FRONT",
          "CAM_FRONT_RIGHT",
          "CAM_BACK_RIGHT",
          "CAM_BACK",
          "CAM_BACK_LEFT",
          "CAM_FRONT_LEFT");

  private record Shot(Path file, Pose sensor, Pose car, double[] intrinsics) {}

  private record Item(Shot camera, Shot laser, String id) {}

  private NuScenesSet() {}

  /**
   * @param scenes names of scenes; empty for the validation scenes
   * @throws IOException if tables or files are missing
   */
  public static EvalSet open(Path folder, Set<String> scenes) throws IOException {
    Path tables = Folders.first(folder.resolve("v1.0-trainval"), folder.resolve("v1.0-mini"));
    Set<String> wanted = scenes.isEmpty() ? validation() : scenes;
    Map<String, String> sceneNames = new HashMap<>();
    table(tables, "scene").values().forEach(s -> sceneNames.put(id(s), s.path("name").asText()));
    Map<String, JsonNode> samples = table(tables, "sample");
    Map<String, JsonNode> sensors = table(tables, "sensor");
    Map<String, JsonNode> calibrated = table(tables, "calibrated_sensor");
    Map<String, JsonNode> poses = table(tables, "ego_pose");
    Map<String, Map<String, Shot>> shots = new HashMap<>();
    for (JsonNode data : table(tables, "sample_data").values()) {
      JsonNode sample = samples.get(data.path("sample_token").asText());
      if (!data.path("is_key_frame").asBoolean()
          || sample == null
          || !wanted.contains(sceneNames.getOrDefault(sample.path("scene_token").asText(), ""))) {
        continue;
      }
      JsonNode calibration = required(calibrated, data, "calibrated_sensor_token", tables);
      String channel =
          required(sensors, calibration, "sensor_token", tables).path("channel").asText();
      if (CAMERAS.contains(channel) || channel.equals("LIDAR_TOP")) {
        Path file = folder.resolve(data.path("filename").asText()).normalize();
        if (!file.startsWith(folder.normalize())) {
          throw new InputException.Damaged(tables + " names a file outside the set: " + file);
        }
        shots
            .computeIfAbsent(id(sample), k -> new HashMap<>())
            .put(
                channel,
                new Shot(
                    file,
                    Pose.of(calibration),
                    Pose.of(required(poses, data, "ego_pose_token", tables)),
                    numbers(calibration.path("camera_intrinsic"))));
      }
    }
    return new ListedSet<>(
        "nuscenes val, every 10th key frame, 80 m",
        items(samples, shots, folder),
        NuScenesSet::sample);
  }

  private static List<Item> items(
      Map<String, JsonNode> samples, Map<String, Map<String, Shot>> shots, Path folder)
      throws InputException {
    List<Item> items = new ArrayList<>();
    int frame = 0;
    for (String token : samples.keySet()) {
      Map<String, Shot> own = shots.get(token);
      if (own == null || frame++ % EVERY != 0) {
        continue;
      }
      Shot laser = own.get("LIDAR_TOP");
      for (String channel : CAMERAS) {
        Shot camera = own.get(channel);
        if (laser == null || camera == null || camera.intrinsics.length != 9) {
          throw new InputException.Damaged(
              "%s: key frame %s lacks %s or its laser scan".formatted(folder, token, channel));
        }
        Folders.required(camera.file);
        Folders.required(laser.file);
        items.add(
            new Item(
                camera, laser, token.substring(0, Math.min(8, token.length())) + "-" + channel));
      }
    }
    if (items.isEmpty()) {
      throw new InputException(folder + " has no key frame of the validation scenes");
    }
    return items;
  }

  private static Sample sample(Item item) throws IOException {
    Image photo = Images.read(item.camera.file).image();
    float[] metres =
        LaserScan.depth(
            item.laser.file,
            point -> {
              item.laser.sensor.outward(point);
              item.laser.car.outward(point);
              item.camera.car.inward(point);
              item.camera.sensor.inward(point);
            },
            item.camera.intrinsics,
            photo.width(),
            photo.height());
    return new Sample(item.id, photo, List.of(new Truth.DepthTruth(metres, CAP_METRES)));
  }

  private static String id(JsonNode row) {
    return row.path("token").asText();
  }

  private static Map<String, JsonNode> table(Path tables, String name) throws InputException {
    Path file = tables.resolve(name + ".json");
    JsonNode root = JsonFile.read(file);
    if (!root.isArray()) {
      throw new InputException.Damaged(file + " is no table");
    }
    Map<String, JsonNode> rows = new LinkedHashMap<>();
    for (JsonNode row : root) {
      rows.put(JsonFile.text(row, "token", file), row);
    }
    return rows;
  }

  private static JsonNode required(
      Map<String, JsonNode> rows, JsonNode from, String name, Path tables) throws InputException {
    JsonNode row = rows.get(from.path(name).asText());
    if (row == null) {
      throw new InputException.Damaged("%s: a %s leads nowhere".formatted(tables, name));
    }
    return row;
  }

  private static double[] numbers(JsonNode rows) {
    List<Double> all = new ArrayList<>();
    rows.forEach(row -> row.forEach(n -> all.add(n.asDouble())));
    return all.stream().mapToDouble(d -> d).toArray();
  }

  private static Set<String> validation() throws IOException {
    try (InputStream in =
            Objects.requireNonNull(NuScenesSet.class.getResourceAsStream("nuscenes-val.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new HashSet<>(lines.lines().filter(l -> !l.startsWith("#")).toList());
    }
  }

  /** A rotation and a translation, from a sensor to the car or from the car to the world. */
  private record Pose(double[] rotation, double[] translation) {

    static Pose of(JsonNode row) {
      double[] q = new double[4];
      double[] t = new double[3];
      for (int i = 0; i < 4; i++) {
        q[i] = row.path("rotation").path(i).asDouble();
      }
      for (int i = 0; i < 3; i++) {
        t[i] = row.path("translation").path(i).asDouble();
      }
      double w = q[0];
      double x = q[1];
      double y = q[2];
      double z = q[3];
      return new Pose(
          new double[] {
            1 - 2 * (y * y + z * z),
            2 * (x * y - w * z),
            2 * (x * z + w * y),
            2 * (x * y + w * z),
            1 - 2 * (x * x + z * z),
            2 * (y * z - w * x),
            2 * (x * z - w * y),
            2 * (y * z + w * x),
            1 - 2 * (x * x + y * y)
          },
          t);
    }

    void outward(double[] p) {
      double x = p[0];
      double y = p[1];
      double z = p[2];
      for (int i = 0; i < 3; i++) {
        p[i] =
            rotation[3 * i] * x
                + rotation[3 * i + 1] * y
                + rotation[3 * i + 2] * z
                + translation[i];
      }
    }

    void inward(double[] p) {
      double x = p[0] - translation[0];
      double y = p[1] - translation[1];
      double z = p[2] - translation[2];
      for (int i = 0; i < 3; i++) {
        p[i] = rotation[i] * x + rotation[3 + i] * y + rotation[6 + i] * z;
      }
    }
  }
}

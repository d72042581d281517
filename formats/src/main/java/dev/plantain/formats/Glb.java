package dev.plantain.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Binary glTF 2.0 files: metres, y up (OpenCV's y and z turned), points or triangles with the
 * photo's colours, unlit ({@code KHR_materials_unlit}).
 */
public final class Glb {
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_INT = 5125;
  private static final int ARRAY_BUFFER = 34962;
  private static final int ELEMENT_ARRAY_BUFFER = 34963;
  private static final int POINTS = 0;
  private static final int TRIANGLES = 4;

  /** Leaves room in an array for what stands before the numbers. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - (1 << 16);

  private Glb() {}

  /**
   * Writes points, or triangles if there are any.
   *
   * @throws OutputException also if there is not a single point: glTF has no empty meshes; or if
   *     there are too many
   */
  public static void write(Path file, DepthMesh mesh) throws OutputException {
    if (mesh.points() == 0) {
      throw new OutputException(file + " would be empty: no pixel has a finite distance");
    }
    float[] xyz = mesh.xyz();
    byte[] rgb8 = mesh.rgb8();
    int[] triangles = mesh.triangles();
    ByteBuffer binary =
        ByteBuffer.allocate(length(file, mesh.points(), triangles.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] least = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
    float[] most = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
    for (int i = 0; i < xyz.length; i++) {
      float value = i % 3 == 0 ? xyz[i] : -xyz[i];
      binary.putFloat(value);
      least[i % 3] = Math.min(least[i % 3], value);
      most[i % 3] = Math.max(most[i % 3], value);
    }
    for (byte channel : rgb8) {
      binary.putFloat(linear(channel & 0xFF)); // COLOR_0 is linear light
    }
    for (int index : triangles) {
      binary.putInt(index);
    }
    byte[] json = json(mesh.points(), triangles.length, least, most);
    AtomicFile.write(
        file,
        out -> {
          LittleEndian start = new LittleEndian();
          int length = 12 + 8 + json.length + 8 + binary.capacity();
          start.ascii("glTF").i32(2).i32(length);
          start.i32(json.length).ascii("JSON").bytes(json);
          start.i32(binary.capacity()).ascii("BIN").u8(0);
          out.write(start.toBytes());
          out.write(binary.array());
        });
  }

  /** Of positions, colours and indices, in bytes. */
  static int length(Path file, int points, int indices) throws OutputException {
    long length = 24L * points + 4L * indices;
    if (length > MOST_BYTES) {
      throw new OutputException(
          "%s would have %d MB, more than the %d that can be written; write --ply instead, or scale the photo down first"
              .formatted(file, length >> 20, MOST_BYTES >> 20));
    }
    return (int) length;
  }

  private static float linear(int srgb8) {
    double s = srgb8 / 255.0;
    return (float) (s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4));
  }

  private static byte[] json(int points, int indices, float[] least, float[] most) {
    ObjectMapper mapper = Json.MAPPER;
    ObjectNode root = mapper.createObjectNode();
    root.putObject("asset").put("version", "2.0").put("generator", "Plantain");
    root.put("scene", 0);
    root.putArray("extensionsUsed").add("KHR_materials_unlit");
    root.putArray("scenes").addObject().putArray("nodes").add(0);
    root.putArray("nodes").addObject().put("mesh", 0).put("name", "depth");
    ObjectNode material = root.putArray("materials").addObject();
    material.putObject("pbrMetallicRoughness").put("metallicFactor", 0).put("roughnessFactor", 1);
    material.put("doubleSided", true);
    material.putObject("extensions").putObject("KHR_materials_unlit");
    ObjectNode primitive = root.putArray("meshes").addObject().putArray("primitives").addObject();
    primitive.putObject("attributes").put("POSITION", 0).put("COLOR_0", 1);
    primitive.put("material", 0).put("mode", indices > 0 ? TRIANGLES : POINTS);
    ArrayNode accessors = root.putArray("accessors");
    ObjectNode position = accessor(accessors, 0, FLOAT, points, "VEC3");
    ArrayNode min = position.putArray("min");
    ArrayNode max = position.putArray("max");
    for (int c = 0; c < 3; c++) {
      min.add(least[c]);
      max.add(most[c]);
    }
    accessor(accessors, 1, FLOAT, points, "VEC3");
    ArrayNode views = root.putArray("bufferViews");
    view(views, 0, 12 * points, ARRAY_BUFFER);
    view(views, 12 * points, 12 * points, ARRAY_BUFFER);
    if (indices > 0) {
      primitive.put("indices", 2);
      accessor(accessors, 2, UNSIGNED_INT, indices, "SCALAR");
      view(views, 24 * points, 4 * indices, ELEMENT_ARRAY_BUFFER);
    }
    root.putArray("buffers").addObject().put("byteLength", 24 * points + 4 * indices);
    String text = root.toString();
    return (text + " ".repeat((4 - text.length() % 4) % 4)).getBytes(StandardCharsets.US_ASCII);
  }

  private static ObjectNode accessor(
      ArrayNode accessors, int view, int componentType, int count, String type) {
    return accessors
        .addObject()
        .put("bufferView", view)
        .put("componentType", componentType)
        .put("count", count)
        .put("type", type);
  }

  private static void view(ArrayNode views, int offset, int length, int target) {
    views
        .addObject()
        .put("buffer", 0)
        .put("byteOffset", offset)
        .put("byteLength", length)
        .put("target", target);
  }
}

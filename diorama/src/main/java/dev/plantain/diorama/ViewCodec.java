package dev.plantain.diorama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.core.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A {@link View} as files of a WebDataset sample: {@code jpg} the photo, {@code depth.png} 16-bit
 * {@link DepthCode}, {@code normals.png} 8-bit {@code (1 + n) / 2} with black for none, {@code
 * ids.png} 16-bit thing ids, {@code edges.png} 8-bit, {@code json} everything else, {@code
 * edit0.jpg} the first edit's target and {@code edit0.before.jpg} its source if that is not the
 * photo.
 */
final class ViewCodec {
  private static final float QUALITY = 0.95f;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ViewCodec() {}

  static void write(View v, OutputStream tar) throws IOException {
    int n = v.width() * v.height();
    Tar.write(tar, v.id() + ".jpg", jpeg(v.photo()));
    int[] depth = new int[n];
    int[] ids = new int[n];
    int[] edges = new int[n];
    byte[] normals = new byte[3 * n];
    for (int i = 0; i < n; i++) {
      depth[i] = DepthCode.encode(v.depthMetres()[i]);
      ids[i] = v.thingIds()[i] & 0xffff;
      edges[i] = v.edges()[i] & 0xff;
      normal8(v.normals(), i, normals);
    }
    Tar.write(tar, v.id() + ".depth.png", png(grey(v, depth, BufferedImage.TYPE_USHORT_GRAY)));
    Tar.write(
        tar,
        v.id() + ".normals.png",
        png(Pictures.buffered(Image.of(v.width(), v.height(), normals))));
    Tar.write(tar, v.id() + ".ids.png", png(grey(v, ids, BufferedImage.TYPE_USHORT_GRAY)));
    Tar.write(tar, v.id() + ".edges.png", png(grey(v, edges, BufferedImage.TYPE_BYTE_GRAY)));
    Tar.write(tar, v.id() + ".json", JSON.writeValueAsBytes(json(v)));
    for (int e = 0; e < v.edits().size(); e++) {
      Edit edit = v.edits().get(e);
      // Where the target is the photo itself, storing it again would only take space.
      if (!edit.after().equals(v.photo())) {
        Tar.write(tar, v.id() + ".edit" + e + ".jpg", jpeg(edit.after()));
      }
      if (edit.before() != null) {
        Tar.write(tar, v.id() + ".edit" + e + ".before.jpg", jpeg(edit.before()));
      }
    }
  }

  /** Codes a pixel's normal in 8 bits a channel, black for none. */
  static void normal8(float[] normals, int i, byte[] out) {
    for (int c = 0; c < 3; c++) {
      float x = normals[3 * i + c];
      out[3 * i + c] = (byte) (Float.isNaN(x) ? 0 : Math.round(127.5 + 127.5 * x));
    }
  }

  static BufferedImage grey(View v, int[] values, int type) {
    BufferedImage image = new BufferedImage(v.width(), v.height(), type);
    image.getRaster().setPixels(0, 0, v.width(), v.height(), values);
    return image;
  }

  private static byte[] jpeg(Image image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Pictures.writeJpeg(image, QUALITY, out);
    return out.toByteArray();
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Pictures.writePng(image, out);
    return out.toByteArray();
  }

  /** All but the pictures and the arrays. */
  static ObjectNode json(View v) {
    ObjectNode root = JSON.createObjectNode();
    root.put("id", v.id()).put("seed", v.seed()).put("width", v.width()).put("height", v.height());
    Camera c = v.camera();
    root.putObject("camera")
        .put("focal_px", c.focalPx())
        .put("fov_x_degrees", c.fovXDegrees())
        .put("height_m", c.heightMetres())
        .put("pitch_degrees", c.pitchDegrees())
        .put("roll_degrees", c.rollDegrees());
    if (c.distortion() != 0) {
      ((ObjectNode) root.get("camera")).put("distortion", c.distortion());
    }
    ArrayNode things = root.putArray("things");
    for (Thing t : v.things()) {
      ObjectNode o =
          things
              .addObject()
              .put("id", t.id())
              .put("category", t.category())
              .put("name", t.name())
              .put("colour", t.colour())
              .put("rgb", "#%06x".formatted(t.rgb()))
              .put("stuff", t.stuff())
              .put("labelled", t.labelled())
              .put("model", t.modelId())
              .put("pixels", t.pixels());
      if (Double.isFinite(t.distanceMetres())) {
        o.put("distance_m", round(t.distanceMetres(), 1e4));
      }
      box(o.putArray("box"), t.amodalBox());
      box(o.putArray("visible"), t.visibleBox());
      if (t.size() != null) {
        o.putArray("size_m")
            .add(round(t.size().width(), 1e4))
            .add(round(t.size().depth(), 1e4))
            .add(round(t.size().height(), 1e4));
      }
    }
    v.captions().forEach(root.putArray("captions")::add);
    ArrayNode expressions = root.putArray("expressions");
    for (Expression e : v.expressions()) {
      ObjectNode o = expressions.addObject().put("text", e.text()).put("kind", e.kind().name());
      e.thingIds().forEach(o.putArray("things")::add);
      o.put("unlabelled", e.usesUnlabelled());
    }
    ArrayNode questions = root.putArray("questions");
    for (Question q : v.questions()) {
      ObjectNode o = questions.addObject().put("text", q.text()).put("phrase", q.phrase());
      q.thingIds().forEach(o.putArray("things")::add);
      o.put("unlabelled", q.usesUnlabelled());
    }
    ArrayNode edits = root.putArray("edits");
    for (Edit e : v.edits()) {
      edits
          .addObject()
          .put("instruction", e.instruction())
          .put("kind", e.kind().name())
          .put("unlabelled", e.touchesUnlabelled());
    }
    return root;
  }

  private static double round(double x, double per) {
    return Math.round(x * per) / per;
  }

  private static void box(ArrayNode a, Box b) {
    a.add(round(b.left(), 10))
        .add(round(b.top(), 10))
        .add(round(b.right(), 10))
        .add(round(b.bottom(), 10));
  }

  /**
   * @param files of one sample by what follows its id: {@code "jpg"}, {@code "depth.png"}, …
   * @throws IOException if one is missing or does not fit
   */
  static View read(String id, Map<String, byte[]> files) throws IOException {
    try {
      return parse(id, files);
    } catch (RuntimeException e) {
      throw new IOException("sample %s is damaged: %s".formatted(id, e.getMessage()), e);
    }
  }

  private static View parse(String id, Map<String, byte[]> files) throws IOException {
    JsonNode root = JSON.readTree(need(files, id, "json"));
    int w = root.required("width").asInt();
    int h = root.required("height").asInt();
    int[] depthCodes = samples(need(files, id, "depth.png"), w, h, 1);
    int[] normalCodes = samples(need(files, id, "normals.png"), w, h, 3);
    int[] idCodes = samples(need(files, id, "ids.png"), w, h, 1);
    int[] edgeCodes = samples(need(files, id, "edges.png"), w, h, 1);
    float[] depth = new float[w * h];
    float[] normals = new float[3 * w * h];
    short[] ids = new short[w * h];
    byte[] edges = new byte[w * h];
    for (int i = 0; i < w * h; i++) {
      depth[i] = DepthCode.decode(depthCodes[i]);
      ids[i] = (short) idCodes[i];
      edges[i] = (byte) edgeCodes[i];
      normal(normalCodes, i, normals);
    }
    Image photo = image(need(files, id, "jpg"), id);
    List<Edit> edits = new ArrayList<>();
    JsonNode editNodes = root.required("edits");
    for (int e = 0; e < editNodes.size(); e++) {
      JsonNode o = editNodes.get(e);
      byte @Nullable [] after = files.get("edit" + e + ".jpg");
      byte @Nullable [] before = files.get("edit" + e + ".before.jpg");
      edits.add(
          new Edit(
              o.required("instruction").asText(),
              Edit.Kind.valueOf(o.required("kind").asText()),
              before == null ? null : image(before, id),
              after == null ? photo : image(after, id),
              o.required("unlabelled").asBoolean()));
    }
    JsonNode c = root.required("camera");
    Camera camera =
        new Camera(
            c.required("focal_px").asDouble(),
            c.required("fov_x_degrees").asDouble(),
            c.required("height_m").asDouble(),
            c.required("pitch_degrees").asDouble(),
            c.required("roll_degrees").asDouble(),
            c.path("distortion").asDouble(0));
    List<String> captions = new ArrayList<>();
    root.required("captions").forEach(t -> captions.add(t.asText()));
    List<Expression> expressions = new ArrayList<>();
    for (JsonNode e : root.required("expressions")) {
      expressions.add(
          new Expression(
              e.required("text").asText(),
              Expression.Kind.valueOf(e.required("kind").asText()),
              ints(e.required("things")),
              e.required("unlabelled").asBoolean()));
    }
    List<Question> questions = new ArrayList<>();
    for (JsonNode q : root.required("questions")) {
      questions.add(
          new Question(
              q.required("text").asText(),
              q.required("phrase").asText(),
              ints(q.required("things")),
              q.required("unlabelled").asBoolean()));
    }
    return new View(
        id,
        root.required("seed").asLong(),
        photo,
        w,
        h,
        depth,
        normals,
        ids,
        edges,
        things(root.required("things")),
        captions,
        expressions,
        questions,
        edits,
        camera);
  }

  private static List<Thing> things(JsonNode nodes) {
    List<Thing> things = new ArrayList<>();
    for (JsonNode t : nodes) {
      JsonNode s = t.path("size_m");
      things.add(
          new Thing(
              t.required("id").asInt(),
              t.required("category").asText(),
              t.required("name").asText(),
              t.required("colour").asText(),
              Integer.parseInt(t.required("rgb").asText().substring(1), 16),
              t.required("stuff").asBoolean(),
              t.required("labelled").asBoolean(),
              t.required("model").asText(),
              box(t.required("box")),
              box(t.required("visible")),
              t.required("pixels").asInt(),
              t.has("distance_m") ? t.get("distance_m").asDouble() : Double.POSITIVE_INFINITY,
              s.isMissingNode()
                  ? null
                  : new Thing.Size(
                      s.required(0).asDouble(),
                      s.required(1).asDouble(),
                      s.required(2).asDouble())));
    }
    return things;
  }

  private static Box box(JsonNode a) {
    return new Box(
        a.required(0).asDouble(),
        a.required(1).asDouble(),
        a.required(2).asDouble(),
        a.required(3).asDouble());
  }

  private static List<Integer> ints(JsonNode a) {
    List<Integer> list = new ArrayList<>();
    a.forEach(x -> list.add(x.asInt()));
    return list;
  }

  private static void normal(int[] codes, int i, float[] out) {
    int at = 3 * i;
    if (codes[at] == 0 && codes[at + 1] == 0 && codes[at + 2] == 0) {
      out[at] = out[at + 1] = out[at + 2] = Float.NaN;
      return;
    }
    double length = 0;
    for (int c = 0; c < 3; c++) {
      double x = codes[at + c] / 127.5 - 1;
      out[at + c] = (float) x;
      length += x * x;
    }
    for (int c = 0; c < 3; c++) {
      out[at + c] /= (float) Math.sqrt(length);
    }
  }

  private static byte[] need(Map<String, byte[]> files, String id, String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new IOException("sample %s has no %s".formatted(id, name));
    }
    return bytes;
  }

  private static Image image(byte[] bytes, String id) throws IOException {
    Image image = Pictures.read(new ByteArrayInputStream(bytes));
    if (image == null) {
      throw new IOException("sample %s holds a picture that cannot be read".formatted(id));
    }
    return image;
  }

  private static int[] samples(byte[] png, int w, int h, int bands) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    if (image == null
        || image.getWidth() != w
        || image.getHeight() != h
        || image.getRaster().getNumBands() != bands) {
      throw new IOException("a PNG does not fit %d x %d with %d channels".formatted(w, h, bands));
    }
    return image.getRaster().getPixels(0, 0, w, h, (int @Nullable []) null);
  }
}

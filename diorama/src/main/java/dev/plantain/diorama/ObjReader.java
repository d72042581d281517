package dev.plantain.diorama;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Wavefront OBJ with MTL: polygons, texture coordinates, normals, diffuse and specular looks,
 * opacity and diffuse textures. Curves, lines and points are passed over.
 */
final class ObjReader {
  private final Function<String, byte @Nullable []> files;
  private final Function<String, @Nullable Texture> textures;
  private final String folder;

  private float[] positions = new float[3 * 1024];
  private float[] texture = new float[2 * 1024];
  private float[] normals = new float[3 * 1024];
  private int positionCount;
  private int textureCount;
  private int normalCount;
  private final MeshBuilder builder = new MeshBuilder();
  private final Map<String, Integer> materials = new HashMap<>();
  private final Set<String> libraries = new HashSet<>();
  private int current = -1;
  private byte[] text = {};
  private int at;

  /**
   * @param files gives a file of the library by path, or null
   * @param textures gives a decoded texture by path, or null if it is missing or bad
   * @param path of the OBJ file
   */
  ObjReader(
      Function<String, byte @Nullable []> files,
      Function<String, @Nullable Texture> textures,
      String path) {
    this.files = files;
    this.textures = textures;
    int slash = path.lastIndexOf('/');
    folder = slash < 0 ? "" : path.substring(0, slash + 1);
  }

  /**
   * @throws IOException if this is not an OBJ file or is out of all bounds
   */
  MeshBuilder read(byte[] obj) throws IOException {
    text = obj;
    at = 0;
    try {
      while (at < text.length) {
        line();
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new IOException("malformed OBJ near byte %d: %s".formatted(at, e.getMessage()), e);
    }
    return builder;
  }

  private void line() throws IOException {
    String word = word();
    switch (word) {
      case "v" -> {
        if (3 * positionCount + 3 > positions.length) {
          positions = Arrays.copyOf(positions, positions.length * 2);
        }
        for (int i = 0; i < 3; i++) {
          positions[3 * positionCount + i] = number();
        }
        positionCount++;
      }
      case "vt" -> {
        if (2 * textureCount + 2 > texture.length) {
          texture = Arrays.copyOf(texture, texture.length * 2);
        }
        texture[2 * textureCount] = number();
        texture[2 * textureCount + 1] = endOfLine() ? 0 : number();
        textureCount++;
      }
      case "vn" -> {
        if (3 * normalCount + 3 > normals.length) {
          normals = Arrays.copyOf(normals, normals.length * 2);
        }
        for (int i = 0; i < 3; i++) {
          normals[3 * normalCount + i] = number();
        }
        normalCount++;
      }
      case "f" -> face();
      case "usemtl" -> current = material(rest());
      case "mtllib" -> library(rest());
      default -> {}
    }
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    at++;
  }

  private void face() throws IOException {
    int[] first = new int[3];
    int[] last = new int[3];
    int[] now = new int[3];
    int corners = 0;
    float[] p = new float[9];
    float[] uv = new float[6];
    float[] n = new float[9];
    if (current < 0) {
      current = material("");
    }
    while (!endOfLine()) {
      corner(now);
      if (corners == 0) {
        System.arraycopy(now, 0, first, 0, 3);
      } else if (corners > 1) {
        Arrays.fill(n, 0);
        Arrays.fill(uv, 0);
        put(first, 0, p, uv, n);
        put(last, 1, p, uv, n);
        put(now, 2, p, uv, n);
        builder.triangle(current, p, uv, n);
        if (builder.count() > MeshBuilder.MAX_TRIANGLES) {
          throw new IOException("more than %,d triangles".formatted(MeshBuilder.MAX_TRIANGLES));
        }
      }
      System.arraycopy(now, 0, last, 0, 3);
      corners++;
    }
  }

  private void put(int[] corner, int k, float[] p, float[] uv, float[] n) {
    System.arraycopy(positions, 3 * corner[0], p, 3 * k, 3);
    if (corner[1] >= 0) {
      System.arraycopy(texture, 2 * corner[1], uv, 2 * k, 2);
    }
    if (corner[2] >= 0) {
      System.arraycopy(normals, 3 * corner[2], n, 3 * k, 3);
    }
  }

  /** Reads {@code v}, {@code v/t}, {@code v//n} or {@code v/t/n}, negative indices included. */
  private void corner(int[] out) throws IOException {
    out[0] = index(integer(), positionCount);
    out[1] = -1;
    out[2] = -1;
    if (out[0] < 0) {
      throw new IOException("a face names a vertex that is not there");
    }
    for (int k = 1; k < 3 && at < text.length && text[at] == '/'; k++) {
      at++;
      if (at < text.length && text[at] != '/' && text[at] > ' ') {
        out[k] = index(integer(), k == 1 ? textureCount : normalCount);
      }
    }
  }

  private static int index(int i, int count) {
    int zeroBased = i < 0 ? count + i : i - 1;
    return zeroBased >= 0 && zeroBased < count ? zeroBased : -1;
  }

  private int material(String name) {
    return materials.computeIfAbsent(
        name, key -> builder.material(Material.plain(key, new float[] {0.5f, 0.5f, 0.5f})));
  }

  private void library(String name) {
    String path = folder + name.replace('\\', '/');
    byte[] bytes = libraries.add(path) ? files.apply(path) : null;
    if (bytes == null) {
      return;
    }
    Look look = new Look("");
    for (String raw : new String(bytes, StandardCharsets.ISO_8859_1).split("\\R")) {
      String line = raw.strip();
      int space = line.indexOf(' ') < 0 ? line.indexOf('\t') : line.indexOf(' ');
      if (space < 0 || line.startsWith("#")) {
        continue;
      }
      String value = line.substring(space).strip();
      if (line.startsWith("newmtl")) {
        define(look);
        look = new Look(value);
      } else {
        look.set(line.substring(0, space).toLowerCase(Locale.ROOT), value);
      }
    }
    define(look);
  }

  private void define(Look look) {
    if (!look.name.isEmpty()) {
      Texture image =
          look.map.isEmpty() ? null : textures.apply(folder + look.map.replace('\\', '/'));
      materials.put(look.name, builder.material(look.material(image)));
    }
  }

  /** One {@code newmtl} block. */
  private static final class Look {
    private static final Pattern OPTION = Pattern.compile("-[a-zA-Z]+(?:\\s+|$)");
    private static final Pattern OPTION_OR_VALUE =
        Pattern.compile("(?:-[a-zA-Z]+|-?[0-9.]+|on|off)(?:\\s+|$)");

    private final String name;
    private float[] diffuse = {0.6f, 0.6f, 0.6f};
    private float[] gloss = {0, 0, 0};
    private float[] glow = {0, 0, 0};
    private float exponent = 10;
    private float opacity = 1;
    private String map = "";

    Look(String name) {
      this.name = name;
    }

    void set(String key, String value) {
      switch (key) {
        case "kd" -> diffuse = triple(value, diffuse);
        case "ks" -> gloss = triple(value, gloss);
        case "ke" -> glow = triple(value, glow);
        case "ns" -> exponent = triple(value, new float[] {exponent, 0, 0})[0];
        case "d" -> opacity = triple(value.replace("-halo", ""), new float[] {opacity, 0, 0})[0];
        case "tr" -> opacity = 1 - triple(value, new float[] {1 - opacity, 0, 0})[0];
        case "map_kd" -> map = file(value);
        default -> {}
      }
    }

    /** The file name behind options such as {@code -s 1 1 1}; it may hold spaces. */
    private static String file(String value) {
      Matcher m = OPTION.matcher(value);
      int from = 0;
      while (m.region(from, value.length()).lookingAt()) {
        from = m.end();
        m.usePattern(OPTION_OR_VALUE);
      }
      return value.substring(from).strip();
    }

    private static float[] triple(String value, float[] otherwise) {
      String[] parts = value.strip().split("\\s+");
      float[] out = otherwise.clone();
      try {
        for (int i = 0; i < 3; i++) {
          out[i] = Math.clamp(Float.parseFloat(parts[Math.min(i, parts.length - 1)]), -1e6f, 1e6f);
        }
      } catch (NumberFormatException e) {
        return otherwise;
      }
      return out;
    }

    Material material(@Nullable Texture image) {
      float specular = Math.clamp((gloss[0] + gloss[1] + gloss[2]) / 3, 0f, 1f);
      float sharp = Math.clamp(exponent, 1f, 1000f);
      float[] linear = new float[3];
      for (int c = 0; c < 3; c++) {
        linear[c] = (float) Colours.toLinear(Math.clamp(diffuse[c], 0f, 1f));
      }
      // MTL highlights are painted stronger than real dielectrics reflect.
      float mirror =
          sharp > 60 ? Math.min(0.25f, 0.06f + 0.12f * specular) : 0.02f + 0.03f * specular;
      Material m =
          new Material(
              name,
              linear[0],
              linear[1],
              linear[2],
              mirror,
              Math.min(0.6f, (float) Math.sqrt(2 / (sharp + 2))),
              opacity < 0.75f ? Material.Kind.GLASS : Material.Kind.OPAQUE,
              null,
              null,
              Math.clamp((glow[0] + glow[1] + glow[2]) / 3, 0f, 1f));
      return image == null ? m : m.textured(image);
    }
  }

  private boolean endOfLine() {
    while (at < text.length) {
      if (text[at] == ' ' || text[at] == '\t' || text[at] == '\r') {
        at++;
      } else if (continued()) {
        at += text[at + 1] == '\r' ? 3 : 2;
      } else {
        return text[at] == '\n' || text[at] == '#';
      }
    }
    return true;
  }

  /** Whether a backslash here joins the next line to this one. */
  private boolean continued() {
    return text[at] == '\\'
        && at + 1 < text.length
        && (text[at + 1] == '\n' || text[at + 1] == '\r');
  }

  private String word() {
    endOfLine();
    int from = at;
    while (at < text.length && text[at] > ' ') {
      at++;
    }
    return new String(text, from, at - from, StandardCharsets.ISO_8859_1);
  }

  private String rest() {
    int from = at;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    return new String(text, from, at - from, StandardCharsets.ISO_8859_1).strip();
  }

  private int integer() {
    endOfLine();
    boolean negative = at < text.length && text[at] == '-';
    if (negative) {
      at++;
    }
    int from = at;
    int value = 0;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      value = Math.addExact(Math.multiplyExact(value, 10), text[at++] - '0');
    }
    if (at == from) {
      throw new NumberFormatException("expected an integer");
    }
    return negative ? -value : value;
  }

  /** A decimal number; plain ones are read without making a string, which files are full of. */
  private float number() {
    endOfLine();
    int from = at;
    boolean negative = false;
    if (at < text.length && (text[at] == '-' || text[at] == '+')) {
      negative = text[at++] == '-';
    }
    long mantissa = 0;
    int scale = 0;
    int digits = 0;
    boolean point = false;
    while (at < text.length) {
      byte c = text[at];
      if (c >= '0' && c <= '9') {
        if (mantissa < 100_000_000_000_000L) {
          mantissa = mantissa * 10 + (c - '0');
          scale += point ? 1 : 0;
        } else if (!point) {
          scale--;
        }
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
      at++;
    }
    if (digits == 0 || (at < text.length && (text[at] | 32) == 'e')) {
      while (at < text.length && text[at] > ' ') {
        at++;
      }
      return Float.parseFloat(new String(text, from, at - from, StandardCharsets.ISO_8859_1));
    }
    double value = mantissa / Math.pow(10, scale);
    return (float) (negative ? -value : value);
  }
}

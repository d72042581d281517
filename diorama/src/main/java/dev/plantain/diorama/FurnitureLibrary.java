package dev.plantain.diorama;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A Sweet Home 3D furniture library ({@code .sh3f}): a zip with {@code
 * PluginFurnitureCatalog.properties} and OBJ models (Sweet Home 3D, {@code
 * DefaultFurnitureCatalog.PropertyKey}).
 */
final class FurnitureLibrary implements ModelLibrary {
  private static final String CATALOGUE = "PluginFurnitureCatalog.properties";
  private static final long MAX_FILE = 64L << 20;
  private static final int MAX_TEXTURE_SIDE = 16_384;

  /** Textures are kept no larger: views are small, and 900 of them have to fit in memory. */
  private static final int TEXTURE_SIDE = 256;

  private final Path path;
  private final List<LibraryEntry> entries;

  private FurnitureLibrary(Path path, List<LibraryEntry> entries) {
    this.path = path;
    this.entries = entries;
  }

  @Override
  public long fingerprint() {
    return fingerprint(path);
  }

  /** Changes when the file does. */
  static long fingerprint(Path path) {
    try {
      return Rng.mix(
          Files.size(path) * 31
              + Files.getLastModifiedTime(path).toMillis()
              + String.valueOf(path.getFileName()).hashCode());
    } catch (IOException e) {
      return path.hashCode();
    }
  }

  @Override
  public List<LibraryEntry> entries() {
    return entries;
  }

  @Override
  public Optional<Taxonomy.Naming> naming(LibraryEntry entry) {
    return Taxonomy.standard().naming(entry.id(), entry.name());
  }

  /**
   * Reads the catalogue; models are read one by one later.
   *
   * @param warnings gets one line for each entry that cannot be used
   * @throws IOException if there is no such library or it is not one
   */
  static FurnitureLibrary open(Path path, Consumer<String> warnings) throws IOException {
    if (!Files.isReadable(path)) {
      throw new IOException("no readable furniture library at %s".formatted(path));
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      byte[] catalogue = bytes(zip, CATALOGUE);
      if (catalogue == null) {
        throw new IOException(
            "%s is not a furniture library: it has no %s".formatted(path, CATALOGUE));
      }
      Properties properties = new Properties();
      properties.load(new ByteArrayInputStream(catalogue));
      return new FurnitureLibrary(path, entries(path, properties, warnings));
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException("%s is not a furniture library: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static List<LibraryEntry> entries(Path path, Properties p, Consumer<String> warnings) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String key : p.stringPropertyNames()) {
      int hash = key.indexOf('#');
      if (hash > 0 && key.substring(hash + 1).matches("\\d{1,6}")) {
        numbers.add(Integer.parseInt(key.substring(hash + 1)));
      }
    }
    String library = p.getProperty("id", String.valueOf(path.getFileName()));
    String licence = p.getProperty("license", "unknown licence").strip();
    List<LibraryEntry> list = new ArrayList<>();
    for (int i : numbers) {
      String id = p.getProperty("id#" + i, library + "#" + i).strip();
      try {
        LibraryEntry entry = entry(p, i, id, licence);
        list.add(entry);
      } catch (IllegalArgumentException e) {
        warnings.accept("%s: %s left out: %s".formatted(path.getFileName(), id, e.getMessage()));
      }
    }
    return List.copyOf(list);
  }

  private static LibraryEntry entry(Properties p, int i, String id, String licence) {
    String model = p.getProperty("model#" + i, "").strip();
    model = model.startsWith("/") ? model.substring(1) : model;
    if (model.isEmpty() || !safe(model)) {
      throw new IllegalArgumentException("its model path '%s' is not usable".formatted(model));
    }
    float[] rotation = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    String turned = p.getProperty("modelRotation#" + i, "").strip();
    if (!turned.isEmpty()) {
      String[] parts = turned.split("\\s+");
      if (parts.length != 9) {
        throw new IllegalArgumentException("modelRotation needs 9 numbers");
      }
      for (int k = 0; k < 9; k++) {
        rotation[k] = Float.parseFloat(parts[k]);
      }
    }
    return new LibraryEntry(
        id,
        p.getProperty("name#" + i, "").strip(),
        model,
        metres(p, "width#" + i),
        metres(p, "depth#" + i),
        metres(p, "height#" + i),
        p.getProperty("elevation#" + i) == null ? 0 : centimetres(p, "elevation#" + i) / 100,
        rotation,
        p.getProperty("creator#" + i, "unknown").strip(),
        licence);
  }

  private static float metres(Properties p, String key) {
    float cm = centimetres(p, key);
    if (!(cm > 0.01f && cm < 10_000)) {
      throw new IllegalArgumentException("%s is %s cm".formatted(key, cm));
    }
    return cm / 100;
  }

  private static float centimetres(Properties p, String key) {
    String value = p.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return Float.parseFloat(value.strip());
  }

  /** Whether a path stays inside the library. */
  static boolean safe(String inside) {
    return !inside.contains("..") && !inside.startsWith("/") && !inside.contains("\\");
  }

  @Override
  public Mesh read(LibraryEntry entry, Consumer<String> warnings) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      byte[] obj = bytes(zip, entry.model());
      if (obj == null) {
        throw new IOException("%s is missing".formatted(entry.model()));
      }
      Map<String, Texture> decoded = new HashMap<>();
      ObjReader reader =
          new ObjReader(
              name -> optional(zip, name),
              name ->
                  decoded.computeIfAbsent(
                      name, key -> texture(zip, key, w -> warnings.accept(entry.id() + ": " + w))),
              entry.model());
      MeshBuilder builder = reader.read(obj);
      fit(builder, entry);
      try {
        return builder.build(entry.id());
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  /** Turns a model as its entry says and stretches it to its stated size. */
  static void fit(MeshBuilder builder, LibraryEntry entry) throws IOException {
    float[] r = entry.rotation();
    builder.transform(new float[] {r[0], r[1], r[2], 0, r[3], r[4], r[5], 0, r[6], r[7], r[8], 0});
    float[] box = builder.bounds();
    float[] size = {entry.width(), entry.height(), entry.depth()};
    float[] scale = new float[3];
    for (int axis = 0; axis < 3; axis++) {
      float extent = box[3 + axis] - box[axis];
      if (!(extent >= 0) || !Float.isFinite(extent)) {
        throw new IOException("the model has no finite size");
      }
      scale[axis] = extent < 1e-6f ? 1 : size[axis] / extent;
    }
    builder.transform(
        new float[] {
          scale[0],
          0,
          0,
          -scale[0] * 0.5f * (box[0] + box[3]),
          0,
          scale[1],
          0,
          -scale[1] * box[1],
          0,
          0,
          scale[2],
          -scale[2] * 0.5f * (box[2] + box[5])
        });
  }

  private static byte @Nullable [] optional(ZipFile zip, String name) {
    try {
      return bytes(zip, name);
    } catch (IOException e) {
      return null;
    }
  }

  private static byte @Nullable [] bytes(ZipFile zip, String name) throws IOException {
    if (!safe(name)) {
      return null;
    }
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      return null;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] all = in.readNBytes((int) MAX_FILE + 1);
      if (all.length > MAX_FILE) {
        throw new IOException("%s is larger than %,d bytes".formatted(name, MAX_FILE));
      }
      return all;
    }
  }

  private static @Nullable Texture texture(ZipFile zip, String name, Consumer<String> warnings) {
    byte[] bytes = optional(zip, name);
    if (bytes == null) {
      warnings.accept("texture %s is missing".formatted(name));
      return null;
    }
    return texture(bytes, name, warnings);
  }

  /** Decodes a picture, or warns and answers null if it cannot be used. */
  static @Nullable Texture texture(byte[] bytes, String name, Consumer<String> warnings) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        warnings.accept("texture %s is of an unknown format".formatted(name));
        return null;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int w = reader.getWidth(0);
        int h = reader.getHeight(0);
        if (w > MAX_TEXTURE_SIDE || h > MAX_TEXTURE_SIDE || (long) w * h > 1L << 26) {
          warnings.accept("texture %s of %d x %d is too large".formatted(name, w, h));
          return null;
        }
        return scaled(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      warnings.accept("texture %s cannot be read: %s".formatted(name, e.getMessage()));
      return null;
    }
  }

  private static Texture scaled(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    BufferedImage now = argb(image, w, h);
    // Halving keeps each step a box filter; one big step would skip texels.
    while (Math.max(w, h) > TEXTURE_SIDE) {
      w = Math.max(1, Math.max(w / 2, Math.min(w, TEXTURE_SIDE)));
      h = Math.max(1, Math.max(h / 2, Math.min(h, TEXTURE_SIDE)));
      now = argb(now, w, h);
    }
    return new Texture(w, h, now.getRGB(0, 0, w, h, null, 0, w));
  }

  private static BufferedImage argb(BufferedImage image, int w, int h) {
    BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, w, h, null);
    g.dispose();
    return out;
  }
}

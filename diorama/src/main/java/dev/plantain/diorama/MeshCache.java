package dev.plantain.diorama;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prepared meshes on disk, hierarchy and scaled textures included, so that the next start needs no
 * OBJ parsing. A file that is damaged or of another version is made anew.
 */
final class MeshCache {
  private static final int MAGIC = 0x504c444d;
  private static final int VERSION = 4;

  private final Optional<Path> folder;

  private MeshCache(Optional<Path> folder) {
    this.folder = folder;
  }

  static MeshCache in(Path folder) {
    return new MeshCache(Optional.of(folder));
  }

  static MeshCache none() {
    return new MeshCache(Optional.empty());
  }

  /** {@code $XDG_CACHE_HOME/plantain/diorama}, or below {@code ~/.cache}. */
  static MeshCache standard() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return in(base.resolve("plantain").resolve("diorama"));
  }

  Mesh get(ModelLibrary library, LibraryEntry entry, Consumer<String> warnings) throws IOException {
    if (folder.isEmpty()) {
      return library.read(entry, warnings);
    }
    Path file = folder.get().resolve(key(library, entry) + ".mesh");
    Mesh cached = read(file);
    if (cached != null) {
      return cached;
    }
    Mesh fresh = library.read(entry, warnings);
    try {
      write(file, fresh);
    } catch (IOException e) {
      warnings.accept(
          "cannot keep prepared models in %s: %s".formatted(folder.get(), e.getMessage()));
    }
    return fresh;
  }

  private static String key(ModelLibrary library, LibraryEntry entry) {
    long h = library.fingerprint() ^ VERSION;
    // Not the record's own text: an array in it goes by its identity, another one in every run.
    String what =
        String.join(
            "\n",
            entry.id(),
            entry.model(),
            Float.toString(entry.width()),
            Float.toString(entry.depth()),
            Float.toString(entry.height()));
    for (byte b : what.getBytes(StandardCharsets.UTF_8)) {
      h = Rng.mix(h + b);
    }
    for (float r : entry.rotation()) {
      h = Rng.mix(h + Float.floatToIntBits(r));
    }
    return HexFormat.of().toHexDigits(h);
  }

  private static @Nullable Mesh read(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        return null;
      }
      String name = in.readUTF();
      Texture[] textures = new Texture[in.readInt()];
      for (int i = 0; i < textures.length; i++) {
        int w = in.readInt();
        int h = in.readInt();
        textures[i] = new Texture(w, h, ints(in));
      }
      Material[] materials = new Material[in.readInt()];
      for (int i = 0; i < materials.length; i++) {
        String material = in.readUTF();
        float[] f = floats(in);
        Material.Kind kind = Material.Kind.valueOf(in.readUTF());
        int texture = in.readInt();
        materials[i] =
            new Material(
                material,
                f[0],
                f[1],
                f[2],
                f[3],
                f[4],
                kind,
                texture < 0 ? null : textures[texture],
                null,
                f[5]);
      }
      float[] edges = floats(in);
      int[] normals = ints(in);
      float[] uv = floats(in);
      int[] packed = ints(in);
      short[] index = new short[packed.length];
      for (int i = 0; i < index.length; i++) {
        index[i] = (short) packed[i];
      }
      float[] nodes = floats(in);
      return in.readInt() == MAGIC
          ? Mesh.of(name, materials, edges, normals, uv, index, nodes)
          : null;
    } catch (IOException | RuntimeException e) {
      return null; // damaged: made anew
    }
  }

  private static void write(Path file, Mesh mesh) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path temporary = Files.createTempFile(parent, "mesh", ".tmp");
    try {
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16))) {
        write(out, mesh);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void write(DataOutputStream out, Mesh mesh) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(mesh.name());
    IdentityHashMap<Texture, Integer> textures = new IdentityHashMap<>();
    java.util.List<Texture> ordered = new java.util.ArrayList<>();
    for (Material m : mesh.materials()) {
      if (m.texture() != null && textures.putIfAbsent(m.texture(), ordered.size()) == null) {
        ordered.add(m.texture());
      }
    }
    out.writeInt(ordered.size());
    for (Texture t : ordered) {
      out.writeInt(t.width());
      out.writeInt(t.height());
      ints(out, t.pixels());
    }
    out.writeInt(mesh.materials().length);
    for (Material m : mesh.materials()) {
      out.writeUTF(m.name());
      floats(
          out,
          new float[] {m.red(), m.green(), m.blue(), m.specular(), m.roughness(), m.emission()});
      out.writeUTF(m.kind().name());
      Integer texture = m.texture() == null ? null : textures.get(m.texture());
      out.writeInt(texture == null ? -1 : texture);
    }
    floats(out, mesh.edges());
    ints(out, mesh.normals());
    floats(out, mesh.texture());
    int[] index = new int[mesh.triangles()];
    for (int i = 0; i < index.length; i++) {
      index[i] = mesh.material()[i];
    }
    ints(out, index);
    floats(out, mesh.nodes());
    out.writeInt(MAGIC);
  }

  private static void floats(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
    buffer.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(buffer.array());
  }

  private static void ints(DataOutputStream out, int[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
    buffer.asIntBuffer().put(values);
    out.writeInt(values.length);
    out.write(buffer.array());
  }

  private static float[] floats(DataInputStream in) throws IOException {
    ByteBuffer buffer = block(in);
    float[] values = new float[buffer.remaining() / 4];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  private static int[] ints(DataInputStream in) throws IOException {
    ByteBuffer buffer = block(in);
    int[] values = new int[buffer.remaining() / 4];
    buffer.asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer block(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > 1 << 27) {
      throw new EOFException("implausible length " + length);
    }
    byte[] bytes = in.readNBytes(4 * length);
    if (bytes.length != 4 * length) {
      throw new EOFException("cut short");
    }
    return ByteBuffer.wrap(bytes);
  }
}

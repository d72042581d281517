package dev.plantain.diorama;

import de.javagl.jgltf.impl.v2.Node;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.GltfModels;
import de.javagl.jgltf.model.ImageModel;
import de.javagl.jgltf.model.MaterialModel;
import de.javagl.jgltf.model.MeshModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.SceneModel;
import de.javagl.jgltf.model.TextureModel;
import de.javagl.jgltf.model.io.Buffers;
import de.javagl.jgltf.model.io.GltfAsset;
import de.javagl.jgltf.model.io.GltfAssetReader;
import de.javagl.jgltf.model.io.GltfReference;
import de.javagl.jgltf.model.io.v2.GltfAssetV2;
import de.javagl.jgltf.model.v2.MaterialModelV2;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Triangles and looks of a glTF 2.0 file (Khronos, "glTF 2.0 Specification"). Base colour, its
 * texture, alpha, metal, roughness and emission count; animations, skins and cameras do not.
 */
final class GltfReader {
  private static final int TRIANGLES = 4;
  private static final long MAX_FILE = 64L << 20;
  private static final long MAX_ELEMENTS = 6_000_000;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NODES = 20_000;

  private final Path folder;
  private final Consumer<String> warnings;
  private final MeshBuilder builder = new MeshBuilder();
  private final Map<MaterialModel, Integer> looks = new HashMap<>();
  private final Map<ImageModel, Optional<Texture>> textures = new HashMap<>();
  private final Map<Path, ByteBuffer> assets = new HashMap<>();
  private int nodes;
  private long triangles;
  private int plain = -1;

  /**
   * @param folder where the model lies; nothing outside of it is read
   */
  GltfReader(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  MeshBuilder read(String file) throws IOException {
    try {
      GltfModel model = GltfModels.create(asset(file));
      List<SceneModel> scenes = model.getSceneModels();
      List<NodeModel> roots =
          scenes.isEmpty()
              ? model.getNodeModels().stream().filter(n -> n.getParent() == null).toList()
              : scenes.getFirst().getNodeModels();
      for (NodeModel root : roots) {
        count(root);
      }
      for (NodeModel root : roots) {
        node(root);
      }
      return builder;
    } catch (RuntimeException e) {
      // The reader checks little and fails in many ways on files that break the rules.
      throw new IOException("%s is no usable glTF: %s".formatted(file, e), e);
    }
  }

  private GltfAsset asset(String file) throws IOException {
    Path path = folder.resolve(file);
    try (InputStream in = new BufferedInputStream(bounded(path))) {
      GltfAsset asset = new GltfAssetReader().readWithoutReferences(in);
      if (!(asset instanceof GltfAssetV2 second)) {
        throw new IOException(file + " is not glTF 2.0");
      }
      long elements = 0;
      if (second.getGltf().getAccessors() != null) {
        for (var accessor : second.getGltf().getAccessors()) {
          elements += Math.max(0, accessor.getCount());
        }
      }
      if (elements > MAX_ELEMENTS) {
        throw new IOException("%s has more than %,d elements".formatted(file, MAX_ELEMENTS));
      }
      tree(second.getGltf().getNodes());
      Path beside = path.getParent();
      for (GltfReference reference : asset.getReferences()) {
        reference.getTarget().accept(referenced(beside == null ? folder : beside, reference));
      }
      return asset;
    }
  }

  /** Nodes form trees; whoever follows a circle of them never comes back. */
  private static void tree(@Nullable List<Node> nodes) throws IOException {
    if (nodes == null) {
      return;
    }
    if (nodes.size() > MAX_NODES) {
      throw new IOException("it has more than %,d nodes".formatted(MAX_NODES));
    }
    int[] parents = new int[nodes.size()];
    Arrays.fill(parents, -1);
    for (int i = 0; i < parents.length; i++) {
      List<Integer> children = nodes.get(i).getChildren();
      for (int child : children == null ? List.<Integer>of() : children) {
        if (parents[child] >= 0) {
          throw new IOException("its node %d has two parents".formatted(child));
        }
        parents[child] = i;
      }
    }
    for (int i = 0; i < parents.length; i++) {
      int above = parents[i];
      for (int depth = 0; above >= 0; depth++) {
        if (depth == MAX_DEPTH) {
          throw new IOException("its nodes are nested too deep");
        }
        above = parents[above];
      }
    }
  }

  private static InputStream bounded(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("%s is missing".formatted(path));
    }
    if (Files.size(path) > MAX_FILE) {
      throw new IOException("%s is larger than %,d bytes".formatted(path, MAX_FILE));
    }
    return Files.newInputStream(path);
  }

  /** Read once, however many buffers and images name it. */
  private ByteBuffer referenced(Path beside, GltfReference reference) throws IOException {
    String uri = URLDecoder.decode(reference.getUri().replace("+", "%2B"), StandardCharsets.UTF_8);
    Path path = beside.resolve(uri).normalize();
    if (uri.contains(":") || !path.startsWith(folder.normalize())) {
      throw new IOException("it refers to %s, which is outside of %s".formatted(uri, folder));
    }
    ByteBuffer known = assets.get(path);
    if (known == null) {
      try (InputStream in = bounded(path)) {
        known = Buffers.create(in.readAllBytes());
      }
      assets.put(path, known);
    }
    return Buffers.createSlice(known);
  }

  /**
   * Many nodes may name one mesh, so a small file can hold more than memory does. A part counts as
   * one more than its triangles, or those without any would be free.
   */
  private void count(NodeModel node) throws IOException {
    if (++nodes > MAX_NODES) {
      throw new IOException("it has more than %,d nodes".formatted(MAX_NODES));
    }
    for (MeshModel mesh : node.getMeshModels()) {
      for (MeshPrimitiveModel part : mesh.getMeshPrimitiveModels()) {
        triangles += 1 + triangles(part);
        if (triangles > MeshBuilder.MAX_TRIANGLES) {
          throw new IOException(
              "it has more than %,d triangles".formatted(MeshBuilder.MAX_TRIANGLES));
        }
      }
    }
    for (NodeModel child : node.getChildren()) {
      count(child);
    }
  }

  private static int triangles(MeshPrimitiveModel part) {
    AccessorModel positions = part.getAttributes().get("POSITION");
    if (part.getMode() != TRIANGLES || positions == null) {
      return 0; // points and lines cover nothing
    }
    AccessorModel indices = part.getIndices();
    return (indices == null ? positions : indices).getCount() / 3;
  }

  private void node(NodeModel node) throws IOException {
    float[] m = node.computeGlobalTransform(null);
    for (MeshModel mesh : node.getMeshModels()) {
      for (MeshPrimitiveModel part : mesh.getMeshPrimitiveModels()) {
        primitive(part, m);
      }
    }
    for (NodeModel child : node.getChildren()) {
      node(child);
    }
  }

  /**
   * @param m world from node, 4 × 4, column by column
   */
  private void primitive(MeshPrimitiveModel part, float[] m) throws IOException {
    int count = 3 * triangles(part);
    AccessorModel positions = part.getAttributes().get("POSITION");
    if (count == 0 || positions == null) {
      return;
    }
    if (!(positions.getAccessorData() instanceof AccessorFloatData p)) {
      throw new IOException("its positions are compressed, which is not read");
    }
    AccessorFloatData uv = floats(part, "TEXCOORD_0");
    AccessorFloatData n = floats(part, "NORMAL");
    AccessorModel indices = part.getIndices();
    int material = material(part.getMaterialModel());
    boolean mirrored = determinant(m) < 0;
    float[] corners = new float[9];
    float[] texture = new float[6];
    float[] normals = new float[9];
    for (int i = 0; i < count; i += 3) {
      for (int k = 0; k < 3; k++) {
        int at = i + (mirrored && k > 0 ? 3 - k : k);
        int v = indices == null ? at : index(indices, at);
        turned(m, p.get(v, 0), p.get(v, 1), p.get(v, 2), 1, corners, 3 * k);
        if (uv != null) {
          texture[2 * k] = uv.get(v, 0);
          texture[2 * k + 1] = 1 - uv.get(v, 1); // glTF counts from the top
        }
        if (n != null) {
          normal(m, n, v, normals, 3 * k);
        }
      }
      builder.triangle(material, corners, texture, normals);
    }
  }

  private static @Nullable AccessorFloatData floats(MeshPrimitiveModel part, String name) {
    AccessorModel accessor = part.getAttributes().get(name);
    return accessor != null && accessor.getAccessorData() instanceof AccessorFloatData f ? f : null;
  }

  private static int index(AccessorModel indices, int at) throws IOException {
    return switch (indices.getAccessorData()) {
      case de.javagl.jgltf.model.AccessorByteData b -> b.getInt(at);
      case de.javagl.jgltf.model.AccessorShortData s -> s.getInt(at);
      case de.javagl.jgltf.model.AccessorIntData i -> i.get(at);
      default -> throw new IOException("its indices are no whole numbers");
    };
  }

  private static void turned(float[] m, float x, float y, float z, float w, float[] out, int at) {
    for (int row = 0; row < 3; row++) {
      out[at + row] = m[row] * x + m[4 + row] * y + m[8 + row] * z + w * m[12 + row];
    }
  }

  /** Normals turn with the cofactors, so that uneven scaling leaves them upright. */
  private static void normal(float[] m, AccessorFloatData n, int v, float[] out, int at) {
    float x = n.get(v, 0);
    float y = n.get(v, 1);
    float z = n.get(v, 2);
    double length = 0;
    for (int row = 0; row < 3; row++) {
      int a = (row + 1) % 3;
      int b = (row + 2) % 3;
      float value =
          (m[4 + a] * m[8 + b] - m[4 + b] * m[8 + a]) * x
              + (m[8 + a] * m[b] - m[8 + b] * m[a]) * y
              + (m[a] * m[4 + b] - m[b] * m[4 + a]) * z;
      out[at + row] = value;
      length += value * value;
    }
    float sign = determinant(m) < 0 ? -1 : 1;
    for (int row = 0; row < 3; row++) {
      out[at + row] = length < 1e-30 ? 0 : (float) (sign * out[at + row] / Math.sqrt(length));
    }
  }

  private static float determinant(float[] m) {
    return m[0] * (m[5] * m[10] - m[6] * m[9])
        - m[4] * (m[1] * m[10] - m[2] * m[9])
        + m[8] * (m[1] * m[6] - m[2] * m[5]);
  }

  private int material(@Nullable MaterialModel model) {
    if (!(model instanceof MaterialModelV2 m)) {
      if (plain < 0) {
        plain = builder.material(Material.plain("plain", new float[] {0.6f, 0.6f, 0.6f}));
      }
      return plain;
    }
    Integer known = looks.get(model);
    if (known != null) {
      return known;
    }
    int made = builder.material(look(m));
    looks.put(model, made);
    return made;
  }

  private Material look(MaterialModelV2 m) {
    float[] base = m.getBaseColorFactor();
    float[] glow = m.getEmissiveFactor();
    float alpha = base.length > 3 ? base[3] : 1;
    boolean glass = m.getAlphaMode() == MaterialModelV2.AlphaMode.BLEND && alpha < 0.75f;
    float metal = Math.clamp(m.getMetallicFactor(), 0f, 1f);
    Material look =
        new Material(
            m.getName() == null ? "material" : m.getName(),
            Math.clamp(base[0], 0f, 1f),
            Math.clamp(base[1], 0f, 1f),
            Math.clamp(base[2], 0f, 1f),
            0.04f + 0.6f * metal,
            Math.clamp(m.getRoughnessFactor(), 0.02f, 1f),
            glass ? Material.Kind.GLASS : Material.Kind.OPAQUE,
            null,
            null,
            glow == null ? 0 : Math.clamp((glow[0] + glow[1] + glow[2]) / 3, 0f, 1f));
    Texture image = texture(m.getBaseColorTexture());
    return image == null ? look : look.textured(image);
  }

  private @Nullable Texture texture(@Nullable TextureModel model) {
    ImageModel image = model == null ? null : model.getImageModel();
    return image == null ? null : textures.computeIfAbsent(image, this::decoded).orElse(null);
  }

  private Optional<Texture> decoded(ImageModel image) {
    ByteBuffer data = image.getImageData();
    if (data == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    String name = image.getUri() == null ? "in the file" : image.getUri();
    return Optional.ofNullable(
        FurnitureLibrary.texture(
            bytes, name.length() > 80 ? name.substring(0, 80) : name, warnings));
  }
}

package dev.plantain.sprout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Sprout's network with its weights: what training and drawing share. Not thread-safe.
 *
 * <p>Pictures are float32 B,3,H,W in −1..1 with sides that 16 divides.
 */
public final class SproutModel implements AutoCloseable {
  /** In metadata: the one task a study trained these weights for; they draw nothing. */
  public static final String SPECIALIST = "specialist";

  /** In metadata: what weights call themselves, for their users. */
  public static final String VERSION = "version";

  /** The version of weights that nobody named. */
  public static final String UNTITLED = "untitled";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHAPE = "shape";
  private static final int DEFAULT_SIDE = 128;

  private final NetworkShape shape;
  private final Parameters parameters;
  private final Network network;
  private final Map<String, String> metadata;

  private SproutModel(NetworkShape shape, Parameters parameters, Map<String, String> metadata) {
    this.shape = shape;
    this.parameters = parameters;
    this.network = new Network(parameters, shape);
    this.metadata = Map.copyOf(metadata);
  }

  /** An untrained model; equal seeds give equal ones. */
  public static SproutModel random(NetworkShape shape, long seed) {
    return new SproutModel(shape, Parameters.random(seed), Map.of());
  }

  /**
   * A model from the contents of a weights file, which this takes over.
   *
   * @param trainable whether gradients will be asked of it
   * @throws IOException if the contents are not Sprout's
   */
  public static SproutModel of(Safetensors.Contents contents, boolean trainable)
      throws IOException {
    return of(contents, shape -> shape, shape -> Parameters.of(contents.tensors(), trainable));
  }

  /**
   * A model from a weights file, not to be trained.
   *
   * @throws IOException if it cannot be read or is not Sprout's; names it
   */
  public static SproutModel read(Path file) throws IOException {
    Safetensors.Contents contents = Safetensors.read(file);
    try {
      return of(contents, false);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A deeper network that begins as a smaller one whose weights there are: blocks of the photo
   * encoder that these lack change nothing until they are trained. Takes the contents over.
   *
   * @param wanted of the same widths, with as many blocks or more
   * @param seed of the parameters that are added
   * @throws IOException if the contents are not Sprout's, or of other widths or more blocks
   */
  public static SproutModel grown(Safetensors.Contents contents, NetworkShape wanted, long seed)
      throws IOException {
    return of(
        contents,
        known -> wanted.grownFrom(known),
        known ->
            Parameters.grown(
                contents.tensors(),
                name -> PhotoEncoder.blockOf(name) >= known.photoBlocks(),
                seed));
  }

  private static SproutModel of(
      Safetensors.Contents contents,
      UnaryOperator<NetworkShape> shape,
      Function<NetworkShape, Parameters> parameters)
      throws IOException {
    String json = contents.metadata().get(SHAPE);
    if (json == null) {
      contents.tensors().values().forEach(Tensor::close);
      throw new IOException("these weights are not Sprout's: they do not state a network shape");
    }
    try {
      NetworkShape known = JSON.readValue(json, NetworkShape.class);
      return new SproutModel(shape.apply(known), parameters.apply(known), contents.metadata());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      contents.tensors().values().forEach(Tensor::close);
      throw new IOException(
          "these weights do not fit this version of Sprout: " + e.getMessage(), e);
    }
  }

  /**
   * This network with other parameters, which stay the caller's: what training adapts without
   * changing the weights themselves.
   *
   * @param parameters by name, of the same shapes
   */
  public SproutModel with(Map<String, Tensor> parameters) {
    return new SproutModel(shape, Parameters.borrowed(parameters), metadata);
  }

  public NetworkShape shape() {
    return shape;
  }

  /** Name to tensor; this model's own. */
  public Map<String, Tensor> parameters() {
    return parameters.all();
  }

  /** Side of the square whose area it was trained to draw last, in pixels. */
  public int side() {
    String side = metadata.getOrDefault("side", "");
    return side.matches("[1-9]\\d{0,3}") && Integer.parseInt(side) % NetworkShape.MULTIPLE == 0
        ? Integer.parseInt(side)
        : DEFAULT_SIDE;
  }

  /** What the weights file said of itself. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** What the weights call themselves. */
  public String version() {
    return metadata.getOrDefault(VERSION, UNTITLED);
  }

  /** SHA-256 of the parameters, by name and as float32: 64 hexadecimal digits. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      parameters()
          .forEach(
              (name, tensor) -> {
                float[] values = Tensors.floats(tensor);
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
                bytes.asFloatBuffer().put(values);
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Tensors and metadata for a weights file.
   *
   * @param values by name, such as averaged parameters; owned by the open scope when returned
   */
  public static Safetensors.Contents export(
      NetworkShape shape, Map<String, Tensor> values, Map<String, String> notes, ScalarType type) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    values.forEach((name, t) -> tensors.put(name, t.detach().to(type)));
    Map<String, String> metadata = new LinkedHashMap<>(notes);
    try {
      metadata.put(SHAPE, JSON.writeValueAsString(shape));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return new Safetensors.Contents(tensors, metadata);
  }

  /**
   * The clean drawings that noisy ones show.
   *
   * @param noisy B,3,H,W
   * @param time B in 0..1; 1 is clean
   * @param photos P,3,H,W; null if none is looked at
   * @param photoOf for each drawing the row of its photo, −1 for none
   * @param prompts one for each drawing
   */
  public Tensor clean(
      Tensor noisy,
      Tensor time,
      @Nullable Tensor photos,
      int[] photoOf,
      List<PromptTokens> prompts) {
    PhotoEncoder.Features features = look(photos, noisy.size(2), noisy.size(3));
    long[] rows = new long[photoOf.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = photoOf[i] + 1L;
    }
    return network.clean(
        noisy,
        time,
        features.select(Tensors.of(rows, rows.length)),
        network.prompt.encode(PromptEncoder.Batch.of(prompts)));
  }

  /** Features with the row of "no photo" first. */
  PhotoEncoder.Features look(@Nullable Tensor photos, long height, long width) {
    PhotoEncoder.Features none = network.photo.absent(height, width);
    return photos == null ? none : none.followedBy(network.photo.encode(photos));
  }

  Network network() {
    return network;
  }

  /** Keeps features beyond the open scope; the receiver closes them. */
  static PhotoEncoder.Features keep(Scope scope, PhotoEncoder.Features features) {
    features.maps().forEach(scope::keep);
    scope.keep(features.fine());
    return features;
  }

  @Override
  public void close() {
    parameters.close();
  }
}

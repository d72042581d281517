package dev.plantain.klein;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.torch.MappedTensors;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/**
 * A LoRA for the transformer, in the format that {@code diffusers} loads and saves: {@code
 * transformer.LAYER.lora_A.weight} (rank,in) and {@code lora_B} (out,rank), with PEFT's settings in
 * the file's metadata.
 */
final class Adapter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "transformer.";
  private static final String SETTINGS = "lora_adapter_metadata";

  private final Path file;
  private final String version;
  private final MappedTensors tensors;
  private final Map<String, LowRank> layers;

  /** An adapter and how strongly it is used, 1 as it was trained. */
  record Use(Adapter adapter, double scale) {

    /** Tells this use from that of another adapter, or of the same trained anew. */
    @Override
    public String toString() {
      return "%s@%s (%s)".formatted(adapter.file, scale, adapter.version);
    }
  }

  private Adapter(Path file, String version, MappedTensors tensors, Map<String, LowRank> layers) {
    this.file = file;
    this.version = version;
    this.tensors = tensors;
    this.layers = layers;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no adapter, half of a layer is missing, or it holds what this
   *     program does not know: nothing of an adapter is left out silently
   */
  static Adapter open(Path file) throws IOException {
    MappedTensors tensors = MappedTensors.open(file);
    boolean whole = false;
    try {
      String version =
          String.format(
              Locale.ROOT, "%d bytes of %s", Files.size(file), Files.getLastModifiedTime(file));
      Adapter adapter = new Adapter(file, version, tensors, layers(file, tensors));
      whole = true;
      return adapter;
    } finally {
      if (!whole) {
        tensors.close();
      }
    }
  }

  private static Map<String, LowRank> layers(Path file, MappedTensors tensors) throws IOException {
    AdapterSettings settings = AdapterSettings.of(tensors.metadata().get(SETTINGS), file);
    TreeMap<String, Tensor> downs = new TreeMap<>();
    TreeMap<String, Tensor> ups = new TreeMap<>();
    for (String name : tensors.names()) {
      String bare = name.startsWith("base_model.model.") ? name.substring(17) : name;
      String layer = bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare;
      if (layer.endsWith(".lora_A.weight")) {
        downs.put(layer.substring(0, layer.length() - 14), tensors.get(name));
      } else if (layer.endsWith(".lora_B.weight")) {
        ups.put(layer.substring(0, layer.length() - 14), tensors.get(name));
      } else {
        throw new IOException(
            "%s: \"%s\" is no part of a LoRA that this program knows; it needs LAYER.lora_A.weight and LAYER.lora_B.weight, as diffusers saves them"
                .formatted(file, name));
      }
    }
    TreeSet<String> halves = new TreeSet<>(downs.keySet());
    halves.addAll(ups.keySet());
    halves.removeIf(layer -> downs.containsKey(layer) && ups.containsKey(layer));
    if (!halves.isEmpty() || downs.isEmpty()) {
      throw new IOException(
          halves.isEmpty()
              ? file + " holds no LoRA"
              : "%s: one half of %s is missing".formatted(file, halves.first()));
    }
    Map<String, LowRank> layers = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> e : downs.entrySet()) {
      Tensor up = ups.get(e.getKey());
      Tensor down = e.getValue();
      if (up == null
          || down.dim() != 2
          || up.dim() != 2
          || down.size(0) != up.size(1)
          || down.size(0) < 1) {
        throw new IOException("%s: the halves of %s do not fit".formatted(file, e.getKey()));
      }
      long rank = down.size(0);
      layers.put(e.getKey(), new LowRank(down, up, settings.strength(e.getKey(), rank)));
    }
    return layers;
  }

  /** Layer name to change, at the scale it was trained. */
  Map<String, LowRank> layers() {
    return layers;
  }

  /**
   * Lays this over a transformer, beside adapters that are there already; it must stay open as long
   * as that.
   *
   * @throws IOException if a layer is unknown or has another size: the adapter is for another model
   */
  void layOver(Transformer transformer, double scale) throws IOException {
    for (Map.Entry<String, LowRank> e : layers.entrySet()) {
      Linear linear = transformer.linears().get(e.getKey());
      LowRank change = e.getValue();
      if (linear == null) {
        throw new IOException(
            "%s changes %s, which this model does not have; it was made for another"
                .formatted(file, e.getKey()));
      }
      if (change.down().size(1) != linear.in() || change.up().size(0) != linear.out()) {
        throw new IOException(
            "%s: %s is %d to %d, this model's is %d to %d; it was made for another"
                .formatted(
                    file,
                    e.getKey(),
                    change.down().size(1),
                    change.up().size(0),
                    linear.in(),
                    linear.out()));
      }
    }
    layers.forEach(
        (name, change) -> {
          Linear linear = transformer.linears().get(name);
          if (linear != null) {
            linear.adapt(new LowRank(change.down(), change.up(), change.strength() * scale));
          }
        });
  }

  /**
   * Saves layers as {@code diffusers} does.
   *
   * @param layers all of one rank
   * @param alpha {@code strength · rank} of all of them
   * @throws IOException if it cannot be written; no partial file keeps the name
   */
  static void write(Path file, Map<String, LowRank> layers, long rank, double alpha)
      throws IOException {
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> tensors = new TreeMap<>();
      layers.forEach(
          (name, change) -> {
            tensors.put(PREFIX + name + ".lora_A.weight", change.down().detach());
            tensors.put(PREFIX + name + ".lora_B.weight", change.up().detach());
          });
      ObjectNode settings = JSON.createObjectNode();
      settings.put(PREFIX + "r", rank);
      settings.put(PREFIX + "lora_alpha", alpha);
      ArrayNode targets = settings.putArray(PREFIX + "target_modules");
      layers.keySet().forEach(targets::add);
      try {
        Safetensors.write(
            file, tensors, Map.of("format", "pt", SETTINGS, JSON.writeValueAsString(settings)));
      } catch (JsonProcessingException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public void close() {
    tensors.close();
  }
}

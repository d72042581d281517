package dev.plantain.klein;

import dev.plantain.torch.Noise;
import dev.plantain.torch.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Low-rank changes that can be trained: float32, with gradients. */
final class LoraLayers implements AutoCloseable {
  /**
   * The matrices that attention and feed-forward layers are made of: a large share of the network
   * must be able to change for it to learn a new kind of drawing.
   */
  static final Pattern BLOCKS =
      Pattern.compile(
          "transformer_blocks\\.\\d+\\.(attn\\.(to_[qkv]|to_out\\.0|add_[qkv]_proj|to_add_out)"
              + "|ff(_context)?\\.linear_(in|out))"
              + "|single_transformer_blocks\\.\\d+\\.attn\\.(to_qkv_mlp_proj|to_out)");

  private final Map<String, LowRank> layers;
  private final long rank;
  private final double alpha;

  private LoraLayers(Map<String, LowRank> layers, long rank, double alpha) {
    this.layers = layers;
    this.rank = rank;
    this.alpha = alpha;
  }

  /**
   * New layers, which change nothing yet, laid over a network.
   *
   * @param targets which matrices, by their names
   * @throws IllegalArgumentException if no matrix has such a name
   */
  static LoraLayers fresh(Transformer net, Pattern targets, KleinTuning.Settings settings) {
    int rank = settings.rank();
    Map<String, LowRank> layers = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      Noise noise = Noise.seeded(settings.seed());
      net.linears()
          .forEach(
              (name, linear) -> {
                if (targets.matcher(name).matches()) {
                  Tensor down =
                      noise
                          .next(rank, linear.in())
                          .div(new org.bytedeco.pytorch.Scalar(Math.sqrt((double) rank)));
                  Tensor up = torch.zeros(linear.out(), rank);
                  layers.put(name, leaf(scope, down, up, settings.alpha() / rank));
                }
              });
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("no matrix is named like " + targets);
    }
    layers.forEach((name, change) -> get(net, name).adapt(change));
    return new LoraLayers(layers, rank, settings.alpha());
  }

  /** An adapter's layers to train on, laid over a network; all must be of one rank and strength. */
  static LoraLayers of(Adapter adapter, Transformer net) {
    Map<String, LowRank> layers = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      adapter
          .layers()
          .forEach(
              (name, c) ->
                  layers.put(
                      name,
                      leaf(
                          scope,
                          c.down().to(ScalarType.Float).clone(),
                          c.up().to(ScalarType.Float).clone(),
                          c.strength())));
    }
    LowRank first = layers.values().iterator().next();
    for (LowRank c : layers.values()) {
      if (c.rank() != first.rank() || c.strength() != first.strength()) {
        throw new IllegalArgumentException(
            "an adapter whose layers differ in rank or strength cannot be trained further");
      }
    }
    layers.forEach((name, change) -> get(net, name).adapt(change));
    return new LoraLayers(layers, first.rank(), first.strength() * first.rank());
  }

  private static LowRank leaf(Scope scope, Tensor down, Tensor up, double strength) {
    return new LowRank(
        scope.keep(down.detach().set_requires_grad(true)),
        scope.keep(up.detach().set_requires_grad(true)),
        strength);
  }

  private static Linear get(Transformer net, String name) {
    Linear linear = net.linears().get(name);
    if (linear == null) {
      throw new IllegalArgumentException("the network has no matrix " + name);
    }
    return linear;
  }

  /** Parameters by the names they are saved under, without {@code transformer.}. */
  Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    layers.forEach(
        (name, change) -> {
          all.put(name + ".lora_A.weight", change.down());
          all.put(name + ".lora_B.weight", change.up());
        });
    return all;
  }

  /** Saves as {@code diffusers} does. */
  void save(Path file) throws IOException {
    Adapter.write(file, layers, rank, alpha);
  }

  List<String> names() {
    return List.copyOf(layers.keySet());
  }

  @Override
  public void close() {
    parameters().values().forEach(Tensor::close);
  }
}

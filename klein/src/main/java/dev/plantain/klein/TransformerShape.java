package dev.plantain.klein;

import java.io.IOException;

/**
 * Sizes of a {@code Flux2Transformer2DModel}. FLUX.2 [klein] 4B: 5 double and 20 single blocks, 24
 * heads of 128; 9B: 8 and 24, 32 heads of 128.
 *
 * @param channels of a token that goes in and comes out
 * @param doubleBlocks blocks with separate weights for text and pictures
 * @param singleBlocks blocks with the same weights for both
 * @param heads of attention
 * @param headSize values of one head
 * @param textWidth values of a text token
 * @param timeChannels waves that a time is written in
 * @param hidden width of the feed-forward layers
 * @param axes values of a head that each of the four rotary axes turns
 * @param theta base of the rotary frequencies
 * @param epsilon of all normalisations
 */
record TransformerShape(
    int channels,
    int doubleBlocks,
    int singleBlocks,
    int heads,
    int headSize,
    int textWidth,
    int timeChannels,
    int hidden,
    int[] axes,
    double theta,
    double epsilon) {

  private static final int MAX_WIDTH = 1 << 16;

  /** Values of a token inside. */
  int width() {
    return heads * headSize;
  }

  /**
   * Reads {@code transformer/config.json}.
   *
   * @throws IOException if it is missing, or describes another network than this program has
   */
  static TransformerShape read(Config config) throws IOException {
    config.require("_class_name", "Flux2Transformer2DModel");
    config.require("patch_size", 1);
    config.require("guidance_embeds", false);
    int heads = config.size("num_attention_heads", 1024);
    int headSize = config.size("attention_head_dim", 1024);
    int channels = config.size("in_channels", MAX_WIDTH);
    config.require("out_channels", channels);
    int[] axes = config.sizes("axes_dims_rope", 4, headSize);
    if (java.util.Arrays.stream(axes).sum() != headSize
        || java.util.Arrays.stream(axes).anyMatch(a -> a % 2 != 0)) {
      throw new IOException(
          "the transformer's axes_dims_rope must be even and add up to attention_head_dim");
    }
    return new TransformerShape(
        channels,
        config.size("num_layers", 1024),
        config.size("num_single_layers", 1024),
        heads,
        headSize,
        config.size("joint_attention_dim", MAX_WIDTH),
        config.size("timestep_guidance_channels", MAX_WIDTH, 256),
        (int) (heads * headSize * config.positive("mlp_ratio", 3)),
        axes,
        config.positive("rope_theta", 2000),
        config.positive("eps", 1e-6));
  }
}

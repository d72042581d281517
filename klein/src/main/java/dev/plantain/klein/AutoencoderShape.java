package dev.plantain.klein;

import java.io.IOException;

/**
 * Sizes of an {@code AutoencoderKLFlux2}.
 *
 * @param latents channels of the code
 * @param encoder channels of each stage, from the picture inwards; each but the last halves it
 * @param decoder channels of each stage of the decoder, from the picture inwards
 * @param layers residual blocks of a stage; the decoder has one more
 * @param groups of group normalisation
 * @param attends whether the middle has attention
 * @param before whether there is a 1x1 convolution behind the encoder
 * @param after whether there is a 1x1 convolution before the decoder
 * @param statisticsEpsilon added to the variances of the code
 */
record AutoencoderShape(
    int latents,
    int[] encoder,
    int[] decoder,
    int layers,
    int groups,
    boolean attends,
    boolean before,
    boolean after,
    double statisticsEpsilon) {

  private static final int MAX_CHANNELS = 1 << 14;
  private static final int STAGES = 4;

  /**
   * Reads {@code vae/config.json}.
   *
   * @throws IOException if it is missing, or describes another network than this program has
   */
  static AutoencoderShape read(Config config) throws IOException {
    config.require("_class_name", "AutoencoderKLFlux2");
    config.require("act_fn", "silu");
    config.require("in_channels", 3);
    config.require("out_channels", 3);
    int[] encoder = config.sizes("block_out_channels", STAGES, MAX_CHANNELS);
    for (int side :
        config.has("patch_size") ? config.sizes("patch_size", 2, 16) : new int[] {2, 2}) {
      if (side != Latents.PATCH) {
        throw new IOException("the autoencoder's patch_size must be 2 x 2");
      }
    }
    return new AutoencoderShape(
        config.size("latent_channels", MAX_CHANNELS),
        encoder,
        config.has("decoder_block_out_channels")
            ? config.sizes("decoder_block_out_channels", STAGES, MAX_CHANNELS)
            : encoder,
        config.size("layers_per_block", 64),
        config.size("norm_num_groups", 1024, 32),
        config.flag("mid_block_add_attention", true),
        config.flag("use_quant_conv", true),
        config.flag("use_post_quant_conv", true),
        config.positive("batch_norm_eps", 1e-4));
  }
}

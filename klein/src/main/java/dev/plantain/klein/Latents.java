package dev.plantain.klein;

import org.bytedeco.pytorch.Tensor;

/** Codes of pictures in the forms that autoencoder and transformer want them in. */
final class Latents {
  /** Values of a code, along a side, in one token. */
  static final int PATCH = 2;

  /** Pixels of a picture, along a side, in one token. */
  static final int PIXELS = Autoencoder.SHRINK * PATCH;

  private Latents() {}

  /** B,C,2·h,2·w to B,4·C,h,w: four neighbours in one place. */
  static Tensor patch(Tensor x) {
    long c = x.size(1);
    long h = x.size(2) / PATCH;
    long w = x.size(3) / PATCH;
    return x.reshape(x.size(0), c, h, PATCH, w, PATCH)
        .permute(0, 1, 3, 5, 2, 4)
        .reshape(x.size(0), c * PATCH * PATCH, h, w);
  }

  /** The inverse of {@link #patch}. */
  static Tensor unpatch(Tensor x) {
    long c = x.size(1) / (PATCH * PATCH);
    long h = x.size(2);
    long w = x.size(3);
    return x.reshape(x.size(0), c, PATCH, PATCH, h, w)
        .permute(0, 1, 4, 2, 5, 3)
        .reshape(x.size(0), c, h * PATCH, w * PATCH);
  }

  /** B,C,h,w to tokens B,h·w,C, row by row. */
  static Tensor tokens(Tensor x) {
    return x.flatten(2, 3).transpose(1, 2);
  }

  /** The inverse of {@link #tokens}. */
  static Tensor map(Tensor tokens, long rows, long columns) {
    return tokens.transpose(1, 2).reshape(tokens.size(0), tokens.size(2), rows, columns);
  }
}

package dev.plantain.sprout;

import dev.plantain.torch.Init;
import dev.plantain.torch.Layers.Dense;
import dev.plantain.torch.Layers.LayerNorm;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Prompt tokens to vectors that maps attend to; colours enter as numbers. */
final class PromptEncoder {
  /** Octaves of the Fourier features of a colour's three values. */
  private static final int OCTAVES = 4;

  private static final int COLOUR_FEATURES = 3 + 3 * 2 * OCTAVES;

  private final Dense words;
  private final LayerNorm wordsNorm;
  private final Dense colour;
  private final Tensor kinds;
  private final Dense mix1;
  private final Dense mix2;
  private final TransformerBlock block;
  private final LayerNorm norm;

  /**
   * Prompts of one batch, padded to equal length.
   *
   * @param vectors B,L,384
   * @param rgb B,L,3 in 0..1
   * @param coloured B,L,1
   * @param whole B,L,1
   * @param present B,L: 1 for a token, 0 for padding
   * @param entries leading columns that may be pointed to, the most of any prompt (0 allowed)
   */
  record Batch(
      Tensor vectors, Tensor rgb, Tensor coloured, Tensor whole, Tensor present, int entries) {

    static Batch of(List<PromptTokens> prompts) {
      int rows = prompts.stream().mapToInt(PromptTokens::rows).max().orElse(1);
      int n = prompts.size();
      float[] vectors = new float[n * rows * SentenceEncoder.WIDTH];
      float[] rgb = new float[n * rows * 3];
      float[] coloured = new float[n * rows];
      float[] whole = new float[n * rows];
      float[] present = new float[n * rows];
      int entries = 0;
      for (int b = 0; b < n; b++) {
        PromptTokens t = prompts.get(b);
        int at = b * rows;
        System.arraycopy(t.vectors(), 0, vectors, at * SentenceEncoder.WIDTH, t.vectors().length);
        System.arraycopy(t.rgb(), 0, rgb, at * 3, t.rgb().length);
        System.arraycopy(t.coloured(), 0, coloured, at, t.rows());
        System.arraycopy(t.whole(), 0, whole, at, t.rows());
        java.util.Arrays.fill(present, at, at + t.rows(), 1);
        entries = Math.max(entries, t.entries());
      }
      return new Batch(
          Tensors.of(vectors, n, rows, SentenceEncoder.WIDTH),
          Tensors.of(rgb, n, rows, 3),
          Tensors.of(coloured, n, rows, 1),
          Tensors.of(whole, n, rows, 1),
          Tensors.of(present, n, rows),
          entries);
    }
  }

  /**
   * A batch of prompts, encoded.
   *
   * @param tokens B,L,token
   * @param mask B,1,1,L: 0 for a token, −10⁴ for padding
   * @param gist B,token: the mean token
   * @param entryRgb B,E,3 in −1..1: the colours that may be pointed to
   * @param entryMask B,E,1,1: 0 where there is an entry, −10⁴ elsewhere
   */
  record Encoded(Tensor tokens, Tensor mask, Tensor gist, Tensor entryRgb, Tensor entryMask) {
    int entries() {
      return (int) entryRgb.size(1);
    }
  }

  PromptEncoder(Parameters p, NetworkShape shape) {
    int d = shape.token();
    wordsNorm = LayerNorm.of(p, "prompt.words.norm", SentenceEncoder.WIDTH);
    words = Dense.of(p, "prompt.words", SentenceEncoder.WIDTH, d);
    colour = Dense.of(p, "prompt.colour", COLOUR_FEATURES, d);
    kinds = p.get("prompt.kinds", Init.normal(0.1), 2, d);
    mix1 = Dense.of(p, "prompt.mix1", d, 2 * d);
    mix2 = Dense.of(p, "prompt.mix2", 2 * d, d, Init.normal(0.01));
    block = TransformerBlock.of(p, "prompt.block", d, 4, 2);
    norm = LayerNorm.of(p, "prompt.norm", d);
  }

  Encoded encode(Batch batch) {
    Tensor hue = colour.apply(fourier(batch.rgb())).mul(batch.coloured());
    Tensor kind =
        kinds.select(0, 0).mul(batch.coloured()).add(kinds.select(0, 1).mul(batch.whole()));
    Tensor x = words.apply(wordsNorm.apply(batch.vectors())).add(hue).add(kind);
    x = x.add(mix2.apply(torch.gelu(mix1.apply(x))));
    Tensor missing = batch.present().sub(Tensors.scalar(1)).mul(Tensors.scalar(1e4));
    Tensor mask = missing.unsqueeze(1).unsqueeze(1);
    x = norm.apply(block.apply(x, mask));
    Tensor weight = batch.present().unsqueeze(2);
    Tensor gist = x.mul(weight).sum(1).div(weight.sum(1));
    int e = batch.entries();
    Tensor isEntry = batch.coloured().narrow(1, 0, e).mul(batch.whole().narrow(1, 0, e));
    return new Encoded(
        x,
        mask,
        gist,
        batch.rgb().narrow(1, 0, e).mul(Tensors.scalar(2)).sub(Tensors.scalar(1)),
        isEntry.sub(Tensors.scalar(1)).mul(Tensors.scalar(1e4)).unsqueeze(3));
  }

  /** …,3 values to …,27: the values, and sines and cosines of four octaves of each. */
  private static Tensor fourier(Tensor rgb) {
    Tensor[] parts = new Tensor[1 + 2 * OCTAVES];
    parts[0] = rgb;
    for (int octave = 0; octave < OCTAVES; octave++) {
      Tensor angle = rgb.mul(Tensors.scalar(Math.PI * (1 << octave)));
      parts[1 + 2 * octave] = torch.sin(angle);
      parts[2 + 2 * octave] = torch.cos(angle);
    }
    return Tensors.cat(2, parts);
  }
}

package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The network that draws: FLUX.2's transformer over text and picture tokens, which tells in which
 * direction to move a noisy drawing. (Source: diffusers, {@code Flux2Transformer2DModel}.)
 */
final class Transformer implements AutoCloseable {
  private final TransformerShape shape;
  private final Weights weights;
  private final TimeEmbedding time;
  private final Linear pictureTimes;
  private final Linear textTimes;
  private final Linear singleTimes;
  private final Linear pictureIn;
  private final Linear textIn;
  private final List<DoubleBlock> doubles = new ArrayList<>();
  private final List<SingleBlock> singles = new ArrayList<>();
  private final Linear lastTimes;
  private final Linear out;

  Transformer(TransformerShape shape, Weights w) {
    this.shape = shape;
    this.weights = w;
    int d = shape.width();
    time = new TimeEmbedding(w, shape);
    pictureTimes = w.linear("double_stream_modulation_img.linear", d, 6L * d);
    textTimes = w.linear("double_stream_modulation_txt.linear", d, 6L * d);
    singleTimes = w.linear("single_stream_modulation.linear", d, 3L * d);
    pictureIn = w.linear("x_embedder", shape.channels(), d);
    textIn = w.linear("context_embedder", shape.textWidth(), d);
    for (int i = 0; i < shape.doubleBlocks(); i++) {
      doubles.add(new DoubleBlock(w, "transformer_blocks." + i, shape));
    }
    for (int i = 0; i < shape.singleBlocks(); i++) {
      singles.add(new SingleBlock(w, "single_transformer_blocks." + i, shape));
    }
    lastTimes = w.linear("norm_out.linear", d, 2L * d);
    out = w.linear("proj_out", d, shape.channels());
    w.requireAllUsed(name -> false);
  }

  /** Opens the transformer in a folder of its own. */
  static Transformer open(Path folder, Compute compute, boolean streamed) throws IOException {
    TransformerShape shape = TransformerShape.read(Config.read(folder.resolve("config.json")));
    Weights weights = Weights.open(folder, "diffusion_pytorch_model", compute, streamed);
    return weights.networkOf(w -> new Transformer(shape, w));
  }

  TransformerShape shape() {
    return shape;
  }

  Compute compute() {
    return weights.compute();
  }

  /** All matrices by name, for adapters. */
  Map<String, Linear> linears() {
    return weights.linears();
  }

  /**
   * What one call is given.
   *
   * @param pictures B,N,channels: noise, and references behind it or, if they are to be kept,
   *     before it
   * @param pictureTurns N positions
   * @param text B,L,textWidth
   * @param times noise level of each picture, B, 1 is all noise
   * @param keep references at the front to keep in the cache: tokens, 0 for none
   * @param cache of references, null for none
   */
  record Call(
      Tensor pictures,
      Rotary pictureTurns,
      Tensor text,
      float[] times,
      long keep,
      @Nullable ReferenceCache cache) {}

  /** The positions of tokens as turns. */
  Rotary turns(int[][] positions) {
    return Rotary.of(positions, shape.axes(), shape.theta(), compute());
  }

  /**
   * The direction from the drawing to the noise: B,N,channels float32, of the noise's tokens and
   * those behind it; kept references are left out.
   */
  Tensor apply(Call call) {
    try (Scope scope = Scope.open()) {
      State state = begin(call);
      for (int i = 0; i < blocks(); i++) {
        state = block(i, state);
      }
      return scope.handOver(end(state));
    }
  }

  /**
   * All that passes from block to block.
   *
   * @param text B,L,D; empty once both streams are one
   * @param pictures B,N,D, or B,L+N,D when the streams are one
   * @param temb B,D
   * @param pictureTimes B,6·D or B,N,6·D
   * @param textTimes B,6·D
   * @param singleTimes B,3·D or B,L+N,3·D
   */
  record State(
      @Nullable Tensor text,
      Tensor pictures,
      Tensor temb,
      Tensor pictureTimes,
      Tensor textTimes,
      Tensor singleTimes,
      Rotary turns,
      JointAttention attention) {

    State with(@Nullable Tensor newText, Tensor newPictures) {
      return new State(
          newText, newPictures, temb, pictureTimes, textTimes, singleTimes, turns, attention);
    }
  }

  int blocks() {
    return doubles.size() + singles.size();
  }

  /** Before the first block. */
  State begin(Call call) {
    Tensor temb = time.apply(call.times);
    Tensor act = Ops.silu(temb);
    Tensor pictures = pictureIn.apply(compute().place(call.pictures));
    Tensor text = textIn.apply(compute().place(call.text));
    long l = text.size(1);
    long n = pictures.size(1);
    Tensor pt = pictureTimes.apply(act);
    Tensor st = singleTimes.apply(act);
    if (call.keep > 0) {
      // References that are kept see time 0 in all steps.
      Tensor still = Ops.silu(time.apply(new float[call.times.length]));
      pt = Tensors.cat(1, each(pictureTimes.apply(still), call.keep), each(pt, n - call.keep));
      st =
          Tensors.cat(
              1, each(st, l), each(singleTimes.apply(still), call.keep), each(st, n - call.keep));
    }
    return new State(
        text,
        pictures,
        temb,
        pt,
        textTimes.apply(act),
        st,
        turns(Positions.text((int) l)).then(call.pictureTurns),
        new JointAttention(l, call.keep, call.cache));
  }

  /** B,C to B,n,C. */
  private static Tensor each(Tensor x, long n) {
    return x.unsqueeze(1).expand(x.size(0), n, x.size(1));
  }

  /** The block of this index, double ones first. */
  State block(int index, State s) {
    if (index < doubles.size() && s.text != null) {
      DoubleBlock.Streams done =
          doubles
              .get(index)
              .apply(
                  new DoubleBlock.Streams(s.text, s.pictures),
                  s.pictureTimes,
                  s.textTimes,
                  s.turns,
                  s.attention);
      return s.with(done.text(), done.pictures());
    }
    // B,L+N,D from the first single block on.
    Tensor all = s.text == null ? s.pictures : Tensors.cat(1, s.text, s.pictures);
    SingleBlock block = singles.get(index - doubles.size());
    return s.with(null, block.apply(all, s.singleTimes, s.turns, s.attention));
  }

  /** After the last block. */
  Tensor end(State s) {
    long skip = s.attention.text() + s.attention.references();
    Tensor x = s.pictures.narrow(1, skip, s.pictures.size(1) - skip);
    Tensor bent = lastTimes.apply(Ops.silu(s.temb)).unsqueeze(1);
    int d = shape.width();
    Modulation last =
        new Modulation(bent.narrow(2, d, d), bent.narrow(2, 0, d), bent.narrow(2, 0, d));
    return out.apply(last.bend(x, shape.epsilon()))
        .to(org.bytedeco.pytorch.global.torch.ScalarType.Float);
  }

  @Override
  public void close() {
    weights.close();
  }
}

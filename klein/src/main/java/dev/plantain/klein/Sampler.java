package dev.plantain.klein;

import dev.plantain.core.GeneratorException;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Draws codes: from noise, step by step, along the directions the transformer tells. */
final class Sampler {
  private final Transformer transformer;
  private final boolean keepsReferences;

  /**
   * @param keepsReferences whether the checkpoint was made for keeping the references' keys and
   *     values; for any other that would change the drawing
   */
  Sampler(Transformer transformer, boolean keepsReferences) {
    this.transformer = transformer;
    this.keepsReferences = keepsReferences;
  }

  /**
   * What is drawn.
   *
   * @param text B,512,textWidth
   * @param without the same of the empty prompt, for guidance; null for none
   * @param guidance how far to go from {@code without} to {@code text}, 1 is to {@code text}
   * @param references 1,C,h,w each
   * @param progress told the steps done
   */
  record Drawing(
      Tensor text,
      @Nullable Tensor without,
      double guidance,
      List<Tensor> references,
      int steps,
      Progress progress) {}

  /** Told of each step. */
  @FunctionalInterface
  interface Progress {
    void step(int done, int steps);
  }

  /** Noise B,C,h,w to codes B,C,h,w. */
  Tensor draw(Tensor noise, Drawing d) {
    int rows = (int) noise.size(2);
    int columns = (int) noise.size(3);
    Schedule schedule = Schedule.of(rows * columns, d.steps);
    try (Scope scope = Scope.open();
        ReferenceCache kept = new ReferenceCache();
        ReferenceCache keptWithout = new ReferenceCache()) {
      Rotary turns = transformer.turns(Positions.drawing(rows, columns));
      Rotary referenceTurns = null;
      Tensor references = null;
      for (int i = 0; i < d.references.size(); i++) {
        Tensor r = d.references.get(i);
        Rotary own = transformer.turns(Positions.reference(i, (int) r.size(2), (int) r.size(3)));
        Tensor tokens = Latents.tokens(r).expand(noise.size(0), r.size(2) * r.size(3), r.size(1));
        referenceTurns = referenceTurns == null ? own : referenceTurns.then(own);
        references = references == null ? tokens : Tensors.cat(1, references, tokens);
      }
      References all =
          references == null || referenceTurns == null
              ? null
              : new References(references, referenceTurns);
      Tensor x = Latents.tokens(transformer.compute().place(noise, noise.scalar_type()));
      for (int i = 0; i < schedule.steps(); i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new GeneratorException("interrupted after %d of %d steps".formatted(i, d.steps));
        }
        float level = schedule.levels()[i];
        try (Scope step = Scope.open()) {
          Tensor v = direction(x, turns, all, d.text, level, kept);
          if (d.without != null) {
            Tensor plain = direction(x, turns, all, d.without, level, keptWithout);
            v = plain.add(v.sub(plain), Tensors.scalar(d.guidance));
          }
          x = step.handOver(x.add(v, Tensors.scalar(schedule.levels()[i + 1] - level)));
        }
        d.progress.step(i + 1, d.steps);
      }
      return scope.handOver(Latents.map(x, rows, columns));
    }
  }

  private record References(Tensor tokens, Rotary turns) {}

  private Tensor direction(
      Tensor x,
      Rotary turns,
      @Nullable References references,
      Tensor text,
      float level,
      ReferenceCache kept) {
    long n = x.size(1);
    float[] times = new float[(int) x.size(0)];
    java.util.Arrays.fill(times, level);
    if (references == null) {
      return transformer.apply(new Transformer.Call(x, turns, text, times, 0, null));
    }
    if (!keepsReferences) {
      Tensor both = Tensors.cat(1, x, references.tokens);
      Rotary all = turns.then(references.turns);
      return transformer
          .apply(new Transformer.Call(both, all, text, times, 0, null))
          .narrow(1, 0, n);
    }
    if (!kept.isEmpty()) {
      return transformer.apply(new Transformer.Call(x, turns, text, times, 0, kept));
    }
    Tensor both = Tensors.cat(1, references.tokens, x);
    Rotary all = references.turns.then(turns);
    long r = references.tokens.size(1);
    return transformer.apply(new Transformer.Call(both, all, text, times, r, kept));
  }
}

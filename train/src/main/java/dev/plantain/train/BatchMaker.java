package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.sprout.PromptTokenizer;
import dev.plantain.sprout.PromptTokens;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes the batch of any step from the seed and the step's number alone. */
final class BatchMaker {
  private final ExampleSource source;
  private final PromptTokenizer tokenizer;
  private final long seed;
  private final Set<Kind> even;

  /**
   * @param even kinds of which every known pixel counts alike; of the others colours do, of edits
   *     what changes: see {@link ColourWeight} and {@link ChangeWeight}
   */
  BatchMaker(ExampleSource source, PromptTokenizer tokenizer, long seed, Set<Kind> even) {
    this.source = source;
    this.tokenizer = tokenizer;
    this.seed = seed;
    this.even = Set.copyOf(even);
  }

  /** Words that the examples teach. */
  Set<String> vocabulary() {
    return source.vocabulary();
  }

  Batch make(Stage stage, int step) {
    ExampleSource.Step made = source.step(stage, random(seed, step));
    List<Example> examples = made.examples();
    ExampleSource.Frame frame = made.frame();
    int width = frame.width();
    int height = frame.height();
    List<byte[]> photos = new ArrayList<>();
    IdentityHashMap<Image, Integer> rows = new IdentityHashMap<>();
    int[] photoOf = new int[examples.size()];
    List<PromptTokens> prompts = new ArrayList<>();
    List<byte[]> targets = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    float[] weights = new float[examples.size() * width * height];
    for (int i = 0; i < examples.size(); i++) {
      Example e = examples.get(i);
      photoOf[i] = row(e.photo(), rows, photos, frame);
      prompts.add(tokenizer.tokens(e.prompt()));
      byte[] target = Resize.area(e.target(), width, height, isCode(e.kind()));
      if (even.contains(e.kind())) {
        ColourWeight.even(width * height, e.unknown(), weights, i * width * height);
      } else if (e.kind() == Kind.EDIT) {
        ChangeWeight.of(photos.get(photoOf[i]), target, weights, i * width * height);
      } else {
        ColourWeight.of(target, e.unknown(), weights, i * width * height);
      }
      targets.add(target);
      kinds.add(e.kind());
    }
    return new Batch(width, height, photos, photoOf, prompts, targets, weights, kinds);
  }

  /** What a step's examples are chosen by. */
  static SplittableRandom random(long seed, int step) {
    // Close numbers give close generators until they have run a little.
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step).split();
  }

  /** A drawing's colours are codes: they are picked, never mixed, when it is made smaller. */
  static boolean isCode(Kind kind) {
    return !kind.isGeneration();
  }

  private static int row(
      @Nullable Image photo,
      IdentityHashMap<Image, Integer> rows,
      List<byte[]> photos,
      ExampleSource.Frame frame) {
    if (photo == null) {
      return -1;
    }
    Integer known = rows.get(photo);
    if (known != null) {
      return known;
    }
    photos.add(Resize.area(photo, frame.width(), frame.height(), false));
    rows.put(photo, photos.size() - 1);
    return photos.size() - 1;
  }
}

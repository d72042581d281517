package dev.plantain.sprout;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import dev.plantain.torch.Noise;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The embedded generator. Thread-safe: drawings are made one after the other, each on all cores.
 *
 * <p>A photo's features are computed once and reused while the same photo is asked again at the
 * same size.
 */
final class SproutGenerator implements Generator {
  /**
   * Pixels drawn at once, unless one drawing has more: eight of 128 × 128. More would not be faster
   * on a few cores, and take memory.
   */
  private static final int BATCH_PIXELS = 8 * 128 * 128;

  /** Drawings of a photo share its features: four take little longer than two. */
  private static final int PASSES = 4;

  private static final int STEPS_WITH_PHOTO = 1;
  private static final int STEPS_FROM_TEXT = 24;
  private static final double GUIDANCE_FROM_TEXT = 3;

  private final SproutModel model;
  private final PromptTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final Traits traits;
  private final Deque<Looked> looked = new ArrayDeque<>();
  private @Nullable Map<String, String> about;
  private boolean closed;

  /** Photos whose features are kept: the last one, and the same mirrored. */
  private static final int REMEMBERED = 2;

  /** Features of a photo seen lately, at a drawing's size. */
  private record Looked(Image photo, int width, int height, PhotoEncoder.Features features) {}

  SproutGenerator(SproutModel model, PromptTokenizer tokenizer, int side) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.vocabulary = tokenizer.vocabulary(Vocabulary.of(model.metadata()));
    int multiple = NetworkShape.MULTIPLE;
    this.traits =
        new Traits(
            "sprout " + model.version(),
            "paper",
            new Traits.Sizes(multiple, side * side, 1024 * 1024, 4),
            true,
            "Apache-2.0");
  }

  @Override
  public Traits traits() {
    return traits;
  }

  /** Features and drawing share one grid: nothing can move. */
  @Override
  public boolean drawsInPlace() {
    return true;
  }

  @Override
  public int passes() {
    return PASSES;
  }

  @Override
  public List<String> unknownPhrases(List<String> phrases) {
    return vocabulary.unknownOf(phrases);
  }

  /**
   * Without the list of words, which is for machines; with what tells these weights from any others
   * of the same training.
   */
  @Override
  public synchronized Map<String, String> about() {
    if (about == null) {
      Map<String, String> told = new LinkedHashMap<>(model.metadata());
      told.remove(Vocabulary.KEY);
      told.put("sha256", model.fingerprint());
      about = Collections.unmodifiableMap(told);
    }
    return about;
  }

  @Override
  public Image draw(List<Image> images, String prompt, Options options) {
    return drawAll(List.of(new Request(images, prompt, options))).getFirst();
  }

  /** What must be equal for drawings to be made together. */
  private record Group(@Nullable Image photo, int width, int height, int steps, double guidance) {}

  @Override
  public synchronized List<Image> drawAll(List<Request> requests) {
    if (closed) {
      throw new GeneratorException("this generator is closed");
    }
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      groups.computeIfAbsent(group(requests.get(i)), g -> new ArrayList<>()).add(i);
    }
    Image[] drawings = new Image[requests.size()];
    groups.forEach(
        (group, all) -> {
          int batch = Math.max(1, BATCH_PIXELS / Math.multiplyExact(group.width, group.height));
          for (int from = 0; from < all.size(); from += batch) {
            List<Integer> some = all.subList(from, Math.min(all.size(), from + batch));
            List<Image> made = draw(group, some.stream().map(requests::get).toList());
            for (int i = 0; i < some.size(); i++) {
              drawings[some.get(i)] = made.get(i);
            }
          }
        });
    return List.of(drawings);
  }

  private Group group(Request request) {
    Options o = request.options();
    if (request.images().size() > 1) {
      throw new GeneratorException(
          "sprout looks at one picture at a time, got %d".formatted(request.images().size()));
    }
    Image photo = request.images().isEmpty() ? null : request.images().getFirst();
    int side = (int) Math.round(Math.sqrt((double) traits.sizes().pixels()));
    int width = o.width().orElse(photo == null ? side : photo.width());
    int height = o.height().orElse(photo == null ? side : photo.height());
    int multiple = traits.sizes().multiple();
    if (width % multiple != 0
        || height % multiple != 0
        || (long) width * height > traits.sizes().maxPixels()) {
      throw new GeneratorException(
          "sprout draws sides that %d divides, up to %d pixels in all; asked for %d x %d"
              .formatted(multiple, traits.sizes().maxPixels(), width, height));
    }
    if (photo != null && (photo.width() != width || photo.height() != height)) {
      throw new GeneratorException(
          "sprout draws at its photo's size: the photo is %d x %d, the drawing %d x %d"
              .formatted(photo.width(), photo.height(), width, height));
    }
    return new Group(
        photo,
        width,
        height,
        o.steps().orElse(photo == null ? STEPS_FROM_TEXT : STEPS_WITH_PHOTO),
        o.guidance().orElse(photo == null ? GUIDANCE_FROM_TEXT : 1));
  }

  private List<Image> draw(Group group, List<Request> requests) {
    int n = requests.size();
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      PhotoEncoder.Features features = look(group);
      Tensor rows = Tensors.of(new long[n], n);
      PhotoEncoder.Features photo = features.select(rows);
      PromptEncoder.Encoded prompts =
          encode(requests.stream().map(r -> tokenizer.tokens(r.prompt(), vocabulary)).toList());
      PromptEncoder.Encoded empty =
          group.guidance == 1
              ? null
              : encode(java.util.Collections.nCopies(n, tokenizer.tokens("")));
      List<Tensor> noise = new ArrayList<>();
      for (Request request : requests) {
        noise.add(Noise.seeded(request.options().seed()).next(3, group.height, group.width));
      }
      Tensor drawn =
          Sampler.draw(
              Tensors.stack(0, noise),
              (z, time) -> clean(z, time, photo, prompts, empty, group.guidance),
              group.steps);
      List<Image> images = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        images.add(Image.of(group.width, group.height, Tensors.rgb8(drawn.select(0, i))));
      }
      return images;
    }
  }

  private Tensor clean(
      Tensor z,
      Tensor time,
      PhotoEncoder.Features photo,
      PromptEncoder.Encoded prompts,
      PromptEncoder.@Nullable Encoded empty,
      double guidance) {
    // Each step's intermediate tensors die with it; its result belongs to the drawing's scope.
    try (Scope scope = Scope.open()) {
      Tensor x = model.network().clean(z, time, photo, prompts);
      if (empty != null) {
        Tensor unguided = model.network().clean(z, time, photo, empty);
        x = unguided.add(x.sub(unguided), Tensors.scalar(guidance));
      }
      return scope.handOver(x);
    }
  }

  private PromptEncoder.Encoded encode(List<PromptTokens> prompts) {
    return model.network().prompt.encode(PromptEncoder.Batch.of(prompts));
  }

  private PhotoEncoder.Features look(Group group) {
    if (group.photo == null) {
      return model.network().photo.absent(group.height, group.width);
    }
    for (Looked last : looked) {
      if (last.width == group.width
          && last.height == group.height
          && last.photo.equals(group.photo)) {
        return last.features;
      }
    }
    try (Scope scope = Scope.open()) {
      PhotoEncoder.Features features =
          model
              .network()
              .photo
              .encode(Tensors.pictures(List.of(group.photo.rgb8()), group.height, group.width));
      SproutModel.keep(scope, features);
      if (looked.size() == REMEMBERED) {
        looked.removeFirst().features.close();
      }
      looked.addLast(new Looked(group.photo, group.width, group.height, features));
      return features;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      looked.forEach(last -> last.features.close());
      looked.clear();
      model.close();
      tokenizer.close();
    }
  }
}

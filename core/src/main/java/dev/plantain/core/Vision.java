package dev.plantain.core;

import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees: asks a generator to draw the answer to a task and reads the drawing.
 *
 * <pre>{@code
 * try (Vision vision = Vision.with("sprout")) {
 *   DepthMap depth = vision.see(photo, Depth.metric());
 *   List<Instance> chairs = vision.see(photo, Instances.of("chair"));
 * }
 * }</pre>
 *
 * <p>Immutable but for the generator it owns; {@code seeded}, {@code voting} and the like give
 * another view of the same generator. Closing any of them closes it. Safe for several threads.
 */
public final class Vision implements AutoCloseable {
  private final Generator generator;
  private final Dialect dialect;
  private final ColourProfile profile;
  private final Options options;
  private final int votes;

  private Vision(
      Generator generator, Dialect dialect, ColourProfile profile, Options options, int votes) {
    this.generator = generator;
    this.dialect = dialect;
    this.profile = profile;
    this.options = options;
    this.votes = votes;
  }

  /**
   * Opens the generator of a spec: {@code sprout}, {@code klein:/models/open-vision-banana}.
   *
   * @throws GeneratorException if no generator has that name, naming those there are, or it cannot
   *     be opened
   */
  public static Vision with(String spec) {
    int colon = spec.indexOf(':');
    String scheme = colon < 0 ? spec : spec.substring(0, colon);
    TreeMap<String, GeneratorProvider> providers = new TreeMap<>();
    for (GeneratorProvider provider : ServiceLoader.load(GeneratorProvider.class)) {
      providers.put(provider.scheme(), provider);
    }
    GeneratorProvider provider = providers.get(scheme);
    if (provider == null) {
      throw new GeneratorException(
          providers.isEmpty()
              ? "no generator is on the class path; add plantain-sprout"
              : "no generator is called \"%s\"; there are: %s"
                  .formatted(scheme, String.join(", ", providers.keySet())));
    }
    return with(provider.open(colon < 0 ? "" : spec.substring(colon + 1)));
  }

  /** Sees through an open generator, which this owns from now on. */
  public static Vision with(Generator generator) {
    return new Vision(
        generator,
        Dialect.named(generator.traits().dialect()),
        ColourProfile.identity(),
        Options.seeded(0),
        1);
  }

  /** Another dialect than the generator's own. */
  public Vision speaking(Dialect other) {
    return new Vision(generator, other, profile, options, votes);
  }

  /** Corrects the colours of drawings before they are read. */
  public Vision correcting(ColourProfile other) {
    return new Vision(generator, dialect, other, options, votes);
  }

  /** Another seed. Equal seeds give equal answers where the generator can. */
  public Vision seeded(long seed) {
    return drawing(options.withSeed(seed));
  }

  /** Other options. A size in them overrides the one framing chooses. */
  public Vision drawing(Options other) {
    return new Vision(generator, dialect, profile, other, votes);
  }

  /**
   * Asks every question in this many ways and merges the answers.
   *
   * @param passes 1 is no voting
   */
  public Vision voting(int passes) {
    if (passes < 1) {
      throw new IllegalArgumentException("a vote takes at least one pass, got " + passes);
    }
    return new Vision(generator, dialect, profile, options, passes);
  }

  /** The generator behind this. */
  public Generator generator() {
    return generator;
  }

  /** The dialect tasks are asked in. */
  public Dialect dialect() {
    return dialect;
  }

  /**
   * Answers one task.
   *
   * @return the measurement at the photo's pixels
   * @throws GeneratorException if nothing was drawn
   * @throws DrawingException if what was drawn is no answer
   * @throws InstructionException if the task cannot be asked
   */
  public <M> M see(Image photo, Task<M> task) {
    return answer(photo, task).orThrow();
  }

  /** Answers one task, with all that led to the answer. Nothing is thrown for want of one. */
  public <M> Answer<M> answer(Image photo, Task<M> task) {
    Framed framed = new Framed(photo);
    Draft<M> draft = draft(framed, task);
    return draft.finish(framed, draw(draft.requests));
  }

  /**
   * Answers several tasks on one photo, drawn together: a generator that can shares its work on the
   * photo. One task's failure leaves the others alone.
   *
   * @return an answer for each task, in order
   */
  public List<Answer<?>> seeAll(Image photo, List<? extends Task<?>> tasks) {
    Framed framed = new Framed(photo);
    List<Draft<?>> drafts = new ArrayList<>();
    List<Generator.Request> requests = new ArrayList<>();
    for (Task<?> task : tasks) {
      Draft<?> draft = draft(framed, task);
      drafts.add(draft);
      requests.addAll(draft.requests);
    }
    Drawn all = draw(requests);
    List<Answer<?>> answers = new ArrayList<>();
    int from = 0;
    for (Draft<?> draft : drafts) {
      int to = from + draft.requests.size();
      // Drawn together they fail together; then each is tried on its own.
      Drawn own =
          all.failure == null
              ? new Drawn(all.images.subList(from, to), all.each, null)
              : draw(draft.requests);
      answers.add(draft.finish(framed, own));
      from = to;
    }
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    generator.close();
  }

  /** A photo on its canvas. */
  private final class Framed {
    final Image photo;
    final Framing framing;
    final Image canvas;

    Framed(Image photo) {
      this.photo = photo;
      framing = Framing.of(photo.width(), photo.height(), sizes());
      canvas = framing.frame(photo);
    }

    private Traits.Sizes sizes() {
      if (options.width().isEmpty()) {
        return generator.traits().sizes();
      }
      // A wish for a size is a wish for its area: the photo keeps its shape.
      int area = Math.multiplyExact(options.width().getAsInt(), options.height().orElseThrow());
      Traits.Sizes own = generator.traits().sizes();
      int pixels = Math.clamp(area, own.multiple() * own.multiple(), own.maxPixels());
      return new Traits.Sizes(own.multiple(), pixels, own.maxPixels(), own.maxAspect());
    }
  }

  private record Drawn(List<Image> images, Duration each, @Nullable RuntimeException failure) {}

  private Drawn draw(List<Generator.Request> requests) {
    long start = System.nanoTime();
    try {
      List<Image> images = requests.isEmpty() ? List.of() : generator.drawAll(requests);
      if (images.size() != requests.size()) {
        throw new GeneratorException(
            "the generator was asked for %d drawings and made %d"
                .formatted(requests.size(), images.size()));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Drawn(images, took.dividedBy(Math.max(1, requests.size())), null);
    } catch (GeneratorException e) {
      return new Drawn(List.of(), Duration.ZERO, e);
    }
  }

  private <M> Draft<M> draft(Framed framed, Task<M> task) {
    Draft<M> draft = new Draft<>(task);
    try {
      SplittableRandom variants = new SplittableRandom(options.seed());
      for (int pass = 0; pass < votes; pass++) {
        Task<M> variant = pass == 0 ? task : task.variant(variants.nextLong());
        Instruction instruction = variant.ask(dialect);
        long seed = options.seed() + pass;
        draft.variants.add(variant);
        draft.instructions.add(instruction);
        draft.seeds.add(seed);
        draft.requests.add(
            new Generator.Request(
                List.of(framed.canvas),
                instruction.text(),
                options.withSeed(seed).withSize(framed.framing.width(), framed.framing.height())));
      }
    } catch (InstructionException e) {
      draft.failure = e;
      draft.requests.clear();
    }
    return draft;
  }

  /** A task on its way to an answer. */
  private final class Draft<M> {
    final Task<M> task;
    final List<Task<M>> variants = new ArrayList<>();
    final List<Instruction> instructions = new ArrayList<>();
    final List<Long> seeds = new ArrayList<>();
    final List<Generator.Request> requests = new ArrayList<>();
    @Nullable RuntimeException failure;

    Draft(Task<M> task) {
      this.task = task;
    }

    Answer<M> finish(Framed framed, Drawn drawn) {
      if (failure != null) {
        return new Answer.Failed<>(task, failure);
      }
      if (drawn.failure != null) {
        return new Answer.Failed<>(task, drawn.failure);
      }
      List<M> measurements = new ArrayList<>();
      List<Answer.Pass> passes = new ArrayList<>();
      Set<String> warnings = new LinkedHashSet<>();
      DrawingException unread = null;
      for (int i = 0; i < drawn.images.size(); i++) {
        try {
          long start = System.nanoTime();
          Drawing drawing = new Drawing(drawn.images.get(i), instructions.get(i));
          M read = variants.get(i).read(drawing, profile);
          Registration registration = register(framed, drawing.image());
          Placement placement =
              framed.framing.placement(drawing.image()).then(registration.correction());
          measurements.add(task.fit(read, new Upsampler(framed.photo, placement)));
          warn(instructions.get(i).text(), registration, warnings);
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          passes.add(
              new Answer.Pass(drawing, seeds.get(i), registration, placement, drawn.each, took));
        } catch (DrawingException e) {
          unread = e;
        }
      }
      if (unread != null && 2 * measurements.size() <= drawn.images.size()) {
        return new Answer.Failed<>(task, unread);
      }
      if (unread != null) {
        warnings.add(
            "%d of %d drawings could not be read: %s"
                .formatted(
                    drawn.images.size() - measurements.size(),
                    drawn.images.size(),
                    unread.getMessage()));
      }
      M fused = measurements.size() == 1 ? measurements.getFirst() : task.fuse(measurements);
      return new Answer.Seen<>(
          task, fused, passes, List.copyOf(warnings), generator.traits().name());
    }

    private Registration register(Framed framed, Image drawing) {
      framed.framing.placement(drawing); // another shape cannot be registered
      return generator.drawsInPlace()
          ? Registration.inPlace(framed.canvas, drawing)
          : Registration.find(framed.canvas, drawing).orRefuse();
    }

    private void warn(String prompt, Registration registration, Set<String> warnings) {
      for (String phrase : generator.unknownPhrases(prompt)) {
        warnings.add("the generator hardly knows \"%s\"; trust its answer less".formatted(phrase));
      }
      if (!generator.drawsInPlace() && registration.verdict() == Registration.Verdict.DOUBTFUL) {
        warnings.add(
            "the drawing may not lie on the photo: %.0f %% of its parts are in place"
                .formatted(100 * registration.agreement()));
      }
    }
  }
}

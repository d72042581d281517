package dev.plantain.core;

import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.InstructionException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

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
  private final Voting voting;

  private Vision(
      Generator generator, Dialect dialect, ColourProfile profile, Options options, Voting voting) {
    this.generator = generator;
    this.dialect = dialect;
    this.profile = profile;
    this.options = options;
    this.voting = voting;
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

  /**
   * Sees through an open generator, which this owns from now on. Questions are asked as often as it
   * is best asked: see {@link Generator#passes}.
   *
   * @throws InstructionException if its dialect is none of the built-in ones; the generator is then
   *     closed
   */
  public static Vision with(Generator generator) {
    try {
      return new Vision(
          generator,
          Dialect.named(generator.traits().dialect()),
          ColourProfile.identity(),
          Options.seeded(0),
          Voting.of(generator.passes()));
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }

  /** Another dialect than the generator's own. */
  public Vision speaking(Dialect other) {
    return new Vision(generator, other, profile, options, voting);
  }

  /** Corrects the colours of drawings before they are read. */
  public Vision correcting(ColourProfile other) {
    return new Vision(generator, dialect, other, options, voting);
  }

  /** Another seed. Equal seeds give equal answers where the generator can. */
  public Vision seeded(long seed) {
    return drawing(options.withSeed(seed));
  }

  /** Other options. Of a size in them drawings have the area; a photo keeps its shape. */
  public Vision drawing(Options other) {
    return new Vision(generator, dialect, profile, other, voting);
  }

  /**
   * Asks every question in this many ways and merges the answers.
   *
   * @param passes 1 is no voting
   */
  public Vision voting(int passes) {
    return voting(Voting.of(passes));
  }

  /** Asks every question as often as this says and merges the answers. */
  public Vision voting(Voting other) {
    return new Vision(generator, dialect, profile, options, other);
  }

  /** The generator behind this. */
  public Generator generator() {
    return generator;
  }

  /** How the generator distorts colours, as far as is known. */
  public ColourProfile profile() {
    return profile;
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
    @SuppressWarnings("unchecked") // an answer is of its task's type
    Answer<M> answer = (Answer<M>) seeAll(photo, List.of(task)).getFirst();
    return answer;
  }

  /**
   * Answers several tasks on one photo, drawn together: a generator that can shares its work on the
   * photo. One task's failure leaves the others alone.
   *
   * @return an answer for each task, in order
   */
  public List<Answer<?>> seeAll(Image photo, List<? extends Task<?>> tasks) {
    Division division = Division.of(tasks, profile);
    Poll poll = new Poll(generator, dialect, profile, options, voting, photo);
    return division.merge(poll.ask(division.parts())).stream()
        .<Answer<?>>map(answer -> Guesses.told(answer, generator))
        .toList();
  }

  @Override
  public void close() {
    generator.close();
  }
}

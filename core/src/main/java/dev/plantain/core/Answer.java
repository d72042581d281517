package dev.plantain.core;

import java.time.Duration;
import java.util.List;

/**
 * What became of one task on one photo.
 *
 * @param <M> the measurement
 */
public sealed interface Answer<M> {

  /** What was asked. */
  Task<M> task();

  /**
   * The measurement.
   *
   * @throws RuntimeException the reason, if there is none
   */
  M orThrow();

  /**
   * An answer.
   *
   * @param measurement at the photo's pixels
   * @param passes what was asked and drawn; several if voted, none if known without drawing
   * @param warnings for people: phrases the generator does not know, drawings that fit badly
   * @param unknownPhrases those asked for that the generator does not know: of them it answers a
   *     guess, and its confidence says so
   * @param generator its name, for provenance
   */
  record Seen<M>(
      Task<M> task,
      M measurement,
      List<Pass> passes,
      List<String> warnings,
      List<String> unknownPhrases,
      String generator)
      implements Answer<M> {
    public Seen {
      passes = List.copyOf(passes);
      warnings = List.copyOf(warnings);
      unknownPhrases = List.copyOf(unknownPhrases);
    }

    /** An answer of which no phrase is unknown. */
    public Seen(
        Task<M> task, M measurement, List<Pass> passes, List<String> warnings, String generator) {
      this(task, measurement, passes, warnings, List.of(), generator);
    }

    /** The same with another measurement made of it. */
    public <N> Seen<N> with(Task<N> other, N made) {
      return new Seen<>(other, made, passes, warnings, unknownPhrases, generator);
    }

    @Override
    public M orThrow() {
      return measurement;
    }

    /** The first pass's drawing, the one to show. */
    public Drawing drawing() {
      return passes.getFirst().drawing();
    }
  }

  /**
   * No answer.
   *
   * @param reason a {@link GeneratorException}, a {@link DrawingException} or an {@link
   *     dev.plantain.core.instruct.InstructionException}; its message is for people
   */
  record Failed<M>(Task<M> task, RuntimeException reason) implements Answer<M> {
    @Override
    public M orThrow() {
      throw reason;
    }
  }

  /**
   * One drawing and how it was read.
   *
   * @param drawing with the instruction it answers
   * @param mirrored whether it is of the mirrored photo, as are its registration and placement
   * @param seed it was drawn with
   * @param registration how it lies on the photo
   * @param placement where the photo lies in it, the registration's correction included
   * @param drawn time the generator took; of drawings made together, its share
   * @param read time reading took
   */
  record Pass(
      Drawing drawing,
      boolean mirrored,
      long seed,
      Registration registration,
      Placement placement,
      Duration drawn,
      Duration read) {}
}

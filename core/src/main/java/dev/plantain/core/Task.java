package dev.plantain.core;

import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A question to a photo whose answer is drawn: how to ask it and how to read and make the drawing.
 *
 * <p>Implementations are immutable. A new task is one class: words in a {@link Dialect}, a codec
 * both ways, and what merging two answers means.
 *
 * @param <M> the measurement it gives
 */
public interface Task<M> {

  /** A short name for files and reports: {@code depth}, {@code segment}. */
  String name();

  /**
   * Puts the task into words.
   *
   * @throws InstructionException.Unsupported if the dialect has none; the message names the nearest
   *     task it has
   */
  Instruction ask(Dialect dialect);

  /**
   * Reads a drawing.
   *
   * @param drawing made for an {@link #ask} of this task
   * @param profile how its generator distorts colours
   * @return the measurement, of the drawing's size
   * @throws DrawingException if the drawing is no answer at all
   */
  M read(Drawing drawing, ColourProfile profile);

  /**
   * Paints the drawing that {@link #read} reads as this measurement, up to 8-bit rounding: what a
   * generator should draw, and so a training target.
   *
   * @param instruction an {@link #ask} of this task
   */
  Image paint(M measurement, Instruction instruction);

  /** Brings a measurement of a drawing to the pixels of the photo. */
  M fit(M measurement, Upsampler photo);

  /**
   * The same question asked in another way: other words, other colours.
   *
   * @param seed 0 is this task itself
   */
  Task<M> variant(long seed);

  /**
   * The same, with colours that a generator keeps apart.
   *
   * @param profile how the generator distorts colours
   */
  default Task<M> variant(long seed, ColourProfile profile) {
    return variant(seed);
  }

  /**
   * The least area, in pixels, of a drawing of a photo of this size that shows all that is asked
   * for: a generator that draws best smaller ones is asked for this all the same, unless a size is
   * asked for.
   */
  default int leastPixels(int photoWidth, int photoHeight) {
    return 0;
  }

  /**
   * How what is measured on the mirrored photo is brought onto the photo itself. Empty if it cannot
   * be, or if of the mirrored photo this is another question: "the chair on the left".
   */
  default Optional<UnaryOperator<M>> mirror() {
    return Optional.empty();
  }

  /**
   * Reads drawings of variants of this task at once, if that tells more than reading each and
   * {@link #fuse merging} the answers. They lie alike on the photo, those of the mirrored photo are
   * mirrored back, and each could be read.
   *
   * @param drawings two or more, all of one size
   * @param profile how their generator distorts colours
   * @return empty if it tells no more
   */
  default Optional<M> readTogether(List<Drawing> drawings, ColourProfile profile) {
    return Optional.empty();
  }

  /**
   * Merges answers of variants of this task.
   *
   * @param answers at least one, all of one size
   */
  M fuse(List<M> answers);
}

package dev.plantain.core;

import dev.plantain.codec.Legend;
import dev.plantain.codec.LegendMixture;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.LabelMap;
import java.util.List;
import java.util.function.Function;

/** What reading drawings has in common. */
final class Reading {
  /** A channel above this is not black any more, in 8-bit levels: JPEG's black is up to a few. */
  private static final int BLACK_LEVEL = 6;

  private Reading() {}

  /** The ask of an instruction, of the kind a task reads. */
  static <A extends Ask> A expect(Class<A> kind, Instruction instruction) {
    if (!kind.isInstance(instruction.ask())) {
      throw new IllegalArgumentException(
          "a drawing for \"%s\" is no %s drawing"
              .formatted(instruction.text(), kind.getSimpleName()));
    }
    return kind.cast(instruction.ask());
  }

  /**
   * Refuses a drawing that is black all over: read on, a refusal would become "everything is 0
   * metres away".
   */
  static void refuseBlank(Drawing drawing, String what) {
    for (byte channel : drawing.image().rgb8()) {
      if ((channel & 0xFF) > BLACK_LEVEL) {
        return;
      }
    }
    throw new DrawingException.Blank(
        "the drawing is black all over, which is no "
            + what
            + ": the generator most likely refused; ask again with another seed");
  }

  /** The labels that a drawing gives its pixels. */
  static LabelMap labels(
      List<String> classes, Legend legend, Drawing drawing, ColourProfile profile) {
    Image image = drawing.image();
    int[] labels = new int[image.width() * image.height()];
    float[] confidence = new float[labels.length];
    legend.decode(profile.correct(image), labels, confidence);
    return LabelMap.of(image.width(), image.height(), classes, labels, confidence);
  }

  /**
   * The labels that drawings in several legends give together: there a mixed colour tells what is
   * mixed. Shares are as sure as votes are.
   */
  static LabelMap labels(
      List<String> classes,
      Function<Instruction, Legend> legend,
      List<Drawing> drawings,
      ColourProfile profile) {
    Image first = drawings.getFirst().image();
    int[] labels = new int[first.width() * first.height()];
    float[] confidence = new float[labels.length];
    new LegendMixture(drawings.stream().map(d -> legend.apply(d.instruction())).toList())
        .decode(
            drawings.stream().map(d -> profile.correct(d.image())).toList(), labels, confidence);
    int passes = drawings.size();
    for (int i = 0; i < labels.length; i++) {
      confidence[i] = LabelVote.confidence(passes * confidence[i], passes);
    }
    return LabelMap.of(first.width(), first.height(), classes, labels, confidence);
  }
}

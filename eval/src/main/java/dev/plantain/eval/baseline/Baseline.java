package dev.plantain.eval.baseline;

import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Traits;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.core.measure.EdgeMap;
import java.util.List;
import java.util.Optional;

/** Draws a trivial answer to one task, at the photo's size, and refuses all others. */
final class Baseline implements Generator {
  private static final int SIDE = 400;
  private static final int MAX_SIDE = 4096;
  private static final double MAX_ASPECT = 16;

  private final String name;
  private final Painter painter;

  /** Paints the answer to what it can answer. */
  @FunctionalInterface
  interface Painter {
    Optional<Image> paint(Image photo, Instruction instruction);
  }

  Baseline(String name, Painter painter) {
    this.name = name;
    this.painter = painter;
  }

  static Baseline canny() {
    return new Baseline(
        "canny",
        (photo, instruction) -> {
          if (!(instruction.ask() instanceof Ask.Edges)) {
            return Optional.empty();
          }
          float[] edges = Canny.edges(photo);
          EdgeMap map = EdgeMap.of(photo.width(), photo.height(), edges, edges);
          return Optional.of(Edges.boundaries().paint(map, instruction));
        });
  }

  static Baseline rows(RowDepth rows) {
    return new Baseline(
        "row depth",
        (photo, instruction) ->
            instruction.ask() instanceof Ask.MetricDepth
                ? Optional.of(
                    Depth.metric().paint(rows.of(photo.width(), photo.height()), instruction))
                : Optional.empty());
  }

  static Baseline classes(ClassPrior prior) {
    return new Baseline(
        "class prior",
        (photo, instruction) ->
            instruction.ask() instanceof Ask.Segments ask
                ? Optional.of(
                    Segments.coloured(ask.legend())
                        .paint(prior.of(ask, photo.width(), photo.height()), instruction))
                : Optional.empty());
  }

  @Override
  public Traits traits() {
    return new Traits(
        "baseline " + name,
        "paper",
        new Traits.Sizes(1, SIDE * SIDE, MAX_SIDE * MAX_SIDE, MAX_ASPECT),
        true,
        "Apache-2.0");
  }

  @Override
  public boolean drawsInPlace() {
    return true;
  }

  @Override
  public Image draw(List<Image> images, String prompt, Options options) {
    if (images.size() != 1) {
      throw new GeneratorException(
          "the baseline \"%s\" needs one photo, got %d".formatted(name, images.size()));
    }
    try {
      return painter
          .paint(images.getFirst(), Instruction.parse(prompt))
          .orElseThrow(() -> refusal(prompt));
    } catch (InstructionException.NotPerception e) {
      throw refusal(prompt);
    }
  }

  private GeneratorException refusal(String prompt) {
    String start = prompt.length() <= 60 ? prompt : prompt.substring(0, 60) + "…";
    return new GeneratorException(
        "the baseline \"%s\" has no answer to \"%s\"".formatted(name, start));
  }

  @Override
  public void close() {}
}

package dev.plantain.diorama;

import dev.plantain.core.Image;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to change the photo and the picture it should give, made by rendering the changed
 * world with the same camera, samples and sensor.
 *
 * @param instruction {@code "Make the armchair red."}
 * @param before the picture to change; null means the view's photo
 * @param after the picture asked for, of the same size
 * @param touchesUnlabelled whether the changed thing is of a category that training never labels;
 *     in {@link Split#TRAIN} also whether the instruction names one
 */
public record Edit(
    String instruction, Kind kind, @Nullable Image before, Image after, boolean touchesUnlabelled) {

  /** What changes. */
  public enum Kind {
    REMOVE,
    ADD,
    RECOLOUR,
    REPLACE,
    MOVE,
    RESTYLE_WALL,
    RESTYLE_FLOOR,
    RELIGHT
  }
}

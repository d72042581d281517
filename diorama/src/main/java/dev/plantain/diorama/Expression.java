package dev.plantain.diorama;

import java.util.List;

/**
 * A referring expression with its answer.
 *
 * @param text {@code "the red armchair left of the table"}
 * @param thingIds every thing it refers to, ascending; empty if nothing in the view matches
 * @param usesUnlabelled whether it names or points at a category that training never labels
 */
public record Expression(String text, Kind kind, List<Integer> thingIds, boolean usesUnlabelled) {

  /** What tells the referent from everything else. */
  public enum Kind {
    /** All things of a category; may match several. */
    CATEGORY,
    /** Colour and category; may match several. */
    COLOUR,
    /** A look or shape that the model's own name states. */
    ATTRIBUTE,
    /** The largest, the smallest, the tallest of a category. */
    SIZE,
    /** Where in the picture. */
    POSITION,
    /** Relation to another thing: on, left of, right of, in front of, behind, next to. */
    RELATION,
    /** Nearest to or farthest from the camera. */
    DISTANCE,
    /** Counted from the left or right. */
    ORDINAL
  }

  public Expression {
    thingIds = List.copyOf(thingIds);
  }
}

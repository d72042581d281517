package dev.plantain.diorama;

import java.util.List;

/**
 * A question that needs a thought before it points at something.
 *
 * @param text {@code "Where could I sit and read?"}
 * @param phrase the plain phrase it comes down to: {@code "the armchair"}
 * @param thingIds every right answer, ascending; empty if nothing in the view answers it
 * @param usesUnlabelled whether an answer is of a category that training never labels
 */
public record Question(String text, String phrase, List<Integer> thingIds, boolean usesUnlabelled) {
  public Question {
    thingIds = List.copyOf(thingIds);
  }
}

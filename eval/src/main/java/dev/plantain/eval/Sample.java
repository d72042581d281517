package dev.plantain.eval;

import dev.plantain.core.Image;
import java.util.List;

/**
 * A photo with what is known of it.
 *
 * @param id stable, for reports
 */
public record Sample(String id, Image photo, List<Truth> truths) {
  public Sample {
    truths = List.copyOf(truths);
  }
}

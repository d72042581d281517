package dev.plantain.core.measure;

import java.util.AbstractList;
import java.util.List;

/**
 * The things of one class in a photo, largest first. An empty list is an answer: none is there;
 * {@link #score} says how sure that is.
 */
public final class InstanceList extends AbstractList<Instance> implements Measurement {
  private final String phrase;
  private final int width;
  private final int height;
  private final List<Instance> instances;
  private final float score;

  /**
   * Copies its arguments.
   *
   * @param phrase the class
   * @param instances with masks of {@code width * height}, no two of which share a pixel
   * @param score confidence in the whole answer, in [0, 1]
   * @throws IllegalArgumentException if a mask has another size, or the score is out of its range
   */
  public InstanceList(String phrase, int width, int height, List<Instance> instances, float score) {
    this.phrase = phrase;
    this.width = width;
    this.height = height;
    this.instances = List.copyOf(instances);
    this.score = score;
    for (Instance instance : instances) {
      Mask mask = instance.mask();
      if (mask.width() != width || mask.height() != height) {
        throw new IllegalArgumentException(
            "an instance of %d x %d is in a list of %d x %d"
                .formatted(mask.width(), mask.height(), width, height));
      }
    }
    if (width <= 0 || height <= 0 || !(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "instances need a size and a score in [0, 1], got %d x %d and %s"
              .formatted(width, height, score));
    }
  }

  @Override
  public InstanceList mirrored() {
    List<Instance> mirrored =
        instances.stream().map(i -> new Instance(i.mask().mirrored(), i.rgb())).toList();
    return new InstanceList(phrase, width, height, mirrored, score);
  }

  /** The class asked for. */
  public String phrase() {
    return phrase;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** Confidence in [0, 1]: that the list is right, or, if it is empty, that none is there. */
  public float score() {
    return score;
  }

  /**
   * Which instance each pixel is of, {@code width * height}: 0 for none, else the position in this
   * list plus 1.
   */
  public int[] ids() {
    int[] ids = new int[width * height];
    for (int i = 0; i < instances.size(); i++) {
      int id = i + 1;
      instances.get(i).mask().bits().stream().forEach(pixel -> ids[pixel] = id);
    }
    return ids;
  }

  @Override
  public Instance get(int index) {
    return instances.get(index);
  }

  @Override
  public int size() {
    return instances.size();
  }
}

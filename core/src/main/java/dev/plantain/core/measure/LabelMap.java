package dev.plantain.core.measure;

import dev.plantain.codec.Legend;
import java.util.Arrays;
import java.util.List;

/** A class for every pixel, or {@link #BACKGROUND}, or {@link #UNASSIGNED}. */
public final class LabelMap extends ConfidentMap implements Measurement {
  /** The pixel shows none of the classes. */
  public static final int BACKGROUND = Legend.BACKGROUND;

  /** What the pixel shows cannot be told from the drawing. */
  public static final int UNASSIGNED = Legend.UNASSIGNED;

  private final List<String> classes;
  private final int[] labels;

  private LabelMap(int width, int height, List<String> classes, int[] labels, float[] confidence) {
    super(width, height, confidence);
    this.classes = List.copyOf(classes);
    this.labels = labels;
  }

  /**
   * Copies its arguments.
   *
   * @param classes names; a label is an index of this list
   * @param labels {@code width * height}, each an index of a class, {@link #BACKGROUND} or {@link
   *     #UNASSIGNED}
   * @param confidence {@code width * height} values in [0, 1]
   * @throws IllegalArgumentException if an array has another length, a label is no class, or a
   *     confidence is out of its range
   */
  public static LabelMap of(
      int width, int height, List<String> classes, int[] labels, float[] confidence) {
    Shapes.require("a label map", width, height, 1, labels.length);
    for (int label : labels) {
      if (label < Math.min(BACKGROUND, UNASSIGNED) || label >= classes.size()) {
        throw new IllegalArgumentException(
            "label %d is none of %d classes".formatted(label, classes.size()));
      }
    }
    return new LabelMap(
        width, height, classes, labels.clone(), Shapes.confidence(width, height, confidence));
  }

  /**
   * Exact labels: confidence 1 throughout.
   *
   * @throws IllegalArgumentException if the array has another length, or a label is no class
   */
  public static LabelMap of(int width, int height, List<String> classes, int[] labels) {
    return of(width, height, classes, labels, Shapes.certain(width, height));
  }

  @Override
  public LabelMap mirrored() {
    int[] mirrored = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int start = i / width * width;
      mirrored[2 * start + width - 1 - i] = labels[i];
    }
    return new LabelMap(width, height, classes, mirrored, mirroredConfidence());
  }

  /** Names of the classes, in the order asked for. */
  public List<String> classes() {
    return classes;
  }

  /** Label at column {@code x}, row {@code y}. */
  public int label(int x, int y) {
    return labels[y * width + x];
  }

  /** A copy, {@code width * height}. */
  public int[] labels() {
    return labels.clone();
  }

  /** Share of all pixels with this label. */
  public double share(int label) {
    int n = 0;
    for (int l : labels) {
      n += l == label ? 1 : 0;
    }
    return (double) n / labels.length;
  }

  /**
   * The pixels of one class; empty if it is not there.
   *
   * @param index of the class
   */
  public Mask mask(int index) {
    boolean[] inside = new boolean[labels.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = labels[i] == index;
    }
    return Mask.of(classes.get(index), width, height, inside, confidence);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap that
        && asSureAs(that)
        && classes.equals(that.classes)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "LabelMap[%d x %d, %s]".formatted(width, height, classes);
  }
}

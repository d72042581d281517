package dev.plantain.codec;

import java.util.List;

/**
 * Instances read out of a drawing.
 *
 * @param width pixels
 * @param height pixels
 * @param ids {@code width * height}, row-major: {@link #BACKGROUND}, {@link #UNASSIGNED} or the id
 *     of an instance, 1..n. The record keeps the array it is given and hands it out: do not change
 *     it
 * @param instances the n instances in the order of their ids, largest first
 */
@SuppressWarnings("ArrayRecordComponent")
public record InstanceMap(int width, int height, int[] ids, List<Instance> instances) {
  /** The id of background pixels. */
  public static final int BACKGROUND = 0;

  /** The id of pixels that are neither background nor of an instance for certain. */
  public static final int UNASSIGNED = -1;

  /**
   * One instance.
   *
   * @param id 1..n
   * @param rgb its mean colour, {@code 0xRRGGBB}
   * @param area pixels
   * @param confidence 0..1: how alike its pixels are and how unlike the other instances'
   */
  public record Instance(int id, int rgb, int area, float confidence) {}

  public InstanceMap {
    Lengths.requirePixels("ids", ids.length, Lengths.requireShape(width, height));
    instances = List.copyOf(instances);
  }

  /** The mask of one instance, {@code width * height}. */
  public boolean[] mask(int id) {
    boolean[] mask = new boolean[ids.length];
    for (int i = 0; i < ids.length; i++) {
      mask[i] = ids[i] == id;
    }
    return mask;
  }
}

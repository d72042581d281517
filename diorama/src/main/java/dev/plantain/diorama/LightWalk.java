package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * One pass of {@link LightFilter}. {@link ScalarLightWalk} says what is added up in which order;
 * {@link VectorLightWalk} does the same for several pixels at once.
 */
interface LightWalk {
  /** By the Vector API where {@link RayWalk#CHOSEN} is. */
  LightWalk CHOSEN =
      RayWalk.CHOSEN instanceof VectorWalk ? new VectorLightWalk() : new ScalarLightWalk();

  /** Neighbours that are looked at row by row, the pixel itself among them. */
  int TAPS = 9;

  /** Cosine between normals below which light does not mix. */
  float LEAST_COSINE = 0.75f;

  /** What is taken off the cosine between normals that weighs a neighbour. */
  float LESS_THAN_COSINE = 0.7f;

  /** Distance from the surface's plane, times its slack, above which light does not mix. */
  float MOST_OFF = 2;

  /** Stands for the weight of a neighbour that does not count. */
  float NONE = -1;

  /**
   * What is done with all channels.
   *
   * @param step from a pixel to its neighbours
   * @param counts which neighbours count
   * @param reached pixels to be worked out, or null for all
   */
  @SuppressWarnings("ArrayRecordComponent") // flat arrays are the point
  record Pass(LightPlanes planes, int step, boolean[] counts, boolean @Nullable [] reached) {
    /** From a pixel to a neighbour. */
    int offset(int tap) {
      return (tap / 3 - 1) * step * planes.stride + (tap % 3 - 1) * step;
    }

    /** Whether a neighbour of a row's pixels lies in a row of the picture. */
    boolean inside(int y, int tap) {
      int row = y + (tap / 3 - 1) * step;
      return row >= 0 && row < planes.height;
    }

    /** What nearness within the picture gives to a weight: 1, 2 or 4. */
    static float near(int tap) {
      return (tap % 3 == 1 ? 2 : 1) * (tap / 3 == 1 ? 2 : 1);
    }
  }

  /**
   * One kind of light on its way through a pass, three planes each.
   *
   * @param contrast relative difference of brightness that leaves a fifth of a weight; infinite if
   *     none matters
   */
  @SuppressWarnings("ArrayRecordComponent") // flat arrays are the point
  record Channel(float[] from, float[] to, float contrast) {
    boolean stops() {
      return contrast < Float.POSITIVE_INFINITY;
    }
  }

  void filter(Pass pass, Channel[] channels);
}

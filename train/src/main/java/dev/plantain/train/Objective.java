package dev.plantain.train;

import org.bytedeco.pytorch.Tensor;

/**
 * What a network learns to minimise: to draw, as everywhere in Plantain, or one task with the loss
 * that task is usually learnt with. The latter are specialists to measure the generator against;
 * the product has none.
 */
sealed interface Objective permits FlowObjective, DepthObjective, NormalsObjective, MaskObjective {

  /** The objective of a specialist for a kind of vision data, or of the generator. */
  static Objective of(TrainConfig config) {
    return switch (config.specialist()) {
      case null -> new FlowObjective(config.huberLengths());
      case DEPTH -> new DepthObjective();
      case NORMALS -> new NormalsObjective();
      case SEGMENT -> new MaskObjective();
      default ->
          throw new IllegalArgumentException("there is no specialist for " + config.specialist());
    };
  }

  /**
   * What the network is shown of the drawing.
   *
   * @param noisy B,3,H,W
   * @param time B in 0..1; 1 is clean
   */
  record Shown(Tensor noisy, Tensor time) {}

  /** What the network is shown of these target drawings, B,3,H,W in −1..1. */
  Shown show(Tensor target, Stage stage);

  /**
   * The loss of each drawing, B.
   *
   * @param answer of the network, B,3,H,W
   * @param target B,3,H,W in −1..1
   * @param time as shown
   * @param batch the same drawings
   */
  Tensor losses(Tensor answer, Tensor target, Tensor time, Batch batch);
}

package dev.plantain.train;

/**
 * A stretch of training with one mixture at one size.
 *
 * @param name for logs: {@code pretrain}, {@code tune}
 * @param steps optimiser steps
 * @param size side of the square drawings, pixels
 * @param drawings in one step
 * @param asks drawings asked of one photo
 * @param pureNoise share of the drawings learnt from noise alone, as the first step of drawing sees
 *     it: few-step drawing leans on that step
 * @param rate peak learning rate
 * @param warmup first steps, of linearly growing rate
 * @param decay share of the steps, at the end, of linearly falling rate
 * @param mixture what is drawn
 */
public record Stage(
    String name,
    int steps,
    int size,
    int drawings,
    int asks,
    double pureNoise,
    double rate,
    int warmup,
    double decay,
    Mixture mixture) {
  public Stage {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,40}")) {
      throw new IllegalArgumentException(
          "a stage's name is of small letters, digits and hyphens, got \"%s\"".formatted(name));
    }
    if (steps <= 0 || drawings <= 0 || asks <= 0 || size <= 0 || size % 16 != 0) {
      throw new IllegalArgumentException(
          "stage %s needs positive steps, drawings and asks, and a size that 16 divides"
              .formatted(name));
    }
    if (!(pureNoise >= 0 && pureNoise <= 1)) {
      throw new IllegalArgumentException("stage %s needs pureNoise in 0..1".formatted(name));
    }
    if (!(rate > 0) || warmup < 0 || !(decay >= 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "stage %s needs rate > 0, warmup >= 0 and decay in 0..1".formatted(name));
    }
  }

  /** The learning rate at one of this stage's steps, counted from 0. */
  double rateAt(int step) {
    double up = warmup == 0 ? 1 : Math.min(1, (step + 1.0) / warmup);
    double left = (steps - step) / (double) steps;
    double down = decay == 0 ? 1 : Math.min(1, left / decay);
    return rate * Math.min(up, Math.max(0.02, down));
  }
}

package dev.plantain.codec;

/**
 * Squeezes distances {@code [0, ∞)} into {@code [0, 1)}: {@code f(d) = 1 − (1 − d/(λc))^(λ+1)}.
 *
 * <p>Source: Barron, "A Power Transform" (arXiv 2502.10647), as used by "Image Generators are
 * Generalist Vision Learners" with λ = −3, c = 10/3. The near field gets most of the range.
 *
 * @param lambda shape, below −1
 * @param c scale in metres, above 0
 */
public record PowerTransform(double lambda, double c) implements DepthScale {
  /** The paper's: {@code f(d) = 1 − (1 + d/10)^−2}. */
  public static final PowerTransform PAPER = new PowerTransform(-3, 10.0 / 3);

  public PowerTransform {
    if (!(lambda < -1) || Double.isInfinite(lambda) || !(c > 0) || Double.isInfinite(c)) {
      throw new IllegalArgumentException(
          "a power transform needs finite lambda < -1 and c > 0, got lambda %s, c %s"
              .formatted(lambda, c));
    }
  }

  /** {@code f(metres)}; 1 for {@code +∞}, NaN for NaN or a negative distance. */
  @Override
  public double forward(double metres) {
    // expm1 and log1p keep the relative precision of small distances, which 1 − (…)^p loses.
    return metres >= 0
        ? -Math.expm1((lambda + 1) * Math.log1p(metres / (-lambda * c)))
        : Double.NaN;
  }

  /** The distance in metres whose {@link #forward} is {@code f}; {@code +∞} for 1. */
  @Override
  public double inverse(double f) {
    return f >= 0 && f <= 1 ? -lambda * c * Math.expm1(Math.log1p(-f) / (lambda + 1)) : Double.NaN;
  }
}

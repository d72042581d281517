package dev.plantain.codec;

/**
 * A bounded scale, linear in metres: {@code near} is 0, {@code far} is 1.
 *
 * <p>It saturates: what is nearer than {@code near} takes the near end, what is farther than {@code
 * far} (also {@code +∞}) the far end, and the ends read back as {@code near} and {@code far}. A
 * reading of exactly {@code far} therefore means "at least far".
 *
 * @param near metres, at least 0
 * @param far metres, above {@code near}
 */
public record DepthRange(double near, double far) implements DepthScale {
  public DepthRange {
    if (!(near >= 0) || !(far > near) || Double.isInfinite(far)) {
      throw new IllegalArgumentException(
          "a depth range needs 0 <= near < far < infinity in metres, got near %s, far %s"
              .formatted(near, far));
    }
  }

  @Override
  public double forward(double metres) {
    return metres >= 0 ? Math.clamp((metres - near) / (far - near), 0.0, 1.0) : Double.NaN;
  }

  @Override
  public double inverse(double f) {
    return f >= 0 && f <= 1 ? near + f * (far - near) : Double.NaN;
  }
}

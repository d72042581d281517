package dev.plantain.train;

/** Training stopped because a loss or gradient was not finite; the last checkpoint is intact. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }
}

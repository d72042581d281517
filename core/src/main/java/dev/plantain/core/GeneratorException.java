package dev.plantain.core;

/** A generator did not draw. The message is for people: what went wrong, where, what to do. */
public class GeneratorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GeneratorException(String message) {
    super(message);
  }

  public GeneratorException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The generator declined: the reason it gave is the message. */
  public static final class Refused extends GeneratorException {
    private static final long serialVersionUID = 1L;

    public Refused(String reason) {
      super(reason);
    }
  }
}

package dev.plantain.formats;

import java.io.IOException;

/** A file cannot be read. The message is one line for people: what, where, what to do. */
public class InputException extends IOException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Nothing is there, or it may not be read, or it is a directory. */
  public static final class NotReadable extends InputException {
    private static final long serialVersionUID = 1L;

    public NotReadable(String message) {
      super(message);
    }
  }

  /** It is no picture of a kind that can be read, whatever its name says. */
  public static final class NotAnImage extends InputException {
    private static final long serialVersionUID = 1L;

    public NotAnImage(String message) {
      super(message);
    }
  }

  /** It starts like a picture and does not go on like one. */
  public static final class Damaged extends InputException {
    private static final long serialVersionUID = 1L;

    public Damaged(String message, Throwable cause) {
      super(message, cause);
    }

    public Damaged(String message) {
      super(message);
    }
  }

  /** It is larger than the {@link Limits} allow. */
  public static final class TooLarge extends InputException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(message);
    }
  }
}

package dev.plantain.formats;

import java.io.IOException;

/** A file cannot be written. The message is one line for people: what, where, what to do. */
public final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  public OutputException(String message) {
    super(message);
  }
}

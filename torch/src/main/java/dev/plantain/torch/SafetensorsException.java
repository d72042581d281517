package dev.plantain.torch;

import java.io.IOException;

/** A file is not a valid safetensors file; the message says which and what is wrong. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(String message) {
    super(message);
  }

  SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.plantain.klein;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model could not be downloaded; the message says why, and what to do. */
public final class HubException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Whether another attempt may succeed. */
  private final boolean passing;

  private HubException(String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  static HubException lasting(String message) {
    return new HubException(message, false, null);
  }

  static HubException passing(String message, Throwable cause) {
    return new HubException(message, true, cause);
  }

  static HubException passing(String message) {
    return new HubException(message, true, null);
  }

  boolean passes() {
    return passing;
  }
}

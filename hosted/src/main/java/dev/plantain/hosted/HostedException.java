package dev.plantain.hosted;

import dev.plantain.core.GeneratorException;

/**
 * A hosted generator or language model gave no answer. What it declined on grounds of its policy is
 * a {@link GeneratorException.Refused} instead. Messages never hold a key.
 */
public sealed class HostedException extends GeneratorException {
  private static final long serialVersionUID = 1L;

  HostedException(String message) {
    super(message);
  }

  /** It answered in words where a picture was asked for; the words are in the message. */
  public static final class TextOnly extends HostedException {
    private static final long serialVersionUID = 1L;

    TextOnly(String message) {
      super(message);
    }
  }

  /** It answered with something that is neither a picture nor words. */
  public static final class BadAnswer extends HostedException {
    private static final long serialVersionUID = 1L;

    BadAnswer(String message) {
      super(message);
    }
  }

  /** It cannot take the request: an unknown model, a wrong size. */
  public static final class Rejected extends HostedException {
    private static final long serialVersionUID = 1L;

    Rejected(String message) {
      super(message);
    }
  }

  /** There is no key, the key is not accepted, or it may not be used here. */
  public static final class Forbidden extends HostedException {
    private static final long serialVersionUID = 1L;

    Forbidden(String message) {
      super(message);
    }
  }

  /** Its limits on requests leave no room before the deadline. */
  public static final class TooManyRequests extends HostedException {
    private static final long serialVersionUID = 1L;

    TooManyRequests(String message) {
      super(message);
    }
  }

  /** It failed, or could not be reached, as often as was tried. */
  public static final class Unavailable extends HostedException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  /** It did not answer in time. */
  public static final class TooSlow extends HostedException {
    private static final long serialVersionUID = 1L;

    TooSlow(String message) {
      super(message);
    }
  }

  /** The call would exceed what may be spent. */
  public static final class BudgetSpent extends HostedException {
    private static final long serialVersionUID = 1L;

    BudgetSpent(String message) {
      super(message);
    }
  }

  /** The thread was interrupted, or the generator closed. */
  public static final class Cancelled extends HostedException {
    private static final long serialVersionUID = 1L;

    Cancelled(String message) {
      super(message);
    }
  }
}

package dev.plantain.core.instruct;

/** Something cannot be asked, or a text asks for nothing known. The message is for people. */
public class InstructionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InstructionException(String message) {
    super(message);
  }

  /** A dialect has no words for a task; the message names the nearest task it has. */
  public static final class Unsupported extends InstructionException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
      super(message);
    }
  }

  /** A text is not a perception instruction of any known form: an edit, a caption, or noise. */
  public static final class NotPerception extends InstructionException {
    private static final long serialVersionUID = 1L;

    public NotPerception(String message) {
      super(message);
    }
  }
}

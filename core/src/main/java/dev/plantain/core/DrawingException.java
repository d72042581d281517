package dev.plantain.core;

/** A drawing cannot be read as the answer it should be. The message is for people. */
public class DrawingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DrawingException(String message) {
    super(message);
  }

  /** It is one colour throughout where no answer can be: most likely a refusal. */
  public static final class Blank extends DrawingException {
    private static final long serialVersionUID = 1L;

    public Blank(String message) {
      super(message);
    }
  }

  /** It has another shape than the photo. */
  public static final class WrongShape extends DrawingException {
    private static final long serialVersionUID = 1L;

    public WrongShape(String message) {
      super(message);
    }
  }

  /** It does not lie on the photo: most likely it shows another scene. */
  public static final class OtherScene extends DrawingException {
    private static final long serialVersionUID = 1L;

    public OtherScene(String message) {
      super(message);
    }
  }
}

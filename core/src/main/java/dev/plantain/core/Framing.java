package dev.plantain.core;

/**
 * How a photo of any size is shown to a generator: scaled to an area it draws well and padded to
 * sides it can draw, never cropped, so that every pixel of the photo is in every drawing.
 *
 * <p>The photo lies in the middle of the canvas; the border repeats its outermost pixels.
 */
public final class Framing {
  /** A drawing may differ by this much from the canvas's aspect ratio: rounding, not cropping. */
  private static final double ASPECT_TOLERANCE = 0.02;

  private final int photoWidth;
  private final int photoHeight;
  private final int width;
  private final int height;
  private final int innerWidth;
  private final int innerHeight;

  private Framing(
      int photoWidth, int photoHeight, int width, int height, int innerWidth, int innerHeight) {
    this.photoWidth = photoWidth;
    this.photoHeight = photoHeight;
    this.width = width;
    this.height = height;
    this.innerWidth = innerWidth;
    this.innerHeight = innerHeight;
  }

  /** The canvas that shows the most of a photo of this size near the area a generator prefers. */
  public static Framing of(int photoWidth, int photoHeight, Traits.Sizes sizes) {
    if (photoWidth <= 0 || photoHeight <= 0) {
      throw new IllegalArgumentException(
          "a photo has positive sides, got %d x %d".formatted(photoWidth, photoHeight));
    }
    int multiple = sizes.multiple();
    Framing best = null;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int w = multiple; (long) w * multiple <= sizes.maxPixels(); w += multiple) {
      // The two heights around the photo's aspect ratio, and those at the ends of the allowed
      // range.
      double ideal = (double) w * photoHeight / photoWidth / multiple;
      for (double rows :
          new double[] {
            Math.floor(ideal),
            Math.ceil(ideal),
            Math.ceil(w / sizes.maxAspect() / multiple),
            Math.floor(w * sizes.maxAspect() / multiple)
          }) {
        long h = multiple * (long) rows;
        double aspect =
            h <= 0 ? Double.POSITIVE_INFINITY : Math.max((double) w / h, (double) h / w);
        if (aspect <= sizes.maxAspect() && w * h <= sizes.maxPixels()) {
          Framing framing = inside(photoWidth, photoHeight, w, (int) h);
          double cost = framing.cost(sizes.pixels());
          if (cost < bestCost) {
            best = framing;
            bestCost = cost;
          }
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "no canvas of sides a multiple of %d fits in %d pixels"
              .formatted(multiple, sizes.maxPixels()));
    }
    return best;
  }

  /**
   * The photo as large as it fits on a canvas of this size, for generators that draw only some
   * sizes.
   */
  public static Framing onto(int photoWidth, int photoHeight, int width, int height) {
    if (Math.min(Math.min(photoWidth, photoHeight), Math.min(width, height)) <= 0) {
      throw new IllegalArgumentException(
          "a photo and a canvas have positive sides, got %d x %d and %d x %d"
              .formatted(photoWidth, photoHeight, width, height));
    }
    return inside(photoWidth, photoHeight, width, height);
  }

  /** The photo as large as it fits in a canvas. */
  private static Framing inside(int photoWidth, int photoHeight, int width, int height) {
    double scale = Math.min((double) width / photoWidth, (double) height / photoHeight);
    return new Framing(
        photoWidth,
        photoHeight,
        width,
        height,
        Math.clamp(Math.round(scale * photoWidth), 1, width),
        Math.clamp(Math.round(scale * photoHeight), 1, height));
  }

  /** Distance from the preferred area, and twice the share that padding wastes. */
  private double cost(int pixels) {
    double area = (double) width * height;
    return Math.abs(Math.log(area / pixels)) + 2 * (1 - innerWidth * innerHeight / area);
  }

  /** Columns of the canvas. */
  public int width() {
    return width;
  }

  /** Rows of the canvas. */
  public int height() {
    return height;
  }

  /** Whether this is for photos of this one's size. */
  public boolean fits(Image photo) {
    return photo.width() == photoWidth && photo.height() == photoHeight;
  }

  /** The photo on its canvas. */
  public Image frame(Image photo) {
    if (!fits(photo)) {
      throw new IllegalArgumentException(
          "framing is for a photo of %d x %d, got %s".formatted(photoWidth, photoHeight, photo));
    }
    Image inner = Resizer.resize(photo, innerWidth, innerHeight);
    if (innerWidth == width && innerHeight == height) {
      return inner;
    }
    return inner.window(-left(), -top(), width, height);
  }

  private int left() {
    return (width - innerWidth) / 2;
  }

  private int top() {
    return (height - innerHeight) / 2;
  }

  /**
   * The part of a drawing where the photo lies, without the padding: its pixels as they are.
   *
   * @throws DrawingException.WrongShape if its aspect ratio is another than the canvas's
   */
  public Image unframe(Image drawing) {
    return cut(drawing, placement(drawing));
  }

  /** The same of a drawing of any aspect ratio, taken to be the whole canvas, stretched. */
  public Image cut(Image drawing) {
    return cut(
        drawing,
        placement()
            .then(
                new Placement(
                    (double) drawing.width() / width, (double) drawing.height() / height, 0, 0)));
  }

  private Image cut(Image drawing, Placement placement) {
    int x0 = (int) Math.round(placement.drawingX(0));
    int y0 = (int) Math.round(placement.drawingY(0));
    int w = (int) Math.max(1, Math.round(placement.drawingX(photoWidth)) - x0);
    int h = (int) Math.max(1, Math.round(placement.drawingY(photoHeight)) - y0);
    byte[] all = drawing.rgb8();
    byte[] part = new byte[3 * w * h];
    for (int y = 0; y < h; y++) {
      System.arraycopy(all, 3 * ((y0 + y) * drawing.width() + x0), part, 3 * y * w, 3 * w);
    }
    return Image.of(w, h, part);
  }

  /** Where the photo lies on the canvas. */
  public Placement placement() {
    return new Placement(
        (double) innerWidth / photoWidth, (double) innerHeight / photoHeight, left(), top());
  }

  /** Where the mirrored photo lies on the mirrored canvas: odd padding is wider on one side. */
  Placement mirroredPlacement() {
    return new Placement(
        (double) innerWidth / photoWidth,
        (double) innerHeight / photoHeight,
        width - innerWidth - left(),
        top());
  }

  /**
   * Where the photo lies in a drawing, which may be the canvas in another resolution.
   *
   * @throws DrawingException.WrongShape if its aspect ratio is another
   */
  public Placement placement(Image drawing) {
    double x = (double) drawing.width() / width;
    double y = (double) drawing.height() / height;
    if (Math.abs(x / y - 1) > ASPECT_TOLERANCE) {
      throw wrongShape(drawing);
    }
    return placement().then(new Placement(x, y, 0, 0));
  }

  DrawingException.WrongShape wrongShape(Image drawing) {
    return new DrawingException.WrongShape(
        ("the generator was asked for %d x %d pixels and drew %d x %d, of another shape:"
                + " most likely it cropped the photo")
            .formatted(width, height, drawing.width(), drawing.height()));
  }
}

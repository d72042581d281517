package dev.plantain.hosted;

import dev.plantain.core.Framing;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The size a server draws for a size asked for. Where it draws only some, the photo is padded to
 * the nearest of them, and the padding is cut off again.
 */
final class Canvas {
  /** A drawing whose shape is another than the canvas's by more than this is left as it is. */
  private static final double SHAPE_TOLERANCE = 0.05;

  private final String size;
  private final Optional<Framing> framing;
  private final int width;
  private final int height;

  private Canvas(String size, Optional<Framing> framing, int width, int height) {
    this.size = size;
    this.framing = framing;
    this.width = width;
    this.height = height;
  }

  static Canvas of(Server server, List<Image> images, Options options) {
    if (options.width().isEmpty() && images.isEmpty()) {
      return new Canvas("", Optional.empty(), 0, 0);
    }
    int w = options.width().orElseGet(() -> images.getFirst().width());
    int h = options.height().orElseGet(() -> images.getFirst().height());
    if (server.fixed().isEmpty()) {
      return new Canvas(w + "x" + h, Optional.empty(), w, h);
    }
    Server.Fixed best =
        server.fixed().stream().min(Comparator.comparingDouble(f -> waste(f, w, h))).orElseThrow();
    boolean same = (long) best.width() * h == (long) best.height() * w;
    return new Canvas(
        best.label(),
        same ? Optional.empty() : Optional.of(Framing.onto(w, h, best.width(), best.height())),
        best.width(),
        best.height());
  }

  /** Share of a size that padding takes, and how far its area is from the one asked for. */
  private static double waste(Server.Fixed fixed, int w, int h) {
    double scale = Math.min((double) fixed.width() / w, (double) fixed.height() / h);
    double used = scale * w * scale * h / ((double) fixed.width() * fixed.height());
    double area = Math.log((double) fixed.width() * fixed.height() / ((double) w * h));
    return 1 - used + 0.01 * Math.abs(area);
  }

  /** What to ask the server for; empty if it may choose. */
  String size() {
    return size;
  }

  /** The pictures as the server is shown them: those of the asked shape on the canvas. */
  List<Image> frame(List<Image> images) {
    return framing
        .map(f -> images.stream().map(image -> f.fits(image) ? f.frame(image) : image).toList())
        .orElse(images);
  }

  /** The part of a drawing that was asked for. */
  Image unframe(Image drawing) {
    if (framing.isEmpty()) {
      return drawing;
    }
    double x = (double) drawing.width() / width;
    double y = (double) drawing.height() / height;
    if (Math.abs(x / y - 1) > SHAPE_TOLERANCE) {
      return drawing; // of a shape of its own; whoever asked finds out which
    }
    return framing.get().cut(drawing);
  }
}

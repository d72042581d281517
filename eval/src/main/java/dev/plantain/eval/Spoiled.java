package dev.plantain.eval;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import dev.plantain.formats.Jpeg;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A generator whose drawings are spoiled as services spoil them: drawn in another size and shape,
 * shifted, saved as JPEG.
 */
public final class Spoiled implements Generator {
  private final Generator inner;
  private final Damage damage;

  /**
   * What is done to drawings.
   *
   * @param jpeg quality in (0, 1]
   * @param width of the drawing that comes back, whatever was asked for
   * @param height likewise
   * @param shift as a share of the sides, in a direction that depends on the drawing
   */
  public record Damage(OptionalDouble jpeg, OptionalInt width, OptionalInt height, double shift) {
    public Damage {
      if (!(jpeg.orElse(1) > 0 && jpeg.orElse(1) <= 1) || !(shift >= 0 && shift < 0.5)) {
        throw new IllegalArgumentException(
            "JPEG's quality is in (0, 1], and a shift in [0, 0.5), got %s and %s"
                .formatted(jpeg, shift));
      }
    }
  }

  public Spoiled(Generator inner, Damage damage) {
    this.inner = inner;
    this.damage = damage;
  }

  @Override
  public Traits traits() {
    Traits own = inner.traits();
    return new Traits(
        own.name() + ", spoiled", own.dialect(), own.sizes(), own.seedable(), own.licence());
  }

  @Override
  public Image draw(List<Image> images, String prompt, Options options) {
    return spoil(inner.draw(images, prompt, options), prompt.hashCode() + options.seed());
  }

  @Override
  public List<Image> drawAll(List<Request> requests) {
    List<Image> drawings = inner.drawAll(requests);
    List<Image> spoiled = new ArrayList<>();
    for (int i = 0; i < drawings.size(); i++) {
      Request request = requests.get(i);
      spoiled.add(spoil(drawings.get(i), request.prompt().hashCode() + request.options().seed()));
    }
    return spoiled;
  }

  @Override
  public List<String> unknownPhrases(List<String> phrases) {
    return inner.unknownPhrases(phrases);
  }

  @Override
  public void close() {
    inner.close();
  }

  private Image spoil(Image drawing, long seed) {
    Image image = drawing;
    if (damage.width().isPresent()) {
      image = resized(image, damage.width().getAsInt(), damage.height().orElseThrow());
    }
    if (damage.shift() > 0) {
      double angle = new SplittableRandom(seed).nextDouble(2 * Math.PI);
      image =
          shifted(
              image,
              (int) Math.round(damage.shift() * image.width() * Math.cos(angle)),
              (int) Math.round(damage.shift() * image.height() * Math.sin(angle)));
    }
    return damage.jpeg().isPresent() ? Jpeg.lossy(image, damage.jpeg().getAsDouble()) : image;
  }

  /** Bilinear, as such services do: colours between colours appear at edges. */
  private static Image resized(Image image, int width, int height) {
    BufferedImage from = buffered(image);
    BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = to.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(from, 0, 0, width, height, null);
    g.dispose();
    return image(to);
  }

  private static Image shifted(Image image, int dx, int dy) {
    BufferedImage to = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      int row = Math.clamp(y - dy, 0, image.height() - 1);
      for (int x = 0; x < image.width(); x++) {
        to.setRGB(x, y, image.rgb(Math.clamp(x - dx, 0, image.width() - 1), row));
      }
    }
    return image(to);
  }

  private static BufferedImage buffered(Image image) {
    BufferedImage to = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        to.setRGB(x, y, image.rgb(x, y));
      }
    }
    return to;
  }

  private static Image image(BufferedImage from) {
    int width = from.getWidth();
    byte[] rgb8 = new byte[3 * width * from.getHeight()];
    for (int y = 0, i = 0; y < from.getHeight(); y++) {
      for (int x = 0; x < width; x++, i += 3) {
        int rgb = from.getRGB(x, y);
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    return Image.of(width, from.getHeight(), rgb8);
  }
}

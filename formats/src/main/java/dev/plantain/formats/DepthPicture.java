package dev.plantain.formats;

import dev.plantain.codec.ColourMap;
import dev.plantain.core.Image;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.RelativeDepth;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Depth to look at: near is bright, far is dark, with a bar that says how far. Not to be read back.
 */
public final class DepthPicture {
  private static final ColourMap MAP = ColourMap.INFERNO;
  private static final int SKY = 0x27364A;
  private static final int INVALID = 0x6B6B6B;

  private DepthPicture() {}

  /** Distances over which colours are spread; what is nearer or farther looks like the limit. */
  public record Range(double nearMetres, double farMetres) {
    /**
     * @throws IllegalArgumentException unless {@code 0 < nearMetres < farMetres}, both finite
     */
    public Range {
      if (!(nearMetres > 0 && nearMetres < farMetres && Double.isFinite(farMetres))) {
        throw new IllegalArgumentException(
            "a range of depths from %s m to %s m".formatted(nearMetres, farMetres));
      }
    }

    /** Of all but the nearest and farthest hundredth of a map; 1 to 2 m if it knows nothing. */
    public static Range of(DepthMap depth) {
      double near = depth.quantile(0.01);
      boolean known = !Double.isNaN(near);
      double n = known ? Math.max(near, 1e-3) : 1;
      return new Range(n, Math.max(known ? depth.quantile(0.99) : 2, 1.05 * n));
    }
  }

  /** Metric depth with a scale bar below; sky is slate, what is invalid grey. */
  public static Image of(DepthMap depth) {
    return of(depth, Range.of(depth));
  }

  /** Metric depth in the colours of a given range, so that pictures compare. */
  public static Image of(DepthMap depth, Range range) {
    boolean known = !Double.isNaN(depth.quantile(0.01));
    double n = range.nearMetres;
    double f = range.farMetres;
    int w = depth.width();
    int h = depth.height();
    float[] metres = depth.metres();
    byte[] rgb8 = new byte[3 * w * h];
    for (int i = 0; i < metres.length; i++) {
      put(rgb8, i, colour(metres[i], n, f));
    }
    Image picture = Image.of(w, h, rgb8);
    return known ? withBar(picture, n, f) : picture;
  }

  /** Relative depth. */
  public static Image of(RelativeDepth depth) {
    float[] nearness = depth.nearness();
    byte[] rgb8 = new byte[3 * nearness.length];
    for (int i = 0; i < nearness.length; i++) {
      put(rgb8, i, Float.isNaN(nearness[i]) ? INVALID : rgb(nearness[i]));
    }
    return Image.of(depth.width(), depth.height(), rgb8);
  }

  /** Even steps are even ratios of distance: 1 m against 2 m looks like 10 m against 20 m. */
  private static int colour(float metres, double near, double far) {
    if (Float.isNaN(metres)) {
      return INVALID;
    }
    if (Float.isInfinite(metres)) {
      return SKY;
    }
    return rgb(1 - Math.log(Math.max(metres, 1e-6) / near) / Math.log(far / near));
  }

  private static int rgb(double bright) {
    // The darkest tenth of the map looks like nothing.
    double[] rgb = MAP.colour(0.1 + 0.9 * Math.clamp(bright, 0, 1));
    int packed = 0;
    for (double channel : rgb) {
      packed = packed << 8 | (int) Math.round(255 * channel);
    }
    return packed;
  }

  private static void put(byte[] rgb8, int pixel, int rgb) {
    rgb8[3 * pixel] = (byte) (rgb >> 16);
    rgb8[3 * pixel + 1] = (byte) (rgb >> 8);
    rgb8[3 * pixel + 2] = (byte) rgb;
  }

  private static Image withBar(Image picture, double near, double far) {
    return Canvas.on(
        picture,
        canvas -> {
          canvas.font(11, Font.PLAIN);
          float unit = canvas.unit;
          int w = picture.width();
          int h = picture.height();
          float margin = 12 * unit;
          float bar = 9 * unit;
          int letters = canvas.textHeight();
          float top = h - margin - bar - letters;
          if (w < 8 * margin || h < 6 * bar) {
            return; // too small a picture for letters
          }
          canvas.pen.setColor(new Color(10, 12, 16, 190));
          canvas.pen.fillRoundRect(
              Math.round(margin / 2),
              Math.round(top - margin / 2),
              Math.round(w - margin),
              Math.round(bar + letters + margin),
              Math.round(margin),
              Math.round(margin));
          float length = w - 2 * margin - 4 * unit;
          float left = margin + 2 * unit;
          for (int x = 0; x < length; x++) {
            canvas.pen.setColor(new Color(rgb(1 - x / (double) length)));
            canvas.pen.fillRect(Math.round(left + x), Math.round(top), 1, Math.round(bar));
          }
          float free = Float.NEGATIVE_INFINITY;
          for (double metres : ticks(near, far)) {
            float x = (float) (left + length * Math.log(metres / near) / Math.log(far / near));
            String label = label(metres);
            float start =
                Math.clamp(
                    x - canvas.textWidth(label) / 2f,
                    left,
                    Math.max(left, left + length - canvas.textWidth(label)));
            if (start > free) {
              canvas.pen.setColor(Color.WHITE);
              canvas.pen.fillRect(
                  Math.round(x), Math.round(top), Math.max(1, Math.round(unit)), Math.round(bar));
              canvas.text(label, start, top + bar, Color.WHITE);
              free = start + canvas.textWidth(label) + 8 * unit;
            }
          }
        });
  }

  /** 1, 2 and 5 times powers of ten between two distances. */
  private static double[] ticks(double near, double far) {
    return IntStream.rangeClosed(-3, 5)
        .boxed()
        .flatMap(power -> DoubleStream.of(1, 2, 5).map(m -> m * Math.pow(10, power)).boxed())
        .mapToDouble(d -> d)
        .filter(d -> d >= near && d <= far)
        .toArray();
  }

  private static String label(double metres) {
    return metres >= 1
        ? String.format(Locale.ROOT, "%.0f m", metres)
        : String.format(Locale.ROOT, "%.0f cm", 100 * metres);
  }
}

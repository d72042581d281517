package dev.plantain.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Pixels on the command line: {@code 320,240}, and with a distance {@code 320,240=2.5}. */
final class PixelOption {
  private static final Pattern PIXEL = Pattern.compile("\\s*(\\d{1,9})\\s*,\\s*(\\d{1,9})\\s*");

  private PixelOption() {}

  /** Column and row. */
  record Pixel(int x, int y) {

    void requireInside(String option, String photo, int width, int height) {
      if (x >= width || y >= height) {
        throw new UsageException(
            "%s %d,%d lies outside %s, which has %d x %d pixels (0,0 is the top left one)"
                .formatted(option, x, y, photo, width, height));
      }
    }

    static Pixel parse(String text) {
      Matcher m = PIXEL.matcher(text);
      if (!m.matches()) {
        throw new UsageException(
            "a pixel is COLUMN,ROW in whole numbers from 0, got \"%s\"".formatted(text));
      }
      return new Pixel(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }
  }

  /** A pixel whose distance is known, in metres. */
  record KnownDistance(Pixel pixel, double metres) {

    static KnownDistance parse(String text) {
      int equals = text.indexOf('=');
      double metres = equals < 0 ? Double.NaN : number(text.substring(equals + 1));
      if (!(metres > 0 && metres <= 10_000)) {
        throw new UsageException(
            "a known distance is COLUMN,ROW=METRES, above 0 and up to 10000, got \"%s\""
                .formatted(text));
      }
      return new KnownDistance(Pixel.parse(text.substring(0, equals)), metres);
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text.strip().replaceFirst("\\s*m$", ""));
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }

  /** For picocli. */
  static final class PixelConverter implements ITypeConverter<Pixel> {
    @Override
    public Pixel convert(String text) {
      try {
        return Pixel.parse(text);
      } catch (UsageException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** For picocli. */
  static final class KnownConverter implements ITypeConverter<KnownDistance> {
    @Override
    public KnownDistance convert(String text) {
      try {
        return KnownDistance.parse(text);
      } catch (UsageException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

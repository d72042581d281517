package dev.plantain.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 160x120}. */
final class SizeConverter implements ITypeConverter<SizeConverter.Size> {
  private static final int MOST = 8192;

  /** In pixels. */
  record Size(int width, int height) {}

  @Override
  public Size convert(String text) {
    if (text.matches("\\d{1,4}[xX×]\\d{1,4}")) {
      String[] sides = text.split("[xX×]");
      Size size = new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
      if (Math.min(size.width, size.height) >= 16 && Math.max(size.width, size.height) <= MOST) {
        return size;
      }
    }
    throw new TypeConversionException(
        "a size is WIDTHxHEIGHT, each 16 to %d, got \"%s\"".formatted(MOST, text));
  }

  /** Also reads {@code 128}, a square's side. */
  static final class OrSide implements ITypeConverter<Size> {
    @Override
    public Size convert(String text) {
      return new SizeConverter().convert(text.matches("\\d+") ? text + "x" + text : text);
    }
  }
}

package dev.plantain.cli;

import dev.plantain.eval.Spoiled.Damage;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code jpeg=0.75,size=1024x1024,shift=0.03}, any of them. */
final class DamageConverter implements ITypeConverter<Damage> {
  @Override
  public Damage convert(String text) {
    OptionalDouble jpeg = OptionalDouble.empty();
    OptionalInt width = OptionalInt.empty();
    OptionalInt height = OptionalInt.empty();
    double shift = 0;
    try {
      for (String part : text.split(",")) {
        String[] pair = part.strip().split("=", 2);
        String value = pair.length == 2 ? pair[1] : "";
        switch (pair[0]) {
          case "jpeg" -> jpeg = OptionalDouble.of(Double.parseDouble(value));
          case "shift" -> shift = Double.parseDouble(value);
          case "size" -> {
            SizeConverter.Size size = new SizeConverter().convert(value);
            width = OptionalInt.of(size.width());
            height = OptionalInt.of(size.height());
          }
          default -> throw new IllegalArgumentException("there is no \"%s\"".formatted(pair[0]));
        }
      }
      return new Damage(jpeg, width, height, shift);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "damage is jpeg=0.75,size=1024x1024,shift=0.03, any of them, got \"%s\": %s"
              .formatted(text, e.getMessage()));
    }
  }
}

package dev.plantain.cli;

import dev.plantain.core.instruct.Colours;
import dev.plantain.core.instruct.InstructionException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Colours on the command line, {@code 0xRRGGBB}: names, hex, tuples. */
final class ColourConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      return Colours.parse(text);
    } catch (InstructionException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

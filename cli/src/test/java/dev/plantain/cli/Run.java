package dev.plantain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Image;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One command line and what came of it.
 *
 * @param out standard output
 * @param err standard error
 */
record Run(int code, String out, String err) {

  static Run of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new Plantain(new Console(new PrintWriter(out), new PrintWriter(err), false)).run(args);
    return new Run(code, out.toString(), err.toString());
  }

  /** The lines of {@code out} as JSON. */
  List<JsonNode> json() {
    ObjectMapper mapper = new ObjectMapper();
    return out.lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(line, e);
              }
            })
        .toList();
  }

  /** A photo of 160 x 120 pixels that shows the still life. */
  static Path photo(Path file) throws IOException {
    int[] labels = new StillLife(160, 120).labels(List.of("wall", "floor", "chair")).labels();
    int[] colours = {0xE8E0D0, 0x705038, 0x20406C};
    byte[] rgb8 = new byte[3 * labels.length];
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) (colours[labels[i / 3]] >> (16 - 8 * (i % 3)));
    }
    Png.write(file, Image.of(160, 120, rgb8));
    return file;
  }

  /** All files in a folder, relative to it, sorted; none if it is not there. */
  static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}

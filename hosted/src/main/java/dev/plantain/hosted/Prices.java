package dev.plantain.hosted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What calls cost, from a file the user edits: a line for each spec, such as {@code gemini:MODEL
 * image=0.04 input=0.3 output=2.5}, in US dollars for an image and for a million tokens read and
 * written.
 */
final class Prices {
  private final Map<String, Price> bySpec;
  private final Path file;

  private Prices(Map<String, Price> bySpec, Path file) {
    this.bySpec = Map.copyOf(bySpec);
    this.file = file;
  }

  /**
   * In US dollars.
   *
   * @param image each
   * @param input a million tokens
   * @param output a million tokens
   */
  record Price(double image, double input, double output) {
    double of(Usage usage) {
      return image * usage.images() + (input * usage.input() + output * usage.output()) / 1e6;
    }
  }

  /**
   * Reads a file of prices; one that is not there has none.
   *
   * @throws HostedException.Rejected if a line is not understood
   */
  static Prices read(Path file) {
    Map<String, Price> prices = new HashMap<>();
    if (Files.isRegularFile(file)) {
      try {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
          number++;
          String text = line.replaceFirst("(^|\\s)#\\s.*$|^#$", "").strip();
          if (!text.isEmpty()) {
            String[] words = text.split("\\s+");
            prices.put(words[0], price(words, "%s, line %d".formatted(file, number)));
          }
        }
      } catch (IOException e) {
        throw new HostedException.Rejected(
            "the prices in %s cannot be read: %s".formatted(file, e.getMessage()));
      }
    }
    return new Prices(prices, file);
  }

  private static Price price(String[] words, String where) {
    Map<String, Double> values = new HashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      double value;
      try {
        value = Double.parseDouble(pair[pair.length - 1]);
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      if (pair.length != 2
          || !pair[0].matches("image|input|output")
          || !(value >= 0 && value < 1e6)
          || values.put(pair[0], value) != null) {
        throw new HostedException.Rejected(
            "%s: \"%s\" is no price; write image=, input= or output= and US dollars"
                .formatted(where, words[i]));
      }
    }
    if (values.isEmpty()) {
      throw new HostedException.Rejected(where + ": the price is missing");
    }
    return new Price(
        values.getOrDefault("image", 0.0),
        values.getOrDefault("input", 0.0),
        values.getOrDefault("output", 0.0));
  }

  Optional<Price> of(String spec) {
    return Optional.ofNullable(bySpec.get(spec));
  }

  Path file() {
    return file;
  }
}

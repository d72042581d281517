package dev.plantain.core.instruct;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours in words: names, {@code #80C000}, {@code (255, 192, 128)} and {@code <255, 165, 0>}.
 *
 * <p>A colour is {@code 0xRRGGBB}, 8-bit sRGB. Names are those of CSS Color Module Level 4 with
 * their words apart ("dark orange"), except that "green" is the pure {@code #00FF00}.
 */
public final class Colours {
  public static final int BLACK = 0x000000;
  public static final int WHITE = 0xFFFFFF;

  private static final Map<String, Integer> VALUES = new HashMap<>();
  private static final Map<Integer, String> NAMES = new HashMap<>();

  private static final Pattern LITERAL =
      Pattern.compile(
          "#([0-9a-fA-F]{6})(?![0-9a-zA-Z])|#([0-9a-fA-F]{3})(?![0-9a-zA-Z])"
              + "|(?:rgb)?[(<\\[] ?(\\d{1,3}) ?, ?(\\d{1,3}) ?, ?(\\d{1,3}) ?[)>\\]]",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORDS =
      Pattern.compile("[a-zA-Z]+(?:[ -][a-zA-Z]+){0,2}(?![0-9a-zA-Z])");

  static {
    try (InputStream in = Colours.class.getResourceAsStream("colours.txt")) {
      if (in == null) {
        throw new IllegalStateException("the table of colour names is missing from this build");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("#[0-9A-F]{6} .+")) {
          int rgb = Integer.parseInt(line.substring(1, 7), 16);
          String name = line.substring(8);
          VALUES.put(name.replace(" ", ""), rgb);
          NAMES.putIfAbsent(rgb, name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Colours() {}

  /** The commonest name of exactly this colour. */
  public static Optional<String> name(int rgb) {
    return Optional.ofNullable(NAMES.get(rgb));
  }

  /** {@code #RRGGBB}. */
  public static String hex(int rgb) {
    return "#%06X".formatted(rgb & 0xFFFFFF);
  }

  /**
   * Reads a whole string as one colour, in any of the notations.
   *
   * @return {@code 0xRRGGBB}
   * @throws InstructionException if it is none
   */
  public static int parse(String text) {
    String trimmed = text.strip();
    Optional<Found> found = at(trimmed, 0);
    if (found.isEmpty() || found.get().end() != trimmed.length()) {
      throw new InstructionException(
          "\"%s\" is not a colour; write a CSS name, #80C000 or (255, 192, 128)".formatted(text));
    }
    return found.get().rgb();
  }

  /** The longest colour literal that starts at {@code start}. */
  public static Optional<Found> at(String text, int start) {
    Matcher literal = LITERAL.matcher(text).region(start, text.length());
    literal.useTransparentBounds(true);
    if (literal.lookingAt()) {
      OptionalInt rgb = value(literal);
      return rgb.isPresent()
          ? Optional.of(new Found(rgb.getAsInt(), literal.end()))
          : Optional.empty();
    }
    Matcher words = WORDS.matcher(text).region(start, text.length());
    words.useTransparentBounds(true);
    if (!words.lookingAt()) {
      return Optional.empty();
    }
    for (int end = words.end(); end > start; ) {
      String name = text.substring(start, end).replaceAll("[ -]", "").toLowerCase(Locale.ROOT);
      Integer rgb = VALUES.get(name);
      if (rgb != null) {
        return Optional.of(new Found(rgb, end));
      }
      int space = Math.max(text.lastIndexOf(' ', end - 1), text.lastIndexOf('-', end - 1));
      end = space > start ? space : start;
    }
    return Optional.empty();
  }

  private static OptionalInt value(Matcher literal) {
    String six = literal.group(1);
    if (six != null) {
      return OptionalInt.of(Integer.parseInt(six, 16));
    }
    String three = literal.group(2);
    if (three != null) {
      int v = Integer.parseInt(three, 16);
      return OptionalInt.of(0x11 * ((v >> 8) << 16 | (v >> 4 & 0xF) << 8 | (v & 0xF)));
    }
    int rgb = 0;
    for (int group = 3; group <= 5; group++) {
      int channel = Integer.parseInt(literal.group(group));
      if (channel > 255) {
        return OptionalInt.empty();
      }
      rgb = rgb << 8 | channel;
    }
    return OptionalInt.of(rgb);
  }

  /**
   * A colour found in a text.
   *
   * @param end index after its last character
   */
  public record Found(int rgb, int end) {}

  /** How a colour is written down. */
  enum Notation {
    NAME,
    HEX,
    TUPLE,
    ANGLE;

    /** The colour in this notation; one without a name is written as hex instead. */
    String write(int rgb) {
      int r = rgb >> 16 & 0xFF;
      int g = rgb >> 8 & 0xFF;
      int b = rgb & 0xFF;
      return switch (this) {
        case NAME -> Colours.name(rgb).orElseGet(() -> hex(rgb));
        case HEX -> hex(rgb);
        case TUPLE -> String.format(Locale.ROOT, "(%d, %d, %d)", r, g, b);
        case ANGLE -> String.format(Locale.ROOT, "<%d, %d, %d>", r, g, b);
      };
    }
  }
}

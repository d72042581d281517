package dev.plantain.eval.set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.InputException;
import dev.plantain.formats.MaskRuns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files of benchmarks, and what is wrong with them in words. */
final class JsonFile {
  /** The largest, SA-Co's annotations, have some hundred megabytes. */
  private static final long MOST_BYTES = 2L << 30;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFile() {}

  /** Where JSON comes from. */
  @FunctionalInterface
  private interface Source {
    JsonNode parse() throws IOException;
  }

  static JsonNode read(Path file) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException.NotReadable(file + " is missing");
    }
    return parse(
        file,
        () -> {
          if (Files.size(file) > MOST_BYTES) {
            throw new InputException.TooLarge(file + " is larger than 2 GB");
          }
          return MAPPER.readTree(file.toFile());
        });
  }

  /** Text in UTF-8 or, where it is none, Windows' western code page, as ReasonSeg's files are. */
  static JsonNode readOldText(Path file) throws InputException {
    return parse(
        file,
        () -> {
          byte[] bytes = Files.readAllBytes(Folders.required(file));
          String text;
          try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
          } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("windows-1252"));
          }
          return MAPPER.readTree(text);
        });
  }

  private static JsonNode parse(Path file, Source source) throws InputException {
    try {
      return source.parse();
    } catch (JsonProcessingException e) {
      throw new InputException.Damaged(
          "%s is no JSON: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A list that must be there. */
  static JsonNode list(JsonNode node, String name, Path file) throws InputException {
    JsonNode list = node.path(name);
    if (!list.isArray()) {
      throw new InputException.Damaged("%s has no list \"%s\"".formatted(file, name));
    }
    return list;
  }

  static String text(JsonNode node, String name, Path file) throws InputException {
    JsonNode text = node.path(name);
    if (!text.isTextual() || text.asText().isBlank()) {
      throw new InputException.Damaged("%s has an entry without \"%s\"".formatted(file, name));
    }
    return text.asText();
  }

  static long number(JsonNode node, String name, Path file) throws InputException {
    JsonNode number = node.path(name);
    if (!number.isIntegralNumber()) {
      throw new InputException.Damaged(
          "%s has an entry without a whole number \"%s\"".formatted(file, name));
    }
    return number.asLong();
  }

  /** A name of something, which may be a whole number or text. */
  static String id(JsonNode node, String name, Path file) throws InputException {
    JsonNode id = node.path(name);
    if (!id.isIntegralNumber() && (!id.isTextual() || id.asText().isBlank())) {
      throw new InputException.Damaged(
          "%s has an entry without \"%s\", a whole number or text".formatted(file, name));
    }
    return id.asText();
  }

  /** A side of a picture. */
  static int side(JsonNode node, String name, Path file) throws InputException {
    long side = number(node, name, file);
    if (side < 1 || side > 100_000) {
      throw new InputException.Damaged("%s has a %s of %d".formatted(file, name, side));
    }
    return (int) side;
  }

  /** A mask as polygons or run lengths, compressed or not. */
  static MaskRuns mask(JsonNode segmentation, int width, int height, Path file)
      throws InputException {
    JsonNode size = segmentation.path("size");
    if (size.size() == 2 && (size.get(0).asInt() != height || size.get(1).asInt() != width)) {
      throw new InputException.Damaged(
          "%s has a mask of %d x %d on a picture of %d x %d"
              .formatted(file, size.get(1).asInt(), size.get(0).asInt(), width, height));
    }
    try {
      if (segmentation.isArray()) {
        return MaskRuns.ofPolygons(
            MAPPER.convertValue(segmentation, double[][].class), width, height);
      }
      JsonNode counts = segmentation.path("counts");
      return counts.isTextual()
          ? MaskRuns.parse(counts.asText(), width, height)
          : MaskRuns.of(MAPPER.convertValue(counts, int[].class), width, height);
    } catch (InputException e) {
      throw new InputException.Damaged("%s: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new InputException.Damaged(
          file + " has a segmentation that is neither polygons nor run lengths", e);
    }
  }
}

package dev.plantain.cli;

import dev.plantain.core.Framing;
import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Placement;
import dev.plantain.core.Traits;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.OutputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures from words, and photos changed by words: the picture is the answer. */
final class Pictures {
  private Pictures() {}

  static String prompt(String words) {
    String prompt = words.replaceAll("\\s+", " ").strip();
    if (prompt.isEmpty()) {
      throw new UsageException("the words are empty; say what to draw");
    }
    return prompt;
  }

  /** A picture from words alone. A size that cannot be drawn becomes the nearest that can. */
  static Image generate(Generator generator, String prompt, Options options) {
    Traits.Sizes sizes = generator.traits().sizes();
    Options fitting = options;
    if (options.width().isPresent()) {
      int width = nearest(options.width().getAsInt(), sizes.multiple());
      int height = nearest(options.height().orElseThrow(), sizes.multiple());
      if ((long) width * height > sizes.maxPixels()) {
        throw new UsageException(
            "%s draws up to %d pixels, %d x %d are more; choose a smaller --size"
                .formatted(generator.traits().name(), sizes.maxPixels(), width, height));
      }
      fitting = options.withSize(width, height);
    }
    return generator.draw(List.of(), prompt, fitting);
  }

  private static int nearest(int side, int multiple) {
    return Math.max(1, Math.round((float) side / multiple)) * multiple;
  }

  /** A photo changed, without the border that framing added. */
  static Image edit(Generator generator, Image photo, String prompt, Options options) {
    Traits.Sizes sizes = generator.traits().sizes();
    if (options.width().isPresent()) {
      long area = (long) options.width().getAsInt() * options.height().orElseThrow();
      int pixels =
          (int) Math.clamp(area, (long) sizes.multiple() * sizes.multiple(), sizes.maxPixels());
      sizes = new Traits.Sizes(sizes.multiple(), pixels, sizes.maxPixels(), sizes.maxAspect());
    }
    Framing framing = Framing.of(photo.width(), photo.height(), sizes);
    Image drawing =
        generator.draw(
            List.of(framing.frame(photo)),
            prompt,
            options.withSize(framing.width(), framing.height()));
    Placement at = framing.placement(drawing);
    int left = Math.clamp(Math.round(at.drawingX(0)), 0, drawing.width() - 1);
    int top = Math.clamp(Math.round(at.drawingY(0)), 0, drawing.height() - 1);
    int right = Math.clamp(Math.round(at.drawingX(photo.width())), left + 1, drawing.width());
    int bottom = Math.clamp(Math.round(at.drawingY(photo.height())), top + 1, drawing.height());
    return crop(drawing, left, top, right, bottom);
  }

  private static Image crop(Image image, int left, int top, int right, int bottom) {
    int width = right - left;
    byte[] from = image.rgb8();
    byte[] to = new byte[3 * width * (bottom - top)];
    for (int y = top; y < bottom; y++) {
      System.arraycopy(from, 3 * (y * image.width() + left), to, 3 * (y - top) * width, 3 * width);
    }
    return Image.of(width, bottom - top, to);
  }

  /** What is told of a picture to machines, and kept beside it. */
  static Map<String, Object> facts(
      String input, String task, Traits traits, long seed, String prompt, Path file, Image image) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("input", input.isEmpty() ? null : input);
    facts.put("task", task);
    facts.put("generator", traits.name());
    facts.put("licence", traits.licence());
    facts.put("seed", seed);
    facts.put("prompt", prompt);
    facts.put("files", Map.of("drawing", file.toString()));
    facts.put("summary", Map.of("width", image.width(), "height", image.height()));
    return facts;
  }

  static void keep(Path file, Map<String, Object> facts) throws OutputException {
    AtomicFile.write(
        file, out -> out.write((JsonText.line(facts) + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.plantain.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Options;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Limits;
import dev.plantain.formats.Png;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A generator of Plantain as an {@link ImageModel}: {@code sprout}, one behind a server, or any
 * other. Pictures come as PNG in base64.
 *
 * <p>The generator is the caller's to close. Safe for several threads.
 */
public final class GeneratorImageModel implements ImageModel {
  private static final int MOST = 64;

  private final Generator generator;
  private final Options options;

  /**
   * @param options how to draw; of several pictures each gets the next seed
   */
  public GeneratorImageModel(Generator generator, Options options) {
    this.generator = generator;
    this.options = options;
  }

  /**
   * Draws one picture from words.
   *
   * @throws GeneratorException if nothing was drawn
   */
  @Override
  public Response<Image> generate(String prompt) {
    return Response.from(image(generator.draw(List.of(), prompt, options)));
  }

  /**
   * Draws several pictures from the same words, each with a seed of its own.
   *
   * @param n 1 to 64
   * @throws GeneratorException if any of them was not drawn
   */
  @Override
  public Response<List<Image>> generate(String prompt, int n) {
    if (n < 1 || n > MOST) {
      throw new IllegalArgumentException("1 to %d pictures at a time, got %d".formatted(MOST, n));
    }
    List<Generator.Request> requests = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      requests.add(new Generator.Request(List.of(), prompt, options.withSeed(options.seed() + i)));
    }
    return Response.from(
        generator.drawAll(requests).stream().map(GeneratorImageModel::image).toList());
  }

  /**
   * Changes a picture as words say; so a task's prompt gives its drawing.
   *
   * @param image with its bytes in base64; an address is not fetched
   * @throws GeneratorException if nothing was drawn
   * @throws IllegalArgumentException if the picture has no bytes, or they are none
   */
  @Override
  public Response<Image> edit(Image image, String prompt) {
    if (image.base64Data() == null) {
      throw new IllegalArgumentException(
          "a picture to edit comes with its bytes in base64; an address is not fetched");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(image.base64Data());
      dev.plantain.core.Image photo = Images.read(bytes, "the picture", Limits.DEFAULT).image();
      return Response.from(image(generator.draw(List.of(photo), prompt, options)));
    } catch (InputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Image image(dev.plantain.core.Image drawing) {
    return Image.builder()
        .base64Data(Base64.getEncoder().encodeToString(Png.bytes(drawing)))
        .mimeType("image/png")
        .build();
  }
}

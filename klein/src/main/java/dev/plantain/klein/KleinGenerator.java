package dev.plantain.klein;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import dev.plantain.torch.Noise;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * FLUX.2 [klein] as a generator. Thread-safe: drawings are made one after the other, each on all
 * cores or the GPU.
 *
 * <p>The seed's noise is that of {@code torch.Generator("cpu").manual_seed(seed)} in float32, so a
 * drawing can be repeated with diffusers.
 */
final class KleinGenerator implements Generator {
  private static final int AREA = 1024 * 1024;
  private static final int SIDE_WITHOUT_PHOTO = 1024;
  private static final int MAX_ASPECT = 8;
  private static final int MAX_REFERENCES = 10;

  private final ModelFolder model;
  private final Pipeline pipeline;
  private final Compute compute;
  private final Traits traits;
  private final long bytes;
  private boolean closed;

  /**
   * How it presents itself.
   *
   * @param name for people and provenance
   * @param dialect name of the dialect it was taught
   * @param licence of the weights
   */
  record Terms(String name, String dialect, String licence) {}

  /**
   * @param bytes of the model's weights
   * @param pipeline this owns it
   */
  KleinGenerator(Terms terms, ModelFolder model, long bytes, Pipeline pipeline, Compute compute) {
    this.bytes = bytes;
    this.model = model;
    this.pipeline = pipeline;
    this.compute = compute;
    traits =
        new Traits(
            terms.name,
            terms.dialect,
            new Traits.Sizes(Latents.PIXELS, AREA, AREA, MAX_ASPECT),
            true,
            terms.licence);
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Map<String, String> about() {
    return Map.of(
        "adapters",
        pipeline.adapters().isEmpty() ? "none" : pipeline.adapters().toString(),
        "bytes",
        Long.toString(bytes),
        "folder",
        model.folder().toString(),
        "transformer",
        model.transformer().toString(),
        "kind",
        model.distilled() ? "distilled, %d steps".formatted(steps()) : "base, with guidance",
        "references",
        model.keepsReferences() ? "kept from the first step" : "attended in each step",
        "computes",
        compute.device() + ", " + compute.precision().name().toLowerCase(Locale.ROOT));
  }

  /** Steps unless told otherwise: what the reference pipelines use. */
  private int steps() {
    return model.distilled() ? 4 : 50;
  }

  private double guidance() {
    return model.distilled() ? 1 : 4;
  }

  @Override
  public synchronized Image draw(List<Image> images, String prompt, Options options) {
    if (closed) {
      throw new GeneratorException("this generator is closed");
    }
    if (images.size() > MAX_REFERENCES) {
      throw new GeneratorException(
          "klein looks at up to %d pictures, got %d".formatted(MAX_REFERENCES, images.size()));
    }
    double guidance = options.guidance().orElse(guidance());
    if (model.distilled() && guidance > 1) {
      throw new GeneratorException(
          "this model is distilled and draws without guidance; leave it out, or use a base model");
    }
    List<Pipeline.Picture> pictures = new ArrayList<>();
    for (Image image : images) {
      pictures.add(reference(image));
    }
    Size size = size(options, images);
    requireSize(size.width, size.height);
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      Tensor noise =
          Noise.seeded(options.seed())
              .next(
                  1,
                  pipeline.channels(),
                  size.height / Latents.PIXELS,
                  size.width / Latents.PIXELS);
      Pipeline.Job job =
          new Pipeline.Job(prompt, pictures, options.steps().orElse(steps()), guidance);
      Tensor drawn = pipeline.draw(noise, job, KleinGenerator::log);
      return Image.of(size.width, size.height, Tensors.rgb8(drawn));
    } catch (IOException e) {
      throw new GeneratorException("klein cannot draw: " + e.getMessage(), e);
    }
  }

  private static void log(int done, int steps) {
    System.getLogger(KleinGenerator.class.getName())
        .log(System.Logger.Level.DEBUG, "step {0} of {1}", done, steps);
  }

  /** Sides in pixels. */
  record Size(int width, int height) {}

  private static Size size(Options options, List<Image> images) {
    if (options.width().isPresent()) {
      return new Size(options.width().getAsInt(), options.height().orElseThrow());
    }
    return images.isEmpty()
        ? new Size(SIDE_WITHOUT_PHOTO, SIDE_WITHOUT_PHOTO)
        : drawing(images.getFirst().width(), images.getFirst().height());
  }

  /**
   * The drawing of a photo, unless a size is asked for: as large as the network sees the photo or,
   * where its padding is too much for a drawing, without it, as the reference pipeline draws it.
   */
  static Size drawing(int width, int height) {
    Size fitting = fitting(width, height);
    Size padded = new Size(up(fitting.width), up(fitting.height));
    return (long) padded.width * padded.height <= AREA
        ? padded
        : new Size(down(fitting.width), down(fitting.height));
  }

  /** A photo's sides, no larger than what the network was trained with. */
  private static Size fitting(int width, int height) {
    double area = (double) width * height;
    if (area <= AREA) {
      return new Size(width, height);
    }
    double scale = Math.sqrt(AREA / area);
    return new Size(Math.max(1, (int) (width * scale)), Math.max(1, (int) (height * scale)));
  }

  private static void requireSize(int width, int height) {
    if (width % Latents.PIXELS != 0
        || height % Latents.PIXELS != 0
        || (long) width * height > AREA) {
      throw new GeneratorException(
          "klein draws sides that %d divides, up to %d pixels in all; asked for %d x %d"
              .formatted(Latents.PIXELS, AREA, width, height));
    }
  }

  /**
   * A picture as the network takes it: no larger than it was trained with, and padded with its own
   * border where the reference pipeline would cut pixels off.
   */
  static Pipeline.Picture reference(Image image) {
    Size fits = fitting(image.width(), image.height());
    Image fitting =
        fits.width == image.width() && fits.height == image.height()
            ? image
            : image.resized(fits.width, fits.height);
    int width = up(fitting.width());
    int height = up(fitting.height());
    if ((long) width * height > AREA + (long) Latents.PIXELS * (width + height)
        || Math.max(width, height) > MAX_ASPECT * Math.min(width, height)) {
      throw new GeneratorException(
          "klein takes pictures of an aspect ratio up to %d:1, got %d x %d"
              .formatted(MAX_ASPECT, image.width(), image.height()));
    }
    byte[] from = fitting.rgb8();
    byte[] to = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      int row = Math.min(y, fitting.height() - 1) * fitting.width();
      for (int x = 0; x < width; x++) {
        int at = 3 * (row + Math.min(x, fitting.width() - 1));
        System.arraycopy(from, at, to, 3 * (y * width + x), 3);
      }
    }
    return new Pipeline.Picture(width, height, to);
  }

  private static int up(int side) {
    return (side + Latents.PIXELS - 1) / Latents.PIXELS * Latents.PIXELS;
  }

  private static int down(int side) {
    return side / Latents.PIXELS * Latents.PIXELS;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      pipeline.close();
    }
  }
}

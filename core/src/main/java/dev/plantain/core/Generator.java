package dev.plantain.core;

import java.util.List;
import java.util.Map;

/**
 * Anything that draws a picture from a prompt and zero or more pictures.
 *
 * <p>A generator knows nothing of tasks: perception, editing and text-to-image all pass through
 * {@link #draw}. This seam is the idea of "Image Generators are Generalist Vision Learners": the
 * prompt alone selects what is drawn.
 *
 * <p>Implementations are safe for use by several threads, and own what {@link #close} releases.
 */
public interface Generator extends AutoCloseable {

  /** What this generator can do, and under which terms. */
  Traits traits();

  /**
   * Draws one picture.
   *
   * @param images the pictures the prompt speaks of; empty for text-to-image
   * @throws GeneratorException if nothing was drawn: refused, unreachable, or out of its means
   */
  Image draw(List<Image> images, String prompt, Options options);

  /** Draws several pictures; a generator that can batch, or share work on one photo, does so. */
  default List<Image> drawAll(List<Request> requests) {
    return requests.stream().map(r -> draw(r.images(), r.prompt(), r.options())).toList();
  }

  /**
   * Draws several pictures, and tells of each on its own what became of it. By default they are
   * drawn together; if that fails, one by one.
   *
   * @return an outcome for each request, in order
   */
  default List<Outcome> drawEach(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    try {
      List<Image> images = drawAll(requests);
      if (images.size() != requests.size()) {
        throw new GeneratorException(
            "the generator was asked for %d drawings and made %d"
                .formatted(requests.size(), images.size()));
      }
      return images.stream().<Outcome>map(Outcome.Drew::new).toList();
    } catch (GeneratorException e) {
      return requests.size() == 1
          ? List.of(new Outcome.Failed(e))
          : requests.stream().flatMap(r -> drawEach(List.of(r)).stream()).toList();
    }
  }

  /**
   * Those of these phrases, such as "chair" or "the lamp by the window", that are far from
   * everything it learnt; empty if all are familiar, or it cannot tell.
   */
  default List<String> unknownPhrases(List<String> phrases) {
    return List.of();
  }

  /**
   * Whether its drawings lie on the photo pixel by pixel by the way they are made. If so, a drawing
   * is not moved to fit, nor refused for not fitting.
   */
  default boolean drawsInPlace() {
    return false;
  }

  /**
   * How many drawings are best asked for where one would do, by who does not say: more than one
   * where they are cheap and none is as good as several together.
   */
  default int passes() {
    return 1;
  }

  /** What its weights say of themselves, by name: version, training, data; empty if nothing. */
  default Map<String, String> about() {
    return Map.of();
  }

  @Override
  void close();

  /** One drawing to make. */
  record Request(List<Image> images, String prompt, Options options) {
    public Request {
      images = List.copyOf(images);
    }
  }

  /** What became of a request. */
  sealed interface Outcome {
    /** It was drawn. */
    record Drew(Image image) implements Outcome {}

    /** It was not. */
    record Failed(GeneratorException reason) implements Outcome {}
  }
}

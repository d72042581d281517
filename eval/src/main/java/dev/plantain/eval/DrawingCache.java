package dev.plantain.eval;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import dev.plantain.formats.Images;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A generator that keeps its drawings in a folder and does not draw the same twice. Drawings made
 * together are taken from the folder together or not at all, so that a run that was cut short draws
 * what an undisturbed one would.
 */
final class DrawingCache implements Generator {
  private final Generator generator;
  private final Path folder;

  DrawingCache(Generator generator, Path folder) {
    this.generator = generator;
    this.folder = folder;
  }

  @Override
  public Traits traits() {
    return generator.traits();
  }

  @Override
  public Image draw(List<Image> images, String prompt, Options options) {
    return switch (drawEach(List.of(new Request(images, prompt, options))).getFirst()) {
      case Outcome.Drew(Image image) -> image;
      case Outcome.Failed(GeneratorException reason) -> throw reason;
    };
  }

  @Override
  public List<Image> drawAll(List<Request> requests) {
    List<Image> images = new ArrayList<>();
    for (Outcome outcome : drawEach(requests)) {
      switch (outcome) {
        case Outcome.Drew(Image image) -> images.add(image);
        case Outcome.Failed(GeneratorException reason) -> throw reason;
      }
    }
    return images;
  }

  @Override
  public List<Outcome> drawEach(List<Request> requests) {
    List<Path> files = requests.stream().map(this::file).toList();
    if (files.stream().allMatch(Files::exists)) {
      try {
        List<Outcome> kept = new ArrayList<>();
        for (Path file : files) {
          kept.add(new Outcome.Drew(Images.read(file).image()));
        }
        return kept;
      } catch (IOException e) {
        // A damaged drawing is made again, with those it was made with.
        files.forEach(file -> file.toFile().delete());
      }
    }
    List<Outcome> outcomes = generator.drawEach(requests);
    for (int i = 0; i < files.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Drew(Image image)) {
        try {
          Png.write(files.get(i), image);
        } catch (IOException e) {
          throw new GeneratorException(
              "a drawing was made and cannot be kept: " + e.getMessage(), e);
        }
      }
    }
    return outcomes;
  }

  private Path file(Request request) {
    DataHash hash = new DataHash();
    hash.add(generator.traits().name()).add(request.prompt()).add(request.options().toString());
    for (Image image : request.images()) {
      hash.add(image.width() + " x " + image.height()).add(image.rgb8());
    }
    String name = hash.hex();
    return folder.resolve(name.substring(0, 2)).resolve(name.substring(2, 40) + ".png");
  }

  @Override
  public List<String> unknownPhrases(List<String> phrases) {
    return generator.unknownPhrases(phrases);
  }

  @Override
  public boolean drawsInPlace() {
    return generator.drawsInPlace();
  }

  @Override
  public Map<String, String> about() {
    return generator.about();
  }

  @Override
  public void close() {
    generator.close();
  }
}

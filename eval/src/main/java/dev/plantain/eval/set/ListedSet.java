package dev.plantain.eval.set;

import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A set whose samples are listed when it is opened and read as they are consumed.
 *
 * @param name with split and protocol
 * @param items one for each sample, in a fixed order
 * @param reader reads one
 */
record ListedSet<T>(String name, List<T> items, Reader<T> reader) implements EvalSet {

  /** Reads a sample. */
  @FunctionalInterface
  interface Reader<T> {
    Sample read(T item) throws IOException;
  }

  ListedSet {
    items = List.copyOf(items);
  }

  @Override
  public long size() {
    return items.size();
  }

  @Override
  public Stream<Sample> samples() {
    return samples(0);
  }

  @Override
  public Stream<Sample> samples(long from) {
    return items.stream()
        .skip(from)
        .map(
            item -> {
              try {
                return reader.read(item);
              } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
              }
            });
  }

  /**
   * @throws InputException if a truth is not of its photo's size
   */
  static void requireSize(Object truth, int width, int height, Image photo) throws InputException {
    if (width != photo.width() || height != photo.height()) {
      throw new InputException.Damaged(
          "%s is %d x %d, its photo %d x %d"
              .formatted(truth, width, height, photo.width(), photo.height()));
    }
  }
}

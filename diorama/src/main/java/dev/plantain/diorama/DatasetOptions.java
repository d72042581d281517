package dev.plantain.diorama;

import java.nio.file.Path;
import java.util.List;

/**
 * What data set to write.
 *
 * @param libraries furniture libraries
 * @param split whose models to show
 * @param firstSeed of the first view; the others follow by one
 * @param views how many
 * @param width of a view in pixels
 * @param height of a view in pixels
 * @param perShard views per shard
 * @param threads that render
 * @param folder to write to
 */
public record DatasetOptions(
    List<Path> libraries,
    Split split,
    long firstSeed,
    int views,
    int width,
    int height,
    int perShard,
    int threads,
    Path folder) {
  public DatasetOptions {
    libraries = List.copyOf(libraries);
    if (views <= 0 || perShard <= 0 || threads <= 0) {
      throw new IllegalArgumentException(
          "views, views per shard and threads must be positive, got %d, %d, %d"
              .formatted(views, perShard, threads));
    }
  }

  int shards() {
    return (views + perShard - 1) / perShard;
  }
}

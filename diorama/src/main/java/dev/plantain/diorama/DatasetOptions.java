package dev.plantain.diorama;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

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
 * @param formats what to write besides the shards
 * @param world what worlds may have besides the standard ones
 * @param preview how many of the first views to show on a page; 0 for no page
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
    Path folder,
    Set<DatasetFormat> formats,
    WorldOptions world,
    int preview) {
  public DatasetOptions {
    libraries = List.copyOf(libraries);
    formats = Set.copyOf(formats);
    if (views <= 0 || perShard <= 0 || threads <= 0) {
      throw new IllegalArgumentException(
          "views, views per shard and threads must be positive, got %d, %d, %d"
              .formatted(views, perShard, threads));
    }
    if (preview < 0) {
      throw new IllegalArgumentException("a page shows 0 views or more, got " + preview);
    }
  }

  /** Shards alone. */
  public DatasetOptions(
      List<Path> libraries,
      Split split,
      long firstSeed,
      int views,
      int width,
      int height,
      int perShard,
      int threads,
      Path folder) {
    this(
        libraries,
        split,
        firstSeed,
        views,
        width,
        height,
        perShard,
        threads,
        folder,
        Set.of(DatasetFormat.SHARDS),
        WorldOptions.standard(),
        0);
  }

  int shards() {
    return (views + perShard - 1) / perShard;
  }
}

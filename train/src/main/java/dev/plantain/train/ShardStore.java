package dev.plantain.train;

import dev.plantain.diorama.ShardIndex;
import dev.plantain.diorama.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Views from Diorama shards. */
final class ShardStore implements ViewStore {
  private final ShardIndex index;
  private final int[] labelled;
  private final double aspect;

  ShardStore(Path folder) throws IOException {
    index = ShardIndex.open(folder);
    labelled = IntStream.range(0, index.size()).filter(index::labelled).toArray();
    aspect = ViewStore.super.aspect();
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public int[] labelled() {
    return labelled;
  }

  @Override
  public View view(int i) {
    return index.view(i);
  }

  @Override
  public double aspect() {
    return aspect;
  }

  List<String> categories() {
    return index.categories();
  }

  /** How many views show each category. */
  Map<String, Integer> viewsWith() {
    return index.viewsWith();
  }
}

package dev.plantain.train;

import dev.plantain.diorama.Shards;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Toy views for tests of whole runs; every second one shows a thing that is never labelled. */
public final class ToyShards {
  private ToyShards() {}

  /** Writes a folder with one shard. */
  public static void write(Path folder, int count, int size) throws IOException {
    Shards.write(folder.resolve("toy-000000.tar"), views(0, count, size));
  }

  public static Stream<View> views(long first, int count, int size) {
    ToyViews toys = new ToyViews(1, size);
    return Stream.iterate((int) first, i -> i + 1)
        .limit(count)
        .map(i -> counted(toys.view(i), i % 2 == 1));
  }

  /** With the pixels of all things; the lamp may become a bench, which no training labels. */
  private static View counted(View v, boolean bench) {
    int[] pixels = new int[v.things().size()];
    for (short id : v.thingIds()) {
      pixels[id]++;
    }
    List<Thing> things = new ArrayList<>();
    for (Thing t : v.things()) {
      boolean changed = bench && t.category().equals("lamp");
      String name = changed ? "bench" : t.category();
      things.add(
          new Thing(
              t.id(),
              name,
              name,
              t.colour(),
              t.rgb(),
              t.stuff(),
              !changed,
              t.modelId(),
              t.amodalBox(),
              t.visibleBox(),
              pixels[t.id()],
              t.distanceMetres(),
              t.size()));
    }
    return new View(
        v.id(),
        v.seed(),
        v.photo(),
        v.width(),
        v.height(),
        v.depthMetres(),
        v.normals(),
        v.thingIds(),
        v.edges(),
        things,
        v.captions(),
        List.of(),
        List.of(),
        v.edits(),
        v.camera());
  }
}

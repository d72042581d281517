package dev.plantain.train;

import dev.plantain.diorama.Box;
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
        .map(i -> i % 2 == 0 ? toys.view(i) : withBench(toys.view(i)));
  }

  /** The lamp becomes a bench. */
  private static View withBench(View v) {
    List<Thing> things = new ArrayList<>(v.things());
    Thing lamp = things.removeLast();
    Box box = lamp.visibleBox();
    things.add(
        new Thing(
            lamp.id(), "bench", "bench", "blue", lamp.rgb(), false, false, "m", box, box, 20, 2,
            null));
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

package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.diorama.Box;
import dev.plantain.diorama.Camera;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.Expression;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Flat coloured rectangles before a wall: enough to see whether training learns. */
final class ToyViews implements ViewStore {
  private static final List<String> NAMES = List.of("box", "ball", "lamp");
  private static final int[] COLOURS = {0xC03030, 0x30A040, 0x3050C0};

  private final int count;
  private final int size;

  ToyViews(int count, int size) {
    this.count = count;
    this.size = size;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public int[] labelled() {
    return IntStream.range(0, count).toArray();
  }

  @Override
  public View view(int index) {
    SplittableRandom random = new SplittableRandom(index);
    byte[] rgb8 = Image.filled(size, size, 0xB0A890).rgb8();
    byte[] empty = rgb8.clone();
    float[] depth = new float[size * size];
    float[] normals = new float[3 * size * size];
    short[] ids = new short[size * size];
    java.util.Arrays.fill(depth, 4);
    for (int i = 0; i < size * size; i++) {
      normals[3 * i + 2] = 1;
    }
    List<Thing> things = new ArrayList<>();
    things.add(thing(0, "wall", 0xB0A890, true));
    for (int t = 0; t < NAMES.size(); t++) {
      int side = size / 5 + random.nextInt(size / 4);
      int x0 = random.nextInt(size - side);
      int y0 = random.nextInt(size - side);
      for (int y = y0; y < y0 + side; y++) {
        for (int x = x0; x < x0 + side; x++) {
          int p = y * size + x;
          depth[p] = 2.5f - t * 0.5f;
          ids[p] = (short) (t + 1);
          for (int c = 0; c < 3; c++) {
            rgb8[3 * p + c] = (byte) (COLOURS[t] >> (16 - 8 * c));
          }
        }
      }
      things.add(thing(t + 1, NAMES.get(t), COLOURS[t], false));
    }
    Image photo = Image.of(size, size, rgb8);
    return new View(
        "toy-" + index,
        index,
        photo,
        size,
        size,
        depth,
        normals,
        ids,
        new byte[size * size],
        things,
        List.of("A box, a ball and a lamp before a wall."),
        List.of(
            new Expression("the box", Expression.Kind.CATEGORY, List.of(1), false),
            new Expression("the sofa", Expression.Kind.CATEGORY, List.of(), false)),
        List.of(),
        List.of(
            new Edit(
                "Remove everything.", Edit.Kind.REMOVE, null, Image.of(size, size, empty), false)),
        new Camera(size, 53.1, 1.5, 0, 0));
  }

  private static Thing thing(int id, String name, int rgb, boolean stuff) {
    Box box = new Box(0, 0, 1, 1);
    return new Thing(id, name, name, "red", rgb, stuff, true, "", box, box, 1, 2, null);
  }
}

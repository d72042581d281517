package dev.plantain.core;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A photo whose every answer is known: textured boxes and balls before a textured wall and floor,
 * each pixel from a formula, so that it can be had at any size and placement.
 */
final class Room {
  static final List<String> CLASSES = List.of("wall", "floor", "box", "ball");

  private final int width;
  private final int height;
  private final List<Thing> things = new ArrayList<>();
  private final int[] tints;

  private record Thing(boolean ball, double x, double y, double size, double metres, int tint) {}

  Room(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 9; i++) {
      things.add(
          new Thing(
              i % 2 == 0,
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(0.06, 0.2),
              random.nextDouble(1, 5),
              random.nextInt(0x1000000)));
    }
    things.sort((a, b) -> Double.compare(a.metres, b.metres));
    tints = new int[] {random.nextInt(0x1000000), random.nextInt(0x1000000)};
  }

  /** Whether a canvas shows this room as seen in a mirror. */
  boolean isMirroredIn(Image canvas) {
    Image own = photo().resized(canvas.width(), canvas.height());
    return difference(own.mirrored(), canvas) < difference(own, canvas);
  }

  private static long difference(Image a, Image b) {
    byte[] one = a.rgb8();
    byte[] other = b.rgb8();
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
    }
    return sum;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Index of the thing at a place in [0, 1]², −1 for the wall, −2 for the floor. */
  private int at(double u, double v) {
    double aspect = (double) width / height;
    for (int i = 0; i < things.size(); i++) {
      Thing t = things.get(i);
      double dx = (u - t.x) * aspect / t.size;
      double dy = (v - t.y) / t.size;
      if (t.ball ? dx * dx + dy * dy < 1 : Math.abs(dx) < 0.9 && Math.abs(dy) < 0.9) {
        return i;
      }
    }
    return v > 0.62 ? -2 : -1;
  }

  private interface Paint {
    void at(int pixel, double u, double v, int thing);
  }

  private void each(Paint paint) {
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        double u = (x + 0.5) / width;
        double v = (y + 0.5) / height;
        paint.at(i, u, v, at(u, v));
      }
    }
  }

  Image photo() {
    byte[] rgb8 = new byte[3 * width * height];
    each(
        (i, u, v, thing) -> {
          int tint = thing >= 0 ? things.get(thing).tint : tints[-1 - thing];
          double texture = 26 * Math.sin(61 * u + 7 * thing) * Math.sin(53 * v + 3 * thing);
          for (int c = 0; c < 3; c++) {
            int base = 40 + (tint >> (8 * c) & 0xFF) * 2 / 3;
            rgb8[3 * i + c] = (byte) Math.clamp(Math.round(base + texture), 0, 255);
          }
        });
    return Image.of(width, height, rgb8);
  }

  DepthMap depth() {
    float[] metres = new float[width * height];
    each(
        (i, u, v, thing) ->
            metres[i] =
                (float)
                    (thing >= 0
                        ? things.get(thing).metres
                        : thing == -2 ? 6 - 4 * (v - 0.62) / 0.38 : 6));
    return DepthMap.of(width, height, metres);
  }

  NormalMap normals() {
    float[] xyz = new float[3 * width * height];
    double aspect = (double) width / height;
    each(
        (i, u, v, thing) -> {
          double x = 0;
          double y = thing == -2 ? 1 : 0;
          if (thing >= 0 && things.get(thing).ball) {
            Thing t = things.get(thing);
            x = (u - t.x) * aspect / t.size;
            y = -(v - t.y) / t.size;
          }
          xyz[3 * i] = (float) x;
          xyz[3 * i + 1] = (float) y;
          xyz[3 * i + 2] = (float) Math.sqrt(Math.max(0, 1 - x * x - y * y));
        });
    return NormalMap.of(width, height, xyz);
  }

  LabelMap labels() {
    int[] labels = new int[width * height];
    each((i, u, v, thing) -> labels[i] = thing < 0 ? -1 - thing : things.get(thing).ball ? 3 : 2);
    return LabelMap.of(width, height, CLASSES, labels);
  }

  InstanceList balls() {
    BitSet[] bits = new BitSet[things.size()];
    for (int k = 0; k < bits.length; k++) {
      bits[k] = new BitSet();
    }
    each(
        (i, u, v, thing) -> {
          if (thing >= 0 && things.get(thing).ball) {
            bits[thing].set(i);
          }
        });
    List<Instance> balls = new ArrayList<>();
    for (BitSet mask : bits) {
      if (!mask.isEmpty()) {
        balls.add(new Instance(Mask.of("ball", width, height, mask, 1), 0));
      }
    }
    balls.sort((a, b) -> b.mask().area() - a.mask().area());
    return new InstanceList("ball", width, height, balls, 1);
  }

  Mask nearest() {
    BitSet bits = new BitSet();
    each((i, u, v, thing) -> bits.set(i, thing == 0));
    return Mask.of("nearest thing", width, height, bits, 1);
  }

  EdgeMap edges() {
    float[] lines = new float[width * height];
    each(
        (i, u, v, thing) -> {
          boolean edge = thing != at(u + 1.0 / width, v) || thing != at(u, v + 1.0 / height);
          lines[i] = edge ? 1 : 0;
        });
    return Edges.thinned(width, height, lines);
  }
}

package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Turns a {@link Frame} into the exact answers of a {@link View}. */
final class Answers {
  /** Normals that differ by more than this make a crease line. */
  private static final double CREASE_DEGREES = 28;

  /** Cosine above which no angle need be worked out. */
  private static final double SURELY_NO_CREASE = Math.cos(Math.toRadians(CREASE_DEGREES - 0.1));

  final float[] depth;
  final float[] normals;
  final short[] ids;
  final byte[] edges;
  final List<Thing> things;

  /** For each thing, the entity of the world, or -1 for the sky. */
  final List<Integer> entities;

  /** For each thing but stuff, median distance from the camera in metres; NaN for stuff. */
  final List<Double> range = new ArrayList<>();

  /** For each thing, share of its pixels that go by its colour word. */
  final List<Double> colourShare;

  Answers(World world, Lens lens, Frame frame) {
    depth = frame.depth;
    normals = cameraNormals(lens, frame);
    int[] index = new int[1 + world.entities().size()]; // the sky first; 1 + id, or 0
    entities = new ArrayList<>();
    ids = new short[frame.entity.length];
    for (int i = 0; i < ids.length; i++) {
      int entity = frame.entity[i];
      if (index[1 + entity] == 0) {
        entities.add(entity);
        index[1 + entity] = entities.size();
      }
      ids[i] = (short) (index[1 + entity] - 1);
    }
    colourShare = new ArrayList<>();
    things = things(world, lens, frame);
    edges = edges(frame);
  }

  private static float[] cameraNormals(Lens lens, Frame f) {
    float[] out = new float[f.normal.length];
    for (int i = 0; i < f.depth.length; i++) {
      int at = 3 * i;
      if (f.entity[i] < 0) {
        out[at] = out[at + 1] = out[at + 2] = Float.NaN;
        continue;
      }
      out[at] = dot(f.normal, at, lens.right());
      out[at + 1] = dot(f.normal, at, lens.up());
      out[at + 2] = -dot(f.normal, at, lens.forward());
    }
    return out;
  }

  private boolean counted(World world, int thing) {
    int entity = entities.get(thing);
    return entity >= 0 && !world.entities().get(entity).stuff();
  }

  private static float away(Lens lens, Frame f, int i) {
    float x = f.position[3 * i] - lens.x();
    float y = f.position[3 * i + 1] - lens.y();
    float z = f.position[3 * i + 2] - lens.z();
    return (float) Math.sqrt(x * x + y * y + z * z);
  }

  private static float dot(float[] a, int at, float[] b) {
    return a[at] * b[0] + a[at + 1] * b[1] + a[at + 2] * b[2];
  }

  private List<Thing> things(World world, Lens lens, Frame f) {
    int n = entities.size();
    int[] pixels = new int[n];
    double[][] colour = new double[n][3];
    int[][] words = new int[n][Colours.WORDS.size()];
    int[][] box = new int[n][];
    for (int t = 0; t < n; t++) {
      box[t] = new int[] {f.width, f.height, 0, 0};
    }
    float[][] depths = new float[n][];
    float[][] ranges = new float[n][];
    for (int i = 0; i < ids.length; i++) {
      int t = ids[i];
      pixels[t]++;
      int x = i % f.width;
      int y = i / f.width;
      int[] b = box[t];
      b[0] = Math.min(b[0], x);
      b[1] = Math.min(b[1], y);
      b[2] = Math.max(b[2], x + 1);
      b[3] = Math.max(b[3], y + 1);
      if (f.entity[i] >= 0) {
        for (int c = 0; c < 3; c++) {
          colour[t][c] += f.albedo[3 * i + c];
        }
        words[t][Colours.roughWord(f.albedo[3 * i], f.albedo[3 * i + 1], f.albedo[3 * i + 2])]++;
      }
    }
    int[] fill = new int[n];
    for (int t = 0; t < n; t++) {
      depths[t] = new float[pixels[t]];
      ranges[t] = new float[counted(world, t) ? pixels[t] : 0];
    }
    for (int i = 0; i < ids.length; i++) {
      int t = ids[i];
      if (ranges[t].length > 0) {
        ranges[t][fill[t]] = away(lens, f, i);
      }
      depths[t][fill[t]++] = f.depth[i];
    }
    List<Thing> list = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      java.util.Arrays.sort(depths[t]);
      java.util.Arrays.sort(ranges[t]);
      range.add(ranges[t].length > 0 ? ranges[t][ranges[t].length / 2] : Double.NaN);
      Box visible = new Box(box[t][0], box[t][1], box[t][2], box[t][3]);
      int entity = entities.get(t);
      if (entity < 0) {
        list.add(
            new Thing(
                t,
                "sky",
                "sky",
                "blue",
                0x9cc0e8,
                true,
                true,
                "",
                visible,
                visible,
                pixels[t],
                Double.POSITIVE_INFINITY,
                null));
        colourShare.add(0.0);
        continue;
      }
      World.Entity e = world.entities().get(entity);
      String word = "grey";
      int most = 0;
      for (int w = 0; w < words[t].length; w++) {
        if (words[t][w] > most) {
          most = words[t][w];
          word = Colours.WORDS.get(w);
        }
      }
      colourShare.add(most / (double) pixels[t]);
      int rgb =
          Colours.srgb8(
              colour[t][0] / pixels[t], colour[t][1] / pixels[t], colour[t][2] / pixels[t]);
      Box amodal =
          e.stuff() ? visible : amodal(world.scene().instance(e.instance()), lens, visible);
      list.add(
          new Thing(
              t,
              e.category().name(),
              e.phrase(),
              word,
              rgb,
              e.stuff(),
              e.category().labelled(),
              e.modelId(),
              amodal,
              visible,
              pixels[t],
              depths[t][depths[t].length / 2],
              e.size()));
    }
    return List.copyOf(list);
  }

  /** The box of all corners in front of the camera; those behind it push the box past the frame. */
  static Box amodal(Instance instance, Lens lens, Box visible) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    float[] e = instance.mesh.edges();
    float[] m = instance.toWorld;
    int step = Math.max(1, instance.mesh.triangles() / 6000);
    for (int i = 0; i < instance.mesh.triangles(); i += step) {
      for (int k = 0; k < 3; k++) {
        float x = e[9 * i] + (k == 0 ? 0 : e[9 * i + 3 * k]);
        float y = e[9 * i + 1] + (k == 0 ? 0 : e[9 * i + 3 * k + 1]);
        float z = e[9 * i + 2] + (k == 0 ? 0 : e[9 * i + 3 * k + 2]);
        double wx = m[0] * x + m[1] * y + m[2] * z + m[3];
        double wy = m[4] * x + m[5] * y + m[6] * z + m[7];
        double wz = m[8] * x + m[9] * y + m[10] * z + m[11];
        double d = Math.max(0.02, lens.depth(wx, wy, wz));
        double column = lens.column(wx, wy, wz, d);
        double row = lens.row(wx, wy, wz, d);
        // Branches that are hardly ever taken cost less than the care of Math.min with zeros.
        left = column < left ? column : left;
        right = column > right ? column : right;
        top = row < top ? row : top;
        bottom = row > bottom ? row : bottom;
      }
    }
    return new Box(
        Math.min(visible.left(), within(left, lens.width())),
        Math.min(visible.top(), within(top, lens.height())),
        Math.max(visible.right(), within(right, lens.width())),
        Math.max(visible.bottom(), within(bottom, lens.height())));
  }

  /** Not farther than four pictures beyond the frame. */
  private static double within(double at, int size) {
    return Math.clamp(at, -4.0 * size, 5.0 * size);
  }

  /**
   * Lines one pixel wide. Where two things meet the line runs on the nearer one; creases within a
   * thing are fainter the blunter they are.
   */
  private byte[] edges(Frame f) {
    int w = f.width;
    int h = f.height;
    int[] strength = new int[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        if (x + 1 < w) {
          pair(f, strength, i, i + 1);
        }
        if (y + 1 < h) {
          pair(f, strength, i, i + w);
        }
      }
    }
    byte[] out = new byte[strength.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) strength[i];
    }
    return out;
  }

  private void pair(Frame f, int[] strength, int i, int j) {
    int value = 0;
    if (ids[i] != ids[j]) {
      value = 255;
    } else if (f.entity[i] >= 0) {
      // Along one plane, depth of the neighbour follows from this pixel's plane.
      double off = offPlane(f, i, j);
      double limit = 0.04 * f.depth[i] + 0.03;
      if (off > limit) {
        value = 255;
      } else {
        double cos = 0;
        for (int c = 0; c < 3; c++) {
          cos += f.normal[3 * i + c] * f.normal[3 * j + c];
        }
        if (cos > SURELY_NO_CREASE) {
          return;
        }
        double angle = Math.toDegrees(Math.acos(Math.clamp(cos, -1.0, 1.0)));
        if (angle > CREASE_DEGREES) {
          value = (int) Math.round(Math.min(255, 90 + 165 * (angle - CREASE_DEGREES) / 50));
        }
      }
    }
    if (value > 0) {
      int on = f.depth[i] <= f.depth[j] ? i : j;
      strength[on] = Math.max(strength[on], value);
    }
  }

  private static double offPlane(Frame f, int i, int j) {
    double a = 0;
    double b = 0;
    for (int c = 0; c < 3; c++) {
      double d = f.position[3 * j + c] - f.position[3 * i + c];
      a += d * f.flat[3 * i + c];
      b += d * f.flat[3 * j + c];
    }
    return Math.min(Math.abs(a), Math.abs(b));
  }
}

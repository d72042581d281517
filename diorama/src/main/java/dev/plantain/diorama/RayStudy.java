package dev.plantain.diorama;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes one scene's triangles, rays and hits, so that another tracer can be asked the same, and
 * prints how many rays a second one thread traces. {@code tools/diorama_embree.py} runs it.
 *
 * <p>{@code tools/run dev.plantain.diorama.RayStudy FOLDER [SEED]} writes little-endian files:
 * {@code triangles.f32} 9 per triangle in world coordinates, {@code primary.f32} and {@code
 * random.f32} 6 per ray (origin, direction), and for both sets of rays {@code -t.f32} (distance in
 * directions, infinite for a miss) and {@code -triangle.i32} (-1 for a miss). Cut-out textures
 * count as solid here: a plain triangle tracer knows nothing of them.
 */
public final class RayStudy {
  private static final int SIDE = 1000;
  private static final int ROUNDS = 4;

  /** Of the thread's own time, so that what else runs does not count. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private RayStudy() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 0;
    Files.createDirectories(folder);
    Diorama diorama = Diorama.open(Diorama.installedLibraries());
    Diorama.Staging staging = diorama.staging(Split.TRAIN, seed, SIDE, SIDE);
    List<Instance> instances = new ArrayList<>();
    Scene drawn = staging.world().scene();
    int[] first = new int[drawn.size() + 1];
    for (int i = 0; i < drawn.size(); i++) {
      Instance instance = drawn.instance(i);
      instances.add(new Instance(solid(instance.mesh), instance.toWorld, instance.entities, null));
      first[i + 1] = first[i] + instance.mesh.triangles();
    }
    write(folder.resolve("triangles.f32"), triangles(instances, first[drawn.size()]));
    Scene scene = new Scene(instances);
    System.out.printf("triangles %d%n", first[drawn.size()]);
    trace(folder, "primary", scene, first, primary(staging.lens()));
    trace(folder, "random", scene, first, random(staging, new Rng(seed)));
  }

  private static Mesh solid(Mesh m) {
    return new Mesh(
        m.name(),
        m.materials(),
        m.edges(),
        m.normals(),
        m.texture(),
        m.material(),
        m.hierarchy(),
        m.bounds(),
        false,
        m.panes());
  }

  private static float[] triangles(List<Instance> instances, int count) {
    float[] out = new float[9 * count];
    int at = 0;
    for (Instance instance : instances) {
      float[] e = instance.mesh.edges();
      float[] m = instance.toWorld;
      for (int i = 0; i < instance.mesh.triangles(); i++) {
        for (int k = 0; k < 3; k++) {
          float x = e[9 * i] + (k == 0 ? 0 : e[9 * i + 3 * k]);
          float y = e[9 * i + 1] + (k == 0 ? 0 : e[9 * i + 3 * k + 1]);
          float z = e[9 * i + 2] + (k == 0 ? 0 : e[9 * i + 3 * k + 2]);
          for (int row = 0; row < 3; row++) {
            out[at++] = m[4 * row] * x + m[4 * row + 1] * y + m[4 * row + 2] * z + m[4 * row + 3];
          }
        }
      }
    }
    return out;
  }

  /** Every pixel of a picture, row by row. */
  private static float[] primary(Lens lens) {
    float[] rays = new float[6 * SIDE * SIDE];
    Ray ray = new Ray();
    for (int i = 0; i < SIDE * SIDE; i++) {
      lens.aim(ray, i % SIDE + 0.5f, Math.floorDiv(i, SIDE) + 0.5f);
      put(rays, i, ray);
    }
    return rays;
  }

  /** From anywhere in the room or street in any direction. */
  private static float[] random(Diorama.Staging staging, Rng rng) {
    Setting s = staging.setting();
    float[] rays = new float[6 * SIDE * SIDE];
    Ray ray = new Ray();
    for (int i = 0; i < SIDE * SIDE; i++) {
      ray.set(
          rng.rangeF(0, s.width()),
          rng.rangeF(0.05, 2.2),
          rng.rangeF(0, s.length()),
          (float) rng.gaussian(),
          (float) rng.gaussian(),
          (float) rng.gaussian(),
          Float.POSITIVE_INFINITY);
      put(rays, i, ray);
    }
    return rays;
  }

  private static void put(float[] rays, int i, Ray ray) {
    float[] six = {ray.ox, ray.oy, ray.oz, ray.dx, ray.dy, ray.dz};
    System.arraycopy(six, 0, rays, 6 * i, 6);
  }

  private static void trace(Path folder, String name, Scene scene, int[] first, float[] rays)
      throws IOException {
    int count = rays.length / 6;
    float[] t = new float[count];
    int[] triangle = new int[count];
    Ray ray = new Ray();
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = CLOCK.getCurrentThreadCpuTime();
      for (int i = 0; i < count; i++) {
        int at = 6 * i;
        ray.set(
            rays[at],
            rays[at + 1],
            rays[at + 2],
            rays[at + 3],
            rays[at + 4],
            rays[at + 5],
            Float.POSITIVE_INFINITY);
        scene.closest(ray);
        t[i] = ray.t;
        triangle[i] = ray.hit() ? first[ray.instance] + ray.triangle : -1;
      }
      best = Math.max(best, count / ((CLOCK.getCurrentThreadCpuTime() - begin) / 1e9));
    }
    System.out.printf(Locale.ROOT, "%s_rays_per_second %.0f%n", name, best);
    write(folder.resolve(name + ".f32"), rays);
    write(folder.resolve(name + "-t.f32"), t);
    float[] bits = new float[count];
    for (int i = 0; i < count; i++) {
      bits[i] = Float.intBitsToFloat(triangle[i]);
    }
    write(folder.resolve(name + "-triangle.i32"), bits);
  }

  private static void write(Path file, float[] values) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < values.length; ) {
        buffer.clear();
        for (; buffer.hasRemaining() && at < values.length; at++) {
          buffer.putFloat(values[at]);
        }
        out.write(buffer.array(), 0, buffer.position());
      }
    }
  }
}

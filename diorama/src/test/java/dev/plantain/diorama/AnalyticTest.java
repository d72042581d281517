package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers against closed formulas, at poses without symmetry. */
class AnalyticTest {
  private static final Lens LENS =
      Lens.of(0.31, 1.47, -0.82, 0.23, -0.19, 0.07, Math.toRadians(63), 96, 80, 1.47);

  private static World world(Mesh... meshes) {
    List<Instance> instances = new java.util.ArrayList<>();
    List<World.Entity> entities = new java.util.ArrayList<>();
    for (int i = 0; i < meshes.length; i++) {
      int[] ids = new int[meshes[i].materials().length];
      java.util.Arrays.fill(ids, i);
      instances.add(new Instance(meshes[i], Instance.identity(), ids, null));
      entities.add(
          new World.Entity(Taxonomy.standard().category("box"), "box", false, "m" + i, null, i));
    }
    return new World(new Scene(instances), entities, TestWorlds.sky(), List.of(), false);
  }

  private static double[] direction(int i) {
    Ray ray = new Ray();
    LENS.aim(ray, i % 96 + 0.5f, Math.floorDiv(i, 96) + 0.5f);
    return new double[] {ray.dx, ray.dy, ray.dz};
  }

  private static double degrees(Frame f, int i, double x, double y, double z) {
    double dot = f.normal[3 * i] * x + f.normal[3 * i + 1] * y + f.normal[3 * i + 2] * z;
    return Math.toDegrees(Math.acos(Math.min(1, dot)));
  }

  @Test
  void planeHasExactDepthAndNormals() {
    MeshBuilder b = new MeshBuilder();
    int m = b.material(Material.plain("plane", new float[] {0.5f, 0.5f, 0.5f}));
    b.rectangle(m, new float[] {-40, 0, 40}, new float[] {80, 0, 0}, new float[] {0, 0, -80}, 0, 0);
    Frame f = Renderer.glance(world(b.build("plane")), LENS);
    int seen = 0;
    for (int i = 0; i < f.depth.length; i++) {
      double[] d = direction(i);
      double t = -LENS.y() / d[1];
      boolean hits =
          t > 0 && Math.abs(LENS.x() + t * d[0]) < 40 && Math.abs(LENS.z() + t * d[2]) < 40;
      assertThat(f.entity[i]).isEqualTo(hits ? 0 : -1);
      if (hits) {
        seen++;
        assertThat(f.depth[i]).isCloseTo((float) t, within(1e-4 * t));
        assertThat(degrees(f, i, 0, 1, 0)).isLessThan(0.05);
      }
    }
    assertThat(seen).isGreaterThan(1000);
  }

  @Test
  void sphereHasExactDepthAndNormals() {
    double cx = 0.9;
    double cy = 1.0;
    double cz = 2.1;
    double r = 0.7;
    MeshBuilder b = new MeshBuilder();
    int m = b.material(Material.plain("ball", new float[] {0.5f, 0.5f, 0.5f}));
    b.sphere(m, (float) cx, (float) cy, (float) cz, (float) r, 220);
    Frame f = Renderer.glance(world(b.build("ball")), LENS);
    int seen = 0;
    for (int i = 0; i < f.depth.length; i++) {
      double[] d = direction(i);
      double ox = LENS.x() - cx;
      double oy = LENS.y() - cy;
      double oz = LENS.z() - cz;
      double a = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
      double h = ox * d[0] + oy * d[1] + oz * d[2];
      double disc = h * h - a * (ox * ox + oy * oy + oz * oz - r * r);
      if (disc < 0.01) {
        continue; // misses, and the silhouette, where facets differ from the ball
      }
      double t = (-h - Math.sqrt(disc)) / a;
      seen++;
      assertThat(f.entity[i]).isZero();
      assertThat(f.depth[i]).isCloseTo((float) t, within(1e-4 * t));
      assertThat(degrees(f, i, (ox + t * d[0]) / r, (oy + t * d[1]) / r, (oz + t * d[2]) / r))
          .isLessThan(0.05);
    }
    assertThat(seen).isGreaterThan(500);
  }

  @Test
  void turnedBoxHasExactDepthNormalsAndIds() {
    MeshBuilder b = new MeshBuilder();
    int m = b.material(Material.plain("box", new float[] {0.5f, 0.5f, 0.5f}));
    b.box(m, -0.5f, -0.5f, -0.5f, 0.5f, 0.5f, 0.5f);
    float yaw = 0.71f;
    float[] place = Instance.placed(0.8f, 0.9f, 2.4f, yaw, 1.2f, 0.8f, 1.5f);
    Instance box = new Instance(b.build("box"), place, new int[] {0}, null);
    World world =
        new World(
            new Scene(List.of(box)),
            List.of(
                new World.Entity(Taxonomy.standard().category("box"), "box", false, "", null, 0)),
            TestWorlds.sky(),
            List.of(),
            false);
    Frame f = Renderer.glance(world, LENS);
    double[] half = {0.6, 0.4, 0.75};
    int seen = 0;
    for (int i = 0; i < f.depth.length; i++) {
      double[] d = direction(i);
      double c = Math.cos(yaw);
      double s = Math.sin(yaw);
      double[] o = {LENS.x() - 0.8, LENS.y() - 0.9, LENS.z() - 2.4};
      double[] lo = {c * o[0] - s * o[2], o[1], s * o[0] + c * o[2]};
      double[] ld = {c * d[0] - s * d[2], d[1], s * d[0] + c * d[2]};
      double near = Double.NEGATIVE_INFINITY;
      double far = Double.POSITIVE_INFINITY;
      int face = 0;
      for (int k = 0; k < 3; k++) {
        double t0 = (-half[k] - lo[k]) / ld[k];
        double t1 = (half[k] - lo[k]) / ld[k];
        if (Math.min(t0, t1) > near) {
          near = Math.min(t0, t1);
          face = k;
        }
        far = Math.min(far, Math.max(t0, t1));
      }
      if (Math.abs(far - near) < 1e-4) {
        continue; // grazes an edge
      }
      boolean hits = near < far && near > 0;
      assertThat(f.entity[i]).isEqualTo(hits ? 0 : -1);
      if (!hits) {
        assertThat(f.depth[i]).isInfinite();
        continue;
      }
      seen++;
      double[] n = new double[3];
      n[face] = -Math.signum(ld[face]);
      assertThat(f.depth[i]).isCloseTo((float) near, within(1e-4 * near));
      assertThat(degrees(f, i, c * n[0] + s * n[2], n[1], -s * n[0] + c * n[2])).isLessThan(0.05);
    }
    assertThat(seen).isGreaterThan(300);
  }

  private static org.assertj.core.data.Offset<Float> within(double x) {
    return org.assertj.core.data.Offset.offset((float) x);
  }
}

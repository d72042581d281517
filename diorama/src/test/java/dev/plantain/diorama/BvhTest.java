package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The hierarchy finds what testing every triangle finds. */
class BvhTest {

  @Property(tries = 60)
  void closestHitIsThatOfBruteForce(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 300) int triangles) {
    Rng rng = new Rng(seed);
    MeshBuilder whole = new MeshBuilder();
    int m = whole.material(Material.plain("", new float[3]));
    float[][] corners = new float[triangles][9];
    for (float[] p : corners) {
      float[] centre = {rng.rangeF(-2, 2), rng.rangeF(-2, 2), rng.rangeF(-2, 2)};
      for (int k = 0; k < 9; k++) {
        // Some share coordinates, which makes flat boxes and equal centroids.
        p[k] = centre[k % 3] + (rng.chance(0.2) ? 0 : rng.rangeF(-0.6, 0.6));
      }
      whole.triangle(m, p, new float[6], new float[9]);
    }
    Mesh mesh;
    try {
      mesh = whole.build("random");
    } catch (IllegalArgumentException e) {
      return; // all of them were degenerate
    }
    Scene scene = new Scene(List.of(new Instance(mesh, Instance.identity(), new int[] {0}, null)));
    Ray ray = new Ray();
    for (int i = 0; i < 40; i++) {
      float[] o = {rng.rangeF(-4, 4), rng.rangeF(-4, 4), rng.rangeF(-4, 4)};
      float[] d = {rng.rangeF(-1, 1), rng.rangeF(-1, 1), rng.chance(0.1) ? 0 : rng.rangeF(-1, 1)};
      ray.set(o[0], o[1], o[2], d[0], d[1], d[2], 100);
      scene.closest(ray);
      double expected = 100;
      double margin = 0;
      for (float[] p : corners) {
        double[] hit = hit(p, o, d);
        if (hit[0] > 0 && hit[0] < expected) {
          expected = hit[0];
          margin = hit[1];
        }
      }
      if (margin > 1e-4) {
        assertThat((double) ray.t).isCloseTo(expected, org.assertj.core.data.Offset.offset(2e-3));
        ray.set(o[0], o[1], o[2], d[0], d[1], d[2], 100);
        assertThat(scene.occluded(ray)).isTrue();
      }
    }
  }

  /** Distance and how far from the triangle's outline, or (-1, 0). */
  private static double[] hit(float[] p, float[] o, float[] d) {
    double[] a = new double[3];
    double[] b = new double[3];
    double[] s = new double[3];
    for (int k = 0; k < 3; k++) {
      a[k] = p[3 + k] - p[k];
      b[k] = p[6 + k] - p[k];
      s[k] = o[k] - p[k];
    }
    double[] q = cross(d[0], d[1], d[2], b);
    double det = a[0] * q[0] + a[1] * q[1] + a[2] * q[2];
    if (Math.abs(det) < 1e-7) {
      return new double[] {-1, 0};
    }
    double u = (s[0] * q[0] + s[1] * q[1] + s[2] * q[2]) / det;
    double[] r = cross(s[0], s[1], s[2], a);
    double v = (d[0] * r[0] + d[1] * r[1] + d[2] * r[2]) / det;
    double t = (b[0] * r[0] + b[1] * r[1] + b[2] * r[2]) / det;
    double margin = Math.min(Math.min(u, v), 1 - u - v);
    return margin < 0 ? new double[] {-1, 0} : new double[] {t, margin};
  }

  private static double[] cross(double x, double y, double z, double[] b) {
    return new double[] {y * b[2] - z * b[1], z * b[0] - x * b[2], x * b[1] - y * b[0]};
  }
}

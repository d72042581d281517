package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The Vector API walk against the plain one, equal to the bit, things that coincide included. */
class RayWalkTwinsTest {
  private final RayWalk scalar = new ScalarWalk();
  private final RayWalk vector = new VectorWalk();

  @Example
  void theVectorTwinIsChosenHere() {
    // The build adds the module; without it this must fail, not pass in silence.
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent();
    assertThat(RayWalk.CHOSEN).isInstanceOf(VectorWalk.class);
  }

  @Property(tries = 80)
  void raysMeetTheSame(
      @ForAll int seed,
      @ForAll @IntRange(min = 1, max = 12) int instances,
      @ForAll @IntRange(min = 1, max = 200) int triangles) {
    Rng rng = new Rng(seed);
    List<Instance> things = things(rng, instances, triangles);
    Scene plain = new Scene(things.stream().map(RayWalkTwinsTest::plain).toList(), scalar);
    Scene scene = new Scene(things, vector);
    Ray one = new Ray();
    Ray other = new Ray();
    for (int i = 0; i < 200; i++) {
      float[] r = ray(rng);
      float end = rng.chance(0.5) ? Float.POSITIVE_INFINITY : rng.rangeF(0.5, 12);
      one.set(r[0], r[1], r[2], r[3], r[4], r[5], end);
      other.set(r[0], r[1], r[2], r[3], r[4], r[5], end);
      scalar.closest(plain, one);
      vector.closest(scene, other);
      assertThat(hit(other)).isEqualTo(hit(one));
      float before = Float.isInfinite(end) ? 1e4f : end;
      one.set(r[0], r[1], r[2], r[3], r[4], r[5], before);
      other.set(r[0], r[1], r[2], r[3], r[4], r[5], before);
      assertThat(vector.occluded(scene, other)).isEqualTo(scalar.occluded(plain, one));
    }
  }

  @Property(tries = 60)
  void nodesComeBackFromTreelets(
      @ForAll int seed, @ForAll @IntRange(min = 0, max = 400) int boxes) {
    Rng rng = new Rng(seed);
    float[] corners = new float[6 * boxes];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = i % 6 < 3 ? rng.rangeF(-1, 1) : corners[i - 3] + rng.rangeF(0, 1);
    }
    float[] nodes = Bvh.build(corners, boxes, 1 + (seed & 3)).nodes();
    // As bits: a reference may look like any float.
    assertThat(bits(vector.nodes(vector.prepare(nodes)))).isEqualTo(bits(nodes));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** The same with the mesh's hierarchy as the plain walk follows it. */
  private static Instance plain(Instance i) {
    Mesh m = i.mesh;
    Mesh mesh =
        new Mesh(
            m.name(),
            m.materials(),
            m.edges(),
            m.normals(),
            m.texture(),
            m.material(),
            m.nodes(),
            m.bounds(),
            m.cutOuts(),
            m.panes());
    return new Instance(mesh, i.toWorld, i.entities, i.paints);
  }

  private static List<Object> hit(Ray ray) {
    return List.of(ray.instance, ray.hit() ? ray.triangle : -1, ray.t, ray.u, ray.v);
  }

  /** Copies of a mesh, some of them in the very same place or turned by a right angle. */
  private static List<Instance> things(Rng rng, int instances, int triangles) {
    MeshBuilder builder = new MeshBuilder();
    int plain = builder.material(Material.plain("", new float[3]));
    // Never degenerate, so that there is a mesh.
    builder.triangle(plain, new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new float[6], new float[9]);
    float[] last = new float[9];
    for (int i = 0; i < triangles; i++) {
      float[] p = last;
      if (i == 0 || rng.chance(0.8)) {
        p = new float[9];
        float[] centre = {rng.rangeF(-2, 2), rng.rangeF(-2, 2), rng.rangeF(-2, 2)};
        boolean even = rng.chance(0.5);
        for (int k = 0; k < 9; k++) {
          float off = rng.rangeF(-1, 1);
          // Corners on a grid give faces that share planes, edges and distances.
          p[k] = even ? Math.round(2 * (centre[k % 3] + off)) / 2f : centre[k % 3] + off;
        }
      }
      last = p;
      builder.triangle(plain, p, new float[6], new float[9]);
    }
    Mesh mesh = builder.build("random");
    List<Instance> list = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      boolean even = rng.chance(0.5);
      float[] place =
          even
              ? Instance.placed(Math.round(rng.rangeF(-1, 1)), 0, 0, 0, 1, 1, 1)
              : Instance.placed(
                  rng.rangeF(-3, 3),
                  rng.rangeF(-3, 3),
                  rng.rangeF(-3, 3),
                  rng.rangeF(0, 6),
                  1,
                  1,
                  1);
      list.add(new Instance(mesh, place, new int[] {0}, null));
    }
    return list;
  }

  private static float[] ray(Rng rng) {
    boolean even = rng.chance(0.3);
    float[] r = new float[6];
    for (int k = 0; k < 3; k++) {
      r[k] = rng.rangeF(-5, 5);
      r[3 + k] = rng.chance(0.15) ? 0 : rng.rangeF(-1, 1);
      if (even) {
        r[k] = Math.round(2 * r[k]) / 2f;
        r[3 + k] = Math.round(2 * r[3 + k]);
      }
    }
    if (r[3] == 0 && r[4] == 0 && r[5] == 0) {
      r[3] = 1;
    }
    return r;
  }
}

package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * Takes pictures: exact answers at pixel centres; light gathered once per pixel from sun, windows,
 * lamps and one bounce; albedo and reflections from several rays per pixel. Light is filtered apart
 * from albedo (Dammertz et al. 2010, "Edge-Avoiding À-Trous Wavelet Transform") and joined at full
 * sampling, so few rays give clean pictures. One thread, deterministic.
 */
final class Renderer {
  private static final int BOUNCES_INDOORS = 1;
  private static final int BOUNCES_OUTDOORS = 2;
  private static final float LIFT = 1e-3f;

  /** Parts of the work on each pixel that trace rays. */
  private static final int CENTRES = 0;

  private static final int DIRECT = 1;
  private static final int BOUNCES = 2;
  private static final int SAMPLES = 3;
  private static final int PARTS = 4;

  /** Rougher surfaces reflect too blurred a picture to be drawn from four rays without specks. */
  private static final float MIRROR_ROUGHNESS = 0.18f;

  /**
   * Brightest bounce as a multiple of the ambient light; rare brighter ones would leave blotches.
   */
  private static final float BRIGHTEST_BOUNCE = 8;

  private final World world;
  private final Lens lens;
  private final long seed;
  private final Ray ray = new Ray();
  private final Surface surface = new Surface();
  private final Tracer tracer;
  private final Lighting lighting;
  private final boolean indoors;
  private final float[] glow = new float[3];
  private final float[] direction = new float[3];
  private final float[] tint = new float[3];
  private final float[] normal = new float[3];
  private final float[] seen = new float[3];

  private Renderer(World world, Lens lens, long seed, Tracer tracer) {
    this.world = world;
    this.lens = lens;
    this.seed = seed;
    indoors = world.indoors();
    this.tracer = tracer;
    lighting = new Lighting(world, tracer);
  }

  /**
   * @param editable whether to note what rays meet, so that {@link #rerender} need not trace them
   */
  static Frame render(World world, Lens lens, long seed, boolean editable) {
    RayLog notes = editable ? new RayLog(lens.width() * lens.height(), PARTS) : null;
    Tracer tracer = Tracer.of(world.scene(), notes);
    Frame frame = render(new Renderer(world, lens, seed, tracer), null, null);
    if (notes != null) {
      notes.close();
    }
    frame.rays = notes;
    return frame;
  }

  /** Renders a changed world as the same camera sees it, reusing what the change cannot reach. */
  static Frame rerender(World world, Lens lens, long seed, Frame base, Change change) {
    Tracer tracer = Tracer.after(change, world.scene(), base.rays);
    return render(new Renderer(world, lens, seed, tracer), base, change);
  }

  private static Frame render(Renderer r, @Nullable Frame base, @Nullable Change change) {
    Frame frame = new Frame(r.lens.width(), r.lens.height());
    r.centres(frame, base, change);
    outlines(frame);
    boolean[] kept = r.direct(frame, base, change);
    frame.ambient =
        base == null || change == null || change.relit() ? r.ambient(frame) : base.ambient;
    r.lighting.ambient(frame.ambient);
    r.bounces(frame, kept);
    r.samples(frame, base, change);
    Denoiser.compose(frame, base);
    return frame;
  }

  /** Only what the answers need, for judging a camera: entities and depth on a coarse grid. */
  static Frame glance(World world, Lens lens) {
    Frame frame = new Frame(lens.width(), lens.height());
    new Renderer(world, lens, 0, Tracer.of(world.scene(), null)).centres(frame, null, null);
    return frame;
  }

  private void centres(Frame f, @Nullable Frame base, @Nullable Change change) {
    Scene scene = world.scene();
    for (int i = 0; i < f.depth.length; i++) {
      lens.aim(ray, i % f.width + 0.5f, Math.floorDiv(i, f.width) + 0.5f);
      if (base != null && change != null && keeps(base.entity[i], base.depth[i], change)) {
        copyCentre(base, f, i);
        continue;
      }
      open(f, CENTRES, i);
      tracer.closest(ray);
      if (!ray.hit()) {
        f.depth[i] = Float.POSITIVE_INFINITY;
        f.entity[i] = -1;
        continue;
      }
      surface.at(scene, ray, 1 / lens.focal(), 0);
      f.depth[i] = ray.t;
      f.entity[i] = surface.entity;
      f.position[3 * i] = surface.x;
      f.position[3 * i + 1] = surface.y;
      f.position[3 * i + 2] = surface.z;
      System.arraycopy(surface.normal, 0, f.normal, 3 * i, 3);
      System.arraycopy(surface.flat, 0, f.flat, 3 * i, 3);
      System.arraycopy(surface.albedo, 0, f.albedo, 3 * i, 3);
      f.matt[i] = matt(surface.material);
    }
  }

  private void open(Frame f, int part, int pixel) {
    tracer.open(part(f, part, pixel));
  }

  private static int part(Frame f, int part, int pixel) {
    return part * f.depth.length + pixel;
  }

  private static boolean matt(Material m) {
    return m.roughness() >= MIRROR_ROUGHNESS
        && m.kind() != Material.Kind.GLASS
        && m.emission() == 0;
  }

  /** Marks pixels whose neighbours show another thing or another part of it. */
  private static void outlines(Frame f) {
    int w = f.width;
    int h = f.height;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        for (int k = 0; k < 4; k++) {
          int qx = x + (k == 0 ? 1 : k == 1 ? -1 : 0);
          int qy = y + (k == 2 ? 1 : k == 3 ? -1 : 0);
          if (qx >= 0 && qy >= 0 && qx < w && qy < h && parted(f, i, qy * w + qx)) {
            f.outline[i] = true;
          }
        }
      }
    }
  }

  private static boolean parted(Frame f, int i, int j) {
    if (f.entity[i] != f.entity[j]) {
      return true;
    }
    if (f.entity[i] < 0) {
      return false;
    }
    float cos = 0;
    float off = 0;
    float change = 0;
    for (int c = 0; c < 3; c++) {
      cos += f.normal[3 * i + c] * f.normal[3 * j + c];
      off += f.flat[3 * i + c] * (f.position[3 * j + c] - f.position[3 * i + c]);
      change += Math.abs(f.albedo[3 * i + c] - f.albedo[3 * j + c]);
    }
    return cos < 0.95f || Math.abs(off) > 0.02f * f.depth[i] || change > 0.25f;
  }

  private boolean keeps(int entity, float depth, Change change) {
    return entity != change.repainted()
        && !change.touches(ray.ox, ray.oy, ray.oz, ray.dx, ray.dy, ray.dz, depth);
  }

  private static void copyCentre(Frame from, Frame to, int i) {
    to.depth[i] = from.depth[i];
    to.entity[i] = from.entity[i];
    System.arraycopy(from.position, 3 * i, to.position, 3 * i, 3);
    System.arraycopy(from.normal, 3 * i, to.normal, 3 * i, 3);
    System.arraycopy(from.flat, 3 * i, to.flat, 3 * i, 3);
    System.arraycopy(from.albedo, 3 * i, to.albedo, 3 * i, 3);
    to.matt[i] = from.matt[i];
  }

  /** Whether a pixel shows the same point of the same thing in both frames. */
  private static boolean sameSpot(Frame f, Frame base, int i) {
    return f.entity[i] == base.entity[i] && f.depth[i] == base.depth[i];
  }

  /** Lights every pixel's centre; answers which pixels kept the light of the base frame. */
  private boolean[] direct(Frame f, @Nullable Frame base, @Nullable Change change) {
    boolean[] kept = new boolean[f.depth.length];
    float[] hard = new float[3];
    float[] soft = new float[3];
    for (int i = 0; i < f.depth.length; i++) {
      if (f.entity[i] < 0) {
        continue;
      }
      // Light is gathered on every other pixel, like a chessboard, and around outlines.
      f.lit[i] = f.outline[i] || (i % f.width + i / f.width & 1) == 0;
      if (!f.lit[i]) {
        continue;
      }
      open(f, DIRECT, i);
      lighting.stand(f, i);
      if (base != null && change != null && keepsLight(f, base, i, change)) {
        System.arraycopy(base.hard, 3 * i, f.hard, 3 * i, 3);
        System.arraycopy(base.soft, 3 * i, f.soft, 3 * i, 3);
        kept[i] = true;
        continue;
      }
      lighting.direct(ray, key(i), hard, soft);
      System.arraycopy(hard, 0, f.hard, 3 * i, 3);
      System.arraycopy(soft, 0, f.soft, 3 * i, 3);
    }
    return kept;
  }

  private boolean keepsLight(Frame f, Frame base, int i, Change change) {
    if (change.relit()
        || !sameSpot(f, base, i)
        || !base.lit[i]
        || lighting.directTouches(key(i), change)) {
      return false;
    }
    int bounces = bounceCount();
    for (int k = 0; k < bounces; k++) {
      lighting.bounceDirection(key(i), k, bounces, direction);
      if (lighting.touches(change, direction)) {
        return false;
      }
    }
    return true;
  }

  private int bounceCount() {
    return indoors ? BOUNCES_INDOORS : BOUNCES_OUTDOORS;
  }

  private long key(int pixel) {
    return Rng.mix(seed + 0x51ed2701L * pixel);
  }

  /** Light after many bounces, guessed from how bright the view is after one. */
  private float[] ambient(Frame f) {
    double[] sum = new double[3];
    int count = 0;
    for (int i = 0; i < f.entity.length; i++) {
      if (f.lit[i]) {
        for (int c = 0; c < 3; c++) {
          sum[c] += Math.min(3, f.hard[3 * i + c] + f.soft[3 * i + c]) * f.albedo[3 * i + c];
        }
        count++;
      }
    }
    float[] ambient = new float[3];
    for (int c = 0; c < 3; c++) {
      ambient[c] = (float) (0.9 * sum[c] / Math.max(1, count)) + 0.004f;
      if (!indoors) {
        // Outdoors most light leaves for good; what remains comes off the ground and façades.
        ambient[c] =
            0.3f * ambient[c] + 0.1f * (world.sky().horizon()[c] + world.sky().zenith()[c]);
      }
    }
    return ambient;
  }

  /** Adds light from other surfaces, and from the open sky, to the soft light. */
  private void bounces(Frame f, boolean[] kept) {
    int count = bounceCount();
    float[] one = new float[3];
    for (int i = 0; i < f.depth.length; i++) {
      if (!f.lit[i] || kept[i]) {
        continue;
      }
      open(f, BOUNCES, i);
      for (int k = 0; k < count; k++) {
        lighting.stand(f, i);
        lighting.bounceDirection(key(i), k, count, direction);
        lighting.launch(ray, direction, Float.POSITIVE_INFINITY);
        through(ray);
        if (ray.hit()) {
          surface.at(world.scene(), ray, 0.3f, 0);
          lighting.radianceAt(surface, ray, key(i) + 77 + k, false, one);
        } else if (indoors) {
          one[0] = one[1] = one[2] = 0; // the sky was sampled through the windows
        } else {
          world.sky().radiance(ray.dx, ray.dy, ray.dz, one);
        }
        for (int c = 0; c < 3; c++) {
          float most = BRIGHTEST_BOUNCE * (f.ambient[c] + 0.02f);
          f.soft[3 * i + c] += Math.min(most, one[c]) / count;
        }
      }
    }
  }

  /** Traces on through glass. */
  private void through(Ray r) {
    for (int pane = 0; pane < 6; pane++) {
      tracer.closest(r);
      if (!r.hit()) {
        return;
      }
      Mesh mesh = world.scene().instance(r.instance).mesh;
      if (mesh.materials()[mesh.material()[r.triangle]].kind() != Material.Kind.GLASS) {
        return;
      }
      float t = r.t + LIFT;
      r.set(
          r.ox + t * r.dx,
          r.oy + t * r.dy,
          r.oz + t * r.dz,
          r.dx,
          r.dy,
          r.dz,
          Float.POSITIVE_INFINITY);
    }
  }

  /** Looks per sample: all of them where there may be an outline, one at the centre elsewhere. */
  private void samples(Frame f, @Nullable Frame base, @Nullable Change change) {
    for (int i = 0; i < f.depth.length; i++) {
      int first = i * Frame.SAMPLES;
      if (!f.outline[i]) {
        java.util.Arrays.fill(f.sampleEntity, first + 1, first + Frame.SAMPLES, Frame.UNUSED);
        if (f.entity[i] >= 0 && f.matt[i]) {
          f.sampleEntity[first] = f.entity[i];
          System.arraycopy(f.albedo, 3 * i, f.sampleAlbedo, 3 * first, 3);
          continue;
        }
      }
      open(f, SAMPLES, i);
      for (int k = 0; k < (f.outline[i] ? Frame.SAMPLES : 1); k++) {
        long key = key(i) + 1000 + k;
        float jx = 0.5f;
        float jy = 0.5f;
        if (f.outline[i]) {
          jx = ((k & 1) + Rng.hash01(key)) * 0.5f;
          jy = ((k >> 1) + Rng.hash01(key ^ 0x5bd1e995L)) * 0.5f;
        }
        lens.aim(ray, i % f.width + jx, Math.floorDiv(i, f.width) + jy);
        if (base != null
            && change != null
            && base.outline[i] == f.outline[i]
            && (f.outline[i] || !base.matt[i]) // matt pixels have noted no sample
            && reusable(base, first + k, change)) {
          copySample(base, f, first + k);
        } else {
          if (f.outline[i]) {
            tracer.closest(ray);
          } else {
            tracer.closestAgain(ray, part(f, CENTRES, i));
          }
          sample(f, first + k, key);
        }
      }
    }
  }

  private boolean reusable(Frame base, int s, Change change) {
    int e = base.sampleEntity[s];
    if (e < 0) {
      return !change.relit() && keeps(e, Float.POSITIVE_INFINITY, change);
    }
    if (base.sampleGlow[3 * s] + base.sampleGlow[3 * s + 1] + base.sampleGlow[3 * s + 2] > 0) {
      return false; // a mirror or glass may show what changed, or its light
    }
    float reach =
        (float)
            lens.depth(
                base.samplePosition[3 * s],
                base.samplePosition[3 * s + 1],
                base.samplePosition[3 * s + 2]);
    return !change.relit() && keeps(e, reach, change);
  }

  private static void copySample(Frame from, Frame to, int s) {
    to.sampleEntity[s] = from.sampleEntity[s];
    System.arraycopy(from.sampleAlbedo, 3 * s, to.sampleAlbedo, 3 * s, 3);
    System.arraycopy(from.sampleGlow, 3 * s, to.sampleGlow, 3 * s, 3);
    System.arraycopy(from.samplePosition, 3 * s, to.samplePosition, 3 * s, 3);
    System.arraycopy(from.sampleNormal, 3 * s, to.sampleNormal, 3 * s, 3);
  }

  /** Looks at what the ray has met. */
  private void sample(Frame f, int s, long key) {
    Scene scene = world.scene();
    if (!ray.hit()) {
      world.sky().radiance(ray.dx, ray.dy, ray.dz, glow);
      f.sampleEntity[s] = -1;
      System.arraycopy(glow, 0, f.sampleGlow, 3 * s, 3);
      return;
    }
    surface.at(scene, ray, 1 / lens.focal(), 0);
    f.sampleEntity[s] = surface.entity;
    f.samplePosition[3 * s] = surface.x;
    f.samplePosition[3 * s + 1] = surface.y;
    f.samplePosition[3 * s + 2] = surface.z;
    System.arraycopy(surface.normal, 0, f.sampleNormal, 3 * s, 3);
    Material m = surface.material;
    float diffuse = 1;
    glow[0] = m.emission() * surface.albedo[0];
    glow[1] = m.emission() * surface.albedo[1];
    glow[2] = m.emission() * surface.albedo[2];
    boolean glass = m.kind() == Material.Kind.GLASS;
    float length = (float) Math.sqrt(ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz);
    float cos =
        -(surface.normal[0] * ray.dx + surface.normal[1] * ray.dy + surface.normal[2] * ray.dz)
            / length;
    float grazing = 1 - Math.max(0, Math.min(1, cos));
    float g2 = grazing * grazing;
    float base = glass ? 0.04f : m.specular();
    float mirror = base + (1 - base) * g2 * g2 * grazing * (1 - 0.8f * m.roughness());
    if (!glass && base < 0.3f) {
      // Weak reflections at steep angles are not worth a ray; they fade in, so none pops up.
      mirror = Math.max(0, mirror - 0.045f);
    }
    // What is looked at next takes the surface's place.
    System.arraycopy(surface.albedo, 0, tint, 0, 3);
    System.arraycopy(surface.normal, 0, normal, 0, 3);
    float px = surface.x;
    float py = surface.y;
    float pz = surface.z;
    float dx = ray.dx / length;
    float dy = ray.dy / length;
    float dz = ray.dz / length;
    float travelled = ray.t * length;
    if (mirror > 0.004f && m.roughness() < MIRROR_ROUGHNESS) {
      float dn = 2 * (normal[0] * dx + normal[1] * dy + normal[2] * dz);
      ray.set(
          px + LIFT * normal[0],
          py + LIFT * normal[1],
          pz + LIFT * normal[2],
          dx - dn * normal[0],
          dy - dn * normal[1],
          dz - dn * normal[2],
          Float.POSITIVE_INFINITY);
      look(key + 20, travelled, seen);
      for (int c = 0; c < 3; c++) {
        // A metal tints its reflection; a mirror's albedo is its tint.
        float colour = base > 0.3f ? tint[c] : 1;
        glow[c] += mirror * colour * Math.min(base > 0.3f ? 6 : 2.5f, seen[c]);
      }
      diffuse -= mirror;
    }
    if (glass) {
      ray.set(px + LIFT * dx, py + LIFT * dy, pz + LIFT * dz, dx, dy, dz, Float.POSITIVE_INFINITY);
      look(key + 40, travelled, seen);
      for (int c = 0; c < 3; c++) {
        float clear = 0.86f + 0.12f * tint[c];
        glow[c] += (1 - mirror) * clear * seen[c];
      }
      diffuse = 0.02f;
    }
    for (int c = 0; c < 3; c++) {
      f.sampleAlbedo[3 * s + c] = diffuse * tint[c];
      f.sampleGlow[3 * s + c] = glow[c];
    }
  }

  /** Radiance along the ray, through glass, roughly lit. */
  private void look(long key, float travelled, float[] rgb) {
    through(ray);
    if (!ray.hit()) {
      world.sky().radiance(ray.dx, ray.dy, ray.dz, rgb);
      return;
    }
    surface.at(world.scene(), ray, 1 / lens.focal(), travelled);
    lighting.radianceAt(surface, ray, key, true, rgb);
  }
}

package dev.plantain.diorama;

import java.util.List;

/**
 * Samples light at points of a world. Random numbers come from keys, not from a stream, so that a
 * ray can be aimed again to ask whether a change reaches it.
 */
final class Lighting {
  private static final float LIFT = 2e-3f;

  /** Area lights are aimed at in their middle: what is seen in mirrors is not filtered later. */
  private static final int STEADY = -2;

  private static final float PI = (float) Math.PI;

  private final World world;
  private final Tracer tracer;
  private final List<Light> lights;
  private final boolean indoors;
  private float[] ambient = new float[3];

  private float px;
  private float py;
  private float pz;
  private final float[] n = new float[3];
  private final float[] flat = new float[3];

  /** Which of 4 × 4 strata the pixel samples: neighbours share out an area light among them. */
  private int cell;

  // The sample aimed last: direction, how far, and irradiance / π if nothing is in the way.
  private float sx;
  private float sy;
  private float sz;
  private float reach;
  private final float[] gain = new float[3];
  private final float[] radiance = new float[3];

  Lighting(World world, Tracer tracer) {
    this.world = world;
    this.tracer = tracer;
    indoors = world.indoors();
    lights = world.lights();
  }

  void ambient(float[] value) {
    ambient = value;
  }

  /** Stands at a pixel's surface. */
  void stand(Frame f, int i) {
    px = f.position[3 * i];
    py = f.position[3 * i + 1];
    pz = f.position[3 * i + 2];
    System.arraycopy(f.normal, 3 * i, n, 0, 3);
    System.arraycopy(f.flat, 3 * i, flat, 0, 3);
    cell = (i % f.width & 3) | (i / f.width & 3) << 2;
  }

  private void stand(Surface s) {
    px = s.x;
    py = s.y;
    pz = s.z;
    System.arraycopy(s.normal, 0, n, 0, 3);
    System.arraycopy(s.flat, 0, flat, 0, 3);
    cell = -1;
  }

  void launch(Ray ray, float[] d, float t) {
    ray.set(px + LIFT * flat[0], py + LIFT * flat[1], pz + LIFT * flat[2], d[0], d[1], d[2], t);
  }

  boolean touches(Change change, float[] d) {
    return change.touches(px, py, pz, d[0], d[1], d[2], Float.POSITIVE_INFINITY);
  }

  boolean directTouches(long key, Change change) {
    for (int k = 0; k < lights.size(); k++) {
      if (aim(lights.get(k), key + 131L * k) && change.touches(px, py, pz, sx, sy, sz, reach)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Irradiance over π from every light.
   *
   * @param hard receives light from small sources, whose shadows have edges
   * @param soft receives light from windows, whose shadows have none
   */
  void direct(Ray ray, long key, float[] hard, float[] soft) {
    hard[0] = hard[1] = hard[2] = 0;
    soft[0] = soft[1] = soft[2] = 0;
    for (int k = 0; k < lights.size(); k++) {
      float[] sum = lights.get(k) instanceof Light.Portal ? soft : hard;
      if (aim(lights.get(k), key + 131L * k) && clear(ray)) {
        for (int c = 0; c < 3; c++) {
          sum[c] += gain[c];
        }
      }
    }
  }

  private boolean clear(Ray ray) {
    ray.set(px + LIFT * flat[0], py + LIFT * flat[1], pz + LIFT * flat[2], sx, sy, sz, reach);
    return !tracer.occluded(ray);
  }

  /**
   * Radiance that leaves a surface towards the ray, lit by the ambient light and by every light or
   * one drawn from them: enough for reflections and bounces.
   */
  void radianceAt(Surface s, Ray ray, long key, boolean all, float[] rgb) {
    Material m = s.material;
    float[] albedo = s.albedo;
    stand(s);
    cell = all ? STEADY : -1;
    rgb[0] = ambient[0];
    rgb[1] = ambient[1];
    rgb[2] = ambient[2];
    if (!indoors) {
      float open = 0.5f + 0.5f * n[1];
      world.sky().radiance(n[0], Math.max(0.3f, n[1]), n[2], radiance);
      for (int c = 0; c < 3; c++) {
        rgb[c] += 0.6f * open * radiance[c];
      }
    }
    int count = lights.size();
    int from = all || count == 0 ? 0 : Math.min(count - 1, (int) (Rng.hash01(key) * count));
    int to = all ? count : Math.min(count, from + 1);
    float weight = all ? 1 : count;
    for (int k = from; k < to; k++) {
      // In a reflection a lamp's shadow is hardly told from none, which saves its ray.
      boolean open = all && lights.get(k) instanceof Light.Lamp;
      if (aim(lights.get(k), key + 5 + 17L * k) && (open || clear(ray))) {
        for (int c = 0; c < 3; c++) {
          rgb[c] += gain[c] * (open ? 0.7f : weight);
        }
      }
    }
    for (int c = 0; c < 3; c++) {
      rgb[c] = albedo[c] * (rgb[c] + m.emission());
    }
  }

  /** Aims a shadow ray; false if the light cannot contribute here. */
  private boolean aim(Light light, long key) {
    return switch (light) {
      case Light.Sun sun -> aimSun(sun.sky(), key);
      case Light.Portal portal -> aimPortal(portal, key);
      case Light.Lamp lamp -> aimLamp(lamp, key);
    };
  }

  private boolean aimSun(Sky sky, long key) {
    if (!sky.sunny()) {
      return false;
    }
    float spread = sky.sunSpread();
    sx = sky.sunX() + spread * 2 * (Rng.hash01(key) - 0.5f);
    sy = sky.sunY() + spread * 2 * (Rng.hash01(key + 1) - 0.5f);
    sz = sky.sunZ() + spread * 2 * (Rng.hash01(key + 2) - 0.5f);
    float cos = n[0] * sx + n[1] * sy + n[2] * sz;
    if (cos <= 0 || flat[0] * sx + flat[1] * sy + flat[2] * sz <= 0) {
      return false;
    }
    reach = 1e4f;
    for (int c = 0; c < 3; c++) {
      gain[c] = sky.sun()[c] * cos / PI;
    }
    return true;
  }

  private boolean aimPortal(Light.Portal p, long key) {
    float s = Rng.hash01(key);
    float t = Rng.hash01(key + 1);
    boolean steady = cell == STEADY;
    if (steady) {
      s = 0.5f;
      t = 0.5f;
    } else if (cell >= 0) {
      int stratum = cell * 7 & 15;
      s = ((stratum & 3) + s) / 4;
      t = ((stratum >> 2) + t) / 4;
    }
    sx = p.origin()[0] + s * p.a()[0] + t * p.b()[0] - px;
    sy = p.origin()[1] + s * p.a()[1] + t * p.b()[1] - py;
    sz = p.origin()[2] + s * p.a()[2] + t * p.b()[2] - pz;
    float squared = sx * sx + sy * sy + sz * sz;
    float length = (float) Math.sqrt(squared);
    sx /= length;
    sy /= length;
    sz /= length;
    float cos = n[0] * sx + n[1] * sy + n[2] * sz;
    float out = -(p.normal()[0] * sx + p.normal()[1] * sy + p.normal()[2] * sz);
    if (cos <= 0 || out <= 0 || flat[0] * sx + flat[1] * sy + flat[2] * sz <= 0) {
      return false;
    }
    p.sky().radiance(sx, sy, sz, radiance);
    float form =
        cos * out * p.area() / Math.max(0.04f, squared + (steady ? 0.5f * p.area() : 0)) / PI;
    for (int c = 0; c < 3; c++) {
      gain[c] = radiance[c] * Math.min(2, form);
    }
    reach = 1e3f; // what stands outside the window blocks as well
    return true;
  }

  private boolean aimLamp(Light.Lamp lamp, long key) {
    float r = lamp.radius();
    sx = lamp.x() + r * (2 * Rng.hash01(key) - 1) - px;
    sy = lamp.y() + r * (2 * Rng.hash01(key + 1) - 1) - py;
    sz = lamp.z() + r * (2 * Rng.hash01(key + 2) - 1) - pz;
    float squared = sx * sx + sy * sy + sz * sz;
    float length = (float) Math.sqrt(squared);
    sx /= length;
    sy /= length;
    sz /= length;
    float cos = n[0] * sx + n[1] * sy + n[2] * sz;
    reach = length - lamp.clearance();
    if (cos <= 0 || reach <= 0.01f || flat[0] * sx + flat[1] * sy + flat[2] * sz <= 0) {
      return false;
    }
    for (int c = 0; c < 3; c++) {
      gain[c] = lamp.intensity()[c] * cos / Math.max(0.05f, squared) / PI;
    }
    return true;
  }

  /** A cosine-weighted direction; the {@code k}-th of {@code count} covers its own sector. */
  void bounceDirection(long key, int k, int count, float[] d) {
    int stratum = Math.max(0, cell) * 11 + 3 * k & 15;
    float u = ((stratum & 3) + Rng.hash01(key + 501 + 7L * k)) / 4;
    float phi = 2 * PI * (k + ((stratum >> 2) + Rng.hash01(key + 502 + 7L * k)) / 4) / count;
    float r = (float) Math.sqrt(u);
    float a = r * (float) Math.cos(phi);
    float b = r * (float) Math.sin(phi);
    float h = (float) Math.sqrt(Math.max(0, 1 - u));
    // An orthonormal frame without branches: Duff et al. 2017.
    float sign = Math.copySign(1, n[2]);
    float p = -1 / (sign + n[2]);
    float q = n[0] * n[1] * p;
    d[0] = a * (1 + sign * n[0] * n[0] * p) + b * q + h * n[0];
    d[1] = a * sign * q + b * (sign + n[1] * n[1] * p) + h * n[1];
    d[2] = -a * sign * n[0] - b * n[1] + h * n[2];
  }
}

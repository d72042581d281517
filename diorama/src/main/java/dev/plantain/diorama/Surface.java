package dev.plantain.diorama;

/** What is known about the point a ray has hit; reused. */
final class Surface {
  float x;
  float y;
  float z;

  /** Unit normal of the triangle, towards where the ray came from. */
  final float[] flat = new float[3];

  /** Unit normal smoothed over the surface, towards where the ray came from. */
  final float[] normal = new float[3];

  /** Linear. */
  final float[] albedo = new float[3];

  Material material = Material.plain("", new float[3]);
  int entity;
  int instance;

  /**
   * Looks up the surface at the ray's hit.
   *
   * @param spread width of a pixel at unit depth, for texture filtering
   * @param travelled length of earlier pieces of the path, in the ray's t
   */
  void at(Scene scene, Ray ray, float spread, float travelled) {
    locate(scene, ray);
    Instance where = scene.instance(ray.instance);
    Mesh mesh = where.mesh;
    int i = ray.triangle;
    int m = mesh.material()[i];
    float uu = 0;
    float vv = 0;
    float footprint = 0;
    if (mesh.texture().length > 0) {
      float[] uv = mesh.texture();
      int at = 6 * i;
      float w = 1 - ray.u - ray.v;
      uu = w * uv[at] + ray.u * uv[at + 2] + ray.v * uv[at + 4];
      vv = w * uv[at + 1] + ray.u * uv[at + 3] + ray.v * uv[at + 5];
      float ax = uv[at + 2] - uv[at];
      float ay = uv[at + 3] - uv[at + 1];
      float bx = uv[at + 4] - uv[at];
      float by = uv[at + 5] - uv[at + 1];
      float[] n = new float[3];
      cross(mesh.edges(), 9 * i, n);
      float area = (float) Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
      float scale = (float) Math.sqrt(Math.abs(ax * by - ay * bx) / Math.max(area, 1e-12f));
      float length = (float) Math.sqrt(ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz);
      float cos = Math.abs(flat[0] * ray.dx + flat[1] * ray.dy + flat[2] * ray.dz) / length;
      footprint = (ray.t + travelled) * spread * scale / (float) Math.sqrt(Math.max(0.02f, cos));
    }
    float[] paint = where.paints == null ? null : where.paints[m];
    material.albedo(uu, vv, footprint, paint, albedo);
  }

  /** Only position, normals, material and entity: all that answers need. */
  void locate(Scene scene, Ray ray) {
    Instance where = scene.instance(ray.instance);
    Mesh mesh = where.mesh;
    int i = ray.triangle;
    x = ray.ox + ray.t * ray.dx;
    y = ray.oy + ray.t * ray.dy;
    z = ray.oz + ray.t * ray.dz;
    cross(mesh.edges(), 9 * i, flat);
    where.normalToWorld(flat);
    face(flat, ray);
    normal[0] = 0;
    normal[1] = 0;
    normal[2] = 0;
    int[] corners = mesh.normals();
    Octahedral.add(corners[3 * i], 1 - ray.u - ray.v, normal);
    Octahedral.add(corners[3 * i + 1], ray.u, normal);
    Octahedral.add(corners[3 * i + 2], ray.v, normal);
    where.normalToWorld(normal);
    if (normal[0] * flat[0] + normal[1] * flat[1] + normal[2] * flat[2] < 0) {
      negate(normal);
    }
    float facing = normal[0] * ray.dx + normal[1] * ray.dy + normal[2] * ray.dz;
    if (!(facing < 0)) { // smoothed beyond the silhouette, or not a number
      System.arraycopy(flat, 0, normal, 0, 3);
    }
    int m = mesh.material()[i];
    material = mesh.materials()[m];
    entity = where.entities[m];
    instance = ray.instance;
  }

  private static void face(float[] n, Ray ray) {
    if (n[0] * ray.dx + n[1] * ray.dy + n[2] * ray.dz > 0) {
      negate(n);
    }
  }

  private static void negate(float[] n) {
    n[0] = -n[0];
    n[1] = -n[1];
    n[2] = -n[2];
  }

  private static void cross(float[] e, int at, float[] n) {
    n[0] = e[at + 4] * e[at + 8] - e[at + 5] * e[at + 7];
    n[1] = e[at + 5] * e[at + 6] - e[at + 3] * e[at + 8];
    n[2] = e[at + 3] * e[at + 7] - e[at + 4] * e[at + 6];
  }
}

package dev.plantain.formats;

import dev.plantain.core.Image;
import dev.plantain.core.measure.Camera;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.PointCloud;
import java.util.Arrays;

/**
 * Points and triangles of a depth map, coloured by its photo, in OpenCV's axes.
 *
 * <p>Neighbouring pixels are joined where they lie on one surface: their distances are alike, or
 * change as steadily as on a slanted plane, where inverse distance is linear in the picture.
 * Elsewhere the mesh is torn, so that no triangles streak from a thing to what is behind it.
 */
public final class DepthMesh {
  /** Distances of neighbours up to this ratio are of one surface. */
  private static final double ALIKE = 1.04;

  /** Steps of inverse distance up to this far from the step before are steady, as a share. */
  private static final double STEADY = 0.5;

  private final float[] xyz;
  private final byte[] rgb8;
  private final int[] triangles;

  private DepthMesh(float[] xyz, byte[] rgb8, int[] triangles) {
    this.xyz = xyz;
    this.rgb8 = rgb8;
    this.triangles = triangles;
  }

  /**
   * The points alone.
   *
   * @param photo of the depth map's size
   */
  public static DepthMesh points(DepthMap depth, Camera camera, Image photo) {
    requireSize(depth, photo);
    PointCloud cloud = depth.unproject(camera);
    return new DepthMesh(cloud.xyz(), colours(cloud, photo), new int[0]);
  }

  /**
   * The surface.
   *
   * @param photo of the depth map's size
   */
  public static DepthMesh surface(DepthMap depth, Camera camera, Image photo) {
    requireSize(depth, photo);
    PointCloud cloud = depth.unproject(camera);
    int width = depth.width();
    int[] vertex = new int[width * depth.height()];
    Arrays.fill(vertex, -1);
    int[] pixels = cloud.pixels();
    for (int i = 0; i < pixels.length; i++) {
      vertex[pixels[i]] = i;
    }
    Joints joints = new Joints(depth);
    int[] triangles = new int[6 * vertex.length];
    int n = 0;
    for (int y = 0; y + 1 < depth.height(); y++) {
      for (int x = 0; x + 1 < width; x++) {
        boolean top = joints.right(x, y);
        boolean bottom = joints.right(x, y + 1);
        boolean left = joints.down(x, y);
        boolean right = joints.down(x + 1, y);
        int a = vertex[y * width + x];
        int b = vertex[y * width + x + 1];
        int c = vertex[(y + 1) * width + x];
        int d = vertex[(y + 1) * width + x + 1];
        // Two joined sides of a triangle make the third. Anticlockwise as the camera sees them:
        // fronts face it.
        if (left && bottom && right && top) {
          n = add(triangles, n, a, c, b);
          n = add(triangles, n, b, c, d);
        } else if (left && bottom) {
          n = add(triangles, n, a, c, d);
        } else if (right && top) {
          n = add(triangles, n, a, d, b);
        } else if (left && top) {
          n = add(triangles, n, a, c, b);
        } else if (right && bottom) {
          n = add(triangles, n, b, c, d);
        }
      }
    }
    return new DepthMesh(cloud.xyz(), colours(cloud, photo), Arrays.copyOf(triangles, n));
  }

  private static int add(int[] triangles, int n, int a, int b, int c) {
    triangles[n] = a;
    triangles[n + 1] = b;
    triangles[n + 2] = c;
    return n + 3;
  }

  private static void requireSize(DepthMap depth, Image photo) {
    if (depth.width() != photo.width() || depth.height() != photo.height()) {
      throw new IllegalArgumentException("%s and %s differ in size".formatted(depth, photo));
    }
  }

  private static byte[] colours(PointCloud cloud, Image photo) {
    byte[] all = photo.rgb8();
    int[] pixels = cloud.pixels();
    byte[] rgb8 = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      System.arraycopy(all, 3 * pixels[i], rgb8, 3 * i, 3);
    }
    return rgb8;
  }

  /** Number of points. */
  public int points() {
    return xyz.length / 3;
  }

  /** A copy: {@code x y z} of each point, metres. */
  public float[] xyz() {
    return xyz.clone();
  }

  /** A copy: {@code r g b} of each point. */
  public byte[] rgb8() {
    return rgb8.clone();
  }

  /** A copy: three indices of points for each triangle; empty for a cloud. */
  public int[] triangles() {
    return triangles.clone();
  }

  /** Which neighbours lie on one surface. */
  private static final class Joints {
    private final int width;
    private final int height;
    private final float[] inverse;

    Joints(DepthMap depth) {
      width = depth.width();
      height = depth.height();
      inverse = depth.metres();
      for (int i = 0; i < inverse.length; i++) {
        boolean there = Float.isFinite(inverse[i]) && inverse[i] > 0;
        inverse[i] = there ? 1 / inverse[i] : Float.NaN;
      }
    }

    boolean right(int x, int y) {
      int i = y * width + x;
      return joined(i, 1, x > 0, x + 2 < width);
    }

    boolean down(int x, int y) {
      int i = y * width + x;
      return joined(i, width, y > 0, y + 2 < height);
    }

    private boolean joined(int i, int stride, boolean hasBefore, boolean hasAfter) {
      double here = inverse[i];
      double next = inverse[i + stride];
      double step = next - here;
      if (Double.isNaN(step)) {
        return false;
      }
      if (Math.max(here, next) <= ALIKE * Math.min(here, next)) {
        return true;
      }
      double before = hasBefore ? here - inverse[i - stride] : Double.NaN;
      double after = hasAfter ? inverse[i + 2 * stride] - next : Double.NaN;
      return Math.abs(step - before) <= STEADY * Math.abs(step)
          || Math.abs(step - after) <= STEADY * Math.abs(step);
    }
  }
}

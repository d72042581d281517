package dev.plantain.eval.set;

import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** nuScenes' laser scans: float32 x, y, z, intensity, ring of each point. */
final class LaserScan {
  private static final int PER_POINT = 5 * Float.BYTES;
  private static final double NEAREST_METRES = 1;
  private static final int BORDER = 1;

  private LaserScan() {}

  /**
   * Depth of the points that a camera sees, the nearest where several meet; NaN elsewhere.
   *
   * @param toCamera moves a point to the camera's frame, z forward
   * @param intrinsics 3 × 3, row-major
   * @throws InputException if the file is no such scan
   */
  static float[] depth(
      Path file, Consumer<double[]> toCamera, double[] intrinsics, int width, int height)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0 || bytes.length % PER_POINT != 0) {
      throw new InputException.Damaged(
          "%s has %d bytes, which are no whole points of %d"
              .formatted(file, bytes.length, PER_POINT));
    }
    float[] metres = new float[width * height];
    Arrays.fill(metres, Float.NaN);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] point = new double[3];
    for (int at = 0; at < bytes.length; at += PER_POINT) {
      for (int i = 0; i < 3; i++) {
        point[i] = in.getFloat(at + i * Float.BYTES);
      }
      toCamera.accept(point);
      double z = point[2];
      if (!(z > NEAREST_METRES)) {
        continue;
      }
      double u = (intrinsics[0] * point[0] + intrinsics[1] * point[1]) / z + intrinsics[2];
      double v = intrinsics[4] * point[1] / z + intrinsics[5];
      if (u > BORDER && u < width - BORDER && v > BORDER && v < height - BORDER) {
        int pixel = ((int) v) * width + (int) u;
        metres[pixel] = Float.isNaN(metres[pixel]) ? (float) z : (float) Math.min(metres[pixel], z);
      }
    }
    return metres;
  }
}

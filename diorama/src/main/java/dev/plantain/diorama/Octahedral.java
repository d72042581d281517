package dev.plantain.diorama;

/**
 * Unit vectors in 32 bits: octahedral mapping with 16 bits an axis (Cigolle et al. 2014, "A Survey
 * of Efficient Representations for Independent Unit Vectors"); error below 0.003°.
 */
final class Octahedral {
  private Octahedral() {}

  static int encode(float x, float y, float z) {
    float sum = Math.abs(x) + Math.abs(y) + Math.abs(z);
    float px = sum == 0 ? 0 : x / sum;
    float py = sum == 0 ? 0 : y / sum;
    if (z < 0) {
      float qx = (1 - Math.abs(py)) * Math.copySign(1, px);
      float qy = (1 - Math.abs(px)) * Math.copySign(1, py);
      px = qx;
      py = qy;
    }
    int a = Math.round((px * 0.5f + 0.5f) * 65534);
    int b = Math.round((py * 0.5f + 0.5f) * 65534);
    return a << 16 | b;
  }

  /** Adds {@code weight} times the vector to {@code sum}. */
  static void add(int code, float weight, float[] sum) {
    float px = (code >>> 16) * (2f / 65534) - 1;
    float py = (code & 0xffff) * (2f / 65534) - 1;
    float z = 1 - Math.abs(px) - Math.abs(py);
    if (z < 0) {
      float qx = (1 - Math.abs(py)) * Math.copySign(1, px);
      float qy = (1 - Math.abs(px)) * Math.copySign(1, py);
      px = qx;
      py = qy;
    }
    float scale = weight / (float) Math.sqrt(px * px + py * py + z * z);
    sum[0] += px * scale;
    sum[1] += py * scale;
    sum[2] += z * scale;
  }
}

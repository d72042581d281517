package dev.plantain.jmh;

import dev.plantain.codec.InstancePaint;

/** A drawing of 30 touching discs on black, 1024². */
final class InstanceScene {
  static final int SIDE = 1024;
  static final int INSTANCES = 30;

  private static final int COLUMNS = 6;
  private static final int PITCH = 165;

  private InstanceScene() {}

  static byte[] drawing() {
    int[] ids = new int[SIDE * SIDE];
    for (int id = 1; id <= INSTANCES; id++) {
      int centreX = 100 + PITCH * ((id - 1) % COLUMNS);
      int centreY = 100 + PITCH * ((id - 1) / COLUMNS);
      // Wider than half the pitch: neighbours overlap.
      int radius = 70 + 5 * (id % 5);
      for (int y = Math.max(centreY - radius, 0); y < Math.min(centreY + radius, SIDE); y++) {
        for (int x = Math.max(centreX - radius, 0); x < Math.min(centreX + radius, SIDE); x++) {
          if (Math.hypot(x - centreX, y - centreY) < radius) {
            ids[y * SIDE + x] = id;
          }
        }
      }
    }
    byte[] rgb8 = new byte[3 * ids.length];
    InstancePaint.paint(ids, SIDE, SIDE, 0, rgb8);
    return rgb8;
  }
}

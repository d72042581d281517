package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Light under the open sky. */
final class Outdoors {
  private Outdoors() {}

  static List<Light> lights(List<Piece> pieces, Daylight day, Rng rng) {
    List<Light> lights = new ArrayList<>();
    if (day.sky().sunny()) {
      lights.add(new Light.Sun(day.sky()));
    }
    if (day.dark()) {
      for (Piece p : pieces) {
        if (p.category().name().equals("street lamp") && lights.size() < 3) {
          float s = rng.rangeF(5, 12);
          lights.add(
              new Light.Lamp(
                  p.x(),
                  p.y() + 0.94f * p.height(),
                  p.z(),
                  0.12f,
                  0.6f,
                  new float[] {s, 0.8f * s, 0.5f * s}));
        }
      }
    }
    return lights;
  }
}

package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Where light comes from in a room: windows, the sun through them, and lamps. */
final class IndoorLight {
  /** More lights than this gain little and cost a ray each at every pixel. */
  private static final int MOST_LAMPS = 3;

  private IndoorLight() {}

  static List<Light> lights(Furnisher f, List<Shell.Opening> openings, Daylight day, Rng rng) {
    return lights(f.pieces(), f.width, f.length, f.height, openings, day, rng);
  }

  static List<Light> lights(
      List<Piece> pieces,
      float width,
      float length,
      float height,
      List<Shell.Opening> openings,
      Daylight day,
      Rng rng) {
    List<Light> lights = new ArrayList<>();
    boolean window = false;
    for (Shell.Opening o : openings) {
      if (o.window() && !day.dark()) {
        window = true;
        Wall wall = Wall.around(width, length)[o.wall()];
        float out = -Shell.THICKNESS - 0.02f;
        lights.add(
            new Light.Portal(
                day.sky(),
                new float[] {wall.x(o.from(), out), o.low(), wall.z(o.from(), out)},
                new float[] {(o.to() - o.from()) * wall.dx(), 0, (o.to() - o.from()) * wall.dz()},
                new float[] {0, o.high() - o.low(), 0},
                new float[] {wall.normalX(), 0, wall.normalZ()}));
      }
    }
    if (window && day.sky().sunny()) {
      lights.add(new Light.Sun(day.sky()));
    }
    boolean lit = !window || day.dark() || rng.chance(0.35);
    if (lit) {
      lamps(pieces, width, length, height, day, rng, lights, window);
    }
    return lights;
  }

  private static void lamps(
      List<Piece> pieces,
      float width,
      float length,
      float height,
      Daylight day,
      Rng rng,
      List<Light> lights,
      boolean window) {
    float warmth = rng.rangeF(0, 1);
    float[] tint = {1, 0.72f + 0.22f * warmth, 0.42f + 0.5f * warmth};
    float strength = window && !day.dark() ? rng.rangeF(0.4, 1.2) : rng.rangeF(1.5, 4);
    int lamps = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece p = pieces.get(i);
      float share =
          switch (p.category().name()) {
            case "ceiling lamp" -> 1f;
            case "floor lamp" -> 0.6f;
            case "table lamp", "wall lamp" -> 0.35f;
            default -> 0;
          };
      if (share > 0 && lamps < MOST_LAMPS && (lamps == 0 || rng.chance(0.75))) {
        lamps++;
        float y =
            p.category().name().equals("ceiling lamp")
                ? p.y() + 0.2f * p.height()
                : p.y() + 0.78f * p.height();
        float radius = Math.min(0.09f, 0.3f * Math.min(p.width(), p.depth()));
        float clearance = 0.55f * Math.max(p.width(), Math.min(0.8f, p.height()));
        lights.add(lamp(p.x(), y, p.z(), radius, clearance, tint, strength * share, i));
      }
    }
    boolean ceiling = pieces.stream().anyMatch(p -> p.category().name().equals("ceiling lamp"));
    if (!ceiling && (lamps == 0 || rng.chance(0.7))) {
      // Recessed lights and lamps out of view: a soft glow below the ceiling.
      lights.add(
          lamp(
              width * rng.rangeF(0.3, 0.7),
              height - 0.35f,
              length * rng.rangeF(0.3, 0.7),
              0.11f,
              0.3f,
              tint,
              strength,
              -1));
    }
  }

  private static Light.Lamp lamp(
      float x,
      float y,
      float z,
      float radius,
      float clearance,
      float[] tint,
      float strength,
      int piece) {
    return new Light.Lamp(
        x,
        y,
        z,
        radius,
        clearance,
        new float[] {tint[0] * strength, tint[1] * strength, tint[2] * strength},
        piece);
  }
}

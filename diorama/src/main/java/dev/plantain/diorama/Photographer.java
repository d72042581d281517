package dev.plantain.diorama;

import java.util.HashMap;
import java.util.Map;

/** Finds a camera position from which there is something to see, as a person with a phone would. */
final class Photographer {
  private static final int CANDIDATES = 7;
  private static final int GLANCE = 20;

  private Photographer() {}

  static Lens choose(Setting setting, World world, Rng rng, int width, int height) {
    Lens best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES || (bestScore < -50 && i < 4 * CANDIDATES); i++) {
      Lens lens = candidate(setting, rng, width, height);
      double score = score(world, lens) + rng.range(0, 2.5);
      if (score > bestScore) {
        bestScore = score;
        best = lens;
      }
    }
    return java.util.Objects.requireNonNull(best);
  }

  private static Lens candidate(Setting s, Rng rng, int width, int height) {
    double fov = Math.toRadians(fieldOfView(rng));
    if (height > width) {
      // The field of view is that of the longer side, as phones are specified.
      fov = 2 * Math.atan(Math.tan(fov / 2) * width / height);
    }
    double camera = rng.chance(0.75) ? rng.range(1.2, 1.7) : rng.range(0.8, 1.8);
    double ground = 0;
    double look = Double.NaN;
    double x;
    double z;
    double tx;
    double tz;
    if (!s.indoors()) {
      Setting.Stand stand = rng.pick(s.stands());
      x = rng.range(stand.x0(), stand.x1());
      z = rng.range(stand.z0(), stand.z1());
      ground = stand.ground();
      look = stand.yaw();
      tx = s.width() * rng.range(0.2, 0.8);
      tz = s.length() * rng.range(0.2, 0.8);
    } else {
      // People step back to a wall or a corner to take a room, and close in on a thing they like.
      double inset = 0.3;
      x =
          rng.chance(0.65)
              ? (rng.chance(0.5)
                  ? rng.range(0.15, inset + 0.3)
                  : s.width() - rng.range(0.15, inset + 0.3))
              : rng.range(0.15, s.width() - 0.15);
      z =
          rng.chance(0.65)
              ? (rng.chance(0.5)
                  ? rng.range(0.15, inset + 0.3)
                  : s.length() - rng.range(0.15, inset + 0.3))
              : rng.range(0.15, s.length() - 0.15);
      tx = s.width() * rng.range(0.25, 0.75);
      tz = s.length() * rng.range(0.25, 0.75);
    }
    double aim = rng.chance(0.8) ? rng.range(0.5, 1.2) : rng.range(0.2, 1.8);
    if (!s.pieces().isEmpty() && rng.chance(s.indoors() ? 0.55 : 0.3)) {
      Piece p = rng.pick(s.pieces());
      tx = p.x();
      tz = p.z();
      aim = p.y() + 0.5 * p.height();
    }
    double dx = tx - x;
    double dz = tz - z;
    double flat = Math.max(0.3, Math.hypot(dx, dz));
    double yaw = Math.atan2(dx, dz) + rng.gaussian() * 0.12;
    if (!Double.isNaN(look) && rng.chance(0.7)) {
      // Along a street, one way or the other, as drivers and walkers look.
      yaw = look + (rng.chance(0.5) ? Math.PI : 0) + rng.gaussian() * 0.25;
      flat = 12;
    }
    double pitch =
        Math.clamp(Math.atan2(aim - camera, flat) * rng.range(0.5, 1), -0.75, 0.45)
            + rng.gaussian() * 0.03;
    double roll = rng.gaussian() * Math.toRadians(rng.chance(0.85) ? 1.2 : 4);
    return Lens.of(x, ground + camera, z, yaw, pitch, roll, fov, width, height, camera);
  }

  /** Degrees along the longer side: mostly 55 to 75 as phones have, from 40 to 90. */
  static double fieldOfView(Rng rng) {
    return rng.chance(0.75) ? rng.range(55, 75) : rng.range(40, 90);
  }

  /** How much there is to see: things by their share, nothing in the way, some depth. */
  static double score(World world, Lens lens) {
    int h = Math.max(8, GLANCE * lens.height() / Math.max(lens.width(), lens.height()));
    int w = Math.max(8, GLANCE * lens.width() / Math.max(lens.width(), lens.height()));
    float shrink = (float) w / lens.width();
    Lens small =
        new Lens(
            lens.x(),
            lens.y(),
            lens.z(),
            lens.right(),
            lens.up(),
            lens.forward(),
            lens.focal() * shrink,
            w,
            h,
            lens.camera());
    Frame glance = Renderer.glance(world, small);
    Map<Integer, Integer> seen = new HashMap<>();
    int close = 0;
    int stuff = 0;
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < glance.entity.length; i++) {
      int e = glance.entity[i];
      nearest = Math.min(nearest, glance.depth[i]);
      if (e < 0 || world.entities().get(e).stuff()) {
        stuff++;
      } else {
        seen.merge(e, 1, Integer::sum);
      }
      if (glance.depth[i] < 0.45f) {
        close++;
      }
    }
    double n = glance.entity.length;
    double score = 0;
    for (int count : seen.values()) {
      score += Math.min(1, count / (0.012 * n));
      if (count > 0.45 * n) {
        score -= 4; // one thing fills the frame
      }
    }
    if (nearest < 0.12) {
      score -= 60; // within or touching something
    }
    score -= 25 * Math.max(0, close / n - 0.06);
    score -= 8 * Math.max(0, stuff / n - 0.8);
    return Math.min(score, 14);
  }
}

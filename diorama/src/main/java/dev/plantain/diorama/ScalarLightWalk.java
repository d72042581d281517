package dev.plantain.diorama;

import java.util.Arrays;

/** {@link LightWalk} pixel by pixel. */
final class ScalarLightWalk implements LightWalk {
  @Override
  public void filter(Pass pass, Channel[] channels) {
    float[] weights = new float[TAPS];
    for (int y = 0; y < pass.planes().height; y++) {
      row(pass, y, channels, weights);
    }
  }

  private static void row(Pass pass, int y, Channel[] channels, float[] weights) {
    LightPlanes p = pass.planes();
    boolean[] reached = pass.reached();
    for (int at = p.row(y); at < p.row(y) + p.width; at++) {
      if (reached != null && !reached[at]) {
        continue;
      }
      Arrays.fill(weights, NONE);
      for (int tap = 0; p.solid[at] && tap < TAPS; tap++) {
        int q = at + pass.offset(tap);
        if (pass.inside(y, tap) && pass.counts()[q]) {
          weights[tap] = weight(p, at, q, Pass.near(tap));
        }
      }
      for (Channel channel : channels) {
        blur(pass, at, weights, channel);
      }
    }
  }

  private static float weight(LightPlanes p, int at, int q, float near) {
    int b = p.area;
    int c = 2 * p.area;
    float[] normal = p.normal;
    float cos =
        normal[at] * normal[q] + normal[b + at] * normal[b + q] + normal[c + at] * normal[c + q];
    if (cos < LEAST_COSINE) {
      return NONE;
    }
    float[] flat = p.flat;
    float[] position = p.position;
    float off =
        Math.abs(
                flat[at] * (position[q] - position[at])
                    + flat[b + at] * (position[b + q] - position[b + at])
                    + flat[c + at] * (position[c + q] - position[c + at]))
            * p.slack[at];
    return off > MOST_OFF ? NONE : near * (MOST_OFF - off) * (cos - LESS_THAN_COSINE);
  }

  private static void blur(Pass pass, int at, float[] weights, Channel channel) {
    int b = pass.planes().area;
    int c = 2 * pass.planes().area;
    float[] from = channel.from();
    float own = from[at] + from[b + at] + from[c + at];
    float total = 0;
    float red = 0;
    float green = 0;
    float blue = 0;
    for (int tap = 0; tap < TAPS; tap++) {
      float weight = weights[tap];
      if (weight < 0) {
        continue;
      }
      int q = at + pass.offset(tap);
      if (channel.stops()) {
        float other = from[q] + from[b + q] + from[c + q];
        float ratio = Math.abs(other - own) / (channel.contrast() * (0.05f + Math.max(own, other)));
        weight *= 1 / (1 + ratio * ratio * 4);
      }
      total += weight;
      red += weight * from[q];
      green += weight * from[b + q];
      blue += weight * from[c + q];
    }
    boolean any = total > 0;
    channel.to()[at] = any ? red / total : 0;
    channel.to()[b + at] = any ? green / total : 0;
    channel.to()[c + at] = any ? blue / total : 0;
  }
}

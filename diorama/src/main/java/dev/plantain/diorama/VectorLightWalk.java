package dev.plantain.diorama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LightWalk} by the Vector API: as many pixels of a row at once as a register holds, each
 * with the additions of {@link ScalarLightWalk} in their order, so that light is the same to the
 * bit.
 */
final class VectorLightWalk implements LightWalk {
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > LightPlanes.MOST_LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int LANES = FLOATS.length();

  @Override
  public void filter(Pass pass, Channel[] channels) {
    float[] weights = new float[TAPS * LANES];
    float[] weakened = new float[TAPS * LANES];
    for (int y = 0; y < pass.planes().height; y++) {
      row(pass, y, channels, weights, weakened);
    }
  }

  private static void row(Pass pass, int y, Channel[] channels, float[] weights, float[] weakened) {
    LightPlanes p = pass.planes();
    boolean[] reached = pass.reached() == null ? p.inside : pass.reached();
    for (int at = p.row(y); at < p.row(y) + p.width; at += LANES) {
      if (!VectorMask.fromArray(FLOATS, reached, at).anyTrue()) {
        continue;
      }
      for (int tap = 0; tap < TAPS; tap++) {
        if (pass.inside(y, tap)) {
          weigh(pass, at, tap, weights);
        } else {
          FloatVector.broadcast(FLOATS, NONE).intoArray(weights, tap * LANES);
        }
      }
      for (Channel channel : channels) {
        if (channel.stops()) {
          weaken(pass, y, at, weights, channel, weakened);
        }
        blur(pass, y, at, channel.stops() ? weakened : weights, channel, reached);
      }
    }
  }

  // No vector goes into a method or comes out of one, see VectorWalk.

  private static void weigh(Pass pass, int at, int tap, float[] weights) {
    LightPlanes p = pass.planes();
    int b = p.area;
    int c = 2 * p.area;
    int q = at + pass.offset(tap);
    float[] normal = p.normal;
    float[] flat = p.flat;
    float[] position = p.position;
    FloatVector cos =
        FloatVector.fromArray(FLOATS, normal, at)
            .mul(FloatVector.fromArray(FLOATS, normal, q))
            .add(
                FloatVector.fromArray(FLOATS, normal, b + at)
                    .mul(FloatVector.fromArray(FLOATS, normal, b + q)))
            .add(
                FloatVector.fromArray(FLOATS, normal, c + at)
                    .mul(FloatVector.fromArray(FLOATS, normal, c + q)));
    FloatVector off =
        FloatVector.fromArray(FLOATS, position, q)
            .sub(FloatVector.fromArray(FLOATS, position, at))
            .mul(FloatVector.fromArray(FLOATS, flat, at))
            .add(
                FloatVector.fromArray(FLOATS, position, b + q)
                    .sub(FloatVector.fromArray(FLOATS, position, b + at))
                    .mul(FloatVector.fromArray(FLOATS, flat, b + at)))
            .add(
                FloatVector.fromArray(FLOATS, position, c + q)
                    .sub(FloatVector.fromArray(FLOATS, position, c + at))
                    .mul(FloatVector.fromArray(FLOATS, flat, c + at)))
            .abs()
            .mul(FloatVector.fromArray(FLOATS, p.slack, at));
    VectorMask<Float> counts =
        VectorMask.fromArray(FLOATS, p.solid, at)
            .and(VectorMask.fromArray(FLOATS, pass.counts(), q))
            .andNot(cos.compare(VectorOperators.LT, LEAST_COSINE))
            .andNot(off.compare(VectorOperators.GT, MOST_OFF));
    FloatVector weight = off.neg().add(MOST_OFF).mul(Pass.near(tap)).mul(cos.sub(LESS_THAN_COSINE));
    FloatVector.broadcast(FLOATS, NONE).blend(weight, counts).intoArray(weights, tap * LANES);
  }

  /** Takes from weights what neighbours of another brightness are not to give. */
  private static void weaken(
      Pass pass, int y, int at, float[] weights, Channel channel, float[] weakened) {
    float[] from = channel.from();
    float contrast = channel.contrast();
    int b = pass.planes().area;
    int c = 2 * pass.planes().area;
    FloatVector own =
        FloatVector.fromArray(FLOATS, from, at)
            .add(FloatVector.fromArray(FLOATS, from, b + at))
            .add(FloatVector.fromArray(FLOATS, from, c + at));
    for (int tap = 0; tap < TAPS; tap++) {
      int q = at + (pass.inside(y, tap) ? pass.offset(tap) : 0);
      FloatVector weight = FloatVector.fromArray(FLOATS, weights, tap * LANES);
      FloatVector other =
          FloatVector.fromArray(FLOATS, from, q)
              .add(FloatVector.fromArray(FLOATS, from, b + q))
              .add(FloatVector.fromArray(FLOATS, from, c + q));
      FloatVector ratio = other.sub(own).abs().div(own.max(other).add(0.05f).mul(contrast));
      // A weight that stands for none stays below 0.
      weight
          .mul(FloatVector.broadcast(FLOATS, 1).div(ratio.mul(ratio).mul(4).add(1)))
          .intoArray(weakened, tap * LANES);
    }
  }

  private static void blur(
      Pass pass, int y, int at, float[] weights, Channel channel, boolean[] reached) {
    int b = pass.planes().area;
    int c = 2 * pass.planes().area;
    float[] from = channel.from();
    FloatVector total = FloatVector.zero(FLOATS);
    FloatVector red = total;
    FloatVector green = total;
    FloatVector blue = total;
    for (int tap = 0; tap < TAPS; tap++) {
      int q = at + (pass.inside(y, tap) ? pass.offset(tap) : 0);
      FloatVector weight = FloatVector.fromArray(FLOATS, weights, tap * LANES);
      VectorMask<Float> counts = weight.compare(VectorOperators.LT, 0).not();
      total = total.add(weight, counts);
      red = red.add(weight.mul(FloatVector.fromArray(FLOATS, from, q)), counts);
      green = green.add(weight.mul(FloatVector.fromArray(FLOATS, from, b + q)), counts);
      blue = blue.add(weight.mul(FloatVector.fromArray(FLOATS, from, c + q)), counts);
    }
    float[] to = channel.to();
    FloatVector none = FloatVector.zero(FLOATS);
    VectorMask<Float> any = total.compare(VectorOperators.GT, 0);
    VectorMask<Float> open = VectorMask.fromArray(FLOATS, reached, at);
    none.blend(red.div(total), any).intoArray(to, at, open);
    none.blend(green.div(total), any).intoArray(to, b + at, open);
    none.blend(blue.div(total), any).intoArray(to, c + at, open);
  }
}

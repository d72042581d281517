package dev.plantain.train;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** How often each {@link Kind} is drawn in training; weights need not sum to one. */
public record Mixture(Map<Kind, Double> weights) {
  public Mixture {
    EnumMap<Kind, Double> copy = new EnumMap<>(Kind.class);
    copy.putAll(weights);
    double sum = 0;
    for (double w : copy.values()) {
      if (!(w >= 0) || Double.isInfinite(w)) {
        throw new IllegalArgumentException("a mixture's weights are finite and not negative: " + w);
      }
      sum += w;
    }
    if (sum <= 0) {
      throw new IllegalArgumentException("a mixture needs at least one positive weight");
    }
    weights = Map.copyOf(copy);
  }

  /** The kinds that are drawn. */
  Set<Kind> kinds() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    weights.forEach(
        (kind, weight) -> {
          if (weight > 0) {
            kinds.add(kind);
          }
        });
    return kinds;
  }

  double weight(Kind kind) {
    return weights.getOrDefault(kind, 0.0);
  }

  double total() {
    return weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Share of the kinds that have no photo in common with others: captions and restorations. */
  double alone() {
    return (weight(Kind.CAPTION) + weight(Kind.RESTORE)) / total();
  }

  /** A kind at random; only those asked of a clean photo, or only those that stand alone. */
  Kind pick(RandomGenerator random, boolean alone) {
    double sum = 0;
    for (Kind kind : Kind.values()) {
      sum += standsAlone(kind) == alone ? weight(kind) : 0;
    }
    double at = random.nextDouble() * sum;
    Kind last = alone ? Kind.CAPTION : Kind.DEPTH;
    for (Kind kind : Kind.values()) {
      if (standsAlone(kind) == alone && weight(kind) > 0) {
        last = kind;
        at -= weight(kind);
        if (at < 0) {
          break;
        }
      }
    }
    return last;
  }

  private static boolean standsAlone(Kind kind) {
    return kind == Kind.CAPTION || kind == Kind.RESTORE;
  }
}

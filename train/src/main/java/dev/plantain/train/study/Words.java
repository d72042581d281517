package dev.plantain.train.study;

import dev.plantain.eval.metric.Bootstrap;
import java.util.Locale;

/** Findings in words, made from the figures. */
final class Words {
  private Words() {}

  static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String signed(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%+.4f", value);
  }

  static String interval(Bootstrap.Interval interval) {
    return "%s … %s".formatted(number(interval.low()), number(interval.high()));
  }

  static String change(Bootstrap.Interval interval) {
    return "%s … %s".formatted(signed(interval.low()), signed(interval.high()));
  }

  /** What an effect is, and whether the scenes tell it from none. */
  static String verdict(Measured.Effect effect) {
    if (Double.isNaN(effect.difference())) {
      return "not measured";
    }
    return !effect.isClear() ? "not told from none" : effect.isBetter() ? "better" : "worse";
  }

  /** A sentence. */
  static String sentence(Findings.Pair pair, Measured.Effect e) {
    return "%s, %,d views, seeds %s, %s (%s is better): %s to %s, a difference of %s (95 %% of scenes: %s): %s."
        .formatted(
            capital(pair.words()),
            e.views(),
            e.seeds(),
            e.metric().name(),
            e.metric().higherIsBetter() ? "higher" : "lower",
            number(e.before()),
            number(e.after()),
            signed(e.difference()),
            change(e.interval()),
            verdict(e));
  }

  /** How much of pre-training's effect is there without edits of unlabelled things. */
  static String kept(Measured.Effect with, Measured.Effect without) {
    String share =
        with.isClear() && with.isBetter()
            ? "%.0f %% of it".formatted(100 * without.difference() / with.difference())
            : "of what is no clear gain with them";
    return "%s at %,d views: pre-training changes it by %s with edits of unlabelled things and by %s without them, %s."
        .formatted(
            with.metric().name(),
            with.views(),
            signed(with.difference()),
            signed(without.difference()),
            share);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}

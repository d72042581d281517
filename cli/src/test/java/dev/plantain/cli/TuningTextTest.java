package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.eval.Comparison;
import dev.plantain.eval.Paired;
import dev.plantain.eval.Provenance;
import dev.plantain.eval.Report;
import dev.plantain.eval.metric.Bootstrap;
import dev.plantain.eval.metric.Figure;
import dev.plantain.train.OwnTuning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is gained on a user's own pictures, on a console. */
class TuningTextTest {
  private static Report report(double... values) {
    Bootstrap.Interval wide = new Bootstrap.Interval(0, 200);
    return new Report(
        "mine",
        "sprout",
        0,
        12,
        List.of(
            new Figure("segment.miou", values[0], wide, 12),
            new Figure("normals.per_image_within_11", values[1], wide, 12),
            new Figure("normals.mean", values[2], wide, 12)),
        Map.of(),
        List.of(),
        1);
  }

  @Test
  void everyChangeThatHasAnIntervalHasItWithin80Columns() {
    Provenance asked = Provenance.now("mine", "sprout", 0, "vote 1", Map.of());
    Comparison comparison =
        new Comparison(
            asked,
            asked,
            12,
            0,
            List.of(
                new Paired("segment.miou", 0.25, 0.5, new Bootstrap.Interval(-0.1, 0.35), 12),
                new Paired(
                    "normals.mean", 130.5, 28.25, new Bootstrap.Interval(-112.5, -101.25), 12)));
    List<String> lines =
        TuningText.lines(
            new OwnTuning.Outcome(
                report(0.25, 0.125, 130.5), report(0.5, 0.125, 28.25), comparison, true));
    assertThat(lines)
        .containsExactly(
            "on 12 pictures held out:",
            "                               before    after    change  95 % of the change",
            "segment.miou                   0.2500   0.5000   +0.2500  -0.1000 … +0.3500",
            "normals.per_image_within_11    0.1250   0.1250   +0.0000",
            "normals.mean                 130.5000  28.2500 -102.2500  -112.5000 … -101.2500")
        .allMatch(line -> line.length() <= 80);
  }
}

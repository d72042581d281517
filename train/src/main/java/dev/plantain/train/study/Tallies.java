package dev.plantain.train.study;

import dev.plantain.diorama.Taxonomy;
import dev.plantain.eval.RunFolder;
import dev.plantain.eval.Scored;
import dev.plantain.eval.metric.DepthError;
import dev.plantain.eval.metric.NormalError;
import dev.plantain.eval.metric.Resampled;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.eval.metric.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a test kept of every scene.
 *
 * @param scenes id and hash of photo and truth, in order
 * @param tallies one for each scene
 * @param failures answers that were not given
 */
record Tallies(List<String> scenes, List<Tally> tallies, int failures) {
  /** Reads an evaluation's samples. */
  static Tallies read(Path folder) throws IOException {
    List<String> scenes = new ArrayList<>();
    List<Tally> tallies = new ArrayList<>();
    int failures = 0;
    for (Scored scored : RunFolder.samples(folder)) {
      for (Scored.Entry entry : scored.entries()) {
        scenes.add(scored.id() + " " + scored.data());
        tallies.add(entry.tally());
        failures += entry.failures().size();
      }
    }
    return new Tallies(scenes, tallies, failures);
  }

  /** A figure of them, to be had of any of the scenes. */
  Resampled figure(String name) {
    Set<String> unlabelled = Taxonomy.standard().unlabelled();
    return switch (name) {
      case "depth.delta1", "depth.absrel" -> named(depth(), name);
      case "normals.mean" -> named(normals(), name);
      case "normals.per_image_median" -> medians();
      case "segment.miou", "segment.wrong_colour" -> named(segments(x -> true), name);
      case "segment.miou_labelled" ->
          renamed(name, named(segments(x -> !unlabelled.contains(x)), "segment.miou"));
      case "segment.miou_unlabelled" ->
          renamed(name, named(segments(unlabelled::contains), "segment.miou"));
      default -> throw new IllegalArgumentException("no figure is called " + name);
    };
  }

  private static Resampled named(List<Resampled> all, String name) {
    return all.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static Resampled renamed(String name, Resampled figure) {
    return new Resampled(name, figure.samples(), figure.of());
  }

  private List<Resampled> depth() {
    List<DepthError.Tally> all = of(DepthError.Tally.class);
    DepthError error = new DepthError(all.isEmpty() ? 1 : all.getFirst().capMetres());
    all.forEach(error::add);
    return error.resampled();
  }

  private List<Resampled> normals() {
    NormalError error = new NormalError();
    of(NormalError.Tally.class).forEach(error::add);
    return error.resampled();
  }

  /** The mean over scenes of their medians. */
  private Resampled medians() {
    double[] medians =
        of(NormalError.Tally.class).stream()
            .filter(t -> t.pixels() > 0)
            .mapToDouble(NormalError.Tally::median)
            .toArray();
    return new Resampled(
        "normals.per_image_median",
        medians.length,
        chosen -> {
          double sum = 0;
          for (int i : chosen) {
            sum += medians[i];
          }
          return sum / chosen.length;
        });
  }

  /** Of the classes that count; scenes without any stay, so that all arms have the same scenes. */
  private List<Resampled> segments(Predicate<String> counts) {
    SegmentError error = new SegmentError();
    for (SegmentError.Tally t : of(SegmentError.Tally.class)) {
      error.add(
          new SegmentError.Tally(
              t.cells().stream().filter(cell -> counts.test(cell.name())).toList(),
              t.wrong(),
              t.entries()));
    }
    return error.resampled();
  }

  private <T extends Tally> List<T> of(Class<T> type) {
    return tallies.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

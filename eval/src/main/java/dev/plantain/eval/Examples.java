package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Vision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Answers to look at: the best, the median and the worst of each question, or the first. */
final class Examples {
  /** So many first answers of each question. */
  private static final int FIRST = 3;

  /** Pixels: photos of many millions, several at a time, would not fit in memory. */
  private static final int WIDEST = 420;

  private Examples() {}

  /** One answer by its place. */
  record Place(int sample, int entry, double goodness) {}

  /** What a place is an example of. */
  private record Label(String question, String rank) {}

  /**
   * An answer to look at.
   *
   * @param question the task's name
   * @param rank best, median, worst or first
   * @param sample its id
   * @param goodness of the answer by itself; NaN if it cannot be told
   * @param pictures photo, drawing, reading, truth, as far as they are, by name, and small
   */
  record Example(
      String question, String rank, String sample, double goodness, Map<String, Image> pictures) {}

  /** Goodness of all answers, rising, by question. */
  static Map<String, List<Place>> places(List<Scored> done) {
    Map<String, List<Place>> places = new LinkedHashMap<>();
    for (int s = 0; s < done.size(); s++) {
      List<Scored.Entry> entries = done.get(s).entries();
      for (int e = 0; e < entries.size(); e++) {
        double goodness = entries.get(e).tally().goodness();
        if (!Double.isNaN(goodness)) {
          places
              .computeIfAbsent(entries.get(e).question(), q -> new ArrayList<>())
              .add(new Place(s, e, goodness));
        }
      }
    }
    places
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.comparingDouble(Place::goodness)
                        .thenComparingInt(Place::sample)
                        .thenComparingInt(Place::entry)));
    return places;
  }

  /**
   * Asks for the chosen answers once more; with kept drawings nothing is drawn anew.
   *
   * @throws IOException if the data cannot be read
   */
  static List<Example> of(Vision vision, EvalSet set, List<Scored> done) throws IOException {
    Map<Place, Label> chosen = new LinkedHashMap<>();
    places(done)
        .forEach(
            (question, list) -> {
              choose(chosen, list.getLast(), question, "best");
              choose(chosen, list.get(list.size() / 2), question, "median");
              choose(chosen, list.getFirst(), question, "worst");
            });
    return made(vision, set, chosen);
  }

  /**
   * The first answers of each question, one of a sample: the same of every run on these samples.
   *
   * @throws IOException if the data cannot be read
   */
  static List<Example> first(Vision vision, EvalSet set, List<Scored> done) throws IOException {
    Map<Place, Label> chosen = new LinkedHashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (int s = 0; s < done.size(); s++) {
      Set<String> here = new HashSet<>();
      List<Scored.Entry> entries = done.get(s).entries();
      for (int e = 0; e < entries.size(); e++) {
        Scored.Entry entry = entries.get(e);
        if (!entry.tally().isVoid()
            && here.add(entry.question())
            && counts.merge(entry.question(), 1, Integer::sum) <= FIRST) {
          choose(chosen, new Place(s, e, entry.tally().goodness()), entry.question(), "first");
        }
      }
    }
    return made(vision, set, chosen);
  }

  private static List<Example> made(Vision vision, EvalSet set, Map<Place, Label> chosen)
      throws IOException {
    Map<Integer, List<Place>> bySample = new TreeMap<>();
    chosen.keySet().forEach(p -> bySample.computeIfAbsent(p.sample, s -> new ArrayList<>()).add(p));
    Map<Place, Example> made = new LinkedHashMap<>();
    for (Map.Entry<Integer, List<Place>> one : bySample.entrySet()) {
      Sample sample = sample(set, one.getKey());
      List<List<Answer<?>>> answers = Evaluation.answers(vision, sample);
      for (Place place : one.getValue()) {
        Label label = Objects.requireNonNull(chosen.get(place));
        made.put(
            place, example(sample, place, answers.get(place.entry), label.question, label.rank));
      }
    }
    return chosen.keySet().stream().map(made::get).toList();
  }

  private static void choose(Map<Place, Label> chosen, Place place, String question, String rank) {
    chosen.putIfAbsent(place, new Label(question, rank));
  }

  private static Sample sample(EvalSet set, int index) throws IOException {
    try (Stream<Sample> samples = set.samples(index)) {
      Iterator<Sample> each = samples.limit(1).iterator();
      if (!each.hasNext()) {
        throw new IOException("%s has no sample %d any more".formatted(set.name(), index));
      }
      return each.next();
    }
  }

  private static Example example(
      Sample sample, Place place, List<Answer<?>> answers, String question, String rank) {
    Map<String, Image> pictures = new LinkedHashMap<>();
    Answer<?> answer = answers.getFirst();
    pictures.put("photo", sample.photo());
    Optional<Image> drawing = Looks.drawing(answer);
    drawing.ifPresent(image -> pictures.put("drawing", image));
    Truth truth = sample.truths().get(place.entry);
    // Where colours of two depths do not compare, each has a bar of its own.
    String scale = Looks.comparable(truth, answer) ? "" : ", own scale";
    Looks.reading(sample.photo(), answer, truth)
        .ifPresent(image -> pictures.put("reading" + scale, image));
    pictures.put("truth" + scale, Looks.truth(sample.photo(), truth));
    pictures.replaceAll((name, image) -> small(image));
    return new Example(question, rank, sample.id(), place.goodness, pictures);
  }

  private static Image small(Image image) {
    double scale = Math.min(1, (double) WIDEST / image.width());
    return image.resized(
        Math.max(1, (int) Math.round(scale * image.width())),
        Math.max(1, (int) Math.round(scale * image.height())));
  }
}

package dev.plantain.core;

import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is in a photo, listed before anything is drawn: things, how many, and the colour each is to
 * get. It is asked for in the prompt, and held against the drawing: a wrong count or colour is
 * noticed. The idea is that of SenseNova-Vision (arXiv 2607.06560).
 *
 * @param things in the order they are listed
 */
public record Plan(List<Thing> things) {
  /** A thing that covers less of the photo than this was not drawn. */
  private static final double SPECK = 1e-4;

  /** More of a drawing than this in colours of no thing is told. */
  private static final double MUCH = 0.05;

  public Plan {
    things = List.copyOf(things);
    Set<String> names = new HashSet<>();
    Set<Integer> colours = new HashSet<>();
    for (Thing thing : things) {
      if (!names.add(thing.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("\"%s\" is planned twice".formatted(thing.name()));
      }
      for (Entry each : thing.each()) {
        if (!colours.add(each.rgb())) {
          throw new IllegalArgumentException(
              "the colour %s is planned twice".formatted(Colours.hex(each.rgb())));
        }
      }
    }
  }

  /**
   * One kind of thing.
   *
   * @param name its class
   * @param each every one of them: words that refer to it alone, and its colour; one entry for all
   *     of what cannot be counted
   */
  public record Thing(String name, List<Entry> each) {
    public Thing {
      name = new Entry(name, 0).phrase();
      each = List.copyOf(each);
      if (each.isEmpty()) {
        throw new IllegalArgumentException("\"%s\" is planned, but not once".formatted(name));
      }
    }

    /** How many there are. */
    public int count() {
      return each.size();
    }

    /** The colour of the class as a whole. */
    public int rgb() {
      return each.getFirst().rgb();
    }
  }

  /** The task of drawing each class in its colour, on a background that none of them has. */
  public Segments segments(int backgroundRgb) {
    return Segments.coloured(things.stream().map(t -> new Entry(t.name(), t.rgb())).toList())
        .background(backgroundRgb);
  }

  /** The task of drawing every single one of a class in its colour. */
  public PlannedInstances instances(String name, int backgroundRgb) {
    Thing thing =
        things.stream()
            .filter(t -> t.name().equalsIgnoreCase(name.strip()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("\"%s\" is not planned".formatted(name)));
    return PlannedInstances.of(thing.name(), thing.each(), backgroundRgb);
  }

  /** What in a map of classes is not as planned, for people; empty if all is. */
  public List<String> check(LabelMap map) {
    List<String> found = new ArrayList<>();
    for (Thing thing : things) {
      int label = map.classes().indexOf(thing.name());
      if (label >= 0 && map.share(label) < SPECK) {
        found.add(
            "the plan has %d of \"%s\", in %s, and the drawing none"
                .formatted(thing.count(), thing.name(), Colours.hex(thing.rgb())));
      }
    }
    double other = map.share(LabelMap.UNASSIGNED);
    if (other > MUCH) {
      found.add("%.0f %% of the drawing is in colours that are not planned".formatted(100 * other));
    }
    return found;
  }

  /** What in a list of instances is not as planned, for people; empty if all is. */
  public List<String> check(InstanceList instances) {
    List<String> found = new ArrayList<>();
    for (Thing thing : things) {
      if (!thing.name().equalsIgnoreCase(instances.phrase())) {
        continue;
      }
      if (thing.count() != instances.size()) {
        found.add(
            "the plan counts %d of \"%s\", the drawing shows %d"
                .formatted(thing.count(), thing.name(), instances.size()));
      }
      for (Entry each : thing.each()) {
        if (instances.stream().noneMatch(i -> i.rgb() == each.rgb())) {
          found.add(
              "\"%s\" is planned in %s, and not drawn"
                  .formatted(each.phrase(), Colours.hex(each.rgb())));
        }
      }
    }
    return found;
  }
}

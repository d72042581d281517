package dev.plantain.eval.set;

import dev.plantain.core.instruct.Colours;
import dev.plantain.diorama.Expression;
import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Diorama's own benchmark: for each view metric depth, normals, a random legend of 2 to 8 of the
 * categories in sight in random colours on a random background, two phrases that refer to
 * something, one that may refer to nothing, the instances of one category, and edges. What is asked
 * of a view follows from its seed.
 */
public final class DioramaSet implements EvalSet {
  /** Metres beyond which depth does not count: the product's code is good to this. */
  public static final double CAP_METRES = 80;

  private static final double FALSE_PHRASE = 0.4;
  private static final int LEAST_PIXELS = 12;
  private static final int LEAST_CLASSES = 2;
  private static final int MOST_CLASSES = 8;

  private final String name;
  private final long size;
  private final int mostClasses;
  private final Views views;

  /** A source of views, read again for each run. */
  @FunctionalInterface
  public interface Views {
    Stream<View> stream() throws IOException;
  }

  /**
   * @param name with the split: {@code "diorama test"}
   */
  public DioramaSet(String name, long size, Views views) {
    this(name, size, MOST_CLASSES, views);
  }

  /**
   * @param name with the split: {@code "diorama test"}
   * @param mostClasses of a legend, at least 2
   */
  public DioramaSet(String name, long size, int mostClasses, Views views) {
    this.name = name;
    this.size = size;
    this.mostClasses = mostClasses;
    this.views = views;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Set<String> unlabelled() {
    return Taxonomy.standard().unlabelled();
  }

  @Override
  public Stream<Sample> samples() throws IOException {
    return views.stream().map(this::sample);
  }

  private Sample sample(View view) {
    SplittableRandom random = new SplittableRandom(view.seed() ^ 0x5eed);
    List<Truth> truths = new ArrayList<>();
    truths.add(new Truth.DepthTruth(view.depthMetres(), CAP_METRES));
    truths.add(new Truth.NormalTruth(view.normals()));
    segment(view, random, truths);
    refer(view, random, truths);
    instances(view, random, truths);
    boolean[] edges = new boolean[view.edges().length];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = (view.edges()[i] & 0xff) > 127;
    }
    truths.add(new Truth.EdgeTruth(List.of(edges)));
    return new Sample(view.id(), view.photo(), truths);
  }

  private void segment(View view, SplittableRandom random, List<Truth> truths) {
    Set<String> present = new LinkedHashSet<>();
    view.things().stream()
        .filter(t -> t.pixels() >= LEAST_PIXELS)
        .forEach(t -> present.add(t.category()));
    List<String> pool = new ArrayList<>(present);
    int count = Math.min(pool.size(), random.nextInt(LEAST_CLASSES, mostClasses + 1));
    List<String> classes = new ArrayList<>();
    List<Integer> colours = new ArrayList<>();
    while (classes.size() < count) {
      classes.add(pool.remove(random.nextInt(pool.size())));
      colours.add(farFrom(colours, random));
    }
    truths.add(
        new Truth.SegmentTruth(
            classes, colours, OptionalInt.of(farFrom(colours, random)), view.labels(classes)));
  }

  /** The farthest of some random colours from those taken and from black. */
  private static int farFrom(List<Integer> taken, SplittableRandom random) {
    int best = 0;
    double bestDistance = -1;
    for (int tries = 0; tries < 32; tries++) {
      int colour = random.nextInt(1 << 24);
      double least = distance(colour, Colours.BLACK);
      for (int other : taken) {
        least = Math.min(least, distance(colour, other));
      }
      if (least > bestDistance) {
        best = colour;
        bestDistance = least;
      }
    }
    return best;
  }

  private static double distance(int a, int b) {
    return Math.hypot(
        Math.hypot((a >> 16 & 0xff) - (b >> 16 & 0xff), (a >> 8 & 0xff) - (b >> 8 & 0xff)),
        (a & 0xff) - (b & 0xff));
  }

  private static void refer(View view, SplittableRandom random, List<Truth> truths) {
    List<Expression> right = new ArrayList<>();
    List<Expression> wrong = new ArrayList<>();
    for (Expression e : view.expressions()) {
      (e.thingIds().isEmpty() ? wrong : right).add(e);
    }
    for (int i = 0; i < 2 && !right.isEmpty(); i++) {
      truths.add(refer(view, right.remove(random.nextInt(right.size()))));
    }
    if (!wrong.isEmpty() && random.nextDouble() < FALSE_PHRASE) {
      truths.add(refer(view, wrong.get(random.nextInt(wrong.size()))));
    }
  }

  private static Truth refer(View view, Expression expression) {
    return new Truth.ReferTruth(
        expression.text().replaceFirst("(?i)^(the|an?) ", ""),
        mask(view, Set.copyOf(expression.thingIds())),
        expression.usesUnlabelled());
  }

  private static BitSet mask(View view, Set<Integer> ids) {
    BitSet inside = new BitSet(view.thingIds().length);
    for (int i = 0; i < view.thingIds().length; i++) {
      inside.set(i, ids.contains((int) view.thingIds()[i]));
    }
    return inside;
  }

  private static void instances(View view, SplittableRandom random, List<Truth> truths) {
    List<Thing> things =
        view.things().stream().filter(t -> !t.stuff() && t.pixels() >= LEAST_PIXELS).toList();
    if (things.isEmpty()) {
      return;
    }
    String category = things.get(random.nextInt(things.size())).category();
    List<BitSet> masks = new ArrayList<>();
    for (Thing thing : things) {
      if (thing.category().equals(category)) {
        masks.add(mask(view, Set.of(thing.id())));
      }
    }
    truths.add(new Truth.InstanceTruth(category, masks));
  }
}

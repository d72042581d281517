package dev.plantain.train;

import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Instances;
import dev.plantain.core.Normals;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.DepthScheme;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.diorama.Expression;
import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Asks views for drawings through the same {@link Task}s the product asks with: words, colours and
 * legends are new each time.
 */
final class VisionExamples {
  private static final int MAX_CLASSES = 8;
  private static final double ABSENT_CLASS = 0.12;
  private static final double FALSE_PHRASE = 0.3;
  private static final double ABSENT_INSTANCE = 0.15;
  private static final double SYNONYM = 0.3;
  private static final double OTHER_DEPTH_COLOURS = 0.15;

  /** All categories that training may name, for asking after things that are not there. */
  private final List<String> vocabulary;

  private final double otherNames;
  private final Rarity rarity;

  VisionExamples(List<String> vocabulary) {
    this(vocabulary, 0, Rarity.ALIKE);
  }

  /**
   * @param otherNames share of legends' words that are any other name of their category, in 0..1; 0
   *     for a few synonyms
   * @param rarity which categories legends ask for
   */
  VisionExamples(List<String> vocabulary, double otherNames, Rarity rarity) {
    this.vocabulary = List.copyOf(vocabulary);
    this.otherNames = otherNames;
    this.rarity = rarity;
  }

  /** Whether naming, colouring or outlining things in this view would touch unlabelled ones. */
  static boolean isLabelled(View view) {
    return view.things().stream().allMatch(Thing::labelled);
  }

  /** An example of a kind of vision data, or none if the view offers nothing for it. */
  Optional<Example> make(Kind kind, View view, SplittableRandom random) {
    return switch (kind) {
      case DEPTH -> Optional.of(depth(view, random));
      case NORMALS ->
          Optional.of(
              example(
                  kind,
                  view,
                  Normals.camera().worded(wording(random)),
                  NormalMap.of(view.width(), view.height(), view.normals())));
      case EDGES -> Optional.of(edges(view, random));
      case SEGMENT -> segment(view, random);
      case REFER -> refer(view, random);
      case INSTANCES -> instances(view, random);
      case CAPTION, EDIT, RESTORE ->
          throw new IllegalArgumentException(kind + " is no vision data");
    };
  }

  private static long wording(SplittableRandom random) {
    return random.nextLong();
  }

  private static <M> Example example(Kind kind, View view, Task<M> task, M measurement) {
    return Example.of(kind, view.photo(), task, measurement, null);
  }

  private static Example depth(View view, SplittableRandom random) {
    Depth.Metric task = Depth.metric().worded(wording(random));
    if (random.nextDouble() < OTHER_DEPTH_COLOURS) {
      List<DepthScheme> schemes = Example.DIALECT.depthSchemes();
      task = task.in(schemes.get(random.nextInt(schemes.size())));
    }
    return example(
        Kind.DEPTH, view, task, DepthMap.of(view.width(), view.height(), view.depthMetres()));
  }

  private static Example edges(View view, SplittableRandom random) {
    float[] probability = new float[view.edges().length];
    for (int i = 0; i < probability.length; i++) {
      probability[i] = (view.edges()[i] & 0xff) / 255f;
    }
    EdgeMap map = EdgeMap.of(view.width(), view.height(), probability, probability);
    return example(Kind.EDGES, view, Edges.boundaries().worded(wording(random)), map);
  }

  /**
   * What is asked for by class.
   *
   * @param categories of Diorama
   * @param words they are called by
   * @param rgbs one for each, and the background's
   */
  private record Choice(List<String> categories, List<String> words, List<Integer> rgbs) {}

  private Optional<Choice> choose(View view, SplittableRandom random) {
    Set<String> present = new LinkedHashSet<>();
    view.things().forEach(t -> present.add(t.category()));
    List<String> pool = rarity.order(new ArrayList<>(present), random);
    if (pool.isEmpty()) {
      return Optional.empty();
    }
    int count = 1 + random.nextInt(MAX_CLASSES);
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean absent = i > 0 && random.nextDouble() < ABSENT_CLASS;
      if (absent) {
        String other = rarity.anywhere(vocabulary, random);
        if (!present.contains(other) && !classes.contains(other)) {
          classes.add(other);
        }
      } else if (!pool.isEmpty()) {
        classes.add(pool.removeLast());
      }
    }
    shuffled(classes, random);
    List<Integer> colours = RandomColours.apart(classes.size() + 1, random);
    return Optional.of(new Choice(classes, words(classes, random), colours));
  }

  private Optional<Example> segment(View view, SplittableRandom random) {
    return choose(view, random).map(choice -> segment(choice, view, random));
  }

  private static Example segment(Choice choice, View view, SplittableRandom random) {
    List<String> words = choice.words;
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      legend.add(new Entry(words.get(i), choice.rgbs.get(i)));
    }
    Segments task =
        Segments.coloured(legend)
            .background(random.nextInt(3) == 0 ? RandomColours.BLACK : choice.rgbs.getLast())
            .worded(wording(random));
    LabelMap map = LabelMap.of(view.width(), view.height(), words, view.labels(choice.categories));
    return example(Kind.SEGMENT, view, task, map);
  }

  /**
   * The same question to a {@link Specialist}, which reads no legend and no wording: of a depth or
   * normals drawing the paper's, of the classes that {@link #make} would ask for one, by its name
   * alone, in white on black.
   */
  Optional<Example> forSpecialist(Kind kind, View view, SplittableRandom random) {
    return switch (kind) {
      case DEPTH -> {
        DepthMap map = DepthMap.of(view.width(), view.height(), view.depthMetres());
        yield Optional.of(silent(example(kind, view, Depth.metric(), map), ""));
      }
      case NORMALS -> {
        NormalMap map = NormalMap.of(view.width(), view.height(), view.normals());
        yield Optional.of(silent(example(kind, view, Normals.camera(), map), ""));
      }
      case SEGMENT ->
          choose(view, random)
              .map(
                  choice -> {
                    int one = random.nextInt(choice.words.size());
                    String word = choice.words.get(one);
                    int[] labels = view.labels(List.of(choice.categories.get(one)));
                    Segments task =
                        Segments.coloured(List.of(new Entry(word, RandomColours.WHITE)))
                            .background();
                    LabelMap map = LabelMap.of(view.width(), view.height(), List.of(word), labels);
                    return silent(example(kind, view, task, map), word);
                  });
      default -> throw new IllegalArgumentException("there is no specialist for " + kind);
    };
  }

  private static Example silent(Example e, String prompt) {
    return new Example(e.kind(), e.photo(), prompt, e.target(), e.unknown());
  }

  /** Names of categories: now and then another word that training may use. */
  private List<String> words(List<String> categories, SplittableRandom random) {
    List<String> words = new ArrayList<>();
    for (String category : categories) {
      List<String> others =
          otherNames > 0
              ? Taxonomy.standard().names(category)
              : Taxonomy.standard().synonyms(category);
      String word =
          !others.isEmpty() && random.nextDouble() < (otherNames > 0 ? otherNames : SYNONYM)
              ? others.get(random.nextInt(others.size()))
              : category;
      words.add(words.contains(word) || categories.contains(word) ? category : word);
    }
    return words;
  }

  private Optional<Example> refer(View view, SplittableRandom random) {
    boolean wantFalse = random.nextDouble() < FALSE_PHRASE;
    List<Expression> pool =
        view.expressions().stream()
            .filter(e -> !e.usesUnlabelled() && e.thingIds().isEmpty() == wantFalse)
            .toList();
    if (pool.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> colours = RandomColours.apart(3, random);
    boolean black = random.nextBoolean();
    int background = black ? RandomColours.BLACK : colours.get(2);
    Expression first = pool.get(random.nextInt(pool.size()));
    int colour = black && random.nextInt(3) == 0 ? RandomColours.WHITE : colours.get(0);
    String phrase = phrase(first);
    Referring task = Referring.to(phrase).in(colour).background(background).worded(wording(random));
    return Optional.of(example(Kind.REFER, view, task, mask(phrase, view, first.thingIds())));
  }

  /** Wordings put their own article before the phrase. */
  private static String phrase(Expression expression) {
    return expression.text().replaceFirst("(?i)^(the|an?) ", "");
  }

  private static Mask mask(String phrase, View view, List<Integer> ids) {
    BitSet inside = new BitSet(view.thingIds().length);
    for (int i = 0; i < view.thingIds().length; i++) {
      inside.set(i, ids.contains((int) view.thingIds()[i]));
    }
    return Mask.of(phrase, view.width(), view.height(), inside, 1);
  }

  private Optional<Example> instances(View view, SplittableRandom random) {
    Set<String> present = new LinkedHashSet<>();
    view.things().stream().filter(t -> !t.stuff()).forEach(t -> present.add(t.category()));
    String category;
    if (present.isEmpty() || random.nextDouble() < ABSENT_INSTANCE) {
      category = rarity.anywhere(vocabulary, random);
      if (view.things().stream().anyMatch(t -> t.category().equals(category))) {
        return Optional.empty();
      }
    } else {
      category = rarity.choose(List.copyOf(present), random);
    }
    String word = words(List.of(category), random).getFirst();
    List<Instance> instances = new ArrayList<>();
    for (Thing thing : view.things()) {
      if (thing.category().equals(category)) {
        Mask mask = mask(word, view, List.of(thing.id()));
        if (!mask.isEmpty()) {
          instances.add(new Instance(mask, RandomColours.WHITE));
        }
      }
    }
    Instances task = Instances.of(word).worded(wording(random));
    return Optional.of(
        example(
            Kind.INSTANCES,
            view,
            task,
            new InstanceList(word, view.width(), view.height(), instances, 1)));
  }

  /** The list itself, in another order. */
  static <T> List<T> shuffled(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T swap = list.get(i);
      list.set(i, list.get(j));
      list.set(j, swap);
    }
    return list;
  }
}

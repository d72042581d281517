package dev.plantain.diorama;

import dev.plantain.diorama.Expression.Kind;
import dev.plantain.diorama.Facts.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes referring expressions. Each states a condition; it is written only if the condition is
 * clearly true of its referents and clearly false of all else in view that its noun could mean.
 */
final class Expressions {
  private final Facts facts;
  private final Rng rng;

  /** Whether words alone make an expression one that uses an unlabelled category. */
  private final boolean training;

  private final Map<String, Expression> written = new LinkedHashMap<>();

  private Expressions(Facts facts, boolean training, Rng rng) {
    this.facts = facts;
    this.training = training;
    this.rng = rng;
  }

  /**
   * @param training whether training reads these: then one that names an unlabelled category is
   *     marked even where it points at something else, as "the piano stool" does
   */
  static List<Expression> write(Facts facts, boolean training, Rng rng) {
    Expressions e = new Expressions(facts, training, rng);
    e.categories();
    for (Thing t : facts.candidates()) {
      e.about(t);
    }
    e.absent();
    return List.copyOf(e.written.values());
  }

  /** A phrase that means exactly this thing: the plainest of those written. */
  static Optional<Expression> naming(List<Expression> expressions, int thing) {
    return expressions.stream()
        .filter(x -> x.thingIds().equals(List.of(thing)))
        .min(Comparator.comparing(Expression::kind).thenComparingInt(x -> x.text().length()));
  }

  private void put(String text, Kind kind, List<Integer> ids, boolean unlabelled) {
    boolean uses = unlabelled || (training && Taxonomy.standard().namesUnlabelled(text));
    for (int id : ids) {
      uses |= !facts.things.get(id).labelled();
    }
    String said = rng.chance(0.75) ? "the " + text : text;
    written.putIfAbsent(
        text + kind, new Expression(said, kind, ids.stream().sorted().toList(), uses));
  }

  private static List<Integer> ids(List<Thing> things) {
    return things.stream().map(Thing::id).toList();
  }

  /** A word for the category: its own name, or one that training may use too. */
  private String noun(String category) {
    List<String> others = facts.synonyms(category);
    return !others.isEmpty() && rng.chance(0.25) ? rng.pick(others) : category;
  }

  private String noun(Thing t) {
    boolean own = rng.chance(0.2) && !t.stuff() && !t.name().equals(facts.underfoot);
    return own ? t.name() : noun(t.category());
  }

  private static boolean labelled(String category) {
    return Taxonomy.standard().labelled(category);
  }

  private void categories() {
    facts.things.stream()
        .map(Thing::category)
        .distinct()
        .forEach(
            category -> {
              List<Thing> all = facts.of(category);
              boolean visible = all.stream().anyMatch(facts::speakable);
              if (!visible || !facts.unmistakable(category)) {
                return;
              }
              Truth several = all.size() > 1 ? Truth.YES : several(all.getFirst());
              if (several == Truth.UNCLEAR) {
                return;
              }
              boolean many = several == Truth.YES;
              String noun = noun(category);
              put(many ? Words.plural(noun) : noun, Kind.CATEGORY, ids(all), !labelled(category));
              if (!all.getFirst().stuff()) {
                colours(category, all);
              }
            });
  }

  private Truth several(Thing only) {
    return !only.stuff()
        ? Truth.NO
        : only.category().equals("wall") ? Truth.YES : facts.several(only);
  }

  /** All things of one colour in a category, where every colour is clear. */
  private void colours(String category, List<Thing> all) {
    for (String colour : all.stream().map(Thing::colour).distinct().toList()) {
      List<Thing> yes = all.stream().filter(t -> facts.coloured(t, colour) == Truth.YES).toList();
      boolean unclear = all.stream().anyMatch(t -> facts.coloured(t, colour) == Truth.UNCLEAR);
      if (yes.isEmpty() || unclear || yes.stream().noneMatch(facts::speakable)) {
        continue;
      }
      String noun = noun(category);
      put(
          colour + " " + (yes.size() > 1 ? Words.plural(noun) : noun),
          Kind.COLOUR,
          ids(yes),
          !labelled(category));
    }
  }

  private void about(Thing t) {
    List<Thing> peers = facts.of(t.category()).stream().filter(o -> o.id() != t.id()).toList();
    if (!facts.unmistakable(t.category())) {
      attribute(t);
      return;
    }
    boolean unlabelled = !t.labelled();
    attribute(t);
    if (!peers.isEmpty()) {
      position(t, peers, unlabelled);
      distance(t, peers, unlabelled);
      size(t, peers, unlabelled);
      ordinal(t, peers, unlabelled);
    } else {
      where(t, unlabelled);
    }
    relations(t, peers);
  }

  /** The model's own phrase, where it says more than the category. */
  private void attribute(Thing t) {
    if (t.name().equals(t.category())
        || Taxonomy.standard().synonyms(t.category()).contains(t.name())
        || Taxonomy.standard().heldOutSynonyms(t.category()).contains(t.name())) {
      return;
    }
    boolean unique =
        facts.things.stream()
            .noneMatch(
                o ->
                    o.id() != t.id()
                        && (o.name().equals(t.name())
                            || (t.name().endsWith(o.category())
                                && !o.category().equals(t.category()))
                            || (akin(o, t) && couldBe(o, t.name()))));
    if (unique) {
      put(t.name(), Kind.ATTRIBUTE, List.of(t.id()), !t.labelled());
    }
  }

  private static boolean akin(Thing o, Thing t) {
    return o.category().equals(t.category()) || Words.confusable(t.category(), o.category());
  }

  /** Whether a thing with a vague name might go by the phrase as well. */
  private static boolean couldBe(Thing o, String phrase) {
    return phrase.endsWith(o.name()) || phrase.startsWith(o.name()) || o.name().endsWith(phrase);
  }

  private void where(Thing t, boolean unlabelled) {
    double x = t.visibleBox().centreX() / facts.width;
    if (rng.chance(0.4) && (x < 0.33 || x > 0.67)) {
      put(
          noun(t) + (x < 0.33 ? " on the left" : " on the right"),
          Kind.POSITION,
          List.of(t.id()),
          unlabelled);
    }
  }

  private void position(Thing t, List<Thing> peers, boolean unlabelled) {
    double x = t.visibleBox().centreX();
    double least = 0.07 * facts.width;
    if (peers.stream().allMatch(o -> x < o.visibleBox().centreX() - least)) {
      String side =
          peers.size() == 1 && rng.chance(0.5)
              ? noun(t) + " on the left"
              : "leftmost " + noun(t.category());
      put(side, Kind.POSITION, List.of(t.id()), unlabelled);
    }
    if (peers.stream().allMatch(o -> x > o.visibleBox().centreX() + least)) {
      String side =
          peers.size() == 1 && rng.chance(0.5)
              ? noun(t) + " on the right"
              : "rightmost " + noun(t.category());
      put(side, Kind.POSITION, List.of(t.id()), unlabelled);
    }
    if (peers.size() == 2) {
      Thing a = peers.get(0);
      Thing b = peers.get(1);
      double l = Math.min(a.visibleBox().centreX(), b.visibleBox().centreX());
      double r = Math.max(a.visibleBox().centreX(), b.visibleBox().centreX());
      if (x > l + least && x < r - least) {
        put(noun(t.category()) + " in the middle", Kind.POSITION, List.of(t.id()), unlabelled);
      }
    }
  }

  private void distance(Thing t, List<Thing> peers, boolean unlabelled) {
    if (peers.stream().allMatch(o -> facts.nearerThan(t, o) == Truth.YES)) {
      put(
          rng.pickOf("nearest ", "closest ") + noun(t.category()),
          Kind.DISTANCE,
          List.of(t.id()),
          unlabelled);
    }
    if (peers.stream().allMatch(o -> facts.nearerThan(o, t) == Truth.YES)) {
      put(
          rng.pickOf("farthest ", "most distant ") + noun(t.category()),
          Kind.DISTANCE,
          List.of(t.id()),
          unlabelled);
    }
  }

  private void size(Thing t, List<Thing> peers, boolean unlabelled) {
    superlative(
        t,
        peers,
        "largest",
        "smallest",
        s -> Math.cbrt(s.width() * s.depth() * s.height()),
        unlabelled);
    superlative(t, peers, "tallest", "shortest", Thing.Size::height, unlabelled);
  }

  private void superlative(
      Thing t,
      List<Thing> peers,
      String most,
      String least,
      Function<Thing.Size, Double> of,
      boolean unlabelled) {
    double own = t.size() == null ? 0 : of.apply(t.size());
    double high = 0;
    double low = Double.POSITIVE_INFINITY;
    for (Thing o : peers) {
      double v = o.size() == null ? own : of.apply(o.size());
      high = Math.max(high, v);
      low = Math.min(low, v);
    }
    if (own > 1.25 * high) {
      put(most + " " + noun(t.category()), Kind.SIZE, List.of(t.id()), unlabelled);
    } else if (own * 1.25 < low) {
      put(least + " " + noun(t.category()), Kind.SIZE, List.of(t.id()), unlabelled);
    }
  }

  private void ordinal(Thing t, List<Thing> peers, boolean unlabelled) {
    List<Thing> row = new ArrayList<>(peers);
    row.add(t);
    row.sort(Comparator.comparingDouble(o -> o.visibleBox().centreX()));
    if (row.size() < 3 || row.size() > 6 || !row.stream().allMatch(facts::speakable)) {
      return;
    }
    for (int i = 1; i < row.size(); i++) {
      if (row.get(i).visibleBox().centreX() - row.get(i - 1).visibleBox().centreX()
          < 0.05 * facts.width) {
        return;
      }
    }
    int place = row.indexOf(t);
    boolean left = rng.chance(0.5);
    int count = left ? place : row.size() - 1 - place;
    put(
        Words.ordinal(count) + " " + noun(t.category()) + " from the " + (left ? "left" : "right"),
        Kind.ORDINAL,
        List.of(t.id()),
        unlabelled);
  }

  private void relations(Thing t, List<Thing> peers) {
    List<Thing> anchors =
        new ArrayList<>(
            facts.candidates().stream()
                .filter(
                    a ->
                        !a.category().equals(t.category())
                            && facts.of(a.category()).size() == 1
                            && facts.unmistakable(a.category()))
                .toList());
    rng.shuffle(anchors);
    int said = 0;
    for (Thing a : anchors) {
      if (said >= 2) {
        return;
      }
      said += relate(t, peers, a, "on", facts::on) ? 1 : 0;
      if (rng.chance(0.5)) {
        said += relate(t, peers, a, "left of", facts::leftOf) ? 1 : 0;
        said += relate(t, peers, a, "right of", (x, y) -> facts.leftOf(y, x)) ? 1 : 0;
      }
      said += relate(t, peers, a, "above", facts::above) ? 1 : 0;
      said += relate(t, peers, a, "in front of", facts::inFrontOf) ? 1 : 0;
      said += relate(t, peers, a, "behind", (x, y) -> facts.inFrontOf(y, x)) ? 1 : 0;
      said += relate(t, peers, a, rng.pickOf("next to", "beside"), facts::nextTo) ? 1 : 0;
    }
  }

  private interface Relation {
    Truth test(Thing a, Thing b);
  }

  private boolean relate(
      Thing t, List<Thing> peers, Thing anchor, String words, Relation relation) {
    if (relation.test(t, anchor) != Truth.YES
        || peers.stream().anyMatch(o -> relation.test(o, anchor) != Truth.NO)) {
      return false;
    }
    String colour = facts.clearColour(t) && rng.chance(0.2) ? t.colour() + " " : "";
    put(
        colour + noun(t) + " " + words + " the " + noun(anchor.category()),
        Kind.RELATION,
        List.of(t.id()),
        !t.labelled() || !anchor.labelled());
    return true;
  }

  /** Phrases that nothing in view matches. */
  private void absent() {
    List<String> categories = Taxonomy.standard().categories();
    for (int i = 0; i < 3; i++) {
      String c = rng.pick(categories);
      boolean there =
          facts.things.stream()
              .anyMatch(t -> t.category().equals(c) || Words.confusable(c, t.category()));
      if (!there
          && !facts.maybeBeyond(c)
          && Taxonomy.standard().category(c).place() != Taxonomy.Place.NONE) {
        String colour = rng.chance(0.3) ? rng.pick(Paint.BASIC).word() + " " : "";
        put(
            colour + noun(c),
            colour.isEmpty() ? Kind.CATEGORY : Kind.COLOUR,
            List.of(),
            !labelled(c));
      }
    }
    List<Thing> some = new ArrayList<>(facts.candidates());
    rng.shuffle(some);
    for (Thing t : some.subList(0, Math.min(3, some.size()))) {
      String colour = rng.pick(Paint.BASIC).word();
      boolean none =
          facts.of(t.category()).stream().allMatch(o -> facts.coloured(o, colour) == Truth.NO);
      if (none && facts.unmistakable(t.category()) && !facts.maybeBeyond(t.category())) {
        put(colour + " " + noun(t.category()), Kind.COLOUR, List.of(), !t.labelled());
      }
    }
  }
}

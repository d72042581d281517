package dev.plantain.diorama;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a phrase and looks among all things of a view for what it means, by brute force over the
 * scene graph and without any of the code that wrote it.
 */
final class ReferentSearch {
  private static final Pattern RELATION =
      Pattern.compile(
          "(.*?) (on|left of|right of|above|in front of|behind|next to|beside) the (.*)");
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "sixth");

  private final View view;
  private final Diorama.@Nullable Developed graph;

  /**
   * @param graph what stands on what and where; without it relations are not read
   */
  ReferentSearch(View view, Diorama.@Nullable Developed graph) {
    this.view = view;
    this.graph = graph;
  }

  /**
   * Ids of everything it can mean, ascending, or nothing if this reader does not know the words.
   */
  Optional<List<Integer>> find(Expression e) {
    String text = e.text().startsWith("the ") ? e.text().substring(4) : e.text();
    String first = text.contains(" ") ? text.substring(0, text.indexOf(' ')) : text;
    String rest = text.contains(" ") ? text.substring(first.length() + 1) : "";
    return switch (e.kind()) {
      case CATEGORY -> nouns(text, false).map(ReferentSearch::ids);
      case COLOUR ->
          nouns(rest, false)
              .map(l -> ids(l.stream().filter(t -> t.colour().equals(first)).toList()));
      case ATTRIBUTE ->
          Optional.of(ids(view.things().stream().filter(t -> t.name().equals(text)).toList()));
      case SIZE -> {
        boolean volume = first.equals("largest") || first.equals("smallest");
        boolean most = first.equals("largest") || first.equals("tallest");
        yield nouns(rest, false).map(l -> extreme(l, t -> size(t, volume), most));
      }
      case DISTANCE ->
          nouns(rest.replace("distant ", ""), false)
              .map(l -> extreme(l, this::away, first.equals("farthest") || first.equals("most")));
      case POSITION -> position(text, first, rest);
      case ORDINAL -> ordinal(text, first, rest);
      case RELATION -> graph == null ? Optional.empty() : relation(text);
    };
  }

  /** Median distance in a straight line, from depth and the camera. */
  private double away(Thing t) {
    double[] all = new double[t.pixels()];
    int count = 0;
    for (int i = 0; i < view.thingIds().length; i++) {
      if (view.thingIds()[i] == t.id()) {
        double x = (i % view.width() + 0.5 - view.width() / 2.0) / view.camera().focalPx();
        double y =
            (Math.floorDiv(i, view.width()) + 0.5 - view.height() / 2.0) / view.camera().focalPx();
        all[count++] = view.depthMetres()[i] * Math.sqrt(1 + x * x + y * y);
      }
    }
    Arrays.sort(all);
    return all[all.length / 2];
  }

  private static double size(Thing t, boolean volume) {
    Thing.Size s = t.size();
    return s == null ? 0 : volume ? s.width() * s.depth() * s.height() : s.height();
  }

  private Optional<List<Integer>> position(String text, String first, String rest) {
    ToDoubleFunction<Thing> x = t -> t.visibleBox().centreX();
    if (first.endsWith("most")) {
      return nouns(rest, false).map(l -> extreme(l, x, first.equals("rightmost")));
    }
    Matcher side = Pattern.compile("(.*) (on the left|on the right|in the middle)").matcher(text);
    if (!side.matches()) {
      return Optional.empty();
    }
    return nouns(side.group(1), true)
        .map(
            l -> {
              // A noun may be one thing's own name; its side is told among all of its category.
              List<Thing> all =
                  l.isEmpty()
                      ? l
                      : view.things().stream()
                          .filter(t -> t.category().equals(l.getFirst().category()))
                          .sorted(Comparator.comparingDouble(x))
                          .toList();
              int n = all.size();
              return switch (side.group(2)) {
                case "in the middle" -> n == 3 ? List.of(all.get(1).id()) : List.<Integer>of();
                case "on the left" -> half(all, 0, n == 0 ? 0 : x.applyAsDouble(all.getFirst()));
                default ->
                    half(all, n - 1, n == 0 ? 0 : view.width() - x.applyAsDouble(all.getLast()));
              };
            });
  }

  /** Alone it must lie in that half; among others it must be the outermost. */
  private List<Integer> half(List<Thing> all, int at, double fromSide) {
    boolean fits = !all.isEmpty() && (all.size() > 1 || fromSide < view.width() / 2.0);
    return fits ? List.of(all.get(at).id()) : List.of();
  }

  private Optional<List<Integer>> ordinal(String text, String first, String rest) {
    boolean left = text.endsWith("left");
    int place = ORDINALS.indexOf(first);
    Comparator<Thing> across = Comparator.comparingDouble(t -> t.visibleBox().centreX());
    return nouns(rest.replaceAll(" from the (left|right)$", ""), false)
        .map(l -> l.stream().sorted(left ? across : across.reversed()).toList())
        .map(l -> place < l.size() ? List.of(l.get(place).id()) : List.of());
  }

  private Optional<List<Integer>> relation(String text) {
    Matcher m = RELATION.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String noun = m.group(1);
    String colour = "";
    for (String word : Colours.WORDS) {
      if (noun.startsWith(word + " ")) {
        colour = word;
      }
    }
    Optional<List<Thing>> subjects = nouns(noun, true);
    if (subjects.isEmpty() && !colour.isEmpty()) {
      subjects = nouns(noun.substring(colour.length() + 1), true);
    }
    Optional<List<Thing>> anchors = nouns(m.group(3), false);
    if (subjects.isEmpty() || anchors.isEmpty() || anchors.get().size() != 1) {
      return Optional.empty();
    }
    Thing anchor = anchors.get().getFirst();
    if (m.group(2).equals("next to") || m.group(2).equals("beside")) {
      return Optional.of(extreme(subjects.get(), t -> gap(t, anchor), false));
    }
    return Optional.of(
        ids(subjects.get().stream().filter(t -> holds(m.group(2), t, anchor)).toList()));
  }

  private boolean holds(String relation, Thing t, Thing a) {
    Box p = t.visibleBox();
    Box q = a.visibleBox();
    boolean overlap =
        t.amodalBox().left() < a.amodalBox().right()
            && a.amodalBox().left() < t.amodalBox().right()
            && t.amodalBox().top() < a.amodalBox().bottom()
            && a.amodalBox().top() < t.amodalBox().bottom();
    return switch (relation) {
      case "on" -> piece(t).support() >= 0 && pieceIndex(a) == piece(t).support();
      // Within a hundredth of the picture's width neither is to the side of the other.
      case "left of" -> p.centreX() < q.centreX() - 0.01 * view.width();
      case "right of" -> p.centreX() > q.centreX() + 0.01 * view.width();
      case "above" ->
          p.centreY() < q.centreY()
              && p.left() < q.right()
              && q.left() < p.right()
              && piece(t).top() > piece(a).top();
      case "in front of" -> overlap && away(t) < away(a) && !rests(t, a) && !rests(a, t);
      case "behind" -> overlap && away(t) > away(a) && !rests(t, a) && !rests(a, t);
      default -> false;
    };
  }

  private boolean rests(Thing t, Thing base) {
    return piece(t).support() >= 0 && piece(t).support() == pieceIndex(base);
  }

  /** Metres between two things' boxes on the floor plan. */
  private double gap(Thing t, Thing a) {
    for (double margin = 0; margin < 20; margin += 0.02) {
      Floorplan.Volume v = flat(piece(t), (float) margin);
      if (v.meets(flat(piece(a), 0))) {
        return margin;
      }
    }
    return 20;
  }

  private static Floorplan.Volume flat(Piece p, float margin) {
    return new Floorplan.Volume(
        p.x(), p.z(), p.width() / 2 + margin, p.depth() / 2 + margin, p.yaw(), 0, 1);
  }

  private int pieceIndex(Thing t) {
    Diorama.Developed d = java.util.Objects.requireNonNull(graph);
    return Facts.piece(d.answers(), d.staging().world(), t.id());
  }

  private Piece piece(Thing t) {
    Diorama.Developed d = java.util.Objects.requireNonNull(graph);
    return d.staging().setting().pieces().get(pieceIndex(t));
  }

  private static List<Integer> extreme(
      List<Thing> things, ToDoubleFunction<Thing> of, boolean most) {
    Comparator<Thing> order = Comparator.comparingDouble(of);
    return things.stream()
        .min(most ? order.reversed() : order)
        .map(t -> List.of(t.id()))
        .orElse(List.of());
  }

  /** All things a noun can mean; nothing if it is no noun of this world. */
  private Optional<List<Thing>> nouns(String noun, boolean names) {
    boolean row = view.things().stream().anyMatch(t -> t.category().equals("books"));
    Optional<String> category =
        noun.equals("books") && !row ? Optional.of("book") : category(noun); // or several of them
    List<Thing> named =
        names ? view.things().stream().filter(t -> t.name().equals(noun)).toList() : List.of();
    if (category.isEmpty() && named.isEmpty()) {
      return Optional.empty();
    }
    String c = category.orElse("");
    return Optional.of(
        view.things().stream()
            .filter(t -> t.category().equals(c) || (category.isEmpty() && t.name().equals(noun)))
            .toList());
  }

  private static Optional<String> category(String noun) {
    Taxonomy t = Taxonomy.standard();
    if (t.categories().contains(noun)) {
      return Optional.of(noun); // "books" is a row of them before it is more than one
    }
    return t.categories().stream()
        .filter(
            c ->
                t.plural(c).equals(noun)
                    || t.synonyms(c).stream()
                        .anyMatch(s -> s.equals(noun) || Words.plural(s).equals(noun)))
        .findFirst();
  }

  private static List<Integer> ids(List<Thing> things) {
    return things.stream().map(Thing::id).sorted().toList();
  }
}

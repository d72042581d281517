package dev.plantain.diorama;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about the things of a view. Every relation comes as {@link Truth}: between
 * clearly true and clearly false lies a zone in which nothing is claimed either way.
 */
final class Facts {
  /** How sure a statement is. */
  enum Truth {
    YES,
    NO,
    UNCLEAR;

    static Truth of(boolean clearly, boolean clearlyNot) {
      return clearly ? YES : clearlyNot ? NO : UNCLEAR;
    }
  }

  /** Share of the picture below which a thing is not spoken of. */
  private static final double SMALLEST = 0.0022;

  /** Share of a thing's pixels that must go by its colour word. */
  private static final double CLEAR_COLOUR = 0.6;

  final List<Thing> things;
  final int width;
  final int height;
  private final List<Double> colourShare;

  /**
   * Kinds of which a colour would say what they wear, show or reflect rather than what they are.
   */
  private static final Set<String> COLOURLESS =
      Set.of("person", "mannequin", "mirror", "window", "sky", "glass", "picture", "aquarium");

  /** Per thing, its distance from the camera in a straight line. */
  private final List<Double> range;

  /** Per thing, the piece behind it; null for stuff. */
  private final @Nullable Piece[] pieces;

  /** Per thing, the thing it stands on, or -1. */
  private final int[] supports;

  private final Singles singles;
  private final boolean mapped;

  /** What the floor goes by. */
  final String underfoot;

  Facts(Answers answers, Setting setting, World world, Frame frame) {
    things = answers.things;
    colourShare = answers.colourShare;
    range = answers.range;
    width = frame.width;
    height = frame.height;
    singles = new Singles(setting, frame, answers);
    mapped = world.sky().map() != null;
    underfoot = setting.shell().mesh().materials()[0].name();
    pieces = new @Nullable Piece[things.size()];
    supports = new int[things.size()];
    for (int t = 0; t < supports.length; t++) {
      supports[t] = -1;
      int piece = piece(answers, world, t);
      pieces[t] = piece < 0 ? null : setting.pieces().get(piece);
      if (piece < 0 || setting.pieces().get(piece).support() < 0) {
        continue;
      }
      int on = setting.pieces().get(piece).support();
      for (int u = 0; u < supports.length; u++) {
        if (piece(answers, world, u) == on) {
          supports[t] = u;
        }
      }
    }
  }

  /** The index in the setting of the piece behind a thing, or -1 for stuff. */
  static int piece(Answers answers, World world, int thing) {
    int entity = answers.entities.get(thing);
    return entity < 0 ? -1 : world.entities().get(entity).instance() - 1;
  }

  boolean speakable(Thing t) {
    return t.pixels() >= leastPixels(width, height);
  }

  /** Pixels below which a thing is not spoken of. */
  static double leastPixels(int width, int height) {
    return Math.max(12, SMALLEST * width * height);
  }

  /** Whether several windows, doors or houses of this kind of stuff show, which is one thing. */
  Truth several(Thing stuff) {
    return singles.several(stuff);
  }

  /** Things one may point at: countable, large enough, not cut to a sliver. */
  List<Thing> candidates() {
    return things.stream().filter(t -> !t.stuff() && speakable(t)).toList();
  }

  List<Thing> of(String category) {
    return things.stream().filter(t -> t.category().equals(category)).toList();
  }

  /** Whether nothing in view could be mistaken for something of this category. */
  boolean unmistakable(String category) {
    return things.stream().noneMatch(t -> Words.confusable(category, t.category()));
  }

  /**
   * Other words for a category that training may use, but for the one that the floor goes by: where
   * it is a carpet, "the carpet" is no rug.
   */
  List<String> synonyms(String category) {
    return Taxonomy.standard().synonyms(category).stream()
        .filter(word -> !word.equals(underfoot))
        .toList();
  }

  /** Whether a panorama may show something that goes by this name, where all of it is sky. */
  boolean maybeBeyond(String category) {
    return mapped
        && Taxonomy.standard().categories().stream()
            .filter(Facts::outdoors)
            .anyMatch(o -> o.equals(category) || Words.confusable(category, o));
  }

  /** Whether things of a category stand out of doors. */
  static boolean outdoors(String category) {
    return switch (Taxonomy.standard().category(category).place()) {
      case TREE, YARD, VEHICLE, PERSON, ANIMAL, OPENING -> true;
      default -> Outdoors.ALSO.contains(category);
    };
  }

  boolean clearColour(Thing t) {
    return !COLOURLESS.contains(t.category()) && colourShare.get(t.id()) >= CLEAR_COLOUR;
  }

  Truth coloured(Thing t, String word) {
    return Truth.of(
        clearColour(t) && t.colour().equals(word), clearColour(t) && !Words.near(t.colour(), word));
  }

  int support(Thing t) {
    return supports[t.id()];
  }

  Truth on(Thing t, Thing base) {
    return Truth.of(
        supports[t.id()] == base.id(),
        supports[t.id()] != base.id() && !Double.isNaN(t.distanceMetres()) && apart(t, base));
  }

  private static boolean apart(Thing a, Thing b) {
    Box p = a.visibleBox();
    Box q = b.visibleBox();
    return p.right() < q.left()
        || q.right() < p.left()
        || p.bottom() < q.top()
        || q.bottom() < p.top()
        || Math.abs(a.distanceMetres() - b.distanceMetres()) > 1.2;
  }

  Truth leftOf(Thing a, Thing b) {
    double d = b.visibleBox().centreX() - a.visibleBox().centreX();
    return Truth.of(
        a.visibleBox().right() <= b.visibleBox().centreX() && d > 0.06 * width, d < 0.01 * width);
  }

  Truth above(Thing a, Thing b) {
    double d = b.visibleBox().centreY() - a.visibleBox().centreY();
    boolean overlap =
        a.visibleBox().left() < b.visibleBox().right()
            && b.visibleBox().left() < a.visibleBox().right();
    return Truth.of(
        overlap && a.visibleBox().bottom() <= b.visibleBox().top() + 0.02 * height && higher(a, b),
        d < 0
            || a.visibleBox().right() < b.visibleBox().left() - 0.02 * width
            || b.visibleBox().right() < a.visibleBox().left() - 0.02 * width);
  }

  /** On a floor what is farther is drawn above what is nearer and yet stands no higher. */
  private boolean higher(Thing a, Thing b) {
    Piece p = pieces[a.id()];
    Piece q = pieces[b.id()];
    if (p == null || q == null) {
      return false;
    }
    boolean hangs =
        p.category().place() == Taxonomy.Place.HUNG
            || p.category().place() == Taxonomy.Place.CEILING;
    return p.y() >= q.top() - Floorplan.TOLERANCE
        || (hangs && p.top() > q.top() && nearerThan(b, a) != Truth.YES);
  }

  /** By distance in a straight line: in a corner of a wide picture it is far above the depth. */
  Truth nearerThan(Thing a, Thing b) {
    double p = range.get(a.id());
    double q = range.get(b.id());
    return Truth.of(p < q * 0.82 - 0.15, p > q * 0.97);
  }

  /** In front of: nearer, in the way or nearly so, and neither carries the other. */
  Truth inFrontOf(Thing a, Thing b) {
    boolean overlap =
        a.amodalBox().left() < b.amodalBox().right()
            && b.amodalBox().left() < a.amodalBox().right()
            && a.amodalBox().top() < b.amodalBox().bottom()
            && b.amodalBox().top() < a.amodalBox().bottom();
    Truth nearer = nearerThan(a, b);
    return Truth.of(
        overlap && nearer == Truth.YES && support(a) != b.id() && support(b) != a.id(),
        nearer == Truth.NO || !nearBoxes(a, b));
  }

  private boolean nearBoxes(Thing a, Thing b) {
    double gap =
        Math.max(
            a.amodalBox().left() - b.amodalBox().right(),
            b.amodalBox().left() - a.amodalBox().right());
    return gap < 0.08 * width;
  }

  Truth nextTo(Thing a, Thing b) {
    double gap =
        Math.max(
            Math.max(
                a.visibleBox().left() - b.visibleBox().right(),
                b.visibleBox().left() - a.visibleBox().right()),
            0);
    double depth = Math.abs(a.distanceMetres() - b.distanceMetres());
    boolean level =
        a.visibleBox().top() < b.visibleBox().bottom()
            && b.visibleBox().top() < a.visibleBox().bottom();
    boolean beside =
        a.visibleBox().centreX() < b.visibleBox().left()
            || a.visibleBox().centreX() > b.visibleBox().right();
    double metres = gap / width * 1.2 * Math.min(a.distanceMetres(), b.distanceMetres());
    return Truth.of(
        level
            && beside
            && metres < 0.5
            && depth < 0.6
            && support(a) != b.id()
            && support(b) != a.id(),
        metres > 1.2 || depth > 1.6 || support(a) == b.id() || support(b) == a.id());
  }
}

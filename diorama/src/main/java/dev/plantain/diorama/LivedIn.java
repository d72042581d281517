package dev.plantain.diorama;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves in a furnished room what people leave there: on tables and seats, on walls, on floors. */
final class LivedIn {
  private static final List<String> EATING =
      List.of("cup", "plate", "glass", "bowl", "bottle", "food", "book", "tablet", "candle", "jar");
  private static final List<String> WORKING =
      List.of("book", "stationery", "cup", "telephone", "tablet", "bottle", "camera", "glass");
  private static final List<String> STORING =
      List.of("vase", "flowers", "jar", "toy", "book", "candle", "hat", "bowl", "camera", "bottle");
  private static final List<String> SITTING =
      List.of("clothes", "book", "handbag", "toy", "folded towel", "hat");
  private static final List<String> FLOOR =
      List.of(
          "shoes", "toy", "box", "basket", "book", "backpack", "clothes", "waste bin", "handbag");

  private final Furnisher f;
  private final Rng rng;

  LivedIn(Furnisher f) {
    this.f = f;
    rng = f.rng;
  }

  void leave(Rooms.Kind kind) {
    int furniture = f.pieces().size();
    for (int i = 0; i < furniture; i++) {
      switch (f.piece(i).category().name()) {
        case "table", "coffee table", "cabinet", "sink" -> top(i, EATING, 2, 6);
        case "desk", "bedside table" -> top(i, WORKING, 1, 4);
        case "chest of drawers", "cupboard", "television stand", "dressing table", "fridge" ->
            top(i, STORING, 1, 4);
        case "bookcase", "shelf" -> shelf(i);
        case "sofa", "armchair", "chair", "bed", "bench" -> top(i, SITTING, 0, 1);
        default -> {}
      }
    }
    if (kind != Rooms.Kind.BATHROOM) {
      gallery();
    }
    for (int i = rng.between(2, 6); i > 0; i--) {
      f.anywhere(small(rng.pick(FLOOR)), 0.02f);
    }
  }

  private void top(int support, List<String> kinds, int least, int most) {
    for (int i = rng.between(least, most); i > 0; i--) {
      f.on(support, small(rng.pick(kinds)), rng.chance(0.5) ? 0 : Float.NaN);
    }
    if (rng.chance(0.15)) {
      stack(support);
    }
  }

  private void shelf(int shelf) {
    float width = Math.max(0.2f, f.piece(shelf).width() * 0.6f);
    for (int i = rng.between(2, 6); i > 0; i--) {
      f.on(shelf, Handmade.books(rng, rng.rangeF(0.12, width), 0.28f), 0);
    }
    top(shelf, STORING, 1, 4);
  }

  /** Books on one another, the larger ones below. */
  private void stack(int support) {
    int below = support;
    for (int i = rng.between(2, 4); i > 0; i--) {
      Piece book = f.draw("book", m -> m.height() < 0.08f);
      if (book == null) {
        return;
      }
      int placed =
          below == support
              ? f.on(below, book, 0)
              : f.onAt(below, book, 0, 0, rng.rangeF(-0.3, 0.3));
      if (placed < 0) {
        return;
      }
      below = placed;
    }
  }

  /** Pictures side by side at eye height, as people hang them. */
  private void gallery() {
    int which = rng.nextInt(4);
    float along = rng.rangeF(0.3, Math.max(0.4, f.wall(which).length() * 0.5));
    float middle = rng.rangeF(1.5, 1.7);
    for (int i = rng.between(2, 5); i > 0; i--) {
      Piece picture = Handmade.picture(rng).scaled(rng.rangeF(0.5, 0.9));
      along += picture.width() / 2;
      f.hang(picture, which, along, middle - picture.height() / 2);
      along += picture.width() / 2 + rng.rangeF(0.06, 0.14);
    }
  }

  private @Nullable Piece small(String category) {
    return f.draw(category, m -> m.width() < 0.6f && m.depth() < 0.6f && m.height() < 0.7f);
  }
}

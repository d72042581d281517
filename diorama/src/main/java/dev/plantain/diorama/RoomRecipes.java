package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What rooms contain and how it is arranged. */
final class RoomRecipes {
  private static final float ANY = Float.NaN;
  private static final float HALF_TURN = (float) Math.PI;

  private final Furnisher f;
  private final Rng rng;
  private final List<Shell.Opening> openings;

  /** From 0, sparse, to 1, cluttered. */
  private final double density;

  RoomRecipes(Furnisher f, List<Shell.Opening> openings) {
    this.f = f;
    rng = f.rng;
    this.openings = openings;
    density = rng.nextDouble();
  }

  void furnish(Rooms.Kind kind) {
    switch (kind) {
      case LIVING_ROOM -> livingRoom();
      case BEDROOM -> bedroom();
      case KITCHEN -> kitchen();
      case DINING_ROOM -> diningRoom();
      case OFFICE -> office();
      case BATHROOM -> bathroom();
      case CORRIDOR -> corridor();
    }
    curtains(kind == Rooms.Kind.BATHROOM ? 0.1 : 0.5);
    ceilingLamp(0.75);
    wallDecoration(kind);
    beings(kind);
    clutter(kind);
  }

  private boolean often(double sparse, double cluttered) {
    return rng.chance(sparse + (cluttered - sparse) * density);
  }

  private int some(int sparse, int cluttered) {
    return (int) Math.round(sparse + (cluttered - sparse) * density * rng.range(0.5, 1.2));
  }

  private void livingRoom() {
    if (rng.chance(0.93)) {
      sofaGroup();
    }
    if (rng.chance(0.75)) {
      televisionWall();
    }
    if (often(0.1, 0.45) && f.width * f.length > 18) {
      diningGroup();
    }
    storage("bookcase", 0.35, 0.9);
    storage("shelf", 0.1, 0.4);
    storage("chest of drawers", 0.2, 0.5);
    storage("cupboard", 0.05, 0.3);
    storage("piano", 0.02, 0.25);
    storage("fireplace", 0.08, 0.2);
    storage("aquarium", 0.02, 0.12);
    loose("floor lamp", 0.3, 0.6);
    loose("armchair", 0.1, 0.5);
    loose("ottoman", 0.1, 0.3);
    loose("guitar", 0.02, 0.15);
    loose("christmas tree", 0.02, 0.05);
    plants(some(0, 4));
    storage("radiator", 0.2, 0.4);
  }

  private void sofaGroup() {
    int sofa = f.againstWall(f.draw("sofa"));
    if (sofa < 0) {
      loose("armchair", 1, 1);
      return;
    }
    Piece s = f.piece(sofa);
    float gap = rng.rangeF(0.3, 0.55);
    Piece table = f.draw("coffee table");
    int t = -1;
    if (table != null && rng.chance(0.8)) {
      t = f.beside(sofa, table, 0, s.depth() / 2 + gap + table.depth() / 2, 0, 0);
    }
    float reach = s.depth() / 2 + gap + (table == null ? 0.5f : table.depth());
    if (rng.chance(0.55)) {
      Piece rug = f.draw("rug", m -> m.width() > 0.7f && m.depth() > 0.7f && m.height() < 0.04f);
      if (rug != null) {
        f.rug(
            rug.scaled(rng.rangeF(1, 1.4)),
            s.worldX(0, reach * 0.8f),
            s.worldZ(0, reach * 0.8f),
            s.yaw() + rng.rangeF(-0.03, 0.03) + (rng.chance(0.5) ? HALF_TURN / 2 : 0));
      }
    }
    for (int side = -1; side <= 1; side += 2) {
      if (rng.chance(0.55)) {
        Piece chair = f.draw("armchair");
        if (chair != null) {
          float lx = side * (s.width() / 2 * rng.rangeF(0.7, 1) + chair.depth() / 2 + 0.2f);
          f.beside(
              sofa,
              chair,
              lx,
              reach * rng.rangeF(0.75, 1.1),
              -side * HALF_TURN / 2 + rng.rangeF(-0.4, 0.4),
              0.02f);
        }
      }
      if (rng.chance(0.35)) {
        int end = f.neighbour(sofa, f.draw("bedside table"), side, 0.05f);
        if (end >= 0) {
          top(end, 1, 2, "table lamp", "vase", "flowers", "book", "picture frame");
        }
      } else if (rng.chance(0.3)) {
        f.neighbour(sofa, f.draw("floor lamp"), side, 0.1f);
      } else if (rng.chance(0.3)) {
        f.neighbour(sofa, plant(0.5f, 2f), side, 0.08f);
      }
    }
    if (t >= 0) {
      top(
          t,
          some(0, 2),
          some(2, 6),
          "book",
          "cup",
          "vase",
          "bowl",
          "candle",
          "flowers",
          "laptop",
          "glass",
          "plate",
          "food",
          "tablet",
          "bottle",
          "game console",
          "camera",
          "toy");
    }
    cushions(sofa, rng.between(0, 4));
  }

  private void cushions(int sofa, int count) {
    Piece s = f.piece(sofa);
    for (int i = 0; i < count; i++) {
      Piece c = Handmade.cushion(rng);
      for (int attempt = 0; attempt < 5; attempt++) {
        float lx = rng.rangeF(-0.42, 0.42) * s.width();
        float lz = rng.rangeF(-0.15, 0.15) * s.depth();
        if (f.onAt(sofa, c, lx, lz, rng.rangeF(-0.35, 0.35)) >= 0) {
          break;
        }
      }
    }
  }

  private void televisionWall() {
    Piece stand = f.draw(rng.chance(0.7) ? "television stand" : "chest of drawers");
    if (stand == null) {
      return;
    }
    int i = f.againstWall(stand);
    if (i < 0) {
      return;
    }
    boolean wallUnit = f.piece(i).height() > 1;
    if (!wallUnit) {
      if (rng.chance(0.6)) {
        Piece tv = f.draw("television");
        if (tv != null) {
          f.onAt(i, tv, rng.rangeF(-0.1, 0.1), 0, rng.rangeF(-0.1, 0.1));
        }
      } else {
        f.above(i, f.draw("wall television"), f.piece(i).top() + rng.rangeF(0.15, 0.4));
      }
    }
    for (int side = -1; side <= 1; side += 2) {
      if (rng.chance(0.35)) {
        f.neighbour(i, f.draw("loudspeaker", m -> m.height() > 0.3f), side, 0.06f);
      } else if (rng.chance(0.25)) {
        f.neighbour(i, plant(0.4f, 2f), side, 0.08f);
      }
    }
    top(
        i,
        0,
        some(1, 5),
        "loudspeaker",
        "game console",
        "vase",
        "books",
        "picture frame",
        "flowers",
        "table lamp",
        "toy",
        "book",
        "candle");
  }

  private void diningGroup() {
    Piece table = f.draw("table", m -> m.height() > 0.6f && m.height() < 0.85f);
    int t = f.anywhere(table, 0.35f);
    if (t < 0) {
      t = f.anywhere(table, 0.05f);
    }
    if (t < 0) {
      return;
    }
    Piece p = f.piece(t);
    if (rng.chance(0.3)) {
      Piece rug = f.draw("rug", m -> m.width() > 1.5f && m.height() < 0.04f);
      if (rug != null) {
        f.rug(rug, p.x(), p.z(), p.yaw() + HALF_TURN / 2);
      }
    }
    f.around(
        t,
        rng.chance(0.85) ? "chair" : rng.pickOf("folding chair", "stool", "armchair"),
        rng.between(1, 6));
    if (rng.chance(0.4)) {
      f.underCeiling(f.draw("ceiling lamp", m -> m.height() > 0.3f), p.x(), p.z());
    }
    if (rng.chance(0.6)) {
      top(
          t,
          some(1, 3),
          some(4, 11),
          "plate",
          "cup",
          "glass",
          "bowl",
          "bottle",
          "vase",
          "flowers",
          "food",
          "candle",
          "jar",
          "book",
          "laptop",
          "kettle");
    }
  }

  private void bedroom() {
    int b = -1;
    for (int attempt = 0; attempt < 3 && b < 0; attempt++) {
      b = f.againstWall(f.draw("bed"));
    }
    if (b >= 0) {
      for (int side = -1; side <= 1; side += 2) {
        if (rng.chance(0.75)) {
          int table = f.neighbour(b, f.draw("bedside table"), side, rng.rangeF(0.03, 0.12));
          if (table >= 0) {
            top(
                table,
                1,
                3,
                "table lamp",
                "alarm clock",
                "book",
                "cup",
                "glass",
                "telephone",
                "flowers",
                "picture frame",
                "tablet");
          }
        }
      }
      Piece p = f.piece(b);
      if (rng.chance(0.5)) {
        Piece rug = f.draw("rug", m -> m.height() < 0.04f);
        float lx = (rng.chance(0.5) ? 1 : -1) * (p.width() / 2 + 0.3f);
        if (rug != null) {
          f.rug(rug, p.worldX(lx, 0.2f), p.worldZ(lx, 0.2f), p.yaw());
        }
      }
      if (p.height() < 1.3f) {
        cushions(b, rng.between(0, 3));
        top(b, 0, some(0, 2), "clothes", "book", "toy", "laptop", "handbag", "hat", "folded towel");
      }
    }
    storage("wardrobe", 0.6, 0.8);
    storage("chest of drawers", 0.4, 0.8);
    storage("dressing table", 0.15, 0.5);
    storage("bookcase", 0.1, 0.4);
    storage("shelf", 0.1, 0.3);
    storage("crib", 0.05, 0.15);
    storage("chest", 0.1, 0.3);
    if (often(0.1, 0.4)) {
      deskGroup();
    }
    loose("armchair", 0.15, 0.4);
    loose("chair", 0.15, 0.4);
    loose("folding screen", 0.02, 0.1);
    loose("rocking horse", 0.04, 0.12);
    loose("floor lamp", 0.1, 0.3);
    plants(some(0, 2));
    storage("radiator", 0.2, 0.4);
  }

  private void deskGroup() {
    Piece desk = f.draw("desk");
    int d =
        desk == null
            ? -1
            : rng.chance(0.75) ? f.againstWall(desk, -1, 0.6f) : f.anywhere(desk, 0.3f);
    if (d < 0) {
      return;
    }
    Piece p = f.piece(d);
    Piece chair = f.draw(rng.chance(0.75) ? "office chair" : "chair");
    if (chair != null) {
      f.beside(
          d,
          chair,
          rng.rangeF(-0.2, 0.2),
          p.depth() / 2 + chair.depth() / 2 + rng.rangeF(0.01, 0.2),
          HALF_TURN + rng.rangeF(-0.5, 0.5),
          0);
    }
    Piece screen = f.draw(rng.chance(0.5) ? "computer" : "laptop");
    if (screen != null && rng.chance(0.85)) {
      f.onAt(d, screen, rng.rangeF(-0.2, 0.2), -0.1f * p.depth(), rng.rangeF(-0.2, 0.2));
    }
    top(
        d,
        some(1, 2),
        some(4, 9),
        "table lamp",
        "book",
        "stationery",
        "telephone",
        "cup",
        "printer",
        "books",
        "picture frame",
        "plant",
        "tablet",
        "bottle",
        "loudspeaker",
        "camera");
    if (rng.chance(0.5)) {
      f.neighbour(d, f.draw("waste bin", m -> m.height() < 0.6f), rng.chance(0.5) ? 1 : -1, 0.05f);
    }
  }

  private void office() {
    for (int i = rng.between(1, 3); i > 0; i--) {
      deskGroup();
    }
    if (often(0.1, 0.35) && f.width * f.length > 16) {
      diningGroup();
    }
    storage("bookcase", 0.5, 0.9);
    storage("shelf", 0.3, 0.6);
    storage("chest of drawers", 0.3, 0.7);
    storage("cupboard", 0.2, 0.5);
    storage("water cooler", 0.1, 0.35);
    storage("safe", 0.04, 0.15);
    loose("whiteboard", 0.1, 0.4);
    loose("armchair", 0.1, 0.3);
    plants(some(0, 3));
    storage("radiator", 0.2, 0.4);
  }

  private void kitchen() {
    kitchenRow(rng.nextInt(4));
    if (rng.chance(0.35)) {
      kitchenRow(rng.nextInt(4));
    }
    if (rng.chance(0.65)) {
      diningGroup();
    }
    if (rng.chance(0.25)) {
      int bar = f.anywhere(f.draw("cabinet", m -> m.depth() > 0.6f), 0.6f);
      if (bar >= 0) {
        counter(bar);
        for (int k = 0; k < 2; k++) {
          Piece stool = f.draw("bar stool");
          if (stool != null) {
            Piece c = f.piece(bar);
            f.beside(
                bar, stool, (k - 0.5f) * 0.6f, -c.depth() / 2 - stool.depth() / 2 - 0.05f, 0, 0);
          }
        }
      }
    }
    storage("fridge", 0.3, 0.5);
    storage("shelf", 0.1, 0.3);
    loose("waste bin", 0.3, 0.7);
    loose("high chair", 0.05, 0.15);
    plants(some(0, 2));
  }

  /** Units side by side along a wall, cabinets above, appliances on top. */
  private void kitchenRow(int which) {
    Wall wall = f.wall(which);
    float along = 0.03f + rng.rangeF(0, 0.5);
    boolean hasSink = false;
    boolean hasOven = false;
    List<Integer> row = new ArrayList<>();
    Piece cabinet = f.draw("cabinet", m -> m.depth() < 0.68f);
    Piece hung = f.draw("wall cabinet", m -> m.height() < 0.8f);
    for (int i = 0; i < 9; i++) {
      String next;
      if (i == 0 && rng.chance(0.5)) {
        next = "fridge";
      } else if (!hasSink && rng.chance(0.35)) {
        next = "sink";
      } else if (!hasOven && rng.chance(0.35)) {
        next = "oven";
      } else {
        next = rng.chance(0.14) ? "washing machine" : rng.chance(0.1) ? "cupboard" : "cabinet";
      }
      Piece unit = next.equals("cabinet") ? cabinet : f.draw(next);
      if (unit == null) {
        unit = cabinet;
      }
      if (unit == null) {
        return;
      }
      float middle = along + unit.width() / 2;
      if (middle + unit.width() / 2 > wall.length()) {
        break;
      }
      float away = unit.depth() / 2 + 0.02f;
      Piece p = unit.at(wall.x(middle, away), 0, wall.z(middle, away), wall.yaw());
      int placed = f.tryAdd(p, 0);
      if (placed >= 0) {
        hasSink |= next.equals("sink");
        hasOven |= next.equals("oven");
        row.add(placed);
        if (p.height() < 1.05f) {
          if (next.equals("oven") || rng.chance(0.1)) {
            Piece hood = f.draw("range hood");
            f.above(placed, hood, rng.rangeF(1.5, 1.75));
          } else if (hung != null && rng.chance(0.7)) {
            f.above(placed, hung, 1.42f);
          }
        }
      }
      along += unit.width() + 0.002f;
    }
    for (int i : row) {
      if (f.piece(i).height() < 1.05f) {
        counter(i);
      }
    }
  }

  private void counter(int i) {
    if (rng.chance(0.15)) {
      top(i, 1, 1, "hob");
    }
    top(
        i,
        0,
        some(1, 5),
        "coffee machine",
        "kettle",
        "toaster",
        "microwave",
        "blender",
        "bottle",
        "jar",
        "bowl",
        "cup",
        "glass",
        "plate",
        "pan",
        "knife block",
        "chopping board",
        "bread bin",
        "food",
        "kitchen scale",
        "plant",
        "small oven");
  }

  private void diningRoom() {
    diningGroup();
    storage("cupboard", 0.4, 0.7);
    storage("chest of drawers", 0.4, 0.7);
    storage("bookcase", 0.2, 0.4);
    storage("fireplace", 0.1, 0.25);
    storage("piano", 0.05, 0.2);
    loose("floor lamp", 0.1, 0.4);
    plants(some(0, 3));
    storage("radiator", 0.2, 0.4);
  }

  private void bathroom() {
    int basin = f.againstWall(f.draw("washbasin"));
    if (basin >= 0) {
      if (f.piece(basin).height() < 1.1f) {
        f.above(basin, Handmade.mirror(rng), f.piece(basin).top() + rng.rangeF(0.12, 0.3));
      }
      top(basin, 0, some(1, 4), "toiletries", "bottle", "cup", "folded towel");
    }
    f.againstWall(f.draw("toilet"));
    Piece bath = f.draw(rng.chance(0.6) ? "bathtub" : "shower");
    f.againstWall(bath == null ? f.draw("shower") : bath);
    storage("washing machine", 0.2, 0.4);
    storage("shelf", 0.1, 0.3);
    loose("basket", 0.2, 0.5);
    loose("waste bin", 0.2, 0.5);
    loose("clothes", 0.03, 0.15);
    Piece mat = f.draw("rug", m -> m.width() < 1.2f);
    if (mat != null && rng.chance(0.6)) {
      f.rug(
          mat,
          rng.rangeF(0.5, f.width - 0.5),
          rng.rangeF(0.5, f.length - 0.5),
          rng.nextInt(4) * HALF_TURN / 2);
    }
    for (int i = 0; i < 2; i++) {
      f.hangAnywhere(f.draw("towel"), rng.rangeF(0.8, 1.2));
    }
    f.hangAnywhere(f.draw("toilet paper"), 0.65f);
    storage("radiator", 0.3, 0.3);
    plants(some(0, 1));
  }

  private void corridor() {
    storage("chest of drawers", 0.4, 0.6);
    storage("bench", 0.2, 0.4);
    storage("cupboard", 0.2, 0.3);
    storage("wardrobe", 0.1, 0.3);
    storage("bookcase", 0.1, 0.4);
    storage("radiator", 0.3, 0.3);
    loose("shoes", 0.3, 0.7);
    loose("pushchair", 0.05, 0.15);
    loose("bicycle", 0.05, 0.12);
    loose("umbrella", 0.1, 0.2);
    if (rng.chance(0.4)) {
      f.hangAnywhere(Handmade.mirror(rng), rng.rangeF(0.6, 0.9));
    }
    Piece rug = f.draw("rug");
    if (rug != null && rng.chance(0.5)) {
      f.rug(rug, f.width / 2, rng.rangeF(0.3, 0.7) * f.length, 0);
    }
    plants(some(0, 2));
  }

  private void storage(String category, double sparse, double cluttered) {
    if (!often(sparse, cluttered)) {
      return;
    }
    int i = f.againstWall(f.draw(category));
    if (i < 0) {
      return;
    }
    switch (category) {
      case "bookcase", "shelf" -> {
        books(i, rng.between(0, 6));
        top(
            i,
            0,
            some(1, 5),
            "vase",
            "plant",
            "toy",
            "box",
            "jar",
            "loudspeaker",
            "picture frame",
            "flowers",
            "candle",
            "camera");
      }
      case "chest of drawers", "chest", "dressing table", "cupboard", "fireplace" ->
          top(
              i,
              0,
              some(1, 5),
              "vase",
              "flowers",
              "table lamp",
              "plant",
              "picture frame",
              "candle",
              "alarm clock",
              "book",
              "bowl",
              "loudspeaker",
              "hat",
              "handbag",
              "toy",
              "telephone",
              "bottle",
              "fan");
      case "piano" -> {
        Piece stool = f.draw("stool", m -> m.height() < 0.6f);
        if (stool != null) {
          f.beside(i, stool, 0, f.piece(i).depth() / 2 + stool.depth() / 2 + 0.1f, HALF_TURN, 0);
        }
      }
      default -> {}
    }
  }

  private void books(int shelf, int rows) {
    Piece s = f.piece(shelf);
    for (int i = 0; i < rows; i++) {
      Piece row = Handmade.books(rng, rng.rangeF(0.15, Math.max(0.2, s.width() * 0.6)), 0.28f);
      f.on(shelf, row, 0);
    }
  }

  private void loose(String category, double sparse, double cluttered) {
    if (often(sparse, cluttered)) {
      f.anywhere(f.draw(category), 0.05f);
    }
  }

  private @Nullable Piece plant(float low, float high) {
    return f.draw("plant", m -> m.height() >= low && m.height() <= high);
  }

  private void plants(int count) {
    for (int i = 0; i < count; i++) {
      Piece p = plant(0.4f, 2f);
      if (p == null) {
        return;
      }
      if (f.againstWall(p, -1, 0) < 0) {
        f.anywhere(p, 0.05f);
      }
    }
  }

  /** Puts a number of small things on a piece, drawn from the categories named. */
  private void top(int support, int least, int most, String... categories) {
    int count = rng.between(least, Math.max(least, most));
    for (int i = 0; i < count; i++) {
      String category = rng.pickOf(categories);
      Piece small =
          switch (category) {
            case "books" -> Handmade.books(rng, 0.4f, 0.28f);
            case "picture frame" -> Handmade.picture(rng).scaled(0.25f);
            case "plant" -> plant(0.05f, 0.6f);
            case "box" -> f.draw("box", m -> m.width() < 0.5f);
            case "loudspeaker" -> f.draw("loudspeaker", m -> m.height() < 0.4f);
            default -> f.draw(category, small(category));
          };
      if (small != null) {
        boolean round =
            category.equals("cup")
                || category.equals("glass")
                || category.equals("bottle")
                || category.equals("food")
                || category.equals("toy");
        f.on(support, small, round ? ANY : 0);
      }
    }
  }

  private static Predicate<Model> small(String category) {
    float widest = category.equals("clothes") ? 0.5f : 0.75f;
    return m -> m.width() < widest && m.depth() < 0.75f && m.height() < 0.8f;
  }

  private void curtains(double chance) {
    if (!rng.chance(chance)) {
      return;
    }
    Piece curtain = f.draw("curtain", m -> m.height() > 2);
    if (curtain == null) {
      return;
    }
    for (Shell.Opening o : List.copyOf(openings)) {
      if (o.window()) {
        float scale =
            Math.min(f.height - 0.1f, Math.max(1.9f, o.high() + 0.12f)) / curtain.height();
        float narrow = rng.rangeF(0.5, 0.8);
        Piece c = curtain.scaled(scale * narrow);
        float low = Math.min(o.high() + 0.1f, f.height - 0.05f) - c.height();
        f.hang(c, o.wall(), o.from() - 0.1f, Math.max(0.02f, low));
        f.hang(c, o.wall(), o.to() + 0.1f, Math.max(0.02f, low));
      }
    }
  }

  private void ceilingLamp(double chance) {
    if (rng.chance(chance)) {
      Piece lamp = f.draw("ceiling lamp");
      f.underCeiling(lamp, f.width * rng.rangeF(0.4, 0.6), f.length * rng.rangeF(0.4, 0.6));
    }
  }

  private void wallDecoration(Rooms.Kind kind) {
    boolean wet = kind == Rooms.Kind.BATHROOM;
    for (int i = wet ? rng.between(0, 1) : some(1, 6); i > 0; i--) {
      f.hangAnywhere(Handmade.picture(rng), rng.rangeF(1.1, 1.6));
    }
    if (often(0.1, 0.3)) {
      f.hangAnywhere(f.draw("clock"), rng.rangeF(1.3, 1.7));
    }
    if (often(0.1, 0.3)) {
      f.hangAnywhere(f.draw("wall lamp"), rng.rangeF(1.4, 1.8));
    }
    if (!wet && rng.chance(0.12)) {
      f.hangAnywhere(Handmade.mirror(rng), rng.rangeF(0.7, 1.0));
    }
    if (often(0.3, 0.6)) {
      f.hangAnywhere(f.draw("socket"), rng.pickOf(0.25f, 1.1f));
    }
    if (often(0.02, 0.1)) {
      f.hangAnywhere(f.draw("air conditioner"), f.height - 0.5f);
    }
    if (often(0.02, 0.06)) {
      f.hangAnywhere(f.draw("dartboard"), 1.4f);
    }
  }

  private void beings(Rooms.Kind kind) {
    if (kind != Rooms.Kind.BATHROOM) {
      loose("person", 0.18, 0.25);
      loose("person", 0.03, 0.08);
    }
    loose("cat", 0.04, 0.1);
    loose("dog", 0.04, 0.1);
  }

  private void clutter(Rooms.Kind kind) {
    String[] things = {
      "box",
      "backpack",
      "suitcase",
      "basket",
      "shoes",
      "waste bin",
      "toy",
      "stool",
      "handbag",
      "umbrella",
      "ladder",
      "skateboard",
      "fire extinguisher",
      "chair",
      "football table",
      "exercise machine",
      "wheelchair",
      "barrel",
      "child chair",
      "clothes",
      "book",
      "mattress"
    };
    for (int i = kind == Rooms.Kind.BATHROOM ? some(0, 2) : some(0, 6); i > 0; i--) {
      f.anywhere(f.draw(rng.pickOf(things)), 0.03f);
    }
  }
}

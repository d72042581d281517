package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds furnished rooms: shell and openings here, contents by {@link RoomRecipes}. */
final class Rooms {
  /** Kinds of room with how often they come. */
  enum Kind {
    LIVING_ROOM("living room", 26, 3.4, 6.5),
    BEDROOM("bedroom", 18, 3.0, 5.2),
    KITCHEN("kitchen", 18, 2.6, 5.0),
    DINING_ROOM("dining room", 10, 3.2, 5.5),
    OFFICE("office", 13, 2.8, 5.5),
    BATHROOM("bathroom", 9, 2.0, 3.8),
    CORRIDOR("corridor", 6, 1.5, 6.5);

    final String label;
    final int weight;
    final double least;
    final double most;

    Kind(String label, int weight, double least, double most) {
      this.label = label;
      this.weight = weight;
      this.least = least;
      this.most = most;
    }
  }

  private Rooms() {}

  /**
   * @param livedIn whether things lie about that people leave behind
   */
  static Setting build(Assets assets, Split split, boolean unlabelled, boolean livedIn, Rng rng) {
    Kind kind = kind(rng);
    float width = rng.rangeF(kind.least, kind.most);
    float length = rng.rangeF(kind.least, kind.most);
    if (kind == Kind.CORRIDOR) {
      width = rng.rangeF(1.4, 2.4);
      length = rng.rangeF(4, 9);
    }
    float height = rng.rangeF(2.4, 3.1);
    Furnisher f = new Furnisher(assets, split, unlabelled, rng, width, length, height);
    List<Shell.Opening> openings = new ArrayList<>();
    boolean wet = kind == Kind.BATHROOM || (kind == Kind.KITCHEN && rng.chance(0.4));
    doors(f, openings, kind == Kind.CORRIDOR ? rng.between(2, 4) : rng.between(1, 2));
    windows(
        f,
        openings,
        kind == Kind.BATHROOM || kind == Kind.CORRIDOR ? rng.between(0, 1) : rng.between(1, 3));
    new RoomRecipes(f, openings).furnish(kind);
    if (livedIn) {
      new LivedIn(f).leave(kind);
    }
    Shell.Built shell = Shell.build(width, length, height, new Finishes(rng).room(wet), openings);
    Daylight light = Daylight.draw(rng);
    List<Light> lights = IndoorLight.lights(f, openings, light, rng);
    return new Setting(
        kind.label,
        shell,
        List.copyOf(f.pieces()),
        lights,
        width,
        length,
        height,
        List.copyOf(openings),
        light,
        List.of());
  }

  private static Kind kind(Rng rng) {
    int total = 0;
    for (Kind k : Kind.values()) {
      total += k.weight;
    }
    int pick = rng.nextInt(total);
    for (Kind k : Kind.values()) {
      pick -= k.weight;
      if (pick < 0) {
        return k;
      }
    }
    return Kind.LIVING_ROOM;
  }

  private static void doors(Furnisher f, List<Shell.Opening> openings, int count) {
    for (int i = 0; i < count; i++) {
      opening(f, openings, f.draw("door", m -> m.height() < 2.3f), false);
    }
  }

  private static void windows(Furnisher f, List<Shell.Opening> openings, int count) {
    Piece first = f.draw("window", m -> m.height() < 2.35f);
    int first0 = openings.size();
    for (int i = 0; i < count; i++) {
      Piece next = f.rng.chance(0.8) ? first : f.draw("window", m -> m.height() < 2.35f);
      opening(f, openings, next, true);
    }
    if (first != null && openings.size() == first0 && count > 0) {
      opening(f, openings, first, true);
    }
  }

  private static void opening(
      Furnisher f, List<Shell.Opening> openings, @Nullable Piece piece, boolean window) {
    if (piece == null) {
      return;
    }
    float low = window ? sill(piece, f) : 0;
    if (low + piece.height() > f.height - 0.06f) {
      return;
    }
    for (int attempt = 0; attempt < 20; attempt++) {
      int w = f.rng.nextInt(4);
      Wall wall = f.wall(w);
      float half = piece.width() / 2;
      float margin = 0.12f;
      if (wall.length() < piece.width() + 2 * margin) {
        continue;
      }
      float along = f.rng.rangeF(half + margin, wall.length() - half - margin);
      boolean clear =
          openings.stream()
              .noneMatch(
                  o ->
                      o.wall() == w
                          && along + half > o.from() - 0.15f
                          && along - half < o.to() + 0.15f);
      if (!clear) {
        continue;
      }
      openings.add(
          new Shell.Opening(
              w,
              along - half,
              along + half,
              low,
              low + piece.height(),
              window,
              gaps(piece, along, low)));
      // The frame sits in the wall; handles and sills stand out by what is left of its depth.
      float away = -Shell.THICKNESS / 2;
      Piece p = piece.at(wall.x(along, away), low, wall.z(along, away), wall.yaw());
      f.pieces().add(p);
      float keep = window ? 0.12f : 0.75f;
      f.plan()
          .take(
              new Floorplan.Volume(
                  wall.x(along, keep / 2),
                  wall.z(along, keep / 2),
                  half,
                  keep / 2,
                  wall.yaw(),
                  low,
                  low + piece.height()));
      return;
    }
  }

  private static float sill(Piece window, Furnisher f) {
    if (window.height() > 1.9f) {
      return 0.05f + f.rng.rangeF(0, 0.12);
    }
    return Math.min(f.height - window.height() - 0.25f, f.rng.rangeF(0.75, 1.1));
  }

  /** Where a frame leaves its bounding rectangle open, as arched ones do. */
  private static List<float[]> gaps(Piece piece, float along, float low) {
    int n = 40;
    Scene scene = new Scene(List.of(piece.at(0, 0, 0, 0).instance(0)));
    Ray ray = new Ray();
    float w = piece.width() / n;
    float h = piece.height() / n;
    List<float[]> gaps = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      int from = -1;
      for (int i = 0; i <= n; i++) {
        boolean open = false;
        if (i < n) {
          ray.set((i + 0.5f) * w - piece.width() / 2, (j + 0.5f) * h, 2, 0, 0, -1, 4);
          scene.closest(ray);
          open = !ray.hit();
        }
        if (open && from < 0) {
          from = i;
        } else if (!open && from >= 0) {
          float left = along - piece.width() / 2;
          gaps.add(
              new float[] {
                left + (from - 0.5f) * w,
                left + (i + 0.5f) * w,
                low + (j - 0.5f) * h,
                low + (j + 1.5f) * h
              });
          from = -1;
        }
      }
    }
    return List.copyOf(gaps);
  }
}

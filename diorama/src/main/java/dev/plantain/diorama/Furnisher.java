package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts pieces into a room or a yard without collisions: against walls, around other pieces, on
 * surfaces, on walls, under the ceiling. Every method that places something answers the index of
 * the new piece, or -1 if there was no room or no model.
 */
final class Furnisher {
  private static final int ATTEMPTS = 24;

  final Rng rng;
  final float width;
  final float length;
  final float height;
  private final Assets assets;
  private final Split split;
  private final boolean unlabelled;
  private final Floorplan plan;
  private final Wall[] walls;
  private final List<Piece> pieces = new ArrayList<>();
  private final SurfaceFinder surfaces = new SurfaceFinder();

  /**
   * @param unlabelled whether things that training never labels may be placed
   */
  Furnisher(
      Assets assets,
      Split split,
      boolean unlabelled,
      Rng rng,
      float width,
      float length,
      float height) {
    this.assets = assets;
    this.split = split;
    this.unlabelled = unlabelled;
    this.rng = rng;
    this.width = width;
    this.length = length;
    this.height = height;
    plan = new Floorplan(0, 0, width, length);
    walls = Wall.around(width, length);
  }

  List<Piece> pieces() {
    return pieces;
  }

  Piece piece(int i) {
    return pieces.get(i);
  }

  Floorplan plan() {
    return plan;
  }

  Wall wall(int i) {
    return walls[i];
  }

  /** A random usable model of a category, repainted or not; null if there is none. */
  @Nullable Piece draw(String category, Predicate<Model> suits) {
    Taxonomy.Category c = Taxonomy.standard().category(category);
    if (!unlabelled && !c.labelled()) {
      return null;
    }
    List<Model> models = assets.models(split, category).stream().filter(suits).toList();
    for (int attempt = 0; attempt < 4 && !models.isEmpty(); attempt++) {
      Model model = rng.pick(models);
      Optional<Mesh> mesh = assets.mesh(model);
      if (mesh.isPresent()) {
        Piece piece = Piece.of(model, mesh.get());
        if (c.place() != Taxonomy.Place.OPENING) {
          piece = piece.scaled(rng.rangeF(0.94, 1.06));
        }
        return c.paintable() && rng.chance(0.45) ? Repaint.random(piece, rng) : piece;
      }
    }
    return null;
  }

  @Nullable Piece draw(String category) {
    return draw(category, m -> true);
  }

  int add(Piece piece, float margin) {
    plan.take(Floorplan.Volume.of(piece, margin));
    pieces.add(piece);
    return pieces.size() - 1;
  }

  /** Places the piece if the volume, widened by the margin, is free. */
  int tryAdd(Piece piece, float margin) {
    if (piece.top() > height || !plan.free(Floorplan.Volume.of(piece, margin))) {
      return -1;
    }
    return add(piece, 0);
  }

  /** Against any wall. */
  int againstWall(@Nullable Piece piece) {
    return piece == null ? -1 : againstWall(piece, -1, 0.35f);
  }

  /**
   * Against a wall, with free floor in front.
   *
   * @param which index of the wall, or -1 for any
   * @param clearance metres to keep free before it
   */
  int againstWall(Piece piece, int which, float clearance) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Wall wall = walls[which >= 0 ? which : rng.nextInt(4)];
      float room = wall.length() - piece.width();
      if (room < 0.02f) {
        continue;
      }
      float along = piece.width() / 2 + 0.01f + rng.nextFloat() * (room - 0.02f);
      if (rng.chance(0.25)) {
        along =
            rng.chance(0.5) ? piece.width() / 2 + 0.02f : wall.length() - piece.width() / 2 - 0.02f;
      }
      int placed = atWall(piece, wall, along, clearance);
      if (placed >= 0) {
        return placed;
      }
    }
    return -1;
  }

  /** Against a wall at a given place along it. */
  int atWall(Piece piece, Wall wall, float along, float clearance) {
    float gap = 0.015f + rng.rangeF(0, 0.03);
    float away = gap + piece.depth() / 2;
    Piece p = piece.at(wall.x(along, away), 0, wall.z(along, away), wall.yaw());
    if (p.top() > height - 0.02f || !plan.free(Floorplan.Volume.of(p, 0))) {
      return -1;
    }
    if (clearance > 0) {
      float ahead = gap + piece.depth() + clearance / 2;
      Floorplan.Volume front =
          new Floorplan.Volume(
              wall.x(along, ahead),
              wall.z(along, ahead),
              piece.width() * 0.4f,
              clearance / 2,
              wall.yaw(),
              0,
              1.2f);
      if (!plan.free(front)) {
        return -1;
      }
    }
    return add(p, 0);
  }

  /** Anywhere on the floor, facing any way. */
  int anywhere(@Nullable Piece piece, float margin) {
    if (piece == null) {
      return -1;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      float turn = rng.chance(0.5) ? rng.nextInt(4) * (float) Math.PI / 2 : rng.rangeF(-3.1, 3.1);
      Piece p = piece.at(rng.rangeF(0, width), 0, rng.rangeF(0, length), turn);
      int placed = tryAdd(p, margin);
      if (placed >= 0) {
        return placed;
      }
    }
    return -1;
  }

  /** At a place in another piece's frame. */
  int beside(int other, Piece piece, float lx, float lz, float turn, float margin) {
    Piece o = pieces.get(other);
    return tryAdd(piece.at(o.worldX(lx, lz), 0, o.worldZ(lx, lz), o.yaw() + turn), margin);
  }

  /** Next to another piece on the same wall; {@code side} is -1 or 1 along its x. */
  int neighbour(int other, @Nullable Piece piece, int side, float gap) {
    if (piece == null) {
      return -1;
    }
    Piece o = pieces.get(other);
    float lx = side * (o.width() / 2 + piece.width() / 2 + gap);
    float lz = (piece.depth() - o.depth()) / 2;
    return beside(other, piece, lx, lz, 0, 0);
  }

  /** Chairs drawn up to a table, a little askew; answers how many. */
  int around(int table, String category, int wanted) {
    Piece t = pieces.get(table);
    Piece chair = draw(category, m -> m.height() < 1.25f);
    if (chair == null) {
      return 0;
    }
    List<float[]> spots = new ArrayList<>();
    int perSide = Math.max(1, (int) ((t.width() - 0.1f) / Math.max(0.55f, chair.width() + 0.08f)));
    for (int i = 0; i < perSide; i++) {
      float lx = perSide == 1 ? 0 : (i + 0.5f) / perSide * t.width() - t.width() / 2;
      spots.add(new float[] {lx, 1, 0});
      spots.add(new float[] {lx, -1, 0});
    }
    spots.add(new float[] {1, 0, 1});
    spots.add(new float[] {-1, 0, 1});
    rng.shuffle(spots);
    int placed = 0;
    boolean tucks =
        chair.category().place() == Taxonomy.Place.SEAT
            && t.height() > 0.62f
            && chair.height() > t.height() - 0.25f;
    for (float[] s : spots) {
      if (placed >= wanted) {
        break;
      }
      float tuck = tucks ? rng.rangeF(-0.1, 0.06) : -0.08f;
      float reach = chair.depth() / 2 - tuck;
      float lx = s[2] == 1 ? s[0] * (t.width() / 2 + reach) : s[0];
      float lz = s[2] == 1 ? 0 : s[1] * (t.depth() / 2 + reach);
      float turn = (float) Math.atan2(-(s[2] == 1 ? lx : 0), -lz) + rng.rangeF(-0.18, 0.18);
      Piece c = chair.at(t.worldX(lx, lz), 0, t.worldZ(lx, lz), t.yaw() + turn);
      if (tuck > 0 ? freeWhenPulledBack(c, tuck) : plan.free(Floorplan.Volume.of(c, 0.01f))) {
        add(c, 0);
        placed++;
      }
    }
    return placed;
  }

  /** Whether it would be free {@code tuck} metres further back: a seat goes under a table top. */
  private boolean freeWhenPulledBack(Piece c, float tuck) {
    float back = tuck + 0.02f;
    Piece shifted =
        c.at(
            c.x() - (float) Math.sin(c.yaw()) * back, c.y(),
            c.z() - (float) Math.cos(c.yaw()) * back, c.yaw());
    return plan.free(Floorplan.Volume.of(shifted, 0));
  }

  /** A flat rug; things may stand on it. */
  int rug(@Nullable Piece piece, float x, float z, float yaw) {
    if (piece == null) {
      return -1;
    }
    Piece p = piece.at(x, 0.001f, z, yaw);
    if (!plan.inside(Floorplan.Volume.of(p, 0.02f))) {
      return -1;
    }
    for (Piece other : pieces) {
      if (other.category().place() == Taxonomy.Place.RUG
          && Floorplan.Volume.of(other, 0.05f).meets(Floorplan.Volume.of(p, 0.05f))) {
        return -1;
      }
      // A rug thicker than legs can hide would cut through what stands there.
      if (p.height() > 0.03f && Floorplan.Volume.of(other, 0).meets(Floorplan.Volume.of(p, 0))) {
        return -1;
      }
    }
    pieces.add(p);
    return pieces.size() - 1;
  }

  /** On a wall, its middle at {@code centre} metres above the floor. */
  int hang(@Nullable Piece piece, int which, float along, float low) {
    if (piece == null) {
      return -1;
    }
    Wall wall = walls[which];
    if (along < piece.width() / 2 + 0.03f || along > wall.length() - piece.width() / 2 - 0.03f) {
      return -1;
    }
    float away = piece.depth() / 2 + 0.004f;
    Piece p = piece.at(wall.x(along, away), low, wall.z(along, away), wall.yaw());
    return p.top() > height - 0.03f || low < 0 ? -1 : tryAdd(p, 0.02f);
  }

  int hangAnywhere(@Nullable Piece piece, float low) {
    for (int attempt = 0; piece != null && attempt < ATTEMPTS; attempt++) {
      int w = rng.nextInt(4);
      int placed = hang(piece, w, rng.rangeF(0, walls[w].length()), low);
      if (placed >= 0) {
        return placed;
      }
    }
    return -1;
  }

  /** Above another piece that stands at a wall. */
  int above(int other, @Nullable Piece piece, float low) {
    if (piece == null) {
      return -1;
    }
    Piece o = pieces.get(other);
    float lz = (piece.depth() - o.depth()) / 2 - 0.015f;
    Piece p = piece.at(o.worldX(0, lz), low, o.worldZ(0, lz), o.yaw());
    return p.top() > height - 0.02f ? -1 : tryAdd(p, 0);
  }

  int underCeiling(@Nullable Piece piece, float x, float z) {
    if (piece == null || piece.height() > height - 1.9f) {
      return -1;
    }
    return tryAdd(piece.at(x, height - piece.height() - 0.002f, z, 0), 0);
  }

  /**
   * On top of, or on a board within, another piece.
   *
   * @param facing turn relative to the other piece, NaN for any
   */
  int on(int other, @Nullable Piece piece, float facing) {
    if (piece == null) {
      return -1;
    }
    Piece o = pieces.get(other);
    for (int attempt = 0; attempt < 8; attempt++) {
      float lx = (rng.nextFloat() - 0.5f) * Math.max(0, o.width() - piece.width() * 0.8f);
      float lz = (rng.nextFloat() - 0.5f) * Math.max(0, o.depth() - piece.depth() * 0.8f);
      float turn = Float.isNaN(facing) ? rng.rangeF(-3.1, 3.1) : facing + rng.rangeF(-0.25, 0.25);
      int placed = onAt(other, piece, lx, lz, turn);
      if (placed >= 0) {
        return placed;
      }
    }
    return -1;
  }

  /** On another piece at a place in its frame. */
  int onAt(int other, Piece piece, float lx, float lz, float turn) {
    Piece o = pieces.get(other);
    Piece p = piece.at(o.worldX(lx, lz), 0, o.worldZ(lx, lz), o.yaw() + turn);
    float y = surfaces.rest(o, p, rng);
    if (Float.isNaN(y)) {
      return -1;
    }
    Piece placed = p.at(p.x(), y + 0.0005f, p.z(), p.yaw()).on(other);
    if (placed.top() > height) {
      return -1;
    }
    Floorplan.Volume v = Floorplan.Volume.of(placed, 0.005f);
    if (!plan.inside(v)) {
      return -1;
    }
    for (int i = 0; i < pieces.size(); i++) {
      if (i != other && Floorplan.Volume.of(pieces.get(i), 0).meets(v)) {
        return -1;
      }
    }
    pieces.add(placed);
    return pieces.size() - 1;
  }
}

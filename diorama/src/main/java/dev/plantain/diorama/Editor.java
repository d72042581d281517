package dev.plantain.diorama;

import dev.plantain.core.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes a setting, renders it again, and writes the instruction that asks for it. */
final class Editor {
  /** Where many are wanted, how often one is tried for. */
  private static final int TRIES = 3;

  /** Share of many that change walls, floor or light. */
  private static final double OF_ALL = 0.15;

  /** Share of many that change a thing of a category that is never labelled, where one is. */
  private static final double UNLABELLED = 0.5;

  private final Assets assets;
  private final Split split;
  private final boolean unlabelled;
  private final Setting setting;
  private final World world;
  private final Lens lens;
  private final long seed;
  private final Frame frame;
  private final Sensor sensor;
  private final Answers answers;
  private final Facts facts;
  private final List<Expression> expressions;
  private final Rng rng;
  private final int most;
  private final List<Made> made = new ArrayList<>();
  private final Set<Done> done = new HashSet<>();
  private final Set<Edit.Kind> had = EnumSet.noneOf(Edit.Kind.class);
  private @Nullable Made latest;

  /** How an edit was rendered. */
  record Made(Frame after, Change change) {}

  /** A change that is not to be made twice. */
  private record Done(Edit.Kind kind, int thing) {}

  /**
   * @param most edits to write; 0 for two or three of different kinds
   */
  Editor(
      Assets assets,
      Split split,
      boolean unlabelled,
      Setting setting,
      World world,
      Lens lens,
      long seed,
      Frame frame,
      Sensor sensor,
      Answers answers,
      Facts facts,
      List<Expression> expressions,
      int most,
      Rng rng) {
    this.assets = assets;
    this.split = split;
    this.unlabelled = unlabelled;
    this.setting = setting;
    this.world = world;
    this.lens = lens;
    this.seed = seed;
    this.frame = frame;
    this.sensor = sensor;
    this.answers = answers;
    this.facts = facts;
    this.expressions = expressions;
    this.most = most;
    this.rng = rng;
  }

  /** How each of the edits written was rendered, in their order. */
  List<Made> made() {
    return made;
  }

  /** As many edits as are wanted, fewer if the view offers less. */
  List<Edit> write(Image photo) {
    return most > 0 ? many(photo) : few(photo);
  }

  /** Of things again and again, each changed once in each way. */
  private List<Edit> many(Image photo) {
    List<Supplier<@Nullable Edit>> kinds =
        List.of(
            () -> remove(photo, false),
            () -> remove(photo, true),
            this::recolour,
            this::recolour,
            this::replace,
            this::move);
    List<Supplier<@Nullable Edit>> whole =
        new ArrayList<>(List.of(() -> restyle("wall"), () -> restyle("floor"), this::relight));
    rng.shuffle(whole);
    List<Edit> edits = new ArrayList<>();
    for (int tries = 0; tries < TRIES * most && edits.size() < most; tries++) {
      boolean ofAll = !whole.isEmpty() && rng.chance(OF_ALL);
      Edit edit = (ofAll ? whole.removeLast() : rng.pick(kinds)).get();
      if (edit != null && latest != null) {
        edits.add(edit);
        made.add(latest);
      }
    }
    return List.copyOf(edits);
  }

  private List<Edit> few(Image photo) {
    List<Supplier<@Nullable Edit>> kinds = new ArrayList<>();
    kinds.add(() -> remove(photo, false));
    kinds.add(() -> remove(photo, true));
    kinds.add(this::recolour);
    kinds.add(this::recolour);
    kinds.add(this::replace);
    kinds.add(this::move);
    kinds.add(() -> restyle("wall"));
    kinds.add(() -> restyle("floor"));
    kinds.add(this::relight);
    rng.shuffle(kinds);
    int wanted = rng.between(2, 3);
    List<Edit> edits = new ArrayList<>();
    for (Supplier<@Nullable Edit> kind : kinds) {
      Edit edit = edits.size() < wanted ? kind.get() : null;
      if (edit != null && latest != null && had.add(edit.kind())) {
        edits.add(edit);
        made.add(latest);
      }
    }
    return List.copyOf(edits);
  }

  /** Something that may be changed: seen well, with a phrase that means it alone. */
  private record Target(Thing thing, int piece, String phrase) {}

  private Optional<Target> target(Edit.Kind kind, boolean bare) {
    List<Target> targets = new ArrayList<>();
    for (Thing t : facts.candidates()) {
      int piece = Facts.piece(answers, world, t.id());
      double share = t.pixels() / (double) frame.depth.length;
      if (piece < 0
          || share < 0.004
          || share > 0.3
          || (bare && !carried(piece).isEmpty())
          || (kind != Edit.Kind.RECOLOUR && shines(piece))
          || done.contains(new Done(kind, t.id()))) {
        continue;
      }
      Expressions.naming(expressions, t.id())
          .ifPresent(e -> targets.add(new Target(t, piece, definite(e.text()))));
    }
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    if (most == 0) {
      return Optional.of(rng.pick(targets));
    }
    List<Target> never = targets.stream().filter(t -> !t.thing.labelled()).toList();
    Target target = rng.pick(never.isEmpty() || rng.chance(1 - UNLABELLED) ? targets : never);
    done.add(new Done(kind, target.thing.id()));
    return Optional.of(target);
  }

  /** Whether light comes from a piece or what is on it, and would be left in the air without it. */
  private boolean shines(int piece) {
    return setting.lit(piece) || carried(piece).stream().anyMatch(setting::lit);
  }

  private static String definite(String phrase) {
    return phrase.startsWith("the ") ? phrase : "the " + phrase;
  }

  /** Everything that stands on a piece, directly or not. */
  private Set<Integer> carried(int piece) {
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < setting.pieces().size(); i++) {
      int under = setting.pieces().get(i).support();
      // Supports are placed before what they carry.
      if (under == piece || all.contains(under)) {
        all.add(i);
      }
    }
    return all;
  }

  private @Nullable Edit remove(Image photo, boolean add) {
    Target t = target(add ? Edit.Kind.ADD : Edit.Kind.REMOVE, add).orElse(null);
    if (t == null) {
      return null;
    }
    Set<Integer> gone = carried(t.piece());
    gone.add(t.piece());
    Image without = rendered(gone, null, -1);
    if (!add) {
      String what = t.phrase() + (gone.size() > 1 ? " and what is on it" : "");
      return edit(
          rng.pickOf("Remove ", "Take away ", "Delete ") + what + ".",
          Edit.Kind.REMOVE,
          null,
          without,
          touches(gone, t.thing()));
    }
    String colour = facts.clearColour(t.thing()) ? t.thing().colour() + " " : "";
    return edit(
        rng.pickOf("Add ", "Put in ", "Place ")
            + Words.a(colour + t.thing().name())
            + where(t)
            + ".",
        Edit.Kind.ADD,
        without,
        photo,
        touches(gone, t.thing()));
  }

  private String where(Target t) {
    int on = facts.support(t.thing());
    if (on >= 0 && facts.of(facts.things.get(on).category()).size() == 1) {
      return " on the " + facts.things.get(on).category();
    }
    double x = t.thing().visibleBox().centreX() / facts.width;
    return x < 0.36 ? " on the left" : x > 0.64 ? " on the right" : " in the middle";
  }

  private boolean touches(Set<Integer> pieces, Thing thing) {
    return !thing.labelled()
        || pieces.stream().anyMatch(i -> !setting.pieces().get(i).category().labelled());
  }

  private @Nullable Edit recolour() {
    for (int attempt = 0; attempt < 4; attempt++) {
      Target t = target(Edit.Kind.RECOLOUR, false).orElse(null);
      if (t == null || !setting.pieces().get(t.piece()).category().paintable()) {
        continue;
      }
      Paint paint = Paint.draw(rng);
      if (Words.near(paint.word(), t.thing().colour())) {
        continue;
      }
      Piece painted = Repaint.with(setting.pieces().get(t.piece()), paint.near(rng));
      if (painted.paints() == null) {
        continue;
      }
      List<Piece> pieces = new ArrayList<>(setting.pieces());
      pieces.set(t.piece(), painted);
      int entity = answers.entities.get(t.thing().id());
      String text =
          rng.pickOf("Make %s %s.", "Paint %s %s.", "Change the colour of %s to %s.")
              .formatted(t.phrase(), paint.word());
      if (had.contains(Edit.Kind.RECOLOUR)) {
        return null; // tried again in case the first time came to nothing
      }
      Image after = shoot(setting.withPieces(pieces), Change.ofLooks(entity));
      return edit(text, Edit.Kind.RECOLOUR, null, after, !t.thing().labelled());
    }
    return null;
  }

  private @Nullable Edit replace() {
    Target t = target(Edit.Kind.REPLACE, true).orElse(null);
    if (t == null) {
      return null;
    }
    Piece old = setting.pieces().get(t.piece());
    List<Model> fitting = new ArrayList<>();
    for (String category : Taxonomy.standard().categories()) {
      Taxonomy.Category c = Taxonomy.standard().category(category);
      boolean allowed = unlabelled || c.labelled();
      if (c.place() == old.category().place()
          && allowed
          && !category.equals(t.thing().category())) {
        for (Model m : assets.models(split, category)) {
          if (fits(m.width(), old.width())
              && fits(m.depth(), old.depth())
              && m.height() <= old.height() * 1.3f
              && m.height() > 0.3f * old.height()) {
            fitting.add(m);
          }
        }
      }
    }
    if (fitting.isEmpty()) {
      return null;
    }
    Model model = rng.pick(fitting);
    Optional<Mesh> mesh = assets.mesh(model);
    if (mesh.isEmpty()) {
      return null;
    }
    Piece fresh = Piece.of(model, mesh.get());
    // Backs stay aligned, so that what stood at a wall still does.
    float lz = (fresh.depth() - old.depth()) / 2;
    fresh = fresh.at(old.worldX(0, lz), old.y(), old.worldZ(0, lz), old.yaw()).on(old.support());
    if (fresh.top() > setting.height() || blocked(fresh, t.piece())) {
      return null;
    }
    Image after = rendered(Set.of(), fresh, t.piece());
    return edit(
        "Replace %s with %s.".formatted(t.phrase(), Words.a(fresh.phrase())),
        Edit.Kind.REPLACE,
        null,
        after,
        !t.thing().labelled() || !model.category().labelled());
  }

  private static boolean fits(float fresh, float old) {
    return fresh <= old * 1.04f && fresh >= old * 0.45f;
  }

  private @Nullable Edit move() {
    Target t = target(Edit.Kind.MOVE, true).orElse(null);
    if (t == null || !movable(setting.pieces().get(t.piece()))) {
      return null;
    }
    Piece old = setting.pieces().get(t.piece());
    for (int attempt = 0; attempt < 6; attempt++) {
      boolean right = rng.chance(0.5);
      float far = rng.rangeF(0.35, 1.1) * (right ? 1 : -1);
      float flat = (float) Math.hypot(lens.right()[0], lens.right()[2]);
      Piece moved =
          old.at(
              old.x() + far * lens.right()[0] / flat, old.y(),
              old.z() + far * lens.right()[2] / flat, old.yaw());
      double before = lens.column(old.x(), old.y(), old.z(), depth(old));
      double now = lens.column(moved.x(), moved.y(), moved.z(), depth(moved));
      boolean shows = depth(moved) > 0.4 && now > 0.05 * lens.width() && now < 0.95 * lens.width();
      if (!shows || Math.abs(now - before) < 0.06 * lens.width() || blocked(moved, t.piece())) {
        continue;
      }
      Image after = rendered(Set.of(), moved, t.piece());
      return edit(
          "Move %s to the %s.".formatted(t.phrase(), right ? "right" : "left"),
          Edit.Kind.MOVE,
          null,
          after,
          !t.thing().labelled());
    }
    return null;
  }

  private double depth(Piece p) {
    return lens.depth(p.x(), p.y(), p.z());
  }

  private static boolean movable(Piece p) {
    return switch (p.category().place()) {
      case FREE, SEAT, TABLE, PERSON, ANIMAL, YARD, VEHICLE -> p.support() < 0;
      default -> false;
    };
  }

  private boolean blocked(Piece piece, int except) {
    Floorplan plan = new Floorplan(0, 0, setting.width(), setting.length());
    Floorplan.Volume volume = Floorplan.Volume.of(piece, 0);
    if (!plan.inside(volume)) {
      return true;
    }
    for (int i = 0; i < setting.pieces().size(); i++) {
      Piece other = setting.pieces().get(i);
      if (i != except
          && i != piece.support()
          && other.category().place() != Taxonomy.Place.RUG
          && Floorplan.Volume.of(other, 0).meets(volume)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Edit restyle(String category) {
    Thing seen =
        facts.of(category).stream()
            .filter(t -> t.pixels() > 0.06 * frame.depth.length)
            .findFirst()
            .orElse(null);
    if (seen == null) {
      return null;
    }
    Finishes finishes = new Finishes(rng);
    boolean wall = category.equals("wall");
    boolean paint = wall && rng.chance(0.5);
    Paint colour = Paint.draw(rng);
    if (paint && Words.near(colour.word(), seen.colour())) {
      return null;
    }
    Material look =
        paint
            ? Material.plain("painted wall", Colours.linear(colour.near(rng).rgb()))
            : wall ? finishes.wall(rng.chance(0.3)) : finishes.floor(false);
    Material[] materials = setting.shell().mesh().materials().clone();
    boolean same = true;
    for (int m = 0; m < materials.length; m++) {
      boolean skirting = materials[m].name().equals("skirting");
      if (setting.shell().categories().get(m).equals(category) && !skirting) {
        same &= materials[m].name().equals(look.name());
        materials[m] = look;
      }
    }
    if (same) {
      return null;
    }
    Setting other =
        setting.withShell(
            new Shell.Built(
                setting.shell().mesh().withMaterials(materials),
                setting.shell().categories(),
                setting.shell().houses()));
    int entity = answers.entities.get(seen.id());
    Image after = shoot(other, Change.ofLooks(entity));
    String text =
        paint
            ? "Paint the walls " + colour.word() + "."
            : wall
                ? "Change the walls to " + Words.a(look.name()) + "."
                : "Change the floor to " + Words.a(look.name()) + ".";
    return edit(text, wall ? Edit.Kind.RESTYLE_WALL : Edit.Kind.RESTYLE_FLOOR, null, after, false);
  }

  private @Nullable Edit relight() {
    if (!setting.daylit()) {
      return null;
    }
    Daylight now = setting.daylight();
    Daylight next =
        switch (rng.nextInt(4)) {
          case 0 -> Daylight.sunny(rng);
          case 1 -> Daylight.overcast(rng);
          case 2 -> Daylight.evening(rng);
          default -> Daylight.night(rng);
        };
    if (next.word().equals(now.word())) {
      return null;
    }
    Setting other = setting.under(next, rng);
    World changed = other.world();
    Change change = Change.ofLight();
    Frame f = Renderer.rerender(changed, lens, seed, frame, change);
    latest = new Made(f, change);
    Image after = sensor.remetered(f, changed).take(f);
    return edit(
        rng.pickOf(
                "Show the scene %s.",
                "Change the light: show it %s.", "Make it look as if taken %s.")
            .formatted(next.word()),
        Edit.Kind.RELIGHT,
        null,
        after,
        false);
  }

  /**
   * @param touches whether what changes is of a category that training never labels
   */
  private Edit edit(
      String text, Edit.Kind kind, @Nullable Image before, Image after, boolean touches) {
    boolean names = split == Split.TRAIN && Taxonomy.standard().namesUnlabelled(text);
    return new Edit(text, kind, before, after, touches || names);
  }

  /**
   * Renders without some pieces, or with another in the place of one.
   *
   * @param fresh what stands at {@code index} instead, or null
   */
  private Image rendered(Set<Integer> gone, @Nullable Piece fresh, int index) {
    List<Piece> pieces = new ArrayList<>();
    List<float[]> boxes = new ArrayList<>();
    for (int i = 0; i < setting.pieces().size(); i++) {
      Piece p = setting.pieces().get(i);
      if (gone.contains(i)) {
        boxes.add(grown(p.instance(0).bounds));
        // Entities and instances keep their numbers if the piece shrinks out of sight instead.
        pieces.add(p.at(0, -1000, 0, 0));
      } else if (i == index && fresh != null) {
        boxes.add(grown(p.instance(0).bounds));
        boxes.add(grown(fresh.instance(0).bounds));
        pieces.add(fresh);
      } else {
        pieces.add(p);
      }
    }
    return shoot(setting.withPieces(pieces), Change.of(boxes));
  }

  private static float[] grown(float[] box) {
    float[] out = Arrays.copyOf(box, 6);
    for (int axis = 0; axis < 3; axis++) {
      out[axis] -= 0.005f;
      out[3 + axis] += 0.005f;
    }
    return out;
  }

  private Image shoot(Setting other, Change change) {
    Frame after = Renderer.rerender(other.world(), lens, seed, frame, change);
    latest = new Made(after, change);
    return sensor.take(after);
  }
}

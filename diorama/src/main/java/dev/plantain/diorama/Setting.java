package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands where, before it becomes a {@link World}: easy to change for edits.
 *
 * @param name what kind of place it is: {@code "living room"}
 * @param shell the room or the ground, with a kind of stuff per material
 * @param pieces everything that was placed; doors and windows are stuff as well
 * @param width extent along x in metres, from 0
 * @param length extent along z in metres, from 0
 * @param height of the room; infinite outdoors
 * @param openings windows and doors in the walls
 * @param daylight what lights the place from outside
 * @param stands where pictures may be taken from outdoors; unused in rooms
 */
record Setting(
    String name,
    Shell.Built shell,
    List<Piece> pieces,
    List<Light> lights,
    float width,
    float length,
    float height,
    List<Shell.Opening> openings,
    Daylight daylight,
    List<Stand> stands) {

  /**
   * A strip of ground from which people take pictures outdoors.
   *
   * @param ground its height in metres
   * @param yaw which way one looks from there, NaN for any
   */
  record Stand(float x0, float z0, float x1, float z1, float ground, float yaw) {}

  Setting withPieces(List<Piece> others) {
    return new Setting(
        name,
        shell,
        List.copyOf(others),
        lights,
        width,
        length,
        height,
        openings,
        daylight,
        stands);
  }

  Setting withLight(Daylight day, List<Light> others) {
    return new Setting(
        name, shell, pieces, List.copyOf(others), width, length, height, openings, day, stands);
  }

  /** The same place in another light, its lamps switched on or off to suit. */
  Setting under(Daylight day, Rng rng) {
    return withLight(
        day,
        indoors()
            ? IndoorLight.lights(pieces, width, length, height, openings, day, rng)
            : Outdoors.lights(pieces, day, rng));
  }

  Setting withShell(Shell.Built other) {
    return new Setting(
        name, other, pieces, lights, width, length, height, openings, daylight, stands);
  }

  /** Whether a lamp at this index is switched on. */
  boolean lit(int piece) {
    return lights.stream().anyMatch(l -> l instanceof Light.Lamp lamp && lamp.piece() == piece);
  }

  /** Whether weather and time of day are seen: a room without a window knows nothing of them. */
  boolean daylit() {
    return !indoors() || openings.stream().anyMatch(Shell.Opening::window);
  }

  boolean indoors() {
    return height < Float.POSITIVE_INFINITY;
  }

  /** Entities: kinds of stuff first, then one per countable piece in order. */
  World world() {
    Taxonomy taxonomy = Taxonomy.standard();
    Map<String, Integer> stuff = new LinkedHashMap<>();
    for (String category : shell.categories()) {
      stuff.putIfAbsent(category, stuff.size());
    }
    for (Piece p : pieces) {
      if (isStuff(p)) {
        stuff.putIfAbsent(p.category().name(), stuff.size());
      }
    }
    List<World.Entity> entities = new ArrayList<>();
    stuff.forEach(
        (category, i) ->
            entities.add(
                new World.Entity(taxonomy.category(category), category, true, "", null, -1)));
    List<Instance> instances = new ArrayList<>();
    int[] shellEntities = new int[shell.categories().size()];
    Arrays.setAll(shellEntities, i -> stuff.getOrDefault(shell.categories().get(i), 0));
    instances.add(new Instance(shell.mesh(), Instance.identity(), shellEntities, null));
    for (Piece p : pieces) {
      Integer kind = isStuff(p) ? stuff.get(p.category().name()) : null;
      int entity = kind != null ? kind : entities.size();
      if (kind == null) {
        entities.add(
            new World.Entity(
                p.category(), p.phrase(), false, p.modelId(), p.size(), instances.size()));
      }
      instances.add(p.instance(entity));
    }
    return new World(
        new Scene(instances), List.copyOf(entities), daylight.sky(), lights, indoors());
  }

  static boolean isStuff(Piece p) {
    return p.category().place() == Taxonomy.Place.OPENING;
  }
}

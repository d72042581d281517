package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * Traces the rays of one picture. It can note what they met, and it can look up in what was noted
 * of the same picture before a change: a ray that the change cannot reach meets what it met then.
 */
final class Tracer {
  private final Scene scene;
  private final @Nullable RayLog notes;
  private final @Nullable RayLog before;
  private final Change change;
  private int next;
  private int end;

  private Tracer(Scene scene, @Nullable RayLog notes, @Nullable RayLog before, Change change) {
    this.scene = scene;
    this.notes = notes;
    this.before = before;
    this.change = change;
  }

  /**
   * @param notes gets every ray, or null
   */
  static Tracer of(Scene scene, @Nullable RayLog notes) {
    return new Tracer(scene, notes, null, Change.NONE);
  }

  /**
   * @param before what rays met before the change, or null if nobody noted it
   */
  static Tracer after(Change change, Scene scene, @Nullable RayLog before) {
    return new Tracer(scene, null, before, change);
  }

  /** Says which part of which pixel's work comes next; parts come in ascending order. */
  void open(int part) {
    if (notes != null) {
      notes.open(part);
    }
    if (before != null) {
      next = before.first(part);
      end = before.end(part);
    }
  }

  /** Leaves the nearest hit in the ray. */
  void closest(Ray ray) {
    if (before != null) {
      int known = find(before, ray, false);
      if (known >= 0) {
        before.recall(known, ray);
        return;
      }
    }
    if (notes == null) {
      scene.closest(ray);
    } else {
      int entry = notes.add(ray);
      scene.closest(ray);
      notes.met(entry, ray);
    }
  }

  /** The same for a ray that an earlier part may have traced in this picture. */
  void closestAgain(Ray ray, int part) {
    RayLog log = notes != null ? notes : before;
    for (int entry = log == null ? 0 : log.first(part);
        log != null && entry < log.end(part);
        entry++) {
      if (log.same(entry, ray)
          && log.instance(entry) > RayLog.CLEAR
          && (notes != null || !reached(ray, log.t(entry)))) {
        log.recall(entry, ray);
        return;
      }
    }
    closest(ray);
  }

  /** Whether anything but glass lies between the ray's origin and {@code ray.t}. */
  boolean occluded(Ray ray) {
    if (before != null) {
      int known = find(before, ray, true);
      if (known >= 0) {
        return before.instance(known) == RayLog.BLOCKED;
      }
    }
    boolean blocked = scene.occluded(ray);
    if (notes != null) {
      notes.met(notes.add(ray), blocked);
    }
    return blocked;
  }

  private int find(RayLog log, Ray ray, boolean occlusion) {
    for (int entry = next; entry < end; entry++) {
      if (log.same(entry, ray) && log.instance(entry) <= RayLog.CLEAR == occlusion) {
        next = entry + 1;
        float reach = occlusion ? ray.t : log.t(entry);
        return reached(ray, reach) ? -1 : entry;
      }
    }
    return -1;
  }

  /** Whether the change may have put something into the ray's way or taken it out. */
  private boolean reached(Ray ray, float t) {
    return change.touches(ray.ox, ray.oy, ray.oz, ray.dx, ray.dy, ray.dz, t);
  }
}

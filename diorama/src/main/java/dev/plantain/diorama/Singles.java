package dev.plantain.diorama;

import dev.plantain.diorama.Facts.Truth;
import java.util.List;

/** Tells whether one or several of the windows, doors or houses show that are one kind of stuff. */
final class Singles {
  private final Setting setting;
  private final Frame frame;
  private final Answers answers;

  Singles(Setting setting, Frame frame, Answers answers) {
    this.setting = setting;
    this.frame = frame;
    this.answers = answers;
  }

  /** Whether several show clearly; no if there is but one, or if it is not to be counted. */
  Truth several(Thing stuff) {
    List<Footprint> all =
        stuff.category().equals("building")
            ? setting.shell().houses()
            : setting.pieces().stream()
                .filter(p -> Setting.isStuff(p) && p.category().name().equals(stuff.category()))
                .map(Footprint::of)
                .toList();
    int[] pixels = new int[all.size()];
    for (int i = 0; i < answers.ids.length && pixels.length > 1; i++) {
      if (answers.ids[i] == stuff.id()) {
        pixels[nearest(all, frame.position[3 * i], frame.position[3 * i + 2])]++;
      }
    }
    int seen = 0;
    int clear = 0;
    for (int count : pixels) {
      seen += count > 0 ? 1 : 0;
      clear += count >= Facts.leastPixels(frame.width, frame.height) ? 1 : 0;
    }
    return Truth.of(clear > 1, seen < 2);
  }

  private static int nearest(List<Footprint> all, float x, float z) {
    int best = 0;
    for (int k = 1; k < all.size(); k++) {
      best = all.get(k).away(x, z) < all.get(best).away(x, z) ? k : best;
    }
    return best;
  }
}

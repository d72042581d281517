package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import java.util.List;

/** Where a photo was taken, and what is worth looking for there if nobody says what. */
enum Scene {
  INDOORS(List.of("wall", "floor", "ceiling", "window", "door", "table", "chair", "sofa", "plant")),
  OUTDOORS(List.of("sky", "road", "sidewalk", "building", "tree", "grass", "car", "person"));

  /** What surrounds one in a room, then what does outside. */
  private static final List<String> SURFACES =
      List.of("wall", "floor", "ceiling", "sky", "road", "building", "tree", "grass");

  private static final int OF_A_ROOM = 3;

  private final List<String> classes;

  Scene(List<String> classes) {
    this.classes = classes;
  }

  List<String> classes() {
    return classes;
  }

  /**
   * By the surfaces that cover most of a drawing made to find this out; a room if there is none.
   */
  static Scene of(Vision vision, Image photo) {
    Answer<LabelMap> answer = vision.answer(photo, Segments.of(SURFACES).background());
    if (!(answer instanceof Answer.Seen<LabelMap> seen)) {
      return INDOORS;
    }
    double room = 0;
    double outside = 0;
    for (int i = 0; i < SURFACES.size(); i++) {
      double share = seen.measurement().share(i);
      room += i < OF_A_ROOM ? share : 0;
      outside += i < OF_A_ROOM ? 0 : share;
    }
    return outside > room ? OUTDOORS : INDOORS;
  }
}

package dev.plantain.eval.study;

import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import java.util.stream.Stream;

/** Diorama's first test views, large enough to have edges like a photo's. */
final class TestViews {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private TestViews() {}

  static Stream<View> first(int count) {
    return Diorama.open(Diorama.installedLibraries())
        .withoutEdits()
        .views(Split.TEST, 0, WIDTH, HEIGHT)
        .limit(count);
  }
}

package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.instruct.Dialect;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnlargedTest {
  private static final Room ROOM = new Room(160, 120, 5);
  private static final Placement ON_CANVAS = new Placement(1, 1, 0, 4);

  @Test
  void whatWasEnlargedIsReadAsItWasDrawn() {
    Segments task = Segments.of(Room.CLASSES);
    Image drawn = task.paint(ROOM.labels(), task.ask(Dialect.paper()));
    Image large = drawn.resized(1120, 960);
    Placement placement = new Placement(7, 8, 0, 0);
    Enlarged undone = Enlarged.undone(large, placement, new Placement(1, 1, 0, 0));
    assertThat(undone.drawing().width()).isEqualTo(160);
    assertThat(undone.drawing().height()).isEqualTo(120);
    assertThat(undone.placement().drawingX(80)).isEqualTo(80);
    int[] truth = ROOM.labels().labels();
    int[] read =
        task.read(
                new Drawing(undone.drawing(), task.ask(Dialect.paper())), ColourProfile.identity())
            .labels();
    long same = IntStream.range(0, truth.length).filter(i -> truth[i] == read[i]).count();
    assertThat(same).isGreaterThan(truth.length * 97L / 100);
  }

  @Test
  void aDrawingOfAboutTheSizeAskedForStaysAsItIs() {
    Image drawing = Image.filled(300, 240, 0x102030);
    Placement placement = new Placement(1.9, 1.9, 3, 8);
    Enlarged same = Enlarged.undone(drawing, placement, ON_CANVAS);
    assertThat(same.drawing()).isSameAs(drawing);
    assertThat(same.placement()).isEqualTo(placement);
  }

  @Test
  void aPhotoWithBarsOnItsCanvasStaysWhereItIs() {
    Image drawing = Image.filled(640, 512, 0);
    Enlarged undone = Enlarged.undone(drawing, new Placement(4, 4, 0, 16), ON_CANVAS);
    assertThat(undone.drawing().width()).isEqualTo(160);
    assertThat(undone.placement()).isEqualTo(ON_CANVAS);
  }
}

package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Photos worked on ahead. */
@Timeout(60)
final class AheadTest {
  private final CountDownLatch underway = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicBoolean kept = new AtomicBoolean();

  /** The first fails as soon as the second is under way, which takes until it is answered. */
  private String step(int item) throws IOException {
    try {
      if (item == 1) {
        underway.await();
        throw new IOException("spent");
      }
      underway.countDown();
      answered.await();
      kept.set(true);
      return "answer";
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  @Test
  void whatIsPaidForIsAnsweredBeforeTheEnd() throws Exception {
    try (Ahead<Integer, String> ahead = new Ahead<>(List.of(1, 2, 3), 2, this::step)) {
      assertThatThrownBy(ahead::next).isInstanceOf(IOException.class).hasMessage("spent");
      Thread.ofVirtual().start(answered::countDown);
      ahead.settle();
    }
    assertThat(kept).isTrue();
  }

  @Test
  void withoutThatItIsInterrupted() throws Exception {
    try (Ahead<Integer, String> ahead = new Ahead<>(List.of(1, 2, 3), 2, this::step)) {
      assertThatThrownBy(ahead::next).hasMessage("spent");
    }
    assertThat(kept).isFalse();
  }
}

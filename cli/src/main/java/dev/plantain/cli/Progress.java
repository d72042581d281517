package dev.plantain.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with the time left, on a terminal, for what takes longer than a second. */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000;
  private static final int WIDTH = 78;

  private final Console console;
  private final long total;
  private final String title;
  private final long began = System.nanoTime();
  private long done;
  private @Nullable ProgressBar bar;

  Progress(Console console, long total, String title) {
    this.console = console;
    this.total = total;
    this.title = title;
  }

  /** One more is done. */
  synchronized void step() {
    at(done + 1);
  }

  /** So many are done. */
  synchronized void at(long count) {
    done = count;
    if (bar == null
        && total > 1
        && console.terminal()
        && System.nanoTime() - began > PATIENCE_NANOS) {
      bar =
          ProgressBar.builder()
              .setTaskName(title)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setMaxRenderedLength(WIDTH)
              .startsFrom(done, java.time.Duration.ofNanos(System.nanoTime() - began))
              .setConsumer(
                  new DelegatingProgressBarConsumer(
                      text -> {
                        console.err().print("\r" + text);
                        console.err().flush();
                      },
                      WIDTH))
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Clears the bar's line for other words; it comes back by itself. */
  void aside() {
    if (bar != null) {
      console.err().print("\r" + " ".repeat(WIDTH) + "\r");
      console.err().flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      console.err().println();
    }
  }
}

package dev.plantain.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Results of a list in its order, some of them worked on ahead: so many at once and no more are in
 * memory. One at once is worked on when it is asked for, by the caller's own thread.
 */
final class Ahead<T, R> implements AutoCloseable {
  private final Iterator<T> items;
  private final int atOnce;
  private final Step<T, R> step;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Future<R>> underway = new ArrayDeque<>();

  /** Works on one. */
  @FunctionalInterface
  interface Step<T, R> {
    R on(T item) throws IOException;
  }

  Ahead(List<T> items, int atOnce, Step<T, R> step) {
    this.items = items.iterator();
    this.atOnce = atOnce;
    this.step = step;
  }

  /**
   * The next result.
   *
   * @throws IOException or whatever else working on it threw
   */
  R next() throws IOException {
    if (atOnce == 1) {
      return step.on(items.next());
    }
    while (underway.size() < atOnce && items.hasNext()) {
      T item = items.next();
      underway.addLast(threads.submit(() -> step.on(item)));
    }
    try {
      return underway.removeFirst().get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits for what is under way and takes nothing on: it may be paid for, its answers kept. */
  void settle() {
    threads.close();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}

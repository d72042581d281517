package dev.plantain.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns the process's being told to end into an interrupt of a long work's thread, and holds the
 * process until that work has come to its own end: native code must not run on while it is
 * unloaded.
 */
final class Interruption implements AutoCloseable {
  /** A training step on a busy machine and its checkpoint. */
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicBoolean happened = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread worker) {
    hook =
        new Thread(
            () -> {
              happened.set(true);
              worker.interrupt();
              try {
                boolean _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** For the calling thread, until closed. */
  static Interruption ofThisThread() {
    return new Interruption(Thread.currentThread());
  }

  boolean happened() {
    return happened.get();
  }

  @Override
  public void close() {
    if (!happened.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    ended.countDown();
  }
}

package dev.plantain.train;

import dev.plantain.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that compute several things at once, each of which takes one processor. */
final class Workers implements AutoCloseable {
  private final String name;
  private final ExecutorService threads;

  Workers(String name, int count) {
    this.name = name;
    threads = Executors.newFixedThreadPool(count, this::thread);
  }

  private Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .unstarted(
            () -> {
              Torch.threads(1);
              work.run();
            });
  }

  /**
   * Does all of this and waits for it, even if the calling thread is interrupted: half a step is
   * worse than a late stop.
   *
   * @return the answers, in the order of the work
   */
  <T> List<T> all(List<Callable<T>> work) {
    List<Future<T>> begun = new ArrayList<>();
    work.forEach(one -> begun.add(threads.submit(one)));
    List<T> done = new ArrayList<>();
    begun.forEach(one -> done.add(await(one)));
    return done;
  }

  private <T> T await(Future<T> one) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return one.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the work of %s failed".formatted(name), e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}

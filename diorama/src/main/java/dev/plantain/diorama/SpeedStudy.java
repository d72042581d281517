package dev.plantain.diorama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast views with all answers are made, and how much memory it takes (Linux).
 *
 * <p>{@code tools/run dev.plantain.diorama.SpeedStudy SIZE [VIEWS [THREADS [SPLIT]]]}. The first
 * view counts as start-up; the next eighth warms the machine up and is not timed. Rates come twice:
 * by the clock, and by processor time, which says what one idle core makes while others are busy.
 */
public final class SpeedStudy {
  private SpeedStudy() {}

  public static void main(String[] args) throws Exception {
    int size = Integer.parseInt(args[0]);
    int views = args.length > 1 ? Integer.parseInt(args[1]) : 400;
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    Split split = args.length > 3 ? Split.valueOf(args[3].toUpperCase(Locale.ROOT)) : Split.TRAIN;
    long began = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    Diorama diorama = Diorama.open(Diorama.installedLibraries());
    diorama.view(split, 0, size, size);
    System.out.printf(
        Locale.ROOT, "first_view_s %.2f%n", (System.currentTimeMillis() - began) / 1e3);
    System.out.printf(Locale.ROOT, "first_view_cpu_s %.2f%n", cpuNanos() / 1e9);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      make(pool, diorama, split, size, 1, 1 + views / 8);
      System.out.printf(Locale.ROOT, "size %d threads %d views %d%n", size, threads, views);
      long from = 1L + views / 8;
      print("", make(pool, diorama, split, size, from, from + views));
      print("_without_edits", make(pool, diorama.withoutEdits(), split, size, from, from + views));
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        System.out.printf("peak_resident %s%n", line.substring(6).strip());
      }
    }
  }

  private static void print(String what, Rates rates) {
    System.out.printf(Locale.ROOT, "views_per_second%s %.1f%n", what, rates.perSecond());
    System.out.printf(Locale.ROOT, "views_per_cpu_second%s %.1f%n", what, rates.perCpuSecond());
  }

  private record Rates(double perSecond, double perCpuSecond) {}

  private static Rates make(
      ExecutorService pool, Diorama diorama, Split split, int size, long from, long to)
      throws Exception {
    AtomicLong pixels = new AtomicLong();
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    // One by one: with a share of all for each thread, one would wait at the end.
    List<Future<?>> tasks = new ArrayList<>();
    for (long seed = from; seed < to; seed++) {
      long s = seed;
      tasks.add(
          pool.submit(() -> pixels.addAndGet(diorama.view(split, s, size, size).edges().length)));
    }
    for (Future<?> task : tasks) {
      task.get();
    }
    if (pixels.get() != (to - from) * size * size) {
      throw new IOException("views are missing");
    }
    double count = 1e9 * (to - from);
    return new Rates(count / (System.nanoTime() - begin), count / (cpuNanos() - cpu));
  }

  /** Of all threads, those that compile and collect included. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}

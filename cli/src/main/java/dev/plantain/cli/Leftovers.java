package dev.plantain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Removes files that an interrupt left half-written under their temporary names. */
final class Leftovers {
  private static final AtomicReference<List<Path>> WATCHED = new AtomicReference<>(List.of());

  private Leftovers() {}

  /**
   * Says where files are being written.
   *
   * @param deep looked through with its sub-folders
   * @param flat looked through without
   */
  static void watch(Path deep, Path flat) {
    WATCHED.set(List.of(deep, flat));
  }

  /** Sweeps when the process is told to end; {@link Main} ends it otherwise without this. */
  static void sweepOnInterrupt() {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::sweep, "leftovers"));
  }

  private static void sweep() {
    List<Path> folders = WATCHED.get();
    for (int i = 0; i < folders.size(); i++) {
      try (Stream<Path> files = Files.walk(folders.get(i), i == 0 ? 3 : 1)) {
        files.filter(Leftovers::isPart).forEach(file -> file.toFile().delete());
      } catch (IOException | RuntimeException e) {
        // The folder may not be there yet; there is nobody left to tell.
      }
    }
    System.err.println("interrupted; what is written is whole");
  }

  private static boolean isPart(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") && name.endsWith(".part");
  }
}

package dev.plantain.eval.study;

import dev.plantain.core.Depth;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether drawing leaks: many small photos looked at in one process, and its resident memory
 * (Linux) over time, after a collection. Ends with an error if the second half grew by more than 5
 * %.
 *
 * <p>{@code tools/run dev.plantain.eval.study.MemoryStudy [DRAWINGS [GENERATOR]]}; 10,000 drawings
 * by {@code sprout} unless told otherwise.
 */
public final class MemoryStudy {
  private static final int DRAWINGS = 10_000;
  private static final int LINES = 20;
  private static final int SIDE = 64;
  private static final double GROWTH = 0.05;

  private MemoryStudy() {}

  public static void main(String[] args) throws IOException {
    int drawings = args.length > 0 ? Integer.parseInt(args[0]) : DRAWINGS;
    String spec = args.length > 1 ? args[1] : "sprout";
    long middle = 0;
    long last = 0;
    System.out.println("| drawings | resident, MB |");
    System.out.println("| --- | --- |");
    try (Vision vision = Vision.with(spec)) {
      for (int k = 1; k <= drawings; k++) {
        // Another photo each time, so that nothing kept for one photo helps.
        Image photo = Image.filled(SIDE, SIDE, k * 0x10101 & 0xffffff);
        switch (k % 3) {
          case 0 -> vision.see(photo, Depth.metric());
          case 1 -> vision.see(photo, Normals.camera());
          default -> vision.see(photo, Segments.of("floor", "chair"));
        }
        if (k % Math.max(1, drawings / LINES) == 0) {
          System.gc();
          last = residentKilobytes();
          middle = k <= drawings / 2 ? last : middle;
          System.out.printf("| %d | %.1f |%n", k, last / 1024.0);
        }
      }
    }
    double growth = (last - middle) / (double) middle;
    System.out.printf("growth over the second half: %.1f %%%n", 100 * growth);
    if (growth > GROWTH) {
      throw new IllegalStateException("resident memory grows");
    }
  }

  private static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status holds no VmRSS");
  }
}

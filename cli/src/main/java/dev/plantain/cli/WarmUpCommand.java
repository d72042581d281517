package dev.plantain.cli;

import dev.plantain.core.Image;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code plantain warm-up}: goes the way of the usual commands once, so that the launcher can keep
 * what Java loaded on it.
 */
@Command(name = "warm-up", hidden = true, header = "Prepare a fast start; the launcher does.")
final class WarmUpCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      required = true,
      paramLabel = "FOLDER",
      description = "For files that are deleted again.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws Exception {
    Console silent =
        new Console(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);
    Plantain plantain = new Plantain(silent);
    int code = plantain.run("--help");
    Path photo = folder.resolve("warm-up.png");
    Path results = folder.resolve("results");
    dev.plantain.formats.Png.write(photo, gradient());
    try {
      for (String json : new String[] {"--json", "--debug"}) {
        code =
            Math.max(code, plantain.run("depth", photo.toString(), "-o", results.toString(), json));
      }
    } finally {
      delete(folder);
    }
    return code;
  }

  private static Image gradient() {
    int side = 192;
    byte[] rgb8 = new byte[3 * side * side];
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) (i / 3 % side + i % 3 * (i / 3 / side) / 2);
    }
    return Image.of(side, side, rgb8);
  }

  private static void delete(Path folder) throws java.io.IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

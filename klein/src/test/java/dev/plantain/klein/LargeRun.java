package dev.plantain.klein;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Draws with a large model and prints the time of each step and the most memory it took. */
final class LargeRun {
  private LargeRun() {}

  /** Arguments: model folder, side of the drawing, steps, side of a photo (absent for none). */
  public static void main(String[] args) throws IOException {
    int side = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    int photo = args.length > 3 ? Integer.parseInt(args[3]) : 0;
    List<Pipeline.Picture> pictures =
        photo == 0
            ? List.of()
            : List.of(new Pipeline.Picture(photo, photo, new byte[3 * photo * photo]));
    Torch.keepFreedMemory();
    Compute compute = Compute.cpu();
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Pipeline pipeline =
            new Pipeline(
                ModelFolder.open(Path.of(args[0]), null), compute, false, List.of(), false)) {
      Tensor noise = torch.randn(1, 128, side / Latents.PIXELS, side / Latents.PIXELS);
      long start = System.nanoTime();
      long[] last = {start};
      Tensor drawn =
          pipeline.draw(
              noise,
              new Pipeline.Job("a photo of a room", pictures, steps, 1),
              (done, of) -> {
                long now = System.nanoTime();
                System.out.printf(
                    "step %d of %d: %.1f s%s%n",
                    done,
                    of,
                    (now - last[0]) / 1e9,
                    done == 1 ? " with the text and the photo" : "");
                last[0] = now;
              });
      System.out.printf(
          "%d x %d in %s: %.1f s in all, %.1f GB resident at most%n",
          drawn.size(2),
          drawn.size(1),
          compute.precision(),
          (System.nanoTime() - start) / 1e9,
          resident() / 1e9);
    }
  }

  private static double resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> 1024.0 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(Double.NaN);
  }
}

package dev.plantain.cli;

import dev.plantain.cli.PixelOption.KnownDistance;
import dev.plantain.core.DrawingException;
import dev.plantain.core.measure.DepthMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** True distances that set the scale of a whole depth map. */
final class ScaleOption {
  @Option(
      names = "--known",
      paramLabel = "X,Y=METRES",
      converter = PixelOption.KnownConverter.class,
      description = "Scale all distances so that this pixel has this one; may be repeated.")
  List<KnownDistance> known = List.of();

  void validate(Inputs inputs) {
    if (!known.isEmpty() && inputs.many()) {
      throw new UsageException("--known belongs to one photo, not to a folder");
    }
  }

  /**
   * A depth map in true metres.
   *
   * @param line for people; empty if nothing was scaled
   */
  record Scaled(DepthMap depth, double factor, String line) {}

  /** Scales by the median of the ratios of true to measured distances. */
  Scaled of(DepthMap depth, String photo) {
    if (known.isEmpty()) {
      return new Scaled(depth, 1, "");
    }
    double[] ratios = new double[known.size()];
    for (int i = 0; i < ratios.length; i++) {
      PixelOption.Pixel at = known.get(i).pixel();
      at.requireInside("--known", photo, depth.width(), depth.height());
      double measured = depth.metres(at.x(), at.y());
      if (!(measured > 0) || Double.isInfinite(measured)) {
        throw new DrawingException(
            "no distance was read at %d,%d, so it cannot set the scale; choose another pixel"
                .formatted(at.x(), at.y()));
      }
      ratios[i] = known.get(i).metres() / measured;
    }
    Arrays.sort(ratios);
    int middle = ratios.length / 2;
    double factor =
        ratios.length % 2 == 1 ? ratios[middle] : Math.sqrt(ratios[middle - 1] * ratios[middle]);
    String line =
        String.format(
            Locale.ROOT,
            "scaled by %.3f to fit %d known distance%s",
            factor,
            ratios.length,
            ratios.length == 1 ? "" : "s");
    return new Scaled(depth.scaled(factor), factor, line);
  }
}

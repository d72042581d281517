package dev.plantain.cli;

import dev.plantain.eval.Comparison;
import dev.plantain.eval.Paired;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain eval compare}. */
@Command(
    name = "compare",
    header = "Compare two runs on the same samples.",
    description = {
      "Differences B - A of the headline figures, with intervals of the paired",
      "difference: samples that are hard for both do not widen them."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain eval compare run-a run-b")
final class EvalCompareCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "A", description = "A run: the folder of eval -o.")
  private Path before = Path.of(".");

  @Parameters(index = "1", paramLabel = "B", description = "Another, of the same set.")
  private Path after = Path.of(".");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  EvalCompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Comparison comparison = Comparison.of(before, after);
    if (json) {
      console.line(JsonText.line(object(comparison)));
      return ExitCode.OK;
    }
    console.line(
        "A %s, seed %d, %s"
            .formatted(
                comparison.before().generator(),
                comparison.before().seed(),
                comparison.before().asking()));
    console.line(
        "B %s, seed %d, %s"
            .formatted(
                comparison.after().generator(),
                comparison.after().seed(),
                comparison.after().asking()));
    console.line(
        "%s, %d samples of both%s"
            .formatted(
                comparison.before().set(),
                comparison.samples(),
                comparison.left() == 0
                    ? ""
                    : ", %d of one only are left out".formatted(comparison.left())));
    for (Paired p : comparison.figures()) {
      console.line(
          "  %-26s A %8.4f   B %8.4f   B - A %+8.4f   95%% %+.4f … %+.4f"
              .formatted(
                  p.name(),
                  p.before(),
                  p.after(),
                  p.difference(),
                  p.interval().low(),
                  p.interval().high()));
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> object(Comparison comparison) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("set", comparison.before().set());
    object.put("a", comparison.before().generator());
    object.put("b", comparison.after().generator());
    object.put("samples", comparison.samples());
    object.put("left_out", comparison.left());
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Paired p : comparison.figures()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("figure", p.name());
      one.put("a", p.before());
      one.put("b", p.after());
      one.put("difference", p.difference());
      one.put("interval95", List.of(p.interval().low(), p.interval().high()));
      figures.add(one);
    }
    object.put("figures", figures);
    return object;
  }
}

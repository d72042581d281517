package dev.plantain.cli;

import dev.plantain.eval.set.Benchmark;
import dev.plantain.eval.set.Benchmarks;
import dev.plantain.eval.set.DataCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain eval data}. */
@Command(
    name = "data",
    header = "Check a downloaded benchmark: what is there, what is missing.",
    description = {
      "Without SET: every benchmark of which something is in the folder; if there is",
      "none, all that are known, with their addresses. Nothing is downloaded."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain eval data /data/cityscapes cityscapes")
final class EvalDataCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "The benchmark's folder.")
  private Path folder = Path.of(".");

  @Parameters(index = "1", arity = "0..1", paramLabel = "SET", description = "The benchmark.")
  private @Nullable String set;

  @Option(names = "--json", description = "Print one JSON object for each benchmark.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  EvalDataCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Benchmark> wanted = set == null ? DataCheck.present(folder) : List.of(named(set));
    if (wanted.isEmpty()) {
      if (json) {
        for (Benchmark known : Benchmarks.all()) {
          DataCheck nothing = new DataCheck(known, List.of(), 0, "nothing of it is there");
          console.line(JsonText.line(object(nothing)));
        }
        return ExitCode.INPUT;
      }
      console.line("%s holds nothing of these:".formatted(folder));
      Benchmarks.all().forEach(b -> console.line("  %-16s %s".formatted(b.name(), b.address())));
      return ExitCode.INPUT;
    }
    boolean complete = true;
    for (Benchmark benchmark : wanted) {
      DataCheck check = DataCheck.of(folder, benchmark);
      if (json) {
        console.line(JsonText.line(object(check)));
      } else {
        print(check);
      }
      complete &= check.isComplete();
    }
    return complete ? ExitCode.OK : ExitCode.INPUT;
  }

  static Benchmark named(String name) {
    return Benchmarks.named(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "\"%s\" is no benchmark; there are %s"
                        .formatted(
                            name,
                            String.join(
                                ", ", Benchmarks.all().stream().map(Benchmark::name).toList()))));
  }

  private void print(DataCheck check) {
    Benchmark benchmark = check.benchmark();
    console.line(
        "%s: %s (plantain eval %s --data %s)"
            .formatted(
                benchmark.title(),
                check.isComplete() ? "complete" : "incomplete",
                benchmark.name(),
                folder));
    for (DataCheck.Finding finding : check.findings()) {
      console.line(
          "  %s %d of %d %s: %s"
              .formatted(
                  finding.isComplete() ? "ok     " : "missing",
                  finding.found(),
                  finding.need().count(),
                  finding.need().what(),
                  finding.need().glob()));
    }
    if (check.problem().isEmpty()) {
      console.line("  opens, %d samples".formatted(check.samples()));
    } else {
      console.line("  does not open: " + check.problem());
    }
    console.line("  from   %s".formatted(benchmark.address()));
    console.line("  terms  %s".formatted(benchmark.terms()));
  }

  private static Map<String, Object> object(DataCheck check) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("set", check.benchmark().name());
    object.put("complete", check.isComplete());
    object.put("samples", check.samples());
    List<Map<String, Object>> files = new ArrayList<>();
    for (DataCheck.Finding finding : check.findings()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("files", finding.need().glob());
      one.put("what", finding.need().what());
      one.put("found", finding.found());
      one.put("expected", finding.need().count());
      files.add(one);
    }
    object.put("files", files);
    object.put("problem", check.problem());
    object.put("address", check.benchmark().address());
    object.put("terms", check.benchmark().terms());
    return object;
  }
}

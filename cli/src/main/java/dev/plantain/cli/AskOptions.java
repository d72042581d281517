package dev.plantain.cli;

import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who is asked, in which words, how often. */
final class AskOptions {
  private static final int MAX_VOTES = 1000;

  @Mixin GeneratorOptions drawing = new GeneratorOptions();
  @Mixin DialectOption dialect = new DialectOption();

  @Option(
      names = "--vote",
      paramLabel = "N",
      defaultValue = "1",
      description = "Ask in N ways and merge the answers (default: ${DEFAULT-VALUE}).")
  int votes = 1;

  /** Complains before anything is opened. */
  void validate() throws IOException {
    if (votes < 1 || votes > MAX_VOTES) {
      throw new UsageException("--vote takes 1 to %d, got %d".formatted(MAX_VOTES, votes));
    }
    var _ = drawing.options();
    var _ = drawing.spec();
    var _ = dialect.chosen();
  }

  Vision open() throws IOException {
    Vision vision = Vision.with(drawing.spec()).drawing(drawing.options()).voting(votes);
    return dialect.chosen().map(vision::speaking).orElse(vision);
  }

  /** In which words. */
  static final class DialectOption {
    @Option(
        names = "--dialect",
        paramLabel = "NAME|FILE",
        description = "Ask in this dialect instead of the generator's own.")
    @Nullable String name;

    /** The dialect asked for: built in, or in a file. */
    Optional<Dialect> chosen() throws IOException {
      if (name == null) {
        return Optional.empty();
      }
      String wanted = name;
      Optional<Dialect> builtIn =
          Dialect.builtIn().stream().filter(d -> d.name().equals(wanted)).findFirst();
      if (builtIn.isPresent()) {
        return builtIn;
      }
      Path file = Path.of(wanted);
      if (!Files.isRegularFile(file)) {
        throw new UsageException(
            "--dialect \"%s\" is neither a file nor one of %s"
                .formatted(wanted, Dialect.builtIn().stream().map(Dialect::name).toList()));
      }
      return Optional.of(Dialect.read(file));
    }
  }
}

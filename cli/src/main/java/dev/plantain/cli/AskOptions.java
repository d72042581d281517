package dev.plantain.cli;

import dev.plantain.core.ColourProfile;
import dev.plantain.core.Vision;
import dev.plantain.core.Voting;
import dev.plantain.core.instruct.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who is asked, in which words, how often. */
final class AskOptions {
  @Mixin GeneratorOptions drawing = new GeneratorOptions();
  @Mixin DialectOption dialect = new DialectOption();
  @Mixin VoteOption vote = new VoteOption();

  @Option(
      names = "--profile",
      paramLabel = "FILE|none",
      description = "How the generator distorts colours (default: as plantain calibrate found).")
  @Nullable String profile;

  /** Complains before anything is opened. */
  void validate() throws IOException {
    var _ = vote.voting(Voting.NONE);
    var _ = drawing.options();
    drawing.how.hosted.validate();
    var _ = drawing.spec();
    var _ = dialect.chosen();
    var _ = profile();
  }

  Vision open() throws IOException {
    Vision open = drawing.open();
    Vision vision =
        open.drawing(drawing.options())
            .voting(vote.voting(Voting.of(open.generator().passes())))
            .correcting(profile());
    return dialect.chosen().map(vision::speaking).orElse(vision);
  }

  /** How the generator distorts colours, as far as is known. */
  ColourProfile profile() throws IOException {
    if (profile == null) {
      return Profiles.of(drawing.generator);
    }
    if (profile.equals("none")) {
      return ColourProfile.identity();
    }
    Path file = Path.of(profile);
    if (!Files.isRegularFile(file)) {
      throw new UsageException("--profile \"%s\" is neither a file nor none".formatted(profile));
    }
    return Profiles.read(file);
  }

  /** Says what a run may cost, before it begins. */
  void announce(Console console, int photos, int tasks) {
    drawing.announce(console, (long) photos * tasks * vote.voting(Voting.NONE).most());
  }

  /** How often. */
  static final class VoteOption {
    private static final int MAX_VOTES = 1000;

    /** As many as the follow-up of the paper took for Cityscapes. */
    private static final int MOST_OPEN = 20;

    @Option(
        names = "--vote",
        paramLabel = "N|auto",
        description =
            "Ask in N ways and merge the answers; auto: until the answer is sure (default: 4 of"
                + " sprout, 1 of others).")
    @Nullable String votes;

    @Option(
        names = "--confidence",
        paramLabel = "X",
        defaultValue = "0.75",
        description = "With --vote auto: how sure is sure, 0 to 1 (default: ${DEFAULT-VALUE}).")
    double confidence = 0.75;

    /**
     * What was asked for.
     *
     * @param usual if nothing was
     */
    Voting voting(Voting usual) {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new UsageException("--confidence takes 0 to 1, got %s".formatted(confidence));
      }
      if (votes == null) {
        return usual;
      }
      if (votes.toLowerCase(Locale.ROOT).equals("auto")) {
        return Voting.until(confidence, MOST_OPEN);
      }
      int passes = votes.matches("\\d{1,6}") ? Integer.parseInt(votes) : 0;
      if (passes < 1 || passes > MAX_VOTES) {
        throw new UsageException(
            "--vote takes 1 to %d, or auto, got %s".formatted(MAX_VOTES, votes));
      }
      return Voting.of(passes);
    }
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

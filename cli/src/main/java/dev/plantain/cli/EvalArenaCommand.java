package dev.plantain.cli;

import dev.plantain.core.Generator;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.eval.arena.ArenaServer;
import dev.plantain.eval.arena.Ballots;
import dev.plantain.eval.arena.Contestant;
import dev.plantain.eval.arena.Judging;
import dev.plantain.eval.arena.Prompted;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.set.PromptSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain eval arena}. */
@Command(
    name = "arena",
    header = "Let people judge the pictures of two makers, blind.",
    description = {
      "genai-bench: genai_image.json. imgedit: Basic/basic_edit.json with its pictures.",
      "A and B are folders of pictures called ID.png, or generators, which draw what is",
      "missing into the run. A page on this machine shows pairs, sides by chance; votes",
      "go to RUN/votes.jsonl. The win rate of A is (wins + ties / 2) / votes.",
      "--judge has a language model vote: it sees each pair twice, with the sides",
      "swapped, and its votes are told apart from those of people."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain eval arena genai-bench --data /data/genai --a sprout --b pictures/ -o run")
final class EvalArenaCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 500;

  private final Console console;

  @Parameters(paramLabel = "SET", description = "genai-bench or imgedit.")
  private String set = "";

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The set's folder.")
  private Path data = Path.of(".");

  @Option(
      names = "--a",
      required = true,
      paramLabel = "DIR|SPEC",
      description = "The first maker: pictures, or a generator.")
  private String first = "";

  @Option(
      names = "--b",
      required = true,
      paramLabel = "DIR|SPEC",
      description = "The second maker.")
  private String second = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "RUN",
      description = "Folder of drawings and votes.")
  private Path output = Path.of(".");

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Prompts at most (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(
      names = "--voter",
      paramLabel = "NAME",
      defaultValue = "somebody",
      description = "Who votes (default: ${DEFAULT-VALUE}).")
  private String voter = "somebody";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the page, on 127.0.0.1 (default: any).")
  private int port;

  @Option(names = "--count", description = "Count the votes there are, and serve nothing.")
  private boolean count;

  @Option(names = "--judge", description = "A language model votes, and no page is served.")
  private boolean judge;

  @Mixin private AdviceOptions advice = new AdviceOptions();

  @Mixin private DrawingOptions drawing = new DrawingOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  EvalArenaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Ballots ballots = Ballots.open(output.resolve("votes.jsonl"));
    if (judge) {
      advice.require("--judge");
    }
    if (!count) {
      vote(ballots);
    }
    report(ballots);
    return ExitCode.OK;
  }

  private void vote(Ballots ballots) throws IOException {
    if (limit < 1 || port < 0 || port > 65_535) {
      throw new UsageException("--limit takes 1 or more, --port 0 to 65535");
    }
    List<Prompted> all =
        switch (set.toLowerCase(Locale.ROOT)) {
          case "genai-bench" -> PromptSets.genAiBench(data);
          case "imgedit" -> PromptSets.imgEdit(data);
          default ->
              throw new UsageException(
                  "\"%s\" is no set of prompts; there are genai-bench, imgedit".formatted(set));
        };
    List<Prompted> prompts = all.subList(0, Math.min(limit, all.size()));
    Contestant a = contestant(first, "a", prompts);
    Contestant b = contestant(second, "b", prompts);
    try (Interruption interruption = Interruption.ofThisThread()) {
      if (judge) {
        judge(prompts, a, b, ballots, interruption);
      } else {
        serve(prompts, a, b, ballots, interruption);
      }
    }
  }

  private void serve(
      List<Prompted> prompts,
      Contestant a,
      Contestant b,
      Ballots ballots,
      Interruption interruption)
      throws IOException {
    try (ArenaServer server =
        ArenaServer.start(prompts, a, b, ballots, voter, port, drawing.seed)) {
      console.line("%d pairs to judge: %s".formatted(server.left(), server.address()));
      while (server.left() > 0 && !interruption.happened()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the votes so far count
    }
  }

  private void judge(
      List<Prompted> prompts,
      Contestant a,
      Contestant b,
      Ballots ballots,
      Interruption interruption)
      throws IOException {
    try {
      Judging judging =
          Judging.run(
              prompts,
              a,
              b,
              ballots,
              new AdviserJudge(advice.open(drawing.hosted.terms())),
              console::warn,
              interruption::happened);
      console.line(
          "%d pairs judged; in %d of them it chose the same side both times, which is a tie; %d failed"
              .formatted(judging.judged(), judging.swayed(), judging.failed()));
    } finally {
      advice.close();
    }
  }

  private Contestant contestant(String maker, String name, List<Prompted> prompts)
      throws IOException {
    Path pictures = Path.of(maker);
    if (Files.isDirectory(pictures)) {
      Contestant contestant = new Contestant(maker, pictures);
      // A folder may happen to be called as a generator is; then its pictures tell.
      if (!GeneratorOptions.isName(maker) || contestant.hasSome(prompts)) {
        contestant.requireSome(prompts);
        return contestant;
      }
    }
    drawing.announce(maker, console, prompts.size());
    Contestant contestant = new Contestant(maker, output.resolve(name));
    try (Vision vision = drawing.open(maker)) {
      Generator own = vision.generator();
      Options options = drawing.options();
      int missing =
          contestant.draw(
              (source, prompt) ->
                  source.isPresent()
                      ? Pictures.edit(own, source.get(), prompt, options)
                      : Pictures.generate(own, prompt, options),
              prompts,
              console::warn);
      if (missing > 0) {
        console.warn("%s did not draw %d; those pairs are left out".formatted(maker, missing));
      }
    }
    return contestant;
  }

  private void report(Ballots ballots) {
    for (boolean judge : new boolean[] {false, true}) {
      if (ballots.count(judge) > 0) {
        console.line("%s, %d votes".formatted(judge ? "judge" : "people", ballots.count(judge)));
        for (Figure f : ballots.figures(judge)) {
          console.line(
              "  %-10s %.4f   95%% %.4f … %.4f"
                  .formatted(f.name(), f.value(), f.interval().low(), f.interval().high()));
        }
      }
    }
  }
}

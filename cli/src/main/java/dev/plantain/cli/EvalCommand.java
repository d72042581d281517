package dev.plantain.cli;

import dev.plantain.core.Vision;
import dev.plantain.core.Voting;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Evaluation;
import dev.plantain.eval.Provenance;
import dev.plantain.eval.Report;
import dev.plantain.eval.RunFolder;
import dev.plantain.eval.RunReport;
import dev.plantain.eval.SpoilStudy;
import dev.plantain.eval.Spoiled;
import dev.plantain.eval.VoteStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain eval}. */
@Command(
    name = "eval",
    header = "Measure a generator on a benchmark.",
    description = {
      "diorama: Diorama's own views, rendered now or from shards with --data.",
      "words, synonyms: its things asked for by name, or by words that training never used.",
      "camvid: images/ and labels/ of 11 classes. bsds: images/ and groundTruth/*.mat.",
      "nyu, kitti: photos with nyu*.depth.png, kitti*.depth.png. depth: with NAME.npy.",
      "folder: your own, in the folders that plantain train tune --data reads.",
      "In their official layouts (plantain eval data DIR tells what is missing):",
      "cityscapes, sa-co, refcocog, refcoco, refcoco+, reasonseg, coco, coco-all,",
      "coco-panoptic, coco-object, nyuv2, ibims-1, eth3d, diode, kitti-eigen, nuscenes,",
      "normals-nyuv2, normals-scannet, normals-vkitti, normals-diode, bsds500."
    },
    subcommands = {
      EvalDataCommand.class,
      EvalCompareCommand.class,
      EvalArenaCommand.class,
      EvalRetentionCommand.class
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain eval diorama --split test --limit 100 --json")
final class EvalCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "SET", description = "One of the sets above.")
  private String set = "";

  @Option(names = "--data", paramLabel = "DIR", description = "The set's folder.")
  private @Nullable Path data;

  @Option(
      names = "--classes",
      paramLabel = "A,B,…",
      hideParamSyntax = true,
      split = ",",
      description = "Of folder: names of the indices in labels/, instead of classes.txt.")
  private @Nullable List<String> classes;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "Of diorama: train, validation or test (default: test). Of others as they name them, as"
              + " in val, umd/val; of sa-co its subset.")
  private @Nullable String split;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "RUN",
      description =
          "Keep the run in this folder: drawings, counts of each sample, report.html and report.md."
              + " Cut short, the same command goes on where it stopped.")
  private @Nullable Path output;

  @Option(
      names = "--align",
      paramLabel = "HOW",
      description =
          "Of depth: median-scale, scale-shift, inverse-scale-shift (asks for relative depth),"
              + " log-scale or log-scale-shift, by photo, before it is measured (default: metric).")
  private @Nullable String align;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Photos at most (default: ${DEFAULT-VALUE}).")
  private long limit = 100;

  @Option(
      names = "--view",
      paramLabel = "WxH",
      defaultValue = "128x128",
      converter = SizeConverter.class,
      description = "Of diorama: pixels of a view (default: ${DEFAULT-VALUE}).")
  private SizeConverter.Size view = new SizeConverter.Size(128, 128);

  @Mixin private AskOptions.VoteOption vote = new AskOptions.VoteOption();

  @Option(
      names = "--paired",
      description =
          "With --vote N: each pass on its own, too; the vote against the mean pass, and whether"
              + " confidences are what they say.")
  private boolean paired;

  @Option(
      names = "--spoil",
      paramLabel = "jpeg=Q,size=WxH,shift=S",
      converter = DamageConverter.class,
      description = "Spoil the drawings as services do, and compare with the clean ones.")
  private Spoiled.@Nullable Damage damage;

  @Mixin private GeneratorOptions generator = new GeneratorOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (set.isEmpty()) {
      throw new UsageException("say what to measure with, as in: plantain eval diorama");
    }
    if (limit < 1) {
      throw new UsageException("--limit takes 1 or more, got " + limit);
    }
    Voting asked = vote.voting(Voting.NONE);
    generator.how.hosted.validate();
    if (paired && (damage != null || asked.most() < 2 || asked.least() != asked.most())) {
      throw new UsageException("--paired goes with --vote N, N 2 or more, and not with --spoil");
    }
    if (set.equalsIgnoreCase("coco-panoptic") && (paired || damage != null)) {
      throw new UsageException(
          "--paired and --spoil measure drawings one by one; an answer of coco-panoptic is put"
              + " together from several");
    }
    if (output != null && (paired || damage != null)) {
      throw new UsageException("-o keeps plain runs, not --paired or --spoil");
    }
    EvalSet opened =
        EvalSets.aligned(
            new EvalSets(set, data, classes, split, limit, view, console::warn).open(), align);
    long total = Math.min(limit, opened.size());
    // Diorama asks up to eight questions of a view; others fewer.
    generator.announce(console, 8 * total * asked.most() * (damage == null ? 1 : 2));
    if (paired || damage != null) {
      return study(opened, total);
    }
    Report report = output == null ? plain(opened, total) : kept(output, opened, total);
    if (json) {
      console.line(JsonText.line(ReportText.object(report)));
    } else {
      ReportText.lines(report).forEach(console::line);
      if (output != null) {
        console.line("report: " + output.resolve("report.html"));
      }
    }
    return ExitCode.OK;
  }

  private Report plain(EvalSet opened, long total) throws IOException {
    try (Vision vision = vision();
        Progress progress = new Progress(console, total, "eval " + set)) {
      return Evaluation.run(
          vision, generator.how.seed, opened, limit, generator.atOnce(), null, progress::at);
    }
  }

  private Report kept(Path folder, EvalSet opened, long total) throws IOException {
    try (Vision plain = vision();
        RunFolder run =
            RunFolder.open(
                folder,
                Provenance.now(
                    opened.name(),
                    plain.generator().traits().name(),
                    generator.how.seed,
                    asking(voting(plain)),
                    plain.generator().about()));
        Progress progress = new Progress(console, total, "eval " + set)) {
      Vision vision =
          Vision.with(run.keeping(plain.generator()))
              .drawing(generator.options())
              .correcting(Profiles.of(generator.generator))
              .voting(voting(plain));
      Report report =
          Evaluation.run(
              vision, generator.how.seed, opened, limit, generator.atOnce(), run, progress::at);
      RunReport.write(run, vision, opened, report);
      return report;
    }
  }

  /** All that changes what is asked and how it is read, but for set, generator and seed. */
  private String asking(Voting voting) throws IOException {
    return "vote %s, drawn at %s%s%s"
        .formatted(
            voting.least() == voting.most()
                ? Integer.toString(voting.most())
                : "auto until %s sure".formatted(vote.confidence),
            generator.how.size == null ? "the generator's size" : generator.how.size,
            set.equalsIgnoreCase("diorama")
                ? ", views of " + view.width() + " x " + view.height()
                : "",
            Profiles.mark(generator.generator)
                .map(", colours corrected by profile %s"::formatted)
                .orElse(""));
  }

  private Vision vision() throws IOException {
    Vision open = generator.open();
    return open.drawing(generator.options())
        .voting(voting(open))
        .correcting(Profiles.of(generator.generator));
  }

  private Voting voting(Vision vision) {
    return vote.voting(Voting.of(vision.generator().passes()));
  }

  private int study(EvalSet opened, long total) throws IOException {
    try (Vision plain = vision();
        Progress progress = new Progress(console, total, "eval " + set)) {
      StudyReport report =
          damage == null
              ? StudyReport.of(
                  VoteStudy.run(
                      plain,
                      generator.how.seed,
                      voting(plain).most(),
                      opened,
                      limit,
                      n -> progress.step()))
              : StudyReport.of(
                  SpoilStudy.run(
                      plain,
                      Vision.with(new Spoiled(plain.generator(), damage))
                          .drawing(generator.options())
                          .correcting(Profiles.of(generator.generator))
                          .voting(voting(plain)),
                      opened,
                      limit,
                      n -> progress.step()));
      if (json) {
        console.line(JsonText.line(report.object(generator.how.seed)));
      } else {
        report.lines().forEach(console::line);
      }
    }
    return ExitCode.OK;
  }
}

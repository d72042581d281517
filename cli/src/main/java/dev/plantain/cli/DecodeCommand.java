package dev.plantain.cli;

import dev.plantain.core.Image;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.formats.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain decode}: reads a drawing that anyone made. */
@Command(
    name = "decode",
    header = "Read a drawing that any generator, or a person, made of a photo.",
    synopsisSubcommandLabel = "TASK",
    subcommands = {
      DecodeCommand.OfDepth.class,
      DecodeCommand.OfNormals.class,
      DecodeCommand.OfSegment.class,
      DecodeCommand.OfInstances.class,
      DecodeCommand.OfRefer.class,
      DecodeCommand.OfEdges.class
    },
    footerHeading = "%nExample:%n",
    footer = "  plantain decode depth drawing.png --source photo.jpg --ply")
final class DecodeCommand implements Runnable {
  /** A drawing may differ from its photo's shape by this much. */
  private static final double ASPECT_TOLERANCE = 0.02;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    throw new UsageException(
        "say which task, as in: plantain decode depth drawing.png --source photo.jpg");
  }

  /** What reading drawings of all tasks has in common. */
  abstract static class OfTask implements Callable<Integer> {
    private final Console console;

    @Option(
        names = "--source",
        required = true,
        paramLabel = "PHOTO",
        description = "The photo it was drawn from.")
    private Path source = Path.of("");

    @Mixin private AskOptions.DialectOption dialect = new AskOptions.DialectOption();
    @Mixin private OutputOptions output = new OutputOptions();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private CommonOptions common = new CommonOptions();

    OfTask(Console console) {
      this.console = console;
    }

    abstract Path drawing();

    abstract Job job();

    @Override
    public Integer call() throws Exception {
      Dialect spoken = dialect.chosen().orElseGet(Dialect::paper);
      var _ = job().task().ask(spoken);
      if (Files.isDirectory(source)) {
        throw new UsageException(
            "--source is the one photo the drawing was made from; %s is a folder"
                .formatted(source));
      }
      Image drawn = PhotoRun.read(drawing()).image();
      Image photo = PhotoRun.read(source).image();
      requireShape(drawn, photo);
      Vision vision =
          Vision.with(new Drawn(drawn, drawing().toString(), Dialect.paper().name()))
              .speaking(spoken);
      return new Answering(console, output, job()).over(Inputs.of(source), () -> vision);
    }

    private void requireShape(Image drawn, Image photo) throws InputException {
      double ratio =
          (double) drawn.width() * photo.height() / ((double) drawn.height() * photo.width());
      if (Math.abs(ratio - 1) > ASPECT_TOLERANCE) {
        throw new InputException(
            "%s (%d x %d) has another shape than %s (%d x %d); crop it to the part that shows the photo"
                .formatted(
                    drawing(),
                    drawn.width(),
                    drawn.height(),
                    source,
                    photo.width(),
                    photo.height()));
      }
    }
  }

  /** A drawing as the only argument. */
  abstract static class OfDrawing extends OfTask {
    @Parameters(index = "0", paramLabel = "DRAWING", description = "The picture to read.")
    private Path drawing = Path.of("");

    OfDrawing(Console console) {
      super(console);
    }

    @Override
    Path drawing() {
      return drawing;
    }
  }

  /** {@code plantain decode depth}. */
  @Command(name = "depth", header = "Read a drawing of depth.", sortOptions = false)
  static final class OfDepth extends OfDrawing {
    @Mixin private DepthJob job = new DepthJob();

    OfDepth(Console console) {
      super(console);
    }

    @Override
    Job job() {
      return job;
    }
  }

  /** {@code plantain decode normals}. */
  @Command(name = "normals", header = "Read a drawing of normals.", sortOptions = false)
  static final class OfNormals extends OfDrawing {
    @Mixin private NormalsJob job = new NormalsJob();

    OfNormals(Console console) {
      super(console);
    }

    @Override
    Job job() {
      return job;
    }
  }

  /** {@code plantain decode segment}. */
  @Command(name = "segment", header = "Read a drawing of classes.", sortOptions = false)
  static final class OfSegment extends OfDrawing {
    @Mixin private SegmentJob job = new SegmentJob();

    OfSegment(Console console) {
      super(console);
    }

    @Override
    Job job() {
      return job;
    }
  }

  /** {@code plantain decode instances}. */
  @Command(name = "instances", header = "Read a drawing of instances.", sortOptions = false)
  static final class OfInstances extends OfDrawing {
    @Mixin private InstancesJob job = new InstancesJob();

    OfInstances(Console console) {
      super(console);
    }

    @Override
    Job job() {
      return job;
    }
  }

  /** {@code plantain decode refer}. */
  @Command(name = "refer", header = "Read a drawing of a phrase.", sortOptions = false)
  static final class OfRefer extends OfTask {
    @Parameters(index = "0", paramLabel = "PHRASE", description = "What was asked for.")
    private String phrase = "";

    @Parameters(index = "1", paramLabel = "DRAWING", description = "The picture to read.")
    private Path drawing = Path.of("");

    @Mixin private ReferJob job = new ReferJob();

    OfRefer(Console console) {
      super(console);
    }

    @Override
    Path drawing() {
      return drawing;
    }

    @Override
    Job job() {
      job.phrases(List.of(phrase));
      return job;
    }
  }

  /** {@code plantain decode edges}. */
  @Command(name = "edges", header = "Read a drawing of edges.", sortOptions = false)
  static final class OfEdges extends OfDrawing {
    private final EdgesJob job = new EdgesJob();

    OfEdges(Console console) {
      super(console);
    }

    @Override
    Job job() {
      return job;
    }
  }
}

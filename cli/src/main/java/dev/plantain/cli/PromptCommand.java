package dev.plantain.cli;

import dev.plantain.core.Edges;
import dev.plantain.core.Normals;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain prompt}: says what would be asked, to paste into any image generator. */
@Command(
    name = "prompt",
    header = "Print what would be asked; plantain decode reads what is drawn.",
    synopsisSubcommandLabel = "TASK",
    subcommands = {
      PromptCommand.OfDepth.class,
      PromptCommand.OfNormals.class,
      PromptCommand.OfSegment.class,
      PromptCommand.OfInstances.class,
      PromptCommand.OfRefer.class,
      PromptCommand.OfEdges.class
    },
    footerHeading = "%nExample:%n",
    footer = "  plantain prompt segment --classes sofa,lamp=yellow")
final class PromptCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    throw new UsageException("say which task, as in: plantain prompt depth");
  }

  /** What the prompts of all tasks have in common. */
  abstract static class OfTask implements Callable<Integer> {
    private final Console console;

    @Mixin AskOptions.DialectOption dialect = new AskOptions.DialectOption();

    @Option(
        names = "--wording",
        paramLabel = "N",
        defaultValue = "0",
        description = "Ask in other words and colours; 0 is the usual way.")
    long wording;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    OfTask(Console console) {
      this.console = console;
    }

    abstract Task<?> task();

    @Override
    public Integer call() throws Exception {
      Dialect spoken = dialect.chosen().orElseGet(Dialect::paper);
      Task<?> task = task().variant(wording);
      Instruction instruction = task.ask(spoken);
      if (json) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("task", task.name());
        object.put("dialect", spoken.name());
        object.put("prompt", instruction.text());
        console.line(JsonText.line(object));
      } else {
        console.line(instruction.text());
      }
      return ExitCode.OK;
    }
  }

  /** {@code plantain prompt depth}. */
  @Command(name = "depth", header = "What would be asked for depth.", sortOptions = false)
  static final class OfDepth extends OfTask {
    @Mixin private DepthOptions asked = new DepthOptions();

    OfDepth(Console console) {
      super(console);
    }

    @Override
    Task<?> task() {
      return asked.task();
    }
  }

  /** {@code plantain prompt normals}. */
  @Command(name = "normals", header = "What would be asked for normals.", sortOptions = false)
  static final class OfNormals extends OfTask {
    OfNormals(Console console) {
      super(console);
    }

    @Override
    Task<?> task() {
      return Normals.camera();
    }
  }

  /** {@code plantain prompt segment}. */
  @Command(name = "segment", header = "What would be asked for classes.", sortOptions = false)
  static final class OfSegment extends OfTask {
    @Mixin private SegmentOptions asked = new SegmentOptions();

    OfSegment(Console console) {
      super(console);
    }

    @Override
    Task<?> task() {
      return asked.task();
    }
  }

  /** {@code plantain prompt instances}. */
  @Command(name = "instances", header = "What would be asked for instances.", sortOptions = false)
  static final class OfInstances extends OfTask {
    @Mixin private InstancesOptions asked = new InstancesOptions();

    OfInstances(Console console) {
      super(console);
    }

    @Override
    Task<?> task() {
      return asked.task();
    }
  }

  /** {@code plantain prompt refer}. */
  @Command(name = "refer", header = "What would be asked for phrases.", sortOptions = false)
  static final class OfRefer extends OfTask {
    @Parameters(arity = "1..*", paramLabel = "PHRASE", description = "What to find, in free words.")
    private List<String> phrases = List.of();

    @Mixin private ReferOptions asked = new ReferOptions();

    OfRefer(Console console) {
      super(console);
    }

    @Override
    Task<?> task() {
      return asked.task(phrases);
    }
  }

  /** {@code plantain prompt edges}. */
  @Command(name = "edges", header = "What would be asked for edges.", sortOptions = false)
  static final class OfEdges extends OfTask {
    OfEdges(Console console) {
      super(console);
    }

    @Override
    Task<?> task() {
      return Edges.boundaries();
    }
  }
}

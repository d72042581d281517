package dev.plantain.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command with its sub-commands. */
final class Plantain {
  private static final List<Class<?>> COMMANDS =
      List.of(
          SeeCommand.class,
          DepthCommand.class,
          NormalsCommand.class,
          SegmentCommand.class,
          InstancesCommand.class,
          ReferCommand.class,
          EdgesCommand.class,
          MeasureCommand.class,
          GenerateCommand.class,
          EditCommand.class,
          PromptCommand.class,
          DecodeCommand.class,
          ModelsCommand.class,
          CalibrateCommand.class,
          CacheCommand.class,
          EvalCommand.class,
          DioramaCommand.class,
          TrainCommand.class,
          StudyCommand.class,
          WarmUpCommand.class);

  private final Console console;

  Plantain(Console console) {
    this.console = console;
  }

  /** The command alone: prints its help. */
  @Command(
      name = "plantain",
      header = "Computer vision by image generation: a photo in, measurements out.",
      versionProvider = Version.class,
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      footerHeading = "%nExample:%n",
      footer = {
        "  plantain see photo.jpg",
        "",
        "plantain COMMAND --help explains a command. Exit codes: 0 done, 2 wrong usage,",
        "3 a file cannot be read or written, 4 the generator did not draw an answer,",
        "130 interrupted, 1 a defect."
      })
  static final class Root implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private DebugOption debug = new DebugOption();

    @Override
    public void run() {
      throw new UsageException("say what to do, as in: plantain see photo.jpg (--help lists all)");
    }
  }

  /** Names of the sub-commands people use. */
  static List<String> names() {
    return COMMANDS.stream()
        .map(type -> type.getAnnotation(Command.class))
        .filter(command -> !command.hidden())
        .map(Command::name)
        .toList();
  }

  /**
   * Runs one command line.
   *
   * @return the exit code
   */
  int run(String... args) {
    boolean debug = List.of(args).contains("--debug");
    try {
      return commandLine(debug, args).execute(args);
    } catch (Throwable e) {
      return fail(e, debug);
    }
  }

  /**
   * The parser. Only the sub-commands that the arguments name are there in full, the others as a
   * line of help: to look at the options of all takes longer than the rest of {@code --help}.
   */
  CommandLine commandLine(boolean debug, String... args) {
    Making making = new Making(console);
    CommandLine line = new CommandLine(new Root(), making);
    for (Class<?> type : COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      if (List.of(args).contains(command.name())) {
        line.addSubcommand(new CommandLine(type, making));
      } else {
        CommandSpec outline = CommandSpec.create();
        outline.usageMessage().header(command.header()).hidden(command.hidden());
        line.addSubcommand(command.name(), outline);
      }
    }
    return line.setOut(console.out())
        .setErr(console.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.terminal() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler((e, all) -> misused(e))
        .setExecutionExceptionHandler((e, command, parsed) -> fail(e, debug));
  }

  private int misused(ParameterException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        message +=
            "; did you mean " + String.join(" or ", near.subList(0, Math.min(2, near.size())));
      }
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    console.err().println("error: %s (%s --help explains)".formatted(message, command));
    console.err().flush();
    return ExitCode.USAGE;
  }

  private int fail(Throwable thrown, boolean debug) {
    Failure failure = Failure.of(thrown);
    console.err().println("error: " + failure.message());
    if (debug) {
      thrown.printStackTrace(console.err());
    }
    console.err().flush();
    return failure.code();
  }
}

package dev.plantain.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that do one {@link Job} on photos have in common. */
abstract class TaskCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "PHOTO",
      description = "A picture, or a folder of pictures.")
  Path photo = Path.of("");

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin AskOptions asking = new AskOptions();
  @Mixin DebugOption debug = new DebugOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  TaskCommand(Console console) {
    this.console = console;
  }

  abstract Job job();

  @Override
  public Integer call() throws Exception {
    asking.validate();
    job().task();
    return new Answering(console, output, job()).over(Inputs.of(photo), asking::open);
  }
}

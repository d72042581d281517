package dev.plantain.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
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
  @Mixin CommonOptions common = new CommonOptions();

  TaskCommand(Console console) {
    this.console = console;
  }

  abstract Job job();

  /** Called before anything is opened: completes the job, or complains. */
  void prepare() throws IOException {}

  /** Called when all is done. */
  void release() {}

  @Override
  public Integer call() throws Exception {
    asking.validate();
    prepare();
    Inputs inputs = Inputs.of(photo);
    job().validate(inputs);
    asking.announce(console, inputs.photos().size(), job().drawings());
    try {
      return new Answering(console, output, job(), asking.drawing.atOnce())
          .over(inputs, asking::open);
    } finally {
      release();
    }
  }
}

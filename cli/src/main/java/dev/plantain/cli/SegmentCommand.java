package dev.plantain.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain segment}. */
@Command(
    name = "segment",
    header = "Which class every pixel is of; any words may be a class.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain segment photo.jpg --classes sofa,lamp,wall=#808080 --coco")
final class SegmentCommand extends TaskCommand {
  @Mixin private SegmentJob job = new SegmentJob();

  @Option(
      names = "--discover",
      description = "Instead of --classes: those that a language model finds in the photo.")
  private boolean discover;

  @Option(
      names = "--plan",
      description = "Have a language model list what is there, and hold the drawing against it.")
  private boolean plan;

  @Mixin private AdviceOptions advice = new AdviceOptions();

  SegmentCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }

  @Override
  void prepare() throws IOException {
    job.asked.profile = asking.profile();
    if (discover && plan) {
      throw new UsageException("--plan finds classes by itself; leave --discover out");
    }
    if (discover) {
      advice.require("--discover");
      job.discover(photo -> advice.open(asking.drawing.how.hosted.terms()).discover(photo));
    }
    if (plan) {
      advice.require("--plan");
      List<String> classes = job.asked.classes.isBlank() ? List.of() : job.asked.task().classes();
      job.plan(
          photo ->
              advice
                  .open(asking.drawing.how.hosted.terms())
                  .plan(photo, classes, job.asked.backgroundRgb()));
    }
  }

  @Override
  void release() {
    advice.close();
  }
}

package dev.plantain.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain instances}. */
@Command(
    name = "instances",
    header = "Every single thing of one class.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain instances photos/ --of chair --yolo")
final class InstancesCommand extends TaskCommand {
  @Mixin private InstancesJob job = new InstancesJob();

  @Option(names = "--gate", description = "Ask a language model first whether there is one at all.")
  private boolean gate;

  @Option(
      names = "--plan",
      description = "Have a language model list them, and hold the drawing against it.")
  private boolean plan;

  @Mixin private AdviceOptions advice = new AdviceOptions();

  InstancesCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }

  @Override
  void prepare() {
    String phrase = job.asked.task().phrase();
    if (gate) {
      advice.require("--gate");
      job.gate(photo -> advice.open(asking.drawing.how.hosted.terms()).present(photo, phrase));
    }
    if (plan) {
      advice.require("--plan");
      job.plan(
          photo ->
              advice
                  .open(asking.drawing.how.hosted.terms())
                  .plan(photo, List.of(phrase), job.asked.background));
    }
  }

  @Override
  void release() {
    advice.close();
  }
}

package dev.plantain.cli;

import dev.plantain.core.Depth;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.DepthScheme;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to ask about depth. */
final class DepthOptions {
  @Option(
      names = "--relative",
      description = "Ask for relative depth, for generators that know no metres.")
  boolean relative;

  @Option(
      names = "--colours",
      paramLabel = "SCHEME",
      description = "False colours to ask for: ${COMPLETION-CANDIDATES}.")
  @Nullable DepthScheme colours;

  Task<?> task() {
    if (relative && colours != null) {
      throw new UsageException("--colours goes with metric depth; relative depth is grey");
    }
    return relative ? Depth.relative() : metric();
  }

  Depth.Metric metric() {
    return colours == null ? Depth.metric() : Depth.metric().in(colours);
  }
}

package dev.plantain.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every sub-command takes. */
final class CommonOptions {
  @Mixin
  @SuppressWarnings("UnusedVariable")
  private DebugOption debug = new DebugOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable")
  private boolean help;
}

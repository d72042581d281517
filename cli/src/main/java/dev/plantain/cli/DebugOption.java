package dev.plantain.cli;

import picocli.CommandLine.Option;

/** Accepted everywhere; {@link Plantain#run} looks for it before anything else. */
final class DebugOption {
  @Option(names = "--debug", description = "Print a stack trace with an error.")
  boolean debug;
}

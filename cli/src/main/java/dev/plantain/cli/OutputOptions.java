package dev.plantain.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "plantain-out",
      description = "Where files go; a folder in it for each photo (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of("plantain-out");

  @Option(names = "--json", description = "Print one JSON object per input instead of text.")
  boolean json;
}

package dev.plantain.cli;

/** How the process ends. Interrupted, it ends with 130, as shells expect. */
final class ExitCode {
  static final int OK = 0;

  /** A defect of Plantain's. */
  static final int INTERNAL = 1;

  /** The command line asks for something that cannot be. */
  static final int USAGE = 2;

  /** A file cannot be read or written. */
  static final int INPUT = 3;

  /** The generator did not draw, what it drew is no answer, or it came to nothing in training. */
  static final int GENERATOR = 4;

  static final int INTERRUPTED = 130;

  private ExitCode() {}
}

package dev.plantain.cli;

import java.io.PrintWriter;

/** Where the process starts. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Nothing here opens a window; without this, drawing letters looks for a display.
    System.setProperty("java.awt.headless", "true");
    Leftovers.sweepOnInterrupt();
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    boolean terminal = Boolean.getBoolean("plantain.terminal");
    int code = new Plantain(new Console(out, err, terminal)).run(args);
    out.flush();
    err.flush();
    // Not a plain return: threads of native libraries may outlive the work.
    Runtime.getRuntime().halt(code);
  }
}

package dev.plantain.eval.set;

import dev.plantain.eval.EvalSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A public benchmark: where it comes from, what a download holds, and how it is opened. Nothing is
 * ever downloaded by Plantain.
 *
 * @param name as commands take it: {@code cityscapes}
 * @param title for people
 * @param address the official one
 * @param terms what is known of the data's licence
 * @param splits that can be opened, the usual one first
 * @param needs the files of the usual split
 * @param opener opens a split
 */
public record Benchmark(
    String name,
    String title,
    String address,
    String terms,
    List<String> splits,
    List<Need> needs,
    Opener opener) {
  public Benchmark {
    splits = List.copyOf(splits);
    needs = List.copyOf(needs);
  }

  /**
   * Files of one kind.
   *
   * @param glob below the set's folder; several places are told apart by {@code |}
   * @param count of the whole set
   * @param what they are
   */
  public record Need(String glob, int count, String what) {}

  /** Opens a split of a downloaded set. */
  @FunctionalInterface
  public interface Opener {
    EvalSet open(Path folder, String split) throws IOException;
  }
}

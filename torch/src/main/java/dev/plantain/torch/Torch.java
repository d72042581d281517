package dev.plantain.torch;

import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.global.torch;

/** The native library as a whole: threads, gradients, what the processor can do. */
public final class Torch {
  static {
    // JavaCPP guards resident memory at four times the heap and counts mapped weights, and frees
    // pointers by garbage collection; here scopes own every tensor instead. Properties must be set
    // before the first JavaCPP class loads; a value given on the command line wins.
    setIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", "0");
    setIfAbsent("org.bytedeco.javacpp.maxbytes", "0");
    setIfAbsent("org.bytedeco.javacpp.nopointergc", "true");
    // OpenBLAS's own threads wait by yielding: on a busy machine every small product then takes a
    // time slice. Convolutions, where the work is, run on OpenMP threads and are not touched.
    // Read when the library loads.
    Environment.setIfAbsent("OPENBLAS_NUM_THREADS", "1");
  }

  private Torch() {}

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Loads nothing itself; makes sure the settings above precede JavaCPP. */
  static void prepare() {
    // The static initialiser has run.
  }

  /** Threads that one operation may use. */
  public static void threads(int count) {
    torch.set_num_threads(count);
  }

  public static int threads() {
    return torch.get_num_threads();
  }

  /** Operations on this thread record no gradients until the result is closed. */
  public static AutoGradMode withoutGradients() {
    return new AutoGradMode(false);
  }
}

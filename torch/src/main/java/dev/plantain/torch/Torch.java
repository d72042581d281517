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
    if (Processor.has("avx512f", "avx512bw", "avx512dq", "avx512vl")) {
      // Neither library chooses its AVX-512 kernels by itself on processors newer than it is.
      Environment.setIfAbsent("ATEN_CPU_CAPABILITY", "avx512");
      Environment.setIfAbsent("OPENBLAS_CORETYPE", "SKYLAKEX");
    }
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

  /** For long runs that ask for the same large amounts of memory again and again. */
  public static void keepFreedMemory() {
    Environment.keepFreedMemory();
  }

  /**
   * For training: batches have prompts and photos in ever new numbers, and oneDNN generates code
   * for each. It forgets what it made for all but the last 1,024 layers and shapes; now it does
   * not. Before the first operation, or without effect.
   */
  public static void keepKernels() {
    Environment.setIfAbsent("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384");
  }

  /** The vector instructions that libtorch's own kernels were chosen for, such as AVX2. */
  public static String instructions() {
    return torch.get_cpu_capability().getString();
  }

  /** Operations on this thread record no gradients until the result is closed. */
  public static AutoGradMode withoutGradients() {
    return new AutoGradMode(false);
  }
}

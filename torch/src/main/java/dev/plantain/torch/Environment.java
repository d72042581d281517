package dev.plantain.torch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The process's environment as native libraries see it, which Java itself cannot change. */
final class Environment {
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_MMAP_THRESHOLD = -3;

  private Environment() {}

  /** Sets a variable unless the user has; on a system without {@code setenv}, does nothing. */
  @SuppressWarnings("restricted")
  static void setIfAbsent(String name, String value) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
    if (System.getenv(name) != null || setenv.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          (int)
              linker
                  .downcallHandle(
                      setenv.get(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (Throwable e) {
      throw new IllegalStateException("setenv failed for " + name, e);
    }
  }

  /**
   * Has glibc keep memory that is freed instead of giving it back to the system, which clears every
   * page again when it is asked for: a training step frees and asks for gigabytes. Does nothing
   * where there is no {@code mallopt}.
   */
  @SuppressWarnings("restricted")
  static void keepFreedMemory() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> mallopt = linker.defaultLookup().find("mallopt");
    if (mallopt.isEmpty()) {
      return;
    }
    MethodHandle call =
        linker.downcallHandle(
            mallopt.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int trimThreshold = (int) call.invokeExact(M_TRIM_THRESHOLD, Integer.MAX_VALUE);
      int mmapThreshold = (int) call.invokeExact(M_MMAP_THRESHOLD, Integer.MAX_VALUE);
      if (trimThreshold != 1 || mmapThreshold != 1) {
        System.getLogger(Environment.class.getName())
            .log(System.Logger.Level.DEBUG, "mallopt declined; training will be slower");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("mallopt failed", e);
    }
  }

  private static final int MADV_DONTNEED = 4;
  private static final long PAGE_BYTES = 4096;

  /**
   * Tells the system that a mapped file's bytes are not needed for now. Does nothing where there is
   * no {@code madvise}, as a matter of speed only.
   */
  @SuppressWarnings("restricted")
  static void forget(MemorySegment mapped) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> madvise = linker.defaultLookup().find("madvise");
    long begin = (mapped.address() + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    long end = (mapped.address() + mapped.byteSize()) / PAGE_BYTES * PAGE_BYTES;
    if (madvise.isEmpty() || end <= begin) {
      return;
    }
    MethodHandle call =
        linker.downcallHandle(
            madvise.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));
    try {
      int _ = (int) call.invokeExact(MemorySegment.ofAddress(begin), end - begin, MADV_DONTNEED);
    } catch (Throwable e) {
      throw new IllegalStateException("madvise failed", e);
    }
  }
}

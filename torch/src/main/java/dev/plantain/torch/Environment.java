package dev.plantain.torch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The process's environment as native libraries see it, which Java itself cannot change. */
final class Environment {
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
}

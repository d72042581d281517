package dev.plantain.formats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** What is written. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything; does not close. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes beside the file under another name, then moves it in place. Makes missing folders.
   *
   * @throws OutputException if it cannot be written; nothing is left behind
   */
  public static void write(Path file, Body body) throws OutputException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new OutputException(file + " is a directory; name a file in it");
    }
    Path part = null;
    try {
      Files.createDirectories(folder);
      // Not a temporary file of the JDK: that would stay hidden from other users.
      String other = Long.toHexString(ThreadLocalRandom.current().nextLong());
      part = Files.createFile(folder.resolve(".%s%s.part".formatted(target.getFileName(), other)));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        body.write(out);
      }
      try {
        Files.move(
            part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
      part = null;
    } catch (OutputException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new OutputException(file + " cannot be written: permission denied", e);
    } catch (FileSystemException e) {
      String reason = e.getReason();
      throw new OutputException(
          "%s cannot be written: %s".formatted(file, reason == null ? e.getMessage() : reason), e);
    } catch (IOException e) {
      throw new OutputException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    } finally {
      if (part != null) {
        part.toFile().delete();
      }
    }
  }
}

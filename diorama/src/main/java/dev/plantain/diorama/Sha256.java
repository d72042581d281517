package dev.plantain.diorama;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of files: 64 hexadecimal digits. */
final class Sha256 {
  private Sha256() {}

  static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    add(digest, file);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a folder's files with their names. */
  static String of(Path folder, List<Path> files) throws IOException {
    MessageDigest digest = digest();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      digest.update((name + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
      add(digest, file);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

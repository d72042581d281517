package dev.plantain.hosted;

import dev.plantain.core.Image;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a question: SHA-256 of all that can change its answer. */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    add(kind);
  }

  /** Adds a text; its length goes along, so that "ab", "c" is not "a", "bc". */
  Fingerprint add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  Fingerprint add(Image image) {
    digest.update(ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height()).array());
    return add(image.rgb8());
  }

  private Fingerprint add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  /** 64 hexadecimal digits. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

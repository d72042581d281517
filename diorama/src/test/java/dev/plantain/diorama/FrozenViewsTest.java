package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plantain.core.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seed goes on giving the view it gave, to the last bit: trained weights and published figures
 * rest on it. What changes one of these must be opt-in or a new {@link Diorama#VERSION}.
 */
class FrozenViewsTest {
  @TempDir Path folder;

  @BeforeEach
  void onThisPlatform() {
    // Java leaves the last bit of powers and angles to the processor's library.
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "fingerprints are those of x86-64");
  }

  @Test
  void viewsOfATinyLibrary() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    assertThat(fingerprint(diorama, Split.TRAIN, 12, 48))
        .isEqualTo("ca0ef6c1b156aed9c610ed6014449eb490d4a92ef7154e6adf206d85774bf6fd");
    assertThat(fingerprint(diorama, Split.TEST, 6, 64))
        .isEqualTo("1a8f0681baa00d7f42ce71280aa14682201ef3c4900fcaa91993dd04ef97bf04");
  }

  @Test
  @Tag("slow")
  void viewsOfTheRealLibraries() {
    Diorama diorama = Diorama.open(libraries(), w -> {});
    assertThat(fingerprint(diorama, Split.TRAIN, 32, 128))
        .isEqualTo("c62f53f2f82c259abc2e6c3bbf1b9dcfef8b3d31110cf302138f876d9c5323d9");
    assertThat(fingerprint(diorama, Split.VALIDATION, 16, 128))
        .isEqualTo("9e7354e1f3feaba2d14f1bda55fe11a1f13f396f1eb55707841c358f96c92ee2");
    assertThat(fingerprint(diorama, Split.TEST, 32, 128))
        .isEqualTo("dc88c9d13dccc4c196fb0f00d325410597a5c18d2f5a6d5bb3b5567c4cc603e4");
    assertThat(fingerprint(diorama, Split.TEST, 4, 256))
        .isEqualTo("40cbe4650384b1e42c7cb595b78aee3971da52ca7a7449c42af93be54d34ee9d");
  }

  private static List<Path> libraries() {
    try {
      return Diorama.installedLibraries();
    } catch (UncheckedIOException e) {
      assumeTrue(false, e.getMessage());
      return List.of();
    }
  }

  /** Of everything in the first views: answers, texts, pictures and edits. */
  static String fingerprint(Diorama diorama, Split split, int count, int size) {
    MessageDigest digest = sha256();
    diorama
        .views(split, 0, size, size)
        .limit(count)
        .forEach(
            v -> {
              floats(digest, v.depthMetres());
              floats(digest, v.normals());
              ByteBuffer ids = ByteBuffer.allocate(2 * v.thingIds().length);
              ids.asShortBuffer().put(v.thingIds());
              digest.update(ids.array());
              digest.update(v.edges());
              image(digest, v.photo());
              digest.update(ViewCodec.json(v).toString().getBytes(StandardCharsets.UTF_8));
              for (Edit edit : v.edits()) {
                image(digest, edit.after());
                if (edit.before() != null) {
                  image(digest, edit.before());
                }
              }
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void image(MessageDigest digest, Image image) {
    digest.update(image.rgb8());
  }

  private static void floats(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

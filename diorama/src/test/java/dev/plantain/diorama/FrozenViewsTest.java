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
        .isEqualTo("79db2b536542eb876b94b33d98aa22213b57a610df0520f36f2d579b1ae9eea7");
  }

  @Test
  @Tag("slow")
  void viewsOfTheRealLibraries() {
    Diorama diorama = Diorama.open(libraries(), w -> {});
    assertThat(fingerprint(diorama, Split.TRAIN, 32, 128))
        .isEqualTo("6a05c4b8e9a0e4b3c72dcc20b6bdb60992c35b8b30aed95adc0701aede25f914");
    assertThat(fingerprint(diorama, Split.VALIDATION, 16, 128))
        .isEqualTo("b9c2aa09ee168f700d5b3beb2d7c5bb46ead87f1e398d2fda1d750e16fe93392");
    assertThat(fingerprint(diorama, Split.TEST, 32, 128))
        .isEqualTo("7ead2533ea9a693ef4e3dee01049c23e26e5585f2df8a3b5ffd996382274cf0d");
    assertThat(fingerprint(diorama, Split.TEST, 4, 256))
        .isEqualTo("e2f9c9558cf18d924183d47dff75b56b47438dcbac1139d078be386261df97ba");
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

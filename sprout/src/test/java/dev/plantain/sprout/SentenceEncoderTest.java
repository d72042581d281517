package dev.plantain.sprout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentenceEncoderTest {
  private static SentenceEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = new SentenceEncoder();
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private static double cosine(String a, String b) {
    return encoder.encode(a).cosine(encoder.encode(b));
  }

  @Test
  void synonymsAreNear() {
    assertThat(cosine("sofa", "couch")).isGreaterThan(cosine("sofa", "refrigerator") + 0.1);
    assertThat(cosine("television", "tv")).isGreaterThan(cosine("television", "rug") + 0.1);
  }

  @Test
  void longAndEmptyTextsAreFine() {
    assertThat(encoder.encode("").count()).isZero();
    assertThat(encoder.encode("word ".repeat(5000)).count()).isEqualTo(62);
  }

  @Test
  void aTextAloneAndAmongOthersIsTheSame() {
    float[] before = encoder.encode("floor lamp").whole();
    for (int i = 0; i < 50; i++) {
      encoder.encode("text " + i);
    }
    assertThat(encoder.encode("floor lamp").whole()).isEqualTo(before);
  }
}

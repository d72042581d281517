package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColourProfileTest {
  @TempDir Path folder;

  /** Washed out, warmer, and bent. */
  private static int washed(int rgb) {
    int washed = 0;
    double[] gain = {0.85, 0.8, 0.7};
    for (int c = 0; c < 3; c++) {
      double v = (rgb >> (16 - 8 * c) & 0xFF) / 255.0;
      double bent = 0.06 + gain[c] * Math.pow(v, 1.15);
      washed = washed << 8 | (int) Math.round(255 * bent);
    }
    return washed;
  }

  private static List<Integer> grid(int step) {
    List<Integer> colours = new ArrayList<>();
    for (int r = 0; r < 256; r += step) {
      for (int g = 0; g < 256; g += step) {
        for (int b = 0; b < 256; b += step) {
          colours.add(r << 16 | g << 8 | b);
        }
      }
    }
    return colours;
  }

  @Test
  void aMeasuredDistortionIsUndone() {
    List<ColourProfile.Sample> samples =
        grid(51).stream().map(c -> new ColourProfile.Sample(c, washed(c))).toList();
    ColourProfile profile = ColourProfile.fit(samples);
    double before = 0;
    double after = 0;
    for (int rgb : grid(37)) {
      before = Math.max(before, distance(washed(rgb), rgb));
      after = Math.max(after, distance(profile.correct(washed(rgb)), rgb));
    }
    assertThat(before).isGreaterThan(60);
    assertThat(after).isLessThan(8);
  }

  @Test
  void withoutSamplesNothingChanges() {
    ColourProfile profile = ColourProfile.fit(List.of());
    for (int rgb : grid(51)) {
      assertThat(profile.correct(rgb)).isEqualTo(rgb);
    }
    assertThat(ColourProfile.fit(List.of())).isEqualTo(ColourProfile.identity());
  }

  @Test
  void filesRoundTrip() throws Exception {
    ColourProfile profile =
        ColourProfile.fit(List.of(new ColourProfile.Sample(0xFF0000, 0xEE1122)));
    Path file = folder.resolve("profile.properties");
    profile.write(file);
    assertThat(ColourProfile.read(file)).isEqualTo(profile);
    Files.writeString(file, "red=1 2\n");
    assertThatThrownBy(() -> ColourProfile.read(file)).hasMessageContaining("seven numbers");
  }

  private static double distance(int a, int b) {
    double sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double d = (a >> shift & 0xFF) - (b >> shift & 0xFF);
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}

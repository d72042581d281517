package dev.plantain.core.instruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Instances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
  @TempDir Path folder;

  @Test
  void aUsersOwnDialectIsAFile() throws Exception {
    Path file = folder.resolve("mein.properties");
    Files.writeString(
        file,
        """
        name=mein
        colours=hex
        instances.background=#102030
        instances.1=Färbe jedes {phrase} anders[, Rest {background}].
        normals.1=Normalen.
        normals.channels=+x +y +z
        """);
    Dialect dialect = Dialect.read(file);
    assertThat(dialect.instancesBackground()).hasValue(0x102030);
    Instruction written = dialect.write(new Ask.Instances("Stuhl", OptionalInt.of(0x102030)), 0);
    assertThat(written.text()).isEqualTo("Färbe jedes Stuhl anders, Rest #102030.");
    assertThat(dialect.parse(written.text())).isEqualTo(written);
    assertThat(Instances.of("Stuhl").ask(dialect)).isEqualTo(written);
    assertThat(Instances.of("Stuhl").background(0xFFFFFF).ask(dialect).ask())
        .isEqualTo(new Ask.Instances("Stuhl", OptionalInt.of(0xFFFFFF)));
    assertThat(Instances.of("Stuhl").ask(Dialect.paper()).ask())
        .isEqualTo(new Ask.Instances("Stuhl", OptionalInt.of(0)));
    assertThat(dialect.normals()).isNotEqualTo(Dialect.paper().normals());
    assertThatThrownBy(() -> dialect.write(new Ask.Edges(), 0))
        .isInstanceOf(InstructionException.Unsupported.class)
        .hasMessageContaining("Normals.camera()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colours=name                                     | needs the key \"name\"",
        "name=x\\nsegments.1=Paint it.                    | lacks gaps",
        "name=x\\ninstances.1=Each {thing} differs.       | unknown gap {thing}",
        "name=x\\ninstances.1=Each {phrase                | leaves a {",
        "name=x\\ninstances.1=Each {phrase}               | fixed words after",
        "name=x\\ncolours=loud                            | none of",
        "name=x\\nnormals.channels=+x +x +z               | normals.channels",
        "name=x\\ndepth.metric.1=Depth in {scheme} colors | depth.scheme.cube",
        "name=x\\nreferring.background=mauvish            | is not a colour"
      })
  void mistakesInAFileAreNamed(String text, String message) throws Exception {
    Path file = folder.resolve("bad.properties");
    Files.writeString(file, text.replace("\\n", "\n"));
    assertThatThrownBy(() -> Dialect.read(file))
        .isInstanceOf(InstructionException.class)
        .hasMessageContaining("bad.properties")
        .hasMessageContaining(message);
  }

  @Test
  void wordingsVaryAndAreStable() {
    Ask ask = new Ask.Segments(List.of(new Ask.Entry("sofa", 0xFF0000)), OptionalInt.of(0));
    Set<String> texts = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      String text = Dialect.paper().write(ask, seed).text();
      texts.add(text);
      assertThat(Dialect.paper().write(ask, seed).text()).isEqualTo(text);
    }
    // Six wordings in four notations each.
    assertThat(texts).hasSize(24);
  }

  @Test
  void unverifiedPartsAreMarked() {
    assertThat(Dialect.paper().unverified()).isEmpty();
    assertThat(Dialect.openVisionBanana().unverified()).contains("normals.channels");
  }

  @Test
  void palettesKeepTheirDistance() {
    for (int n = 1; n <= 64; n++) {
      List<Integer> colours = Palette.distinct(n, 0x000000);
      assertThat(colours).hasSize(n).doesNotHaveDuplicates().doesNotContain(0, 0xFFFFFF);
      assertThat(new HashSet<>(Palette.shuffled(n, 7, 0))).hasSize(n);
    }
    assertThat(nearest(Palette.distinct(20, 0))).isGreaterThan(89);
    assertThat(nearest(Palette.distinct(64, 0))).isGreaterThan(60);
    assertThatThrownBy(() -> Palette.distinct(513)).hasMessageContaining("512");
  }

  private static double nearest(List<Integer> colours) {
    double least = Double.MAX_VALUE;
    for (int a : colours) {
      for (int b : colours) {
        if (a != b) {
          int r = (a >> 16) - (b >> 16);
          int g = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
          int blue = (a & 0xFF) - (b & 0xFF);
          least = Math.min(least, Math.sqrt(r * r + g * g + blue * blue));
        }
      }
    }
    return least;
  }

  @Test
  void coloursHaveLatinDigitsInEveryLanguage() {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("fa"));
      assertThat(Colours.Notation.TUPLE.write(0x80C000)).isEqualTo("(128, 192, 0)");
      assertThat(Colours.Notation.ANGLE.write(0x80C000)).isEqualTo("<128, 192, 0>");
    } finally {
      Locale.setDefault(usual);
    }
  }
}

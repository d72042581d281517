package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test that does not run says why. */
class SkippedTestsTest {
  private static final Pattern SILENT =
      Pattern.compile(
          "@Disabled(?!\\s*\\(\\s*(value\\s*=\\s*)?\")"
              + "|@(Enabled|Disabled)(If|On|For)\\w*(?![^)]*disabledReason)"
              + "|\\bassume(True|False)\\((?:[^,;\"]|\\([^)]*\\))*\\)\\s*;"
              + "|\\bassumeThat\\((?![^;]*\\b(?:as|describedAs)\\()[^;]*;");

  @Test
  void noTestIsSkippedSilently() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<String> silent = new ArrayList<>();
    int tests = 0;
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module :
          modules.filter(m -> Files.isDirectory(m.resolve("src/test/java"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
          for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
            String source = Files.readString(file);
            tests += source.contains("@Test") || source.contains("@Property") ? 1 : 0;
            if (!file.endsWith("SkippedTestsTest.java")) {
              SILENT
                  .matcher(source)
                  .results()
                  .forEach(match -> silent.add(root.relativize(file) + ": " + match.group()));
            }
          }
        }
      }
    }
    assertThat(tests).as("files with tests").isGreaterThan(20);
    assertThat(silent).isEmpty();
  }

  @Test
  void whatIsSilentIsRecognised() {
    assertThat(SILENT.matcher("@Disabled\n@Test").find()).isTrue();
    assertThat(SILENT.matcher("@Disabled(\"needs the NYU photos\")").find()).isFalse();
    assertThat(SILENT.matcher("assumeTrue(Files.exists(data));").find()).isTrue();
    assertThat(SILENT.matcher("assumeTrue(Files.exists(data), \"needs data\");").find()).isFalse();
    assertThat(SILENT.matcher("@EnabledOnOs(OS.LINUX)").find()).isTrue();
    assertThat(SILENT.matcher("assumeThat(x).isTrue();").find()).isTrue();
    assertThat(SILENT.matcher("assumeThat(x).as(\"needs x\").isTrue();").find()).isFalse();
  }
}

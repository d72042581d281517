package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DioramaCommandTest {
  @TempDir Path folder;

  private Run run(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("diorama", "--scenes", "1", "-o", folder.resolve("out").toString()));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--format=tiff, is no format of a data set",
    "--distortion=0.5, distortion is 0 to 0.15",
    "--environments=nowhere, takes a folder",
    "--models=nowhere, takes a folder of glTF models",
    "--preview=-1, --preview 0 or more",
    "--size=8, each 16 to",
    "--size=64x5000, at most 4096"
  })
  void mistakesAreSaidInOneLineAndLeaveNothing(String option, String said) {
    Run run = run(option);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().strip()).contains(said).doesNotContain("\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFolderWithoutPanoramasOrLibrariesIsSaidToBeOne() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Run panoramas = run("--environments", empty.toString());
    assertThat(panoramas.code()).isEqualTo(2);
    assertThat(panoramas.err()).contains("no panorama");
    Run libraries = run("--furniture", empty.toString());
    assertThat(libraries.code()).isEqualTo(3);
    assertThat(libraries.err()).contains("no furniture library", "sweethome3d-furniture");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}

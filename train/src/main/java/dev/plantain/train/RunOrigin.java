package dev.plantain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plantain.eval.Provenance;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * By what and on what a run was begun, as its {@code run.json} says.
 *
 * @param plantain version
 * @param revision of the source the program was built from
 * @param java version
 * @param machine system and processors
 * @param begun when
 * @param data in the configuration's order
 */
record RunOrigin(
    String plantain,
    String revision,
    String java,
    String machine,
    String begun,
    List<DataMark> data) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  RunOrigin {
    data = List.copyOf(data);
  }

  private static RunOrigin now(TrainConfig config, List<DataMark> data) {
    Provenance now = Provenance.now("", "", config.seed(), "", Map.of());
    return new RunOrigin(
        now.plantain(), now.revision(), now.java(), now.machine(), Instant.now().toString(), data);
  }

  /**
   * Notes the origin of a run that has learnt nothing yet; of one that goes on, compares it. Runs
   * of older programs have none.
   *
   * @throws InputException if the data is another now; names both
   */
  static void require(TrainConfig config, RunFolder run) throws IOException {
    List<DataMark> data = DataMark.of(config);
    Path file = run.origin();
    if (!run.hasCheckpoint()) {
      byte[] bytes = JSON.writeValueAsBytes(now(config, data));
      AtomicFile.write(file, out -> out.write(bytes));
    } else if (Files.exists(file)) {
      compare(read(file).data, data, file);
    }
  }

  private static RunOrigin read(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), RunOrigin.class);
    } catch (JsonProcessingException e) {
      throw new InputException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private static void compare(List<DataMark> begun, List<DataMark> now, Path file)
      throws InputException {
    for (int i = 0; i < Math.max(begun.size(), now.size()); i++) {
      if (i >= begun.size() || i >= now.size() || !begun.get(i).isThatOf(now.get(i))) {
        throw new InputException(
            "the run was begun on other data than there is now: on %s, as %s says; now %s. Put that back, or begin a new run"
                .formatted(text(begun, i), file, text(now, i)));
      }
    }
  }

  private static String text(List<DataMark> data, int index) {
    return index < data.size() ? data.get(index).text() : "nothing";
  }
}

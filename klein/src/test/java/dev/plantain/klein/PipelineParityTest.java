package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole pipelines with given noise, against the pictures that diffusers draws. */
class PipelineParityTest {

  @ParameterizedTest
  @CsvSource({
    "pipe.guided, 5, 4.0, 0",
    "pipe.plain, 5, 1.0, 0",
    "pipe.one_reference, 4, 1.0, 1",
    "pipe.two_references, 4, 2.5, 2"
  })
  void draws(String expected, int steps, double guidance, int references) throws IOException {
    ModelFolder model = ModelFolder.open(Fixtures.MODEL, null);
    assertThat(model.distilled()).isFalse();
    assertPicture(model, List.of(), expected, steps, guidance, references, false);
  }

  @Test
  void drawsTheSameWithWeightsStreamedFromTheDisk() throws IOException {
    assertPicture(
        ModelFolder.open(Fixtures.MODEL, null), List.of(), "pipe.one_reference", 4, 1, 1, true);
  }

  @Test
  void keepsReferencesInModelsMadeForIt(@TempDir Path folder) throws IOException {
    assertPicture(ModelFolder.open(keeping(folder), null), List.of(), "pipe.kv", 4, 1, 2, false);
  }

  @Test
  void adapterChangesThePictureAsItDoesInDiffusers() throws IOException {
    Adapter wide = Adapter.open(Fixtures.FOLDER.resolve("wide.safetensors"));
    assertPicture(
        ModelFolder.open(Fixtures.MODEL, null),
        List.of(new Adapter.Use(wide, 1)),
        "lora.picture",
        4,
        1,
        1,
        false);
  }

  /** The small model, said to be of the class that keeps references. */
  static Path keeping(Path folder) throws IOException {
    Path index = folder.resolve("model_index.json");
    Files.writeString(
        index,
        Files.readString(Fixtures.MODEL.resolve("model_index.json"))
            .replace("Flux2KleinPipeline", "Flux2KleinKVPipeline")
            .replace("\"is_distilled\": false", "\"is_distilled\": true"));
    for (String part : new String[] {"text_encoder", "tokenizer", "vae", "transformer"}) {
      Files.createSymbolicLink(folder.resolve(part), Fixtures.MODEL.resolve(part));
    }
    return folder;
  }

  static void assertPicture(
      ModelFolder model,
      List<Adapter.Use> adapters,
      String expected,
      int steps,
      double guidance,
      int references,
      boolean streamed)
      throws IOException {
    List<Pipeline.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < references; i++) {
      pictures.add(picture(i == 0 ? "pipe.first" : "pipe.second"));
    }
    Tensor noise = get("pipe.noise");
    byte[] theirs = bytes(get(expected));
    long before = Ops.livePointers();
    try (Scope scope = Scope.open();
        Pipeline pipeline = new Pipeline(model, Compute.exact(), streamed, adapters, false)) {
      List<Integer> told = new ArrayList<>();
      Tensor drawn =
          pipeline.draw(
              noise,
              new Pipeline.Job(Fixtures.prompt(), pictures, steps, guidance),
              (done, of) -> told.add(done));
      byte[] ours = Tensors.rgb8(drawn);
      int worst = worst(ours, theirs);
      System.out.printf("%-24s largest difference %d of 255%n", expected, worst);
      assertThat(worst).as(expected).isLessThanOrEqualTo(1);
      assertThat(told).hasSize(steps).last().isEqualTo(steps);
    }
    if (adapters.isEmpty()) {
      assertThat(Ops.livePointers()).isLessThanOrEqualTo(before);
    }
  }

  static int worst(byte[] a, byte[] b) {
    assertThat(a).hasSameSizeAs(b);
    int worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return worst;
  }

  static Pipeline.Picture picture(String name) {
    Tensor t = get(name);
    return new Pipeline.Picture((int) t.size(1), (int) t.size(0), bytes(t));
  }

  static byte[] bytes(Tensor t) {
    byte[] bytes = new byte[(int) t.numel()];
    try (Scope scope = Scope.open()) {
      new BytePointer(t.contiguous().data_ptr()).get(bytes);
    }
    return bytes;
  }
}

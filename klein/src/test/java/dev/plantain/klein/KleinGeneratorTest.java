package dev.plantain.klein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Depth;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.core.measure.RelativeDepth;
import dev.plantain.torch.Ops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KleinGeneratorTest {
  private static final String SPEC = Fixtures.MODEL + "?precision=fp32";

  private static Generator open(String rest) {
    return new KleinProvider().open(rest);
  }

  private static Image photo(int width, int height) {
    byte[] rgb8 = new byte[3 * width * height];
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) (i / 3 % width * 3 + i % 3 * 40);
    }
    return Image.of(width, height, rgb8);
  }

  @Test
  void isFoundAndSaysWhatItIs() {
    try (Vision vision = Vision.with("klein:" + SPEC)) {
      Generator generator = vision.generator();
      assertThat(generator.traits().name()).isEqualTo("klein model");
      assertThat(generator.traits().dialect()).isEqualTo("paper");
      assertThat(generator.traits().sizes().multiple()).isEqualTo(16);
      assertThat(generator.about()).containsEntry("kind", "base, with guidance");
    }
  }

  @Test
  void adaptersAndTheirScalesAreTold() {
    Path wide = Fixtures.FOLDER.resolve("wide.safetensors");
    List<String> told = new ArrayList<>();
    for (String lora : List.of("", "&lora=" + wide, "&lora=" + wide + "@0.5")) {
      try (Generator generator = open(SPEC + lora)) {
        told.add(generator.about().get("adapters"));
      }
    }
    assertThat(told).doesNotHaveDuplicates();
    assertThat(told.getFirst()).isEqualTo("none");
  }

  @Test
  void drawsAtTheSizeAskedForAndRepeatsWithTheSeed() {
    try (Generator generator = open(SPEC)) {
      Options options = Options.seeded(3).withSteps(2);
      Image photo = photo(48, 80);
      Image first = generator.draw(List.of(photo), "depth", options);
      assertThat(first.width()).isEqualTo(48);
      assertThat(first.height()).isEqualTo(80);
      assertThat(generator.draw(List.of(photo), "depth", options)).isEqualTo(first);
      assertThat(generator.draw(List.of(photo), "depth", options.withSeed(4))).isNotEqualTo(first);
      assertThat(generator.draw(List.of(photo), "else", options)).isNotEqualTo(first);
      assertThat(generator.draw(List.of(photo(64, 80)), "depth", options)).isNotEqualTo(first);
      Image free = generator.draw(List.of(), "a cat", options.withSize(32, 64));
      assertThat(free.width()).isEqualTo(32);
      // A second reference of an odd size is padded, not cut.
      Image two = generator.draw(List.of(photo, photo(33, 50)), "both", options);
      assertThat(two.height()).isEqualTo(80);
    }
  }

  @Test
  void referencesAreNeverCut() {
    Pipeline.Picture padded = KleinGenerator.reference(photo(33, 50));
    assertThat(padded.width()).isEqualTo(48);
    assertThat(padded.height()).isEqualTo(64);
    Pipeline.Picture large = KleinGenerator.reference(photo(3000, 2000));
    assertThat((long) large.width() * large.height())
        .isBetween(1_000_000L, 1024L * 1024 + 16 * (1254 + 836));
    assertThatThrownBy(() -> KleinGenerator.reference(photo(1600, 100)))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining("aspect");
  }

  @ParameterizedTest
  @CsvSource({
    "48, 80, 48, 80",
    "33, 50, 48, 64",
    "1024, 1024, 1024, 1024",
    "1016, 1016, 1024, 1024",
    // What the reference pipeline draws of these.
    "1023, 1025, 1008, 1024",
    "3000, 2000, 1248, 832",
    "4000, 3000, 1168, 880",
    "1920, 1080, 1360, 768",
    "4000, 500, 2896, 352",
  })
  void aPhotosOwnDrawingIsOfASizeThatCanBeDrawn(int width, int height, int w, int h) {
    KleinGenerator.Size size = KleinGenerator.drawing(width, height);
    assertThat(size).isEqualTo(new KleinGenerator.Size(w, h));
    assertThat(w * h).isLessThanOrEqualTo(1024 * 1024);
  }

  @Test
  void everyPhotosOwnDrawingCanBeDrawn() {
    for (int width = 1; width < 4000; width += 37) {
      for (int height = 1 + width / 8; height < 8 * width; height += 41) {
        KleinGenerator.Size size = KleinGenerator.drawing(width, height);
        assertThat(size.width() % 16 + size.height() % 16).isZero();
        assertThat((long) size.width() * size.height()).isBetween(256L, 1024L * 1024);
      }
    }
  }

  @Test
  void perceivesThroughTheDialectOfOpenVisionBanana(@TempDir Path folder) throws IOException {
    Path transformer = Files.createDirectory(folder.resolve("Open-Vision-Banana"));
    for (String file : new String[] {"config.json", "diffusion_pytorch_model.safetensors"}) {
      Files.copy(Fixtures.MODEL.resolve("transformer").resolve(file), transformer.resolve(file));
    }
    String spec = "klein:" + SPEC + "&transformer=" + transformer;
    try (Vision vision =
        Vision.with(spec).drawing(Options.seeded(1).withSteps(1).withSize(64, 64))) {
      assertThat(vision.dialect().name()).isEqualTo("open-vision-banana");
      assertThatThrownBy(() -> vision.see(photo(64, 64), Depth.metric()))
          .isInstanceOf(InstructionException.Unsupported.class)
          .hasMessageContaining("Depth.relative()");
      // A network of random weights draws nothing that fits a photo; that it is asked and read
      // counts.
      Image drawn =
          vision
              .generator()
              .draw(
                  List.of(photo(64, 64)),
                  Depth.relative().ask(vision.dialect()).text(),
                  Options.seeded(1).withSteps(1));
      RelativeDepth depth =
          Depth.relative()
              .read(
                  new dev.plantain.core.Drawing(drawn, Depth.relative().ask(vision.dialect())),
                  dev.plantain.core.ColourProfile.identity());
      assertThat(depth.width()).isEqualTo(64);
    }
    assertThatThrownBy(() -> open(transformer.toString()))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining("?transformer=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | klein needs a model",
        "/no/such/folder | no folder",
        "someone/something | plantain models --get someone/something",
        "black-forest-labs/FLUX.2-klein-9B | not for commercial use",
        "MODEL?colour=red | no setting",
        "MODEL?device=tpu | a device is",
        "MODEL?device=cuda:1 | -Pcuda",
        "MODEL?precision=int4 | fp32 or bf16",
        "MODEL?lora=/no/such.safetensors | no weights file",
        "MODEL?lora=x@much | FILE@SCALE",
        "MODEL?stream=perhaps | true or false",
        "MODEL?dialect=klingon | no dialect",
        "MODEL?device | no setting",
        "MODEL/vae | not a whole model",
      })
  void whatCannotBeOpenedIsTold(String rest, String told) {
    assertThatThrownBy(() -> open(rest.replace("MODEL", Fixtures.MODEL.toString())))
        .isInstanceOf(GeneratorException.class)
        .message()
        .satisfiesAnyOf(
            m -> assertThat(m).contains(told),
            m -> assertThat(m).contains("holds a transformer, not a whole model"));
  }

  @Test
  void whatCannotBeDrawnIsTold(@TempDir Path folder) throws IOException {
    Options options = Options.seeded(0).withSteps(1);
    try (Generator generator = open(SPEC)) {
      assertRefused(generator, List.of(), "x", options.withSize(40, 64), "divides");
      assertRefused(generator, List.of(), "x", options.withSize(2048, 1024), "pixels in all");
      assertRefused(
          generator, List.of(), "x ".repeat(600), options.withSize(64, 64), "reads 512 tokens");
      generator.close();
      assertRefused(generator, List.of(), "x", options.withSize(64, 64), "closed");
    }
    try (Generator generator = open(PipelineParityTest.keeping(folder) + "?precision=fp32")) {
      assertThat(generator.about().get("kind")).contains("distilled");
      assertRefused(
          generator, List.of(), "x", options.withSize(64, 64).withGuidance(4), "without guidance");
    }
  }

  private static void assertRefused(
      Generator generator, List<Image> images, String prompt, Options options, String told) {
    assertThatThrownBy(() -> generator.draw(images, prompt, options))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining(told);
  }

  @Test
  void aModelWithBrokenPartsIsTold(@TempDir Path folder) throws IOException {
    Path vae = Files.createDirectory(folder.resolve("vae"));
    for (String part : new String[] {"text_encoder", "tokenizer", "transformer"}) {
      Files.createSymbolicLink(folder.resolve(part), Fixtures.MODEL.resolve(part));
    }
    Files.copy(Fixtures.MODEL.resolve("model_index.json"), folder.resolve("model_index.json"));
    String config = Files.readString(Fixtures.MODEL.resolve("vae/config.json"));
    Path weights = Fixtures.MODEL.resolve("vae/diffusion_pytorch_model.safetensors");
    Files.writeString(vae.resolve("config.json"), config.replace("\"silu\"", "\"relu\""));
    assertBroken(folder, "act_fn");
    Files.writeString(
        vae.resolve("config.json"),
        config.replace("\"layers_per_block\": 2", "\"layers_per_block\": 3"));
    Files.copy(weights, vae.resolve("diffusion_pytorch_model.safetensors"));
    assertBroken(folder, "have no");
    Files.writeString(
        vae.resolve("config.json"),
        config.replace("\"layers_per_block\": 2", "\"layers_per_block\": 1"));
    assertBroken(folder, "does not know");
    Files.writeString(vae.resolve("config.json"), config);
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(
        vae.resolve("diffusion_pytorch_model.safetensors"),
        java.util.Arrays.copyOf(bytes, bytes.length - 8));
    assertBroken(folder, "damaged");
  }

  private static void assertBroken(Path folder, String told) {
    try (Generator generator = open(folder + "?precision=fp32")) {
      assertRefused(generator, List.of(photo(64, 64)), "x", Options.seeded(0).withSteps(1), told);
    }
  }

  @Test
  void severalThreadsAndManyDrawingsLeaveNothingBehind() {
    try (Generator generator = open(SPEC)) {
      Options options = Options.seeded(3).withSteps(1).withSize(32, 32);
      Image expected = generator.draw(List.of(), "a", options);
      long before = Ops.livePointers();
      List<CompletableFuture<Void>> all =
          java.util.stream.IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> {
                            for (int k = 0; k < 5; k++) {
                              assertThat(generator.draw(List.of(), "a", options))
                                  .isEqualTo(expected);
                            }
                          }))
              .toList();
      all.forEach(CompletableFuture::join);
      assertThat(Ops.livePointers()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void aModelWithoutATransformerIsToldUnlessAnotherIsNamed(@TempDir Path folder)
      throws IOException {
    for (String part : new String[] {"text_encoder", "tokenizer", "vae"}) {
      Files.createSymbolicLink(folder.resolve(part), Fixtures.MODEL.resolve(part));
    }
    Files.copy(Fixtures.MODEL.resolve("model_index.json"), folder.resolve("model_index.json"));
    assertThatThrownBy(() -> open(folder.toString()))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining("has no folder transformer");
    String other = folder + "?transformer=" + Fixtures.MODEL.resolve("transformer");
    try (Generator generator = open(other)) {
      assertThat(generator.about().get("transformer")).startsWith(Fixtures.MODEL.toString());
    }
  }

  @Test
  void aBrokenModelInTheCacheHidesNoOther(@TempDir Path root) throws IOException {
    String index = "{\"_class_name\": \"Flux2KleinPipeline\"}";
    cached(root, "a--whole", index);
    cached(root, "b--other", "{\"_class_name\": \"WanPipeline\"}");
    cached(root, "c--cut", "{\"_class_name\": \"Flux2Kl");
    cached(root, "d--large", " ".repeat(2_000_000) + index);
    cached(root, "e--whole", index);
    assertThat(KleinProvider.installed(new HubCache(root))).containsExactly("a/whole", "e/whole");
  }

  private static void cached(Path root, String name, String index) throws IOException {
    Path repository = root.resolve("models--" + name);
    Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(BadHub.COMMIT));
    Files.writeString(snapshot.resolve("model_index.json"), index);
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs/main"), BadHub.COMMIT);
  }

  @Test
  void theDeviceMayBeWrittenLarge() {
    assertThat(KleinSpec.parse("m?device=CPU")).isEqualTo(KleinSpec.parse("m?device=cpu"));
  }

  @Test
  void licencesAreRead() {
    assertThat(Licences.of(HubId.parse("black-forest-labs/FLUX.2-klein-4B")))
        .isEqualTo("Apache-2.0");
    assertThat(Licences.of(HubId.parse("FunAILab/Open-Vision-Banana")))
        .contains("not for commercial use");
    assertThat(Licences.of(HubId.parse("a/b"))).contains("unknown");
    assertThat(Licences.ofCard("---\nlicense: other\nlicense_name: \"my-terms\"\n---\n# X"))
        .contains("my-terms");
    assertThat(Licences.ofCard("---\nlicense: apache-2.0\n---")).contains("Apache-2.0");
    assertThat(Licences.ofCard("# license: x")).isEmpty();
  }
}

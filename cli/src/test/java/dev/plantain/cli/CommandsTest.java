package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.codec.NormalCodec;
import dev.plantain.core.Depth;
import dev.plantain.core.Image;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.formats.Coco;
import dev.plantain.formats.DepthPng;
import dev.plantain.formats.Images;
import dev.plantain.formats.Npy;
import dev.plantain.formats.NpyArray;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command, on a photo whose drawing is known, with its files and its JSON. */
class CommandsTest {
  @TempDir Path folder;
  private Path out = Path.of("");
  private Path photo = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    out = folder.resolve("results");
    photo = Run.photo(folder.resolve("photo.png"));
  }

  /** Runs a command that must succeed, with the fake generator. */
  private Run does(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--generator", "fake", "-o", out.toString()));
    Run run = Run.of(all.toArray(String[]::new));
    assertThat(run.err()).doesNotContain("error");
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  /** What every task's JSON has, and that each of its files is there. */
  private static void assertContract(JsonNode json, String task) {
    for (String name :
        List.of("input", "task", "generator", "seed", "prompt", "files", "summary")) {
      assertThat(json.has(name)).as("%s in %s", name, json).isTrue();
    }
    assertThat(json.path("task").asText()).isEqualTo(task);
    assertThat(json.path("generator").asText()).isEqualTo("fake 1");
    json.path("files").forEach(file -> assertThat(Path.of(file.asText())).exists());
  }

  @Test
  void depth() throws IOException {
    Run run = does("depth", photo.toString());
    assertThat(run.out())
        .contains("photo.png: 160 x 120")
        .contains("depth: nearest 2.00 m, median 3.00 m, farthest 4.00 m")
        .contains("wrote " + out.resolve("photo/depth"));
    assertThat(Run.files(out))
        .containsExactly(
            "photo/depth/confidence.png",
            "photo/depth/depth.npy",
            "photo/depth/depth.png",
            "photo/depth/drawing.png",
            "photo/depth/overlay.png",
            "photo/depth/result.json");
    assertThat(Npy.read(out.resolve("photo/depth/depth.npy")).shape()).containsExactly(120, 160);
    assertThat(
            DepthPng.read(out.resolve("photo/depth/depth.png"), DepthPng.Scale.KITTI)
                .metres(40, 60))
        .isBetween(1.98f, 2.02f);
  }

  @Test
  void depthJson() throws IOException {
    Run run = does("depth", photo.toString(), "--json", "--exr", "--ply", "--glb", "--seed", "5");
    assertThat(run.json()).hasSize(1);
    JsonNode json = run.json().getFirst();
    assertContract(json, "depth");
    assertThat(json.path("input").asText()).isEqualTo(photo.toString());
    assertThat(json.path("seed").asLong()).isEqualTo(5);
    assertThat(json.path("prompt").asText()).contains("depth");
    assertThat(json.path("files").fieldNames())
        .toIterable()
        .containsExactly(
            "drawing",
            "depth-npy",
            "depth-png",
            "confidence",
            "overlay",
            "depth-exr",
            "points-ply",
            "surface-glb",
            "result");
    assertThat(json.path("summary").path("unit").asText()).isEqualTo("metre");
    assertThat(json.path("summary").path("median").asDouble()).isBetween(2.99, 3.01);
    assertThat(json.path("camera").path("source").asText()).startsWith("assumed: 28 mm");
    JsonNode kept = new ObjectMapper().readTree(out.resolve("photo/depth/result.json").toFile());
    assertThat(kept).isEqualTo(json);
  }

  @Test
  void depthInMillimetres() throws IOException {
    does("depth", photo.toString(), "--depth-format", "mm");
    Path png = out.resolve("photo/depth/depth.png");
    assertThat(DepthPng.read(png, DepthPng.Scale.MILLIMETRES).metres(40, 60))
        .isBetween(1.98f, 2.02f);
  }

  @Test
  void distancesTooFarAreInvalidInThePngOnly() throws IOException {
    Run run = does("depth", photo.toString(), "--depth-format", "mm", "--known", "2,2=80");
    assertThat(run.err()).contains("farther than the 65.5 m depth.png can hold");
    Path png = out.resolve("photo/depth/depth.png");
    assertThat(DepthPng.read(png, DepthPng.Scale.MILLIMETRES).metres(2, 2)).isNaN();
    float[] metres = Npy.read(out.resolve("photo/depth/depth.npy")).toFloats();
    assertThat(metres[2 * 160 + 2]).isBetween(79.9f, 80.1f);
  }

  @Test
  void knownDistanceScalesAll() {
    Run run = does("depth", photo.toString(), "--known", "40,60=1");
    assertThat(run.out())
        .contains("nearest 1.00 m, median 1.50 m, farthest 2.00 m")
        .contains("to fit 1 known distance");
  }

  @Test
  void normalsInBothFrames() throws IOException {
    does("normals", photo.toString());
    float[] gl = Npy.read(out.resolve("photo/normals/normals.npy")).toFloats();
    does("normals", photo.toString(), "--frame", "opencv", "--exr");
    NpyArray array = Npy.read(out.resolve("photo/normals/normals.npy"));
    float[] cv = array.toFloats();
    assertThat(array.shape()).containsExactly(120, 160, 3);
    int floor = 3 * (100 * 160 + 10);
    assertThat(gl[floor + 1]).isGreaterThan(0.99f);
    assertThat(cv[floor + 1]).isLessThan(-0.99f);
    assertThat(out.resolve("photo/normals/normals.exr")).exists();
  }

  @Test
  void segment() {
    Run run = does("segment", photo.toString(), "--classes", "wall,floor=(0, 0, 255),chair,lamp");
    assertThat(run.out()).contains("wall 4").contains("chair 1").contains("not there: lamp");
    assertThat(out.resolve("photo/segment/labels.png")).exists();
  }

  @Test
  void instancesForAnnotationTools() throws IOException {
    Run run =
        does(
            "instances",
            photo.toString(),
            "--of",
            "chair",
            "--json",
            "--coco",
            "--yolo",
            "--label-studio",
            "--cvat");
    JsonNode json = run.json().getFirst();
    assertContract(json, "instances");
    assertThat(json.path("summary").path("count").asInt()).isEqualTo(2);
    Path at = out.resolve("photo/instances-chair");
    assertThat(Coco.read(at.resolve("coco.json")).getFirst().masks()).hasSize(2);
    assertThat(Files.readAllLines(at.resolve("yolo/labels/photo.txt"))).hasSize(2);
    assertThat(Files.readString(at.resolve("yolo/data.yaml"))).contains("0: \"chair\"");
    assertThat(at.resolve("label-studio.json")).exists();
    assertThat(at.resolve("cvat.zip")).exists();
  }

  @Test
  void absentInstancesAreAnAnswer() {
    Run run = does("instances", photo.toString(), "--of", "tiger", "--coco");
    assertThat(run.out()).contains("tiger: not there");
    assertThat(run.err()).contains("nothing was found");
  }

  @Test
  void refer() {
    Run run = does("refer", photo.toString(), "the chair on the left");
    assertThat(run.out()).contains("chair on the left: ").contains("of the photo, in the box");
    Run absent = does("refer", photo.toString(), "the tiger");
    assertThat(absent.out()).contains("tiger: not there");
  }

  @Test
  void referToSeveral() throws IOException {
    Run run = does("refer", photo.toString(), "the left chair", "the tiger", "--coco", "--json");
    JsonNode json = run.json().getFirst();
    assertContract(json, "refer");
    assertThat(json.path("summary").path("masks")).hasSize(2);
    assertThat(Run.files(out)).anyMatch(f -> f.endsWith("mask-2.png"));
  }

  @Test
  void edges() {
    Run run = does("edges", photo.toString());
    assertThat(run.out()).contains("pixels on object boundaries");
  }

  @Test
  void votesKeepEveryDrawing() throws IOException {
    Run run = does("depth", photo.toString(), "--vote", "3", "--json");
    assertThat(run.json().getFirst().path("passes")).hasSize(3);
    assertThat(Run.files(out)).contains("photo/depth/drawing-3.png");
  }

  @Test
  void see() throws IOException {
    Run run = does("see", photo.toString(), "--refer", "the left chair");
    assertThat(run.out())
        .contains("depth: nearest 2.00 m")
        .contains("normals: facing up")
        .contains("segment: ")
        .contains("looks taken indoors")
        .contains("edges: ")
        .contains("refer: the left chair: ")
        .contains("instances: chair: 2 found")
        .contains("sheet: " + out.resolve("photo/sheet.png"))
        .contains("page: " + out.resolve("photo/index.html"));
    assertThat(Images.read(out.resolve("photo/sheet.png")).image().width()).isGreaterThan(1000);
    assertThat(Files.readString(out.resolve("photo/index.html")))
        .contains("data:image/jpeg;base64")
        .doesNotContain("src=\"http");
  }

  @Test
  void seeJson() throws IOException {
    Run run = does("see", photo.toString(), "--json");
    assertThat(run.json()).hasSize(1);
    JsonNode json = run.json().getFirst();
    assertContract(json, "see");
    assertThat(json.path("summary").fieldNames())
        .toIterable()
        .containsExactly("depth", "normals", "segment", "edges", "instances-chair");
    assertThat(json.path("files").has("depth/depth-npy")).isTrue();
  }

  @Test
  void seeListsPhrasesThatTheGeneratorDoesNotKnow() {
    JsonNode json =
        does("see", photo.toString(), "--refer", "the flumph", "--json").json().getFirst();
    assertThat(json.path("unknown_phrases").toString()).isEqualTo("[\"the flumph\"]");
  }

  @Test
  void seeWithNothingToCount() {
    Run run = does("see", photo.toString(), "--classes", "wall,floor");
    assertThat(run.out()).doesNotContain("looks taken");
    assertThat(run.out()).contains("instances: none of the classes found can be counted");
  }

  @Test
  void measure() {
    Run run =
        Run.of(
            "measure",
            photo.toString(),
            "--at",
            "40,60",
            "--at",
            "120,60",
            "--fov-x",
            "90",
            "--generator",
            "fake");
    assertThat(run.code()).isZero();
    // 90 degrees across 160 pixels: a focal length of 80; 80 pixels apart at 2 m are 2 m.
    assertThat(run.out())
        .contains("40,60: 2.00 m")
        .contains("2.00 m from the point before")
        .contains("camera: 80 px focal length, 90.0° across (--fov-x)");
    Run json =
        Run.of("measure", photo.toString(), "--at", "40,60", "--json", "--generator", "fake");
    assertContract(json.json().getFirst(), "measure");
    assertThat(
            json.json().getFirst().path("summary").path("points").path(0).path("metres").asDouble())
        .isBetween(1.99, 2.01);
  }

  @Test
  void generate() throws IOException {
    Run run = does("generate", "a red sofa", "--size", "100x60", "--seed", "4", "--json");
    JsonNode json = run.json().getFirst();
    assertContract(json, "generate");
    Image image = Images.read(out.resolve("a-red-sofa-4.png")).image();
    assertThat(image.width()).isEqualTo(96);
    assertThat(image.height()).isEqualTo(64);
  }

  @Test
  void editKeepsThePhotosShape() throws IOException {
    Run run = does("edit", photo.toString(), "remove the plant", "--json");
    assertContract(run.json().getFirst(), "edit");
    Image image = Images.read(out.resolve("photo/edit-remove-the-plant/edited.png")).image();
    assertThat((double) image.width() / image.height()).isBetween(1.3, 1.37);
  }

  @Test
  void prompts() {
    assertThat(Run.of("prompt", "depth").out().strip())
        .isEqualTo(Depth.metric().ask(Dialect.paper()).text());
    assertThat(Run.of("prompt", "segment", "--classes", "sofa=yellow,lamp").out())
        .contains("sofa")
        .contains("yellow");
    assertThat(Run.of("prompt", "refer", "the red cup").out()).contains("red cup");
    assertThat(Run.of("prompt", "instances", "--of", "chair").out()).contains("chair");
    assertThat(Run.of("prompt", "normals").out()).containsIgnoringCase("normal");
    assertThat(Run.of("prompt", "edges").out()).containsIgnoringCase("edge");
    assertThat(
            Run.of("prompt", "depth", "--relative", "--dialect", "open-vision-banana", "--json")
                .json()
                .getFirst()
                .path("dialect")
                .asText())
        .isEqualTo("open-vision-banana");
  }

  @Test
  void decodeReadsWhatWasDrawn() throws IOException {
    does("depth", photo.toString());
    Path drawing = Files.move(out.resolve("photo/depth/drawing.png"), folder.resolve("drawn.png"));
    Run run =
        Run.of(
            "decode",
            "depth",
            drawing.toString(),
            "--source",
            photo.toString(),
            "-o",
            out.toString(),
            "--ply");
    assertThat(run.err()).doesNotContain("error");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("nearest 2.00 m, median 3.00 m, farthest 4.00 m");
    assertThat(out.resolve("photo/depth/points.ply")).exists();
  }

  @Test
  void decodeReadsLargerDrawings() throws IOException {
    StillLife life = new StillLife(640, 480);
    Path drawing = folder.resolve("drawn.png");
    var task = dev.plantain.core.Segments.of("wall", "floor", "chair").background();
    Png.write(drawing, task.paint(life.labels(task.classes()), task.ask(Dialect.paper())));
    Run run =
        Run.of(
            "decode",
            "segment",
            drawing.toString(),
            "--source",
            photo.toString(),
            "--classes",
            "wall,floor,chair",
            "-o",
            out.toString(),
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().getFirst().path("summary").path("share").path("chair").asDouble())
        .isBetween(0.17, 0.2);
  }

  @Test
  void models() {
    Run run = Run.of("models", "--generator", "fake");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("fake: fake, a still life for tests")
        .contains("licence   CC0-1.0")
        .contains("weights   data: imagination");
    Run broken = Run.of("models", "--generator", "fake:closed");
    assertThat(broken.code()).isEqualTo(4);
    assertThat(broken.out()).contains("cannot be opened");
    JsonNode json = Run.of("models", "--generator", "fake", "--json").json().getFirst();
    assertThat(json.path("licence").asText()).isEqualTo("CC0-1.0");
  }

  @Test
  void foldersGoInOrderAndShareOneFileForTools() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (String name : List.of("b.png", "a.png", "a.jpg.png", ".hidden.png")) {
      Run.photo(many.resolve(name));
    }
    Files.copy(many.resolve("a.png"), many.resolve("a.tiff"));
    Run run = does("instances", many.toString(), "--of", "chair", "--coco", "--yolo", "--json");
    assertThat(run.json())
        .extracting(json -> Path.of(json.path("input").asText()).getFileName().toString())
        .containsExactly("a.jpg.png", "a.png", "a.tiff", "b.png");
    assertThat(Coco.read(out.resolve("instances-chair-coco.json"))).hasSize(4);
    assertThat(Run.files(out))
        .contains(
            "a.jpg/instances-chair/result.json",
            "a.png/instances-chair/result.json",
            "a.tiff/instances-chair/result.json",
            "b/instances-chair/result.json",
            "instances-chair-yolo/labels/a.tiff.txt",
            "instances-chair-yolo/data.yaml");
  }

  @Test
  void namesWithSpacesAndOtherLetters() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("Fotos für Ömer"));
    Path file = Run.photo(odd.resolve("Küche nº 1 台所.png"));
    out = folder.resolve("выход 1");
    Run run = does("refer", file.toString(), "стул слева left", "--json");
    assertContract(run.json().getFirst(), "refer");
    assertThat(Run.files(out)).contains("Küche nº 1 台所/refer-стул-слева-left/mask.png");
  }

  @Test
  void manyMasksGoToSeveralFiles() throws IOException {
    MaskExportOptions wanted = new MaskExportOptions();
    wanted.coco = true;
    MaskArchive archive =
        new MaskArchive(wanted, out, "", "fake 1", List.of("chair"), 2 * 160 * 120 / 8);
    StillLife life = new StillLife(160, 120);
    for (int i = 0; i < 3; i++) {
      archive.add(
          "p" + i,
          dev.plantain.formats.LabelledImage.of("p" + i + ".png", life.instances("chair")));
    }
    archive.finish(
        new Console(
            new java.io.PrintWriter(System.out), new java.io.PrintWriter(System.err), false));
    assertThat(Run.files(out)).containsExactly("coco-2.json", "coco-3.json", "coco.json");
  }

  /** The generator draws the paper's colours, whatever a dialect says of them. */
  @Test
  void theAxesOfNormalsAreReadOffAFloorAndAWall() throws IOException {
    Run right = Run.of("calibrate", "--generator", "fake", "--axes", photo.toString());
    assertThat(right.code()).isZero();
    assertThat(right.out())
        .contains("as the dialect paper has it:")
        .contains("normals.channels=-x +y +z");
    Path dialect = folder.resolve("mine.properties");
    Files.writeString(
        dialect,
        """
        name=mine
        colours=hex
        normals.channels=+z +x -y
        normals.1=%s
        """
            .formatted(Dialect.paper().write(new Ask.Normals(NormalCodec.paper()), 0).text()));
    Run wrong =
        Run.of(
            "calibrate",
            "--generator",
            "fake",
            "--axes",
            photo.toString(),
            "--dialect",
            dialect.toString(),
            "--json");
    JsonNode found = new ObjectMapper().readTree(wrong.out());
    assertThat(found.path("assumed").asText()).isEqualTo("+z +x -y");
    assertThat(found.path("channels").asText()).isEqualTo("-x +y +z");
    Run floorTwice =
        Run.of(
            "calibrate",
            "--generator",
            "fake",
            "--axes",
            photo.toString(),
            "--floor",
            "20,80,10x10",
            "--wall",
            "40,80,10x10");
    assertThat(floorTwice.code()).isEqualTo(4);
    assertThat(floorTwice.err()).contains("drawn along one axis, green").contains("--wall");
    assertThat(Run.of("calibrate", "--axes", photo.toString(), "--floor", "20,80,1000x10").code())
        .isEqualTo(2);
    assertThat(Run.of("calibrate", "--axes", photo.toString(), "--floor", "here").err())
        .contains("a box is COLUMN,ROW,WIDTHxHEIGHT");
  }

  @Test
  void filesForToolsHaveLatinDigitsInEveryLanguage() throws IOException {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("fa"));
      does("instances", photo.toString(), "--of", "chair", "--yolo");
    } finally {
      Locale.setDefault(usual);
    }
    assertThat(Files.readString(out.resolve("photo/instances-chair/yolo/data.yaml")))
        .contains("  0: \"chair\"");
  }

  @Test
  void measuringWritesNothingSoItNeedsNoFolder() throws IOException {
    Path usual = Files.createFile(Path.of("plantain-out")); // no folder can be made there
    try {
      Run run = Run.of("measure", photo.toString(), "--at", "40,60", "--generator", "fake");
      assertThat(run.code()).as(run.err()).isZero();
    } finally {
      Files.delete(usual);
    }
  }

  @Test
  void moreClassesThanLabelsHoldAreRefusedBeforeDrawing() throws IOException {
    String classes = classes(255);
    for (String command : List.of("segment", "see")) {
      Run run =
          Run.of(
              command,
              photo.toString(),
              "--classes",
              classes,
              "--generator",
              "fake:closed",
              "-o",
              out.toString());
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("254 classes, got 255").contains("several runs");
    }
    assertThat(out).doesNotExist();
  }

  /** So many classes. */
  static String classes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
  }

  @Test
  void unlikeTextsHaveUnlikeNames() {
    assertThat(Slug.of("the red chair")).isEqualTo("the-red-chair");
    assertThat(Slug.of(" стул слева ")).isEqualTo("стул-слева");
    assertThat(
            Stream.of(
                    "a b",
                    "a, b",
                    "a-b",
                    "a\nb",
                    "a b!",
                    "a b.",
                    "!",
                    "?",
                    "openai:x#y",
                    "openai:x/y")
                .map(Slug::of))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[\\p{L}\\p{N}-]+"));
  }

  @Test
  void everyPhotoHasAFolderOfItsOwn() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (String name : List.of("a.jpg", "a.png", "a.jpg.png", "b.png", "png")) {
      Files.createFile(many.resolve(name));
    }
    assertThat(Inputs.of(many).photos())
        .extracting(Inputs.Input::name)
        .containsExactly("a.jpg", "a.jpg.png", "a.png", "b", "png");
  }

  @Test
  void whatIsKnownOfBenchmarksIsJsonIfAskedFor() {
    Run run = Run.of("eval", "data", folder.toString(), "--json");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.json()).hasSizeGreaterThan(3);
    assertThat(run.json().getFirst().path("complete").asBoolean(true)).isFalse();
    assertThat(run.json().getFirst().path("address").asText()).startsWith("http");
  }
}

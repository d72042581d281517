package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Image;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes in, one line says what was wrong, the code says of which kind, nothing is left. */
class BadInputTest {
  @TempDir Path folder;
  private Path out = Path.of("");
  private Path photo = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    out = folder.resolve("out");
    photo = Run.photo(folder.resolve("photo.png"));
  }

  private Run fails(int code, String message, String... args) throws IOException {
    Run run = Run.of(args);
    assertThat(run.err()).startsWith("error: ").contains(message).hasLineCount(1);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(Run.files(out)).isEmpty();
    return run;
  }

  private Run depthFails(int code, String message, Path input, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("depth", input.toString(), "-o", out.toString()));
    all.addAll(List.of(more));
    if (!all.contains("--generator")) {
      all.addAll(List.of("--generator", "fake"));
    }
    return fails(code, message, all.toArray(String[]::new));
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void emptyFile() throws IOException {
    depthFails(3, "is empty", file("empty.jpg", new byte[0]));
  }

  @Test
  void truncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(photo);
    depthFails(3, "truncated", file("cut.png", Arrays.copyOf(whole, whole.length / 2)));
  }

  @Test
  void onePixel() throws IOException {
    Path file = folder.resolve("one.png");
    Png.write(file, Image.filled(1, 1, 0x123456));
    depthFails(3, "has 1 x 1 pixels; nothing can be seen below 8 x 8", file);
  }

  @Test
  void headerBomb() throws IOException {
    byte[] bytes = Files.readAllBytes(photo);
    ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    depthFails(3, "has 60000 x 60000 pixels, the limit is", file("bomb.png", bytes));
  }

  @Test
  void textNamedJpg() throws IOException {
    depthFails(3, "it looks like text", file("note.jpg", "I am a picture, honestly".getBytes()));
  }

  @Test
  void missingFile() throws IOException {
    depthFails(3, "nowhere.jpg does not exist", folder.resolve("nowhere.jpg"));
  }

  @Test
  void folderWithoutPictures() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(empty.resolve("readme.txt"), "no pictures");
    depthFails(3, "has no pictures", empty);
  }

  @Test
  void outputIsAFile() throws IOException {
    Path taken = file("taken", new byte[] {1});
    Run run =
        Run.of(
            "depth", photo.toString(), "--generator", "fake", "-o", taken.resolve("x").toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).startsWith("error: ").contains("is a file").hasLineCount(1);
    assertThat(Files.size(taken)).isEqualTo(1);
  }

  @Test
  void unknownClassColour() throws IOException {
    fails(
        2,
        "\"blurple\" is not a colour; write a CSS name, #80C000 or (255, 192, 128)",
        "segment",
        photo.toString(),
        "--classes",
        "wall=blurple,floor",
        "-o",
        out.toString());
  }

  @Test
  void twoClassesOfOneColour() throws IOException {
    fails(
        2,
        "\"floor\" shares the colour #FF0000",
        "segment",
        photo.toString(),
        "--classes",
        "wall=red,floor=#ff0000",
        "-o",
        out.toString());
  }

  @Test
  void classInTheColourOfTheBackground() throws IOException {
    fails(
        2,
        "shares the colour #000000 with another class or the background",
        "segment",
        photo.toString(),
        "--classes",
        "wall=black",
        "-o",
        out.toString());
  }

  @Test
  void classNamedTwice() throws IOException {
    fails(
        2,
        "\"Wall\" is asked for twice",
        "segment",
        photo.toString(),
        "--classes",
        "wall,Wall",
        "-o",
        out.toString());
  }

  @Test
  void emptyClass() throws IOException {
    fails(
        2,
        "one is empty",
        "segment",
        photo.toString(),
        "--classes",
        "wall,,floor",
        "-o",
        out.toString());
  }

  @Test
  void emptyPhrase() throws IOException {
    fails(2, "a phrase is empty", "refer", photo.toString(), "  ", "-o", out.toString());
    fails(2, "a phrase is empty", "instances", photo.toString(), "--of", "", "-o", out.toString());
    fails(2, "the words are empty", "edit", photo.toString(), " ", "-o", out.toString());
    fails(2, "the words are empty", "generate", "\t", "-o", out.toString());
  }

  @Test
  void unknownGenerator() throws IOException {
    fails(
        4,
        "no generator is called \"nobody\"; there are: baseline, fake, gemini, klein, openai,"
            + " sprout",
        "depth",
        photo.toString(),
        "--generator",
        "nobody",
        "-o",
        out.toString());
  }

  @Test
  void generatorThatCannotBeOpened() throws IOException {
    depthFails(4, "come back tomorrow", photo, "--generator", "fake:closed");
  }

  @Test
  void refusal() throws IOException {
    depthFails(4, "fake refuses: not in the mood", photo, "--generator", "fake:refuse");
  }

  @Test
  void blackDrawing() throws IOException {
    depthFails(4, "black all over", photo, "--generator", "fake:black");
  }

  @Test
  void drawingOfAnotherShape() throws IOException {
    depthFails(4, "of another shape", photo, "--generator", "fake:narrow");
  }

  @Test
  void badVote() throws IOException {
    depthFails(2, "--vote takes 1 to 1000, or auto, got 0", photo, "--vote", "0");
  }

  @Test
  void badSize() throws IOException {
    depthFails(2, "--size takes a side or WIDTHxHEIGHT", photo, "--size", "huge");
    depthFails(2, "each 16 to 8192, got \"9999x9\"", photo, "--size", "9999x9");
  }

  @Test
  void badSeed() throws IOException {
    depthFails(2, "--seed", photo, "--seed", "seven");
  }

  @Test
  void badAngle() throws IOException {
    depthFails(2, "--fov-x takes 1 to 179, got 200.0", photo, "--fov-x", "200");
  }

  @Test
  void twoFocalLengths() throws IOException {
    depthFails(2, "mutually exclusive", photo, "--fov-x", "60", "--focal-px", "500");
  }

  @Test
  void badKnownDistance() throws IOException {
    depthFails(2, "COLUMN,ROW=METRES", photo, "--known", "3,4");
    depthFails(2, "COLUMN,ROW=METRES", photo, "--known", "3,4=-1");
    depthFails(2, "--known 900,4 lies outside", photo, "--known", "900,4=2");
  }

  @Test
  void relativeDepthHasNoMetres() throws IOException {
    depthFails(2, "relative depth has no metres", photo, "--relative", "--ply");
  }

  @Test
  void pixelOutside() throws IOException {
    fails(
        2,
        "--at 160,0 lies outside photo.png, which has 160 x 120 pixels",
        "measure",
        photo.toString(),
        "--at",
        "160,0",
        "--generator",
        "fake");
  }

  @Test
  void unknownOption() throws IOException {
    depthFails(2, "'--sed', '1'; did you mean --seed", photo, "--sed", "1");
  }

  @Test
  void unknownCommand() throws IOException {
    fails(2, "did you mean", "dept", photo.toString());
  }

  @Test
  void noCommand() throws IOException {
    fails(2, "say what to do");
    fails(2, "say which task", "prompt");
    fails(2, "say which task", "decode");
  }

  @Test
  void missingArguments() throws IOException {
    fails(2, "'PHOTO'", "depth");
    fails(2, "--classes sofa", "segment", photo.toString());
    fails(2, "'--of", "instances", photo.toString());
    fails(2, "say what to find", "refer", photo.toString());
    fails(2, "name one with --chat", "refer", photo.toString(), "--reason", "what is hot?");
  }

  @Test
  void unknownDialect() throws IOException {
    depthFails(2, "neither a file nor one of [paper, open-vision-banana]", photo, "--dialect", "x");
  }

  @Test
  void dialectThatCannotAsk() throws IOException {
    depthFails(2, "cannot ask for metric depth", photo, "--dialect", "open-vision-banana");
  }

  @Test
  void decodingAnotherShape() throws IOException {
    Path drawing = folder.resolve("drawing.png");
    Png.write(drawing, Image.filled(64, 64, 0x445566));
    fails(
        3,
        "has another shape than",
        "decode",
        "depth",
        drawing.toString(),
        "--source",
        photo.toString(),
        "-o",
        out.toString());
  }

  @Test
  void animationUsesItsFirstFrameAndSaysSo() throws IOException {
    Path gif = folder.resolve("moving.gif");
    AnimatedGif.write(gif, 32, 24, 3);
    Run run = Run.of("depth", gif.toString(), "--generator", "fake", "-o", out.toString());
    assertThat(run.err()).contains("has 3 frames; the first is used").hasLineCount(1);
    assertThat(run.code()).isZero();
  }

  @Test
  void theTooFarIsAnErrorIfWanted() throws IOException {
    depthFails(
        3, "16 bits", photo, "--depth-format", "mm", "--too-far", "refuse", "--known", "2,2=80");
  }

  @Test
  void badPhotoAmongGoodOnes() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    Run.photo(many.resolve("a.png"));
    Files.writeString(many.resolve("b.png"), "no picture");
    Run.photo(many.resolve("c.png"));
    Run run =
        Run.of("edges", many.toString(), "--generator", "fake", "-o", out.toString(), "--json");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("b.png").hasLineCount(1);
    assertThat(run.json()).hasSize(3);
    assertThat(run.json().get(1).path("kind").asText()).isEqualTo("input");
    assertThat(run.json().get(1).path("input").asText()).endsWith("b.png");
    assertThat(out.resolve("a/edges/edges.npy")).exists();
    assertThat(out.resolve("b")).doesNotExist();
    assertThat(out.resolve("c/edges/edges.npy")).exists();
  }

  @Test
  void aMeanIsOfTwoWeightsAndARunBeginsWithOne() {
    Run one = Run.of("train", "average", "--weights", "a.safetensors", "-o", out.toString());
    assertThat(one.code()).isEqualTo(2);
    assertThat(one.err()).contains("--weights FILE,FILE");
    Run two =
        Run.of("train", "tune", "--data", folder.toString(), "--weights", "a,b", "-o", out + "");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("begins with one file of weights, got 2");
    Run named = Run.of("train", "resume", "--name", "0.11", "-o", out.toString());
    assertThat(named.code()).isEqualTo(2);
    assertThat(named.err()).contains("--name is of train average, not of train resume");
    Run missing = Run.of("train", "average", "--weights", "a,b", "-o", out.toString());
    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.err()).contains("a").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void debugAddsTheStack() {
    Run run = Run.of("depth", folder.resolve("nowhere.jpg").toString(), "--debug");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("\tat dev.plantain.");
  }
}

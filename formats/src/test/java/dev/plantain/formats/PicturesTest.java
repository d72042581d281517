package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.Answer;
import dev.plantain.core.Depth;
import dev.plantain.core.Drawing;
import dev.plantain.core.Image;
import dev.plantain.core.Placement;
import dev.plantain.core.Registration;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.RelativeDepth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final int W = 320;
  private static final int H = 240;
  private static final Image PHOTO = Image.filled(W, H, 0x507090);

  @TempDir Path folder;

  private static BitSet block(int x0, int y0, int x1, int y1) {
    BitSet bits = new BitSet();
    for (int y = y0; y < y1; y++) {
      bits.set(y * W + x0, y * W + x1);
    }
    return bits;
  }

  private static DepthMap ramp() {
    float[] metres = new float[W * H];
    for (int i = 0; i < metres.length; i++) {
      int row = i / W;
      metres[i] = 1 + 9f * row / H;
    }
    metres[0] = Float.NaN;
    metres[1] = Float.POSITIVE_INFINITY;
    return DepthMap.of(W, H, metres);
  }

  @Test
  void overlaysTintWhatTheyShowAndKeepThePhotosSize() {
    Mask mask = Mask.of("the cup", W, H, block(50, 50, 200, 180), 0.9f);
    Image overlay = Overlays.masks(PHOTO, List.of(mask));
    assertThat(overlay.width()).isEqualTo(W);
    assertThat(overlay.rgb(70, 70)).isNotEqualTo(0x507090);
    assertThat(brightness(overlay.rgb(5, 5))).isLessThan(brightness(0x507090));

    int[] labels = new int[W * H];
    Arrays.fill(labels, LabelMap.BACKGROUND);
    block(10, 10, 100, 100).stream().forEach(i -> labels[i] = 0);
    Image classes = Overlays.labels(PHOTO, LabelMap.of(W, H, List.of("sofa", "lamp"), labels));
    assertThat(classes.rgb(20, 20)).isNotEqualTo(0x507090);
    assertThat(classes.rgb(250, 200)).isEqualTo(0x507090);

    InstanceList none = new InstanceList("chair", W, H, List.of(), 0.8f);
    assertThat(Overlays.instances(PHOTO, none).rgb(5, 5)).isEqualTo(0x507090);
    InstanceList one = new InstanceList("chair", W, H, List.of(new Instance(mask, 0)), 1);
    assertThat(Overlays.instances(PHOTO, one).rgb(70, 70)).isNotEqualTo(0x507090);
  }

  private static int brightness(int rgb) {
    return (rgb >> 16) + (rgb >> 8 & 0xFF) + (rgb & 0xFF);
  }

  @Test
  void depthIsBrightWhereNear() {
    Image picture = DepthPicture.of(ramp());
    assertThat(brightness(picture.rgb(160, 5))).isGreaterThan(brightness(picture.rgb(160, 180)));
    float[] nowhere = new float[W * H];
    Arrays.fill(nowhere, Float.NaN);
    assertThat(DepthPicture.of(DepthMap.of(W, H, nowhere)).rgb(9, 9)).isEqualTo(0x6B6B6B);
    assertThat(DepthPicture.of(DepthMap.of(1, 1, new float[] {2})).width()).isEqualTo(1);
    // One range, one colour: whatever else is in the map.
    DepthPicture.Range range = new DepthPicture.Range(1, 4);
    Image narrow = DepthPicture.of(DepthMap.of(2, 1, new float[] {2, 2.1f}), range);
    Image wide = DepthPicture.of(DepthMap.of(2, 1, new float[] {2, 40}), range);
    assertThat(narrow.rgb(0, 0)).isEqualTo(wide.rgb(0, 0)).isNotEqualTo(wide.rgb(1, 0));
    assertThatThrownBy(() -> new DepthPicture.Range(2, 2)).hasMessageContaining("2.0 m");
    assertThat(DepthPicture.of(RelativeDepth.of(ramp())).height()).isEqualTo(H);
  }

  @Test
  void edgesAndConfidence() {
    float[] lines = new float[W * H];
    for (int y = 0; y < H; y++) {
      lines[y * W + 100] = 1;
    }
    Image edges = Overlays.edges(PHOTO, EdgeMap.of(W, H, lines, lines));
    assertThat(brightness(edges.rgb(100, 50))).isGreaterThan(brightness(edges.rgb(60, 50)) + 100);
    assertThat(Overlays.confidence(2, 1, new float[] {0, 1}).rgb(0, 0)).isEqualTo(0xFDE725);
  }

  @Test
  void sheetsAndPagesShowEverything() throws Exception {
    List<Panel> panels =
        List.of(
            new Panel("Photo", "kitchen <1>.jpg", PHOTO),
            new Panel("Depth", "0.8 m to 10 m", DepthPicture.of(ramp())),
            new Panel("Tall", "", Image.filled(30, 300, 0xFF0000)),
            new Panel("Tiny", "a caption that is much too long ".repeat(9), Image.filled(1, 1, 1)));
    Path sheet = folder.resolve("sheet.png");
    ContactSheet.write(sheet, "kitchen.jpg seen by sprout", panels);
    Image image = Images.read(sheet).image();
    assertThat(image.width()).isEqualTo(3 * 584 + 24);
    Path page = folder.resolve("sheet.html");
    HtmlPage.write(page, "kitchen & co", "6 tasks", panels, Map.of("seed", "0"));
    String html = Files.readString(page);
    assertThat(html)
        .contains("kitchen &amp; co", "kitchen &lt;1&gt;.jpg", "data:image/jpeg;base64,")
        .doesNotContain("http");
    assertThat(html.split("<figure>")).hasSize(5);
  }

  @Test
  void resultsTellAll() throws Exception {
    Depth.Metric task = Depth.metric();
    Drawing drawing =
        new Drawing(task.paint(ramp(), task.ask(Dialect.paper())), task.ask(Dialect.paper()));
    Registration plain =
        new Registration(Placement.SAME, 0, Double.NaN, Double.NaN, Registration.Verdict.TOO_PLAIN);
    Answer.Seen<DepthMap> answer =
        new Answer.Seen<>(
            task,
            ramp(),
            List.of(
                new Answer.Pass(
                    drawing,
                    false,
                    7,
                    plain,
                    Placement.SAME,
                    Duration.ofMillis(120),
                    Duration.ZERO)),
            List.of("careful"),
            List.of("flumph"),
            "sprout 1");
    Path file = folder.resolve("result.json");
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("depth-npy", Path.of("out/depth.npy"));
    ResultJson.write(file, "a.jpg", answer, files);
    JsonNode json = Json.MAPPER.readTree(file.toFile());
    assertThat(json.path("task").asText()).isEqualTo("depth");
    assertThat(json.path("seed").asInt()).isEqualTo(7);
    assertThat(json.path("prompt").asText()).contains("depth map");
    assertThat(json.path("files").path("depth-npy").asText()).isEqualTo("out/depth.npy");
    assertThat(json.path("summary").path("unit").asText()).isEqualTo("metre");
    assertThat(json.path("summary").path("median").asDouble()).isBetween(5.0, 6.0);
    assertThat(json.path("passes").get(0).path("drawn_ms").asInt()).isEqualTo(120);
    assertThat(json.path("passes").get(0).path("registration").path("residual_px").isNull())
        .isTrue();
    assertThat(json.path("warnings").get(0).asText()).isEqualTo("careful");
    assertThat(json.path("unknown_phrases").get(0).asText()).isEqualTo("flumph");
    assertThat(ResultJson.line("a.jpg", answer, files)).doesNotContain("\n");
  }
}

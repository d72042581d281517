package dev.plantain.klein;

import dev.plantain.core.Image;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Trains an adapter of the small model, saves it and what is drawn with it: {@code
 * tools/klein_fixtures.py --adapter FILE} then has diffusers load it and draw the same.
 */
final class AdapterRun {
  private AdapterRun() {}

  /** Argument: the adapter's file, ending in .safetensors; the picture is FILE.png. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    try (Scope scope = Scope.open();
        KleinTuning tuning =
            KleinTuning.open(
                Fixtures.MODEL + "?precision=fp32", new KleinTuning.Settings(4, 6, 1))) {
      List<KleinTuning.Prepared> examples =
          tuning.prepare(
              List.of(
                  new KleinTuning.Example(
                      List.of(Image.filled(32, 48, 0x336699)),
                      "paint it",
                      Image.filled(32, 48, 0xCC0000))));
      AdamW optimiser =
          new AdamW(
              new TensorVector(tuning.parameters().values().toArray(Tensor[]::new)),
              new AdamWOptions(1e-2));
      for (int i = 0; i < 20; i++) {
        optimiser.zero_grad();
        double _ = tuning.gradients(examples.getFirst(), 0.5, i);
        optimiser.step();
      }
      examples.forEach(KleinTuning.Prepared::close);
      tuning.save(file);
    }
    try (Scope scope = Scope.open();
        Pipeline pipeline =
            new Pipeline(
                ModelFolder.open(Fixtures.MODEL, null),
                Compute.exact(),
                false,
                List.of(new Adapter.Use(Adapter.open(file), 1)),
                false)) {
      Tensor drawn =
          pipeline.draw(
              Fixtures.get("pipe.noise"),
              new Pipeline.Job(
                  Fixtures.prompt(), List.of(PipelineParityTest.picture("pipe.first")), 4, 1),
              (done, of) -> {});
      int height = (int) drawn.size(1);
      int width = (int) drawn.size(2);
      byte[] rgb8 = Tensors.rgb8(drawn);
      BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        picture.setRGB(
            i % width,
            i / width,
            (rgb8[3 * i] & 0xff) << 16 | (rgb8[3 * i + 1] & 0xff) << 8 | (rgb8[3 * i + 2] & 0xff));
      }
      ImageIO.write(picture, "png", Path.of(file + ".png").toFile());
    }
  }
}

package dev.plantain.train;

import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.awt.image.BufferedImage;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A picture for people: what the model draws now for some examples, beside photo and target. */
final class SampleSheet {
  private static final int COLUMNS = 12;
  private static final int STEPS = 4;

  private SampleSheet() {}

  /** Three rows: photos, drawings, targets. */
  static BufferedImage of(SproutModel model, Batch batch) {
    int n = Math.min(COLUMNS, batch.targets().size());
    int width = batch.width();
    int height = batch.height();
    int stride = batch.targets().size() / n;
    int[] chosen = new int[n];
    for (int i = 0; i < n; i++) {
      chosen[i] = i * stride;
    }
    BufferedImage sheet = new BufferedImage(n * width, 3 * height, BufferedImage.TYPE_INT_RGB);
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      int[] photoOf = new int[n];
      for (int i = 0; i < n; i++) {
        photoOf[i] = batch.photoOf()[chosen[i]];
      }
      Tensor photos =
          batch.photos().isEmpty() ? null : Tensors.pictures(batch.photos(), height, width);
      List<dev.plantain.sprout.PromptTokens> prompts =
          java.util.Arrays.stream(chosen).mapToObj(i -> batch.prompts().get(i)).toList();
      Tensor z = torch.randn(n, 3, height, width);
      for (int s = 0; s < STEPS; s++) {
        double t = (double) s / STEPS;
        Tensor time = torch.full(new long[] {n}, Tensors.scalar(t));
        Tensor x = model.clean(z, time, photos, photoOf, prompts);
        z = z.add(x.sub(z).mul(Tensors.scalar(1.0 / (STEPS - s))));
      }
      for (int i = 0; i < n; i++) {
        if (photoOf[i] >= 0) {
          put(sheet, batch.photos().get(photoOf[i]), width, i, 0);
        }
        put(sheet, Tensors.rgb8(z.select(0, i)), width, i, 1);
        put(sheet, batch.targets().get(chosen[i]), width, i, 2);
      }
    }
    return sheet;
  }

  private static void put(BufferedImage sheet, byte[] rgb8, int width, int column, int row) {
    int height = rgb8.length / 3 / width;
    for (int p = 0; p < width * height; p++) {
      int rgb =
          (rgb8[3 * p] & 0xff) << 16 | (rgb8[3 * p + 1] & 0xff) << 8 | (rgb8[3 * p + 2] & 0xff);
      sheet.setRGB(column * width + p % width, row * height + p / width, rgb);
    }
  }
}

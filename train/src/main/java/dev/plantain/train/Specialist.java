package dev.plantain.train;

import dev.plantain.core.Depth;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Traits;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.sprout.PromptTokenizer;
import dev.plantain.sprout.PromptTokens;
import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network trained for one task with that task's usual loss, behind the seam of a generator: it
 * reads what is asked, predicts, and paints the prediction with the task's own codec, so that it is
 * measured the way generators are. For studies; it can draw nothing else.
 */
public final class Specialist implements Generator {
  private static final int MULTIPLE = 16;
  private static final int MAX_PIXELS = 1024 * 1024;

  private final SproutModel model;
  private final PromptTokenizer tokenizer = new PromptTokenizer();
  private final Kind kind;

  private Specialist(SproutModel model, Kind kind) {
    this.model = model;
    this.kind = kind;
  }

  /**
   * Opens a specialist's weights.
   *
   * @throws IOException if they cannot be read, or are a generator's
   */
  public static Specialist open(Path weights) throws IOException {
    SproutModel model = SproutModel.read(weights);
    String kind = model.metadata().getOrDefault(SproutModel.SPECIALIST, "");
    for (Kind each : Kind.values()) {
      if (each.name().equals(kind)) {
        return new Specialist(model, each);
      }
    }
    model.close();
    throw new IOException(weights + " holds no specialist's weights, but a generator's");
  }

  /** What these weights were trained for. */
  public Kind kind() {
    return kind;
  }

  @Override
  public Traits traits() {
    return new Traits(
        "specialist for " + kind.name().toLowerCase(java.util.Locale.ROOT),
        Example.DIALECT.name(),
        new Traits.Sizes(MULTIPLE, model.side() * model.side(), MAX_PIXELS, 4),
        true,
        "Apache-2.0");
  }

  @Override
  public boolean drawsInPlace() {
    return true;
  }

  @Override
  public Map<String, String> about() {
    return Map.of(
        SproutModel.SPECIALIST, kind.name(), "steps", model.metadata().getOrDefault("steps", ""));
  }

  @Override
  public synchronized Image draw(List<Image> images, String prompt, Options options) {
    if (images.size() != 1) {
      throw new GeneratorException("a specialist looks at one photo, got " + images.size());
    }
    Image photo = images.getFirst();
    if (photo.width() % MULTIPLE != 0 || photo.height() % MULTIPLE != 0) {
      throw new GeneratorException(
          "a specialist draws photos whose sides %d divides, got %d x %d"
              .formatted(MULTIPLE, photo.width(), photo.height()));
    }
    Instruction instruction;
    try {
      instruction = Example.DIALECT.parse(prompt);
    } catch (InstructionException e) {
      throw new GeneratorException("a specialist draws answers only: " + e.getMessage(), e);
    }
    return switch (instruction.ask()) {
      case Ask.MetricDepth _ when kind == Kind.DEPTH -> depth(photo, instruction);
      case Ask.Normals _ when kind == Kind.NORMALS -> normals(photo, instruction);
      case Ask.Segments ask when kind == Kind.SEGMENT -> segments(photo, ask, instruction);
      default ->
          throw new GeneratorException(
              "the %s cannot answer \"%s\"".formatted(traits().name(), prompt));
    };
  }

  private Image depth(Image photo, Instruction instruction) {
    float[] metres = DepthObjective.metres(plane(predict(photo, List.of("")).getFirst(), 0));
    return Depth.metric().paint(DepthMap.of(photo.width(), photo.height(), metres), instruction);
  }

  private Image normals(Image photo, Instruction instruction) {
    float[] planes = predict(photo, List.of("")).getFirst();
    int pixels = planes.length / 3;
    float[] xyz = new float[planes.length];
    for (int p = 0; p < pixels; p++) {
      double square = 0;
      for (int c = 0; c < 3; c++) {
        square += (double) planes[c * pixels + p] * planes[c * pixels + p];
      }
      for (int c = 0; c < 3; c++) {
        xyz[3 * p + c] = (float) (planes[c * pixels + p] / Math.sqrt(square));
      }
    }
    return Normals.camera().paint(NormalMap.of(photo.width(), photo.height(), xyz), instruction);
  }

  /** Every class is asked for alone; the surest has the pixel, the background if none is likely. */
  private Image segments(Image photo, Ask.Segments ask, Instruction instruction) {
    List<String> phrases = ask.legend().stream().map(Ask.Entry::phrase).toList();
    List<float[]> odds = predict(photo, phrases).stream().map(planes -> plane(planes, 0)).toList();
    int[] labels = new int[photo.width() * photo.height()];
    for (int p = 0; p < labels.length; p++) {
      int best = ask.background().isPresent() ? LabelMap.BACKGROUND : 0;
      float surest = ask.background().isPresent() ? 0 : odds.getFirst()[p];
      for (int k = 0; k < odds.size(); k++) {
        if (odds.get(k)[p] > surest) {
          surest = odds.get(k)[p];
          best = k;
        }
      }
      labels[p] = best;
    }
    Segments task = new Segments(ask.legend(), ask.background(), false, 0);
    return task.paint(LabelMap.of(photo.width(), photo.height(), phrases, labels), instruction);
  }

  private static float[] plane(float[] planes, int channel) {
    int pixels = planes.length / 3;
    return java.util.Arrays.copyOfRange(planes, channel * pixels, (channel + 1) * pixels);
  }

  /** The network's three planes for each prompt. */
  private List<float[]> predict(Image photo, List<String> prompts) {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      int n = prompts.size();
      List<PromptTokens> tokens = prompts.stream().map(tokenizer::tokens).toList();
      Tensor photos = Tensors.pictures(List.of(photo.rgb8()), photo.height(), photo.width());
      Tensor answer =
          model.clean(
              torch.zeros(n, 3, photo.height(), photo.width()),
              torch.zeros(n),
              photos,
              new int[n],
              tokens);
      List<float[]> planes = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        planes.add(Tensors.floats(answer.select(0, i)));
      }
      return planes;
    }
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}

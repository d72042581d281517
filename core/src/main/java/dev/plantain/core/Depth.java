package dev.plantain.core;

import dev.plantain.codec.DepthCodec;
import dev.plantain.codec.InverseDepthCodec;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.DepthScheme;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How far everything is. */
public final class Depth {
  private Depth() {}

  /** Planar depth in metres. */
  public static Metric metric() {
    return new Metric(Optional.empty(), 0);
  }

  /** Inverse depth up to scale and shift, for generators that know no metres. */
  public static Relative relative() {
    return new Relative(0);
  }

  /**
   * Depth in metres.
   *
   * @param scheme the false colours to ask for; the dialect's own if empty
   * @param wording see {@link Dialect#write}
   */
  public record Metric(Optional<DepthScheme> scheme, long wording) implements Task<DepthMap> {
    /** Least confidence of a colour of the code after rounding to 8 bits. */
    private static final float EXACT = 0.98f;

    /** The same in these false colours. */
    public Metric in(DepthScheme colours) {
      return new Metric(Optional.of(colours), wording);
    }

    /** The same in other words. */
    public Metric worded(long seed) {
      return new Metric(scheme, seed);
    }

    @Override
    public String name() {
      return "depth";
    }

    @Override
    public Instruction ask(Dialect dialect) {
      return dialect.write(new Ask.MetricDepth(scheme.orElse(dialect.depthScheme())), wording);
    }

    @Override
    public DepthMap read(Drawing drawing, ColourProfile profile) {
      Reading.refuseBlank(drawing, "depth");
      int width = drawing.image().width();
      int height = drawing.image().height();
      byte[] rgb8 = profile.correct(drawing.image());
      float[] metres = new float[width * height];
      float[] confidence = new float[width * height];
      DepthCodec codec = codec(drawing.instruction());
      codec.decode(rgb8, metres, confidence);
      if (isExact(rgb8, confidence, codec.invalidRgb())) {
        for (int i = 0; i < metres.length; i++) {
          metres[i] = confidence[i] < EXACT ? Float.NaN : metres[i];
        }
      } else {
        codec.decode(rgb8, width, height, metres, confidence);
      }
      return DepthMap.of(width, height, metres, confidence);
    }

    @Override
    public Image paint(DepthMap depth, Instruction instruction) {
      byte[] rgb8 = new byte[3 * depth.width() * depth.height()];
      codec(instruction).encode(depth.metres(), rgb8);
      return Image.of(depth.width(), depth.height(), rgb8);
    }

    /**
     * Whether every pixel has a colour of the code, or the one that stands for invalid: a drawing
     * of {@link #paint}, which needs no repair.
     */
    private static boolean isExact(byte[] rgb8, float[] confidence, int invalidRgb) {
      byte red = (byte) (invalidRgb >> 16);
      byte green = (byte) (invalidRgb >> 8);
      byte blue = (byte) invalidRgb;
      for (int i = 0; i < confidence.length; i++) {
        if (confidence[i] < EXACT
            && !(rgb8[3 * i] == red && rgb8[3 * i + 1] == green && rgb8[3 * i + 2] == blue)) {
          return false;
        }
      }
      return true;
    }

    private static DepthCodec codec(Instruction instruction) {
      return Reading.expect(Ask.MetricDepth.class, instruction).scheme().codec();
    }

    @Override
    public DepthMap fit(DepthMap depth, Upsampler photo) {
      return photo.depth(depth);
    }

    /** Other words, the same colours: the generator's own scheme is its most exact. */
    @Override
    public Metric variant(long seed) {
      return seed == 0 ? this : worded(seed);
    }

    @Override
    public Optional<UnaryOperator<DepthMap>> mirror() {
      return Optional.of(DepthMap::mirrored);
    }

    @Override
    public DepthMap fuse(List<DepthMap> answers) {
      return Fusion.depth(answers);
    }
  }

  /**
   * Relative inverse depth.
   *
   * @param wording see {@link Dialect#write}
   */
  public record Relative(long wording) implements Task<RelativeDepth> {

    /** The same in other words. */
    public Relative worded(long seed) {
      return new Relative(seed);
    }

    @Override
    public String name() {
      return "relative-depth";
    }

    @Override
    public Instruction ask(Dialect dialect) {
      return dialect.write(new Ask.RelativeDepth(), wording);
    }

    @Override
    public RelativeDepth read(Drawing drawing, ColourProfile profile) {
      Reading.refuseBlank(drawing, "relative depth");
      int width = drawing.image().width();
      int height = drawing.image().height();
      float[] nearness = new float[width * height];
      float[] confidence = new float[width * height];
      InverseDepthCodec.grey().decode(profile.correct(drawing.image()), nearness, confidence);
      return RelativeDepth.of(width, height, nearness, confidence);
    }

    @Override
    public Image paint(RelativeDepth depth, Instruction instruction) {
      byte[] rgb8 = new byte[3 * depth.width() * depth.height()];
      InverseDepthCodec.grey().encode(depth.nearness(), rgb8);
      return Image.of(depth.width(), depth.height(), rgb8);
    }

    @Override
    public RelativeDepth fit(RelativeDepth depth, Upsampler photo) {
      return photo.relative(depth);
    }

    @Override
    public Relative variant(long seed) {
      return seed == 0 ? this : worded(seed);
    }

    @Override
    public Optional<UnaryOperator<RelativeDepth>> mirror() {
      return Optional.of(RelativeDepth::mirrored);
    }

    @Override
    public RelativeDepth fuse(List<RelativeDepth> answers) {
      return Fusion.relative(answers);
    }
  }
}

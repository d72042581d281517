package dev.plantain.core;

import dev.plantain.codec.EdgeCodec;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.EdgeMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where objects end.
 *
 * @param wording see {@link Dialect#write}
 */
public record Edges(long wording) implements Task<EdgeMap> {

  /**
   * A drawing has this many times the photo's pixels: thin lines apart take more than the photo.
   */
  private static final double TIMES_PHOTO = 2.25;

  /** But no more than these: chosen on photos of BSDS500's training split, where more find less. */
  private static final int ENOUGH = 320 * 320;

  /** Boundaries of objects, not of textures. */
  public static Edges boundaries() {
    return new Edges(0);
  }

  /** The same in other words. */
  public Edges worded(long seed) {
    return new Edges(seed);
  }

  @Override
  public String name() {
    return "edges";
  }

  @Override
  public Instruction ask(Dialect dialect) {
    return dialect.write(new Ask.Edges(), wording);
  }

  @Override
  public EdgeMap read(Drawing drawing, ColourProfile profile) {
    int width = drawing.image().width();
    int height = drawing.image().height();
    float[] probability = new float[width * height];
    EdgeCodec.decode(profile.correct(drawing.image()), probability, null);
    return thinned(width, height, probability);
  }

  static EdgeMap thinned(int width, int height, float[] probability) {
    float[] thin = new float[probability.length];
    EdgeCodec.thin(probability, width, height, thin);
    return EdgeMap.of(width, height, probability, thin);
  }

  @Override
  public Image paint(EdgeMap edges, Instruction instruction) {
    byte[] rgb8 = new byte[3 * edges.width() * edges.height()];
    EdgeCodec.encode(edges.probability(), rgb8);
    return Image.of(edges.width(), edges.height(), rgb8);
  }

  @Override
  public int leastPixels(int photoWidth, int photoHeight) {
    return (int) Math.min(ENOUGH, TIMES_PHOTO * photoWidth * photoHeight);
  }

  @Override
  public EdgeMap fit(EdgeMap edges, Upsampler photo) {
    return photo.edges(edges);
  }

  @Override
  public Edges variant(long seed) {
    return seed == 0 ? this : worded(seed);
  }

  @Override
  public Optional<UnaryOperator<EdgeMap>> mirror() {
    return Optional.of(EdgeMap::mirrored);
  }

  @Override
  public EdgeMap fuse(List<EdgeMap> answers) {
    return Fusion.edges(answers);
  }
}

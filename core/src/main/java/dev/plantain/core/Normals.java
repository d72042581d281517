package dev.plantain.core;

import dev.plantain.codec.NormalCodec;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.NormalMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which way every surface faces.
 *
 * @param wording see {@link Dialect#write}
 */
public record Normals(long wording) implements Task<NormalMap> {

  /** In camera space: +x right, +y up, +z towards the viewer. */
  public static Normals camera() {
    return new Normals(0);
  }

  /** The same in other words. */
  public Normals worded(long seed) {
    return new Normals(seed);
  }

  @Override
  public String name() {
    return "normals";
  }

  @Override
  public Instruction ask(Dialect dialect) {
    return dialect.write(new Ask.Normals(dialect.normals()), wording);
  }

  @Override
  public NormalMap read(Drawing drawing, ColourProfile profile) {
    Reading.refuseBlank(drawing, "normal map");
    int width = drawing.image().width();
    int height = drawing.image().height();
    float[] xyz = new float[3 * width * height];
    float[] confidence = new float[width * height];
    codec(drawing.instruction()).decode(profile.correct(drawing.image()), xyz, confidence);
    return NormalMap.of(width, height, xyz, confidence);
  }

  @Override
  public Image paint(NormalMap normals, Instruction instruction) {
    byte[] rgb8 = new byte[3 * normals.width() * normals.height()];
    codec(instruction).encode(normals.xyz(), rgb8);
    return Image.of(normals.width(), normals.height(), rgb8);
  }

  private static NormalCodec codec(Instruction instruction) {
    return Reading.expect(Ask.Normals.class, instruction).codec();
  }

  @Override
  public NormalMap fit(NormalMap normals, Upsampler photo) {
    return photo.normals(normals);
  }

  @Override
  public Normals variant(long seed) {
    return seed == 0 ? this : worded(seed);
  }

  @Override
  public Optional<UnaryOperator<NormalMap>> mirror() {
    return Optional.of(NormalMap::mirrored);
  }

  @Override
  public NormalMap fuse(List<NormalMap> answers) {
    return Fusion.normals(answers);
  }
}

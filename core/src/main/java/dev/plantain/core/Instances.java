package dev.plantain.core;

import dev.plantain.codec.InstanceCodec;
import dev.plantain.codec.InstanceMap;
import dev.plantain.codec.InstancePaint;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Every single thing of one class.
 *
 * @param phrase the class, in the singular
 * @param backgroundRgb the colour of everything else; the dialect's own, or black, if empty
 * @param paperDecoder read by the paper's algorithm instead of the default: a baseline
 * @param wording see {@link Dialect#write}
 * @throws dev.plantain.core.instruct.InstructionException if the phrase says nothing
 */
public record Instances(
    String phrase, OptionalInt backgroundRgb, boolean paperDecoder, long wording)
    implements Task<InstanceList> {

  public Instances {
    phrase = new Ask.Instances(phrase, backgroundRgb).phrase();
  }

  /** Things of this class, on black unless the dialect has a background of its own. */
  public static Instances of(String phrase) {
    return new Instances(phrase, OptionalInt.empty(), false, 0);
  }

  /** The same on another background, {@code 0xRRGGBB}. */
  public Instances background(int rgb) {
    return new Instances(phrase, OptionalInt.of(rgb), paperDecoder, wording);
  }

  /** The same in other words. */
  public Instances worded(long seed) {
    return new Instances(phrase, backgroundRgb, paperDecoder, seed);
  }

  /** The same, read by the paper's algorithm. */
  public Instances readAsInPaper() {
    return new Instances(phrase, backgroundRgb, true, wording);
  }

  @Override
  public String name() {
    return "instances";
  }

  @Override
  public Instruction ask(Dialect dialect) {
    int ground = backgroundRgb.orElseGet(() -> dialect.instancesBackground().orElse(Colours.BLACK));
    return dialect.write(new Ask.Instances(phrase, OptionalInt.of(ground)), wording);
  }

  /** Where neither the dialect nor an instruction names one. */
  private int ground() {
    return backgroundRgb.orElse(Colours.BLACK);
  }

  @Override
  public InstanceList read(Drawing drawing, ColourProfile profile) {
    OptionalInt ground = Reading.expect(Ask.Instances.class, drawing.instruction()).background();
    int width = drawing.image().width();
    int height = drawing.image().height();
    InstanceMap map = decoder(ground).decode(profile.correct(drawing.image()), width, height);
    BitSet[] masks = new BitSet[map.instances().size() + 1];
    int unassigned = 0;
    for (int i = 0; i < map.ids().length; i++) {
      int id = map.ids()[i];
      if (id > 0) {
        if (masks[id] == null) {
          masks[id] = new BitSet(width * height);
        }
        masks[id].set(i);
      } else if (id == InstanceMap.UNASSIGNED) {
        unassigned++;
      }
    }
    List<Instance> instances = new ArrayList<>();
    double sum = 0;
    for (InstanceMap.Instance found : map.instances()) {
      float score = Math.clamp(found.confidence(), 0f, 1f);
      instances.add(
          new Instance(Mask.of(phrase, width, height, masks[found.id()], score), found.rgb()));
      sum += score;
    }
    double certain = 1 - (double) unassigned / (width * height);
    double score = instances.isEmpty() ? certain : sum / instances.size();
    return new InstanceList(phrase, width, height, instances, (float) score);
  }

  private InstanceCodec decoder(OptionalInt ground) {
    if (paperDecoder) {
      return InstanceCodec.paper(ground.orElse(ground()));
    }
    return ground.isPresent()
        ? InstanceCodec.clusters(ground.getAsInt())
        : InstanceCodec.clusters();
  }

  /** Colours are a function of where each instance is, so that there is one right drawing. */
  @Override
  public Image paint(InstanceList instances, Instruction instruction) {
    int ground = Reading.expect(Ask.Instances.class, instruction).background().orElse(ground());
    byte[] rgb8 = new byte[3 * instances.width() * instances.height()];
    InstancePaint.paint(instances.ids(), instances.width(), instances.height(), ground, rgb8);
    return Image.of(instances.width(), instances.height(), rgb8);
  }

  @Override
  public InstanceList fit(InstanceList instances, Upsampler photo) {
    return photo.instances(instances);
  }

  @Override
  public Instances variant(long seed) {
    return seed == 0 ? this : worded(seed);
  }

  @Override
  public Optional<UnaryOperator<InstanceList>> mirror() {
    return Sides.named(List.of(phrase)) ? Optional.empty() : Optional.of(InstanceList::mirrored);
  }

  @Override
  public InstanceList fuse(List<InstanceList> answers) {
    return InstanceConsensus.of(answers);
  }
}

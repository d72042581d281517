package dev.plantain.core;

import dev.plantain.codec.Legend;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Every single thing of one class, where it is known before which there are: each is drawn in its
 * own colour of a legend, and read by that colour instead of by clustering.
 *
 * @param phrase the class
 * @param legend words that refer to one of them, and the colour it has in the plan and in the
 *     measurement
 * @param asked the same words, in the colours they are asked for in
 * @param backgroundRgb the colour of everything else
 * @param wording see {@link Dialect#write}
 */
public record PlannedInstances(
    String phrase, List<Entry> legend, List<Entry> asked, int backgroundRgb, long wording)
    implements Task<InstanceList> {
  /** A colour on less of the drawing than this is a speck, as in the paper's decoder. */
  private static final double SPECK = 2e-4;

  public PlannedInstances {
    phrase = new Entry(phrase, backgroundRgb).phrase();
    legend = new Ask.Referring(legend, backgroundRgb).legend();
    asked = new Ask.Referring(asked, backgroundRgb).legend();
    if (!phrases(asked).equals(phrases(legend))) {
      throw new IllegalArgumentException(
          "what is asked for, %s, is not what is planned, %s"
              .formatted(phrases(asked), phrases(legend)));
    }
  }

  /** Asked for in the colours of the plan. */
  static PlannedInstances of(String phrase, List<Entry> legend, int backgroundRgb) {
    return new PlannedInstances(phrase, legend, legend, backgroundRgb, 0);
  }

  private static List<String> phrases(List<Entry> entries) {
    return entries.stream().map(Entry::phrase).toList();
  }

  @Override
  public String name() {
    return "instances";
  }

  @Override
  public Instruction ask(Dialect dialect) {
    return dialect.write(new Ask.Referring(asked, backgroundRgb), wording);
  }

  @Override
  public InstanceList read(Drawing drawing, ColourProfile profile) {
    Image image = drawing.image();
    int[] labels = new int[image.width() * image.height()];
    float[] confidence = new float[labels.length];
    codec(drawing.instruction()).decode(profile.correct(image), labels, confidence);
    BitSet[] masks = new BitSet[legend.size()];
    double[] sums = new double[legend.size()];
    Arrays.setAll(masks, i -> new BitSet());
    double all = 0;
    for (int i = 0; i < labels.length; i++) {
      all += confidence[i];
      if (labels[i] >= 0) {
        masks[labels[i]].set(i);
        sums[labels[i]] += confidence[i];
      }
    }
    List<Instance> instances = new ArrayList<>();
    double score = 0;
    for (int k = 0; k < masks.length; k++) {
      int area = masks[k].cardinality();
      if (area > SPECK * labels.length) {
        float sure = (float) Math.clamp(sums[k] / area, 0, 1);
        Mask mask = Mask.of(phrase, image.width(), image.height(), masks[k], sure);
        instances.add(new Instance(mask, legend.get(k).rgb()));
        score += sure;
      }
    }
    instances.sort(Comparator.comparingInt((Instance i) -> -i.mask().area()));
    score = instances.isEmpty() ? all / labels.length : score / instances.size();
    return new InstanceList(
        phrase, image.width(), image.height(), instances, (float) Math.clamp(score, 0, 1));
  }

  /**
   * An instance is the entry whose colour it has in the plan; one of another colour is an entry
   * that no other instance is.
   *
   * @throws IllegalArgumentException if there are more such instances than entries left
   */
  @Override
  public Image paint(InstanceList instances, Instruction instruction) {
    Legend codec = codec(instruction);
    int[] labels = new int[instances.width() * instances.height()];
    Arrays.fill(labels, Legend.BACKGROUND);
    int[] entries = entries(instances);
    for (int k = 0; k < entries.length; k++) {
      int label = entries[k];
      instances.get(k).mask().bits().stream().forEach(i -> labels[i] = label);
    }
    byte[] rgb8 = new byte[3 * labels.length];
    codec.paint(labels, rgb8);
    return Image.of(instances.width(), instances.height(), rgb8);
  }

  /** By instance. */
  private int[] entries(InstanceList instances) {
    List<Integer> colours = legend.stream().map(Entry::rgb).toList();
    int[] entries = instances.stream().mapToInt(i -> colours.indexOf(i.rgb())).toArray();
    BitSet used = new BitSet();
    Arrays.stream(entries).filter(entry -> entry >= 0).forEach(used::set);
    for (int k = 0; k < entries.length; k++) {
      if (entries[k] < 0) {
        entries[k] = used.nextClearBit(0);
        used.set(entries[k]);
      }
    }
    if (used.length() > legend.size()) {
      throw new IllegalArgumentException(
          "%d instances of \"%s\" are too many for a plan of %d"
              .formatted(instances.size(), phrase, legend.size()));
    }
    return entries;
  }

  private static Legend codec(Instruction instruction) {
    Ask.Referring ask = Reading.expect(Ask.Referring.class, instruction);
    return Legend.of(ask.legend().stream().mapToInt(Entry::rgb).toArray())
        .withBackground(ask.background());
  }

  @Override
  public InstanceList fit(InstanceList instances, Upsampler photo) {
    return photo.instances(instances);
  }

  @Override
  public PlannedInstances variant(long seed) {
    return variant(seed, ColourProfile.identity());
  }

  @Override
  public PlannedInstances variant(long seed, ColourProfile profile) {
    if (seed == 0) {
      return this;
    }
    List<Integer> colours = profile.palette(legend.size(), seed, backgroundRgb);
    return new PlannedInstances(
        phrase, legend, Segments.zip(phrases(legend), colours), backgroundRgb, seed);
  }

  @Override
  public InstanceList fuse(List<InstanceList> answers) {
    return InstanceConsensus.of(answers);
  }
}

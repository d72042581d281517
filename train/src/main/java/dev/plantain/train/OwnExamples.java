package dev.plantain.train;

import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Image;
import dev.plantain.core.Instances;
import dev.plantain.core.Normals;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.SegmentError;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Examples from a user's own pictures: whatever answers a picture has, asked in ever new words and
 * colours, over parts of the picture and its mirror image. Some of the drawings mend damaged
 * photos, so that the generator goes on drawing.
 */
final class OwnExamples implements ExampleSource {
  private static final int LEGEND = 8;

  /** Smallest part that is cut out, as a share of the largest. */
  private static final double LEAST_CROP = 0.5;

  /** After so many parts of which nothing is known, in a row, something else is learnt. */
  private static final int TRIES = 100;

  private final OwnPictures pictures;

  OwnExamples(OwnPictures pictures) {
    this.pictures = pictures;
  }

  @Override
  public Set<String> vocabulary() {
    return pictures.words();
  }

  @Override
  public Step step(Stage stage, SplittableRandom random) {
    Frame frame = pictures.frame(stage.size());
    List<Example> examples = new ArrayList<>();
    while (examples.size() < stage.drawings()) {
      Asked asked = part(frame, random);
      if (random.nextDouble() * stage.mixture().total() < stage.mixture().weight(Kind.RESTORE)) {
        examples.add(Restoration.of(asked.photo, random));
      }
      for (int i = 0; i < stage.asks() && examples.size() < stage.drawings(); i++) {
        examples.add(known(asked));
      }
    }
    return new Step(frame, examples.subList(0, stage.drawings()));
  }

  private Asked part(Frame frame, SplittableRandom random) {
    Sample sample = pictures.sample(random.nextInt(pictures.size()));
    // A part of a picture looks nearer than it is.
    boolean whole = sample.truths().stream().anyMatch(Truth.DepthTruth.class::isInstance);
    Crop crop =
        Crop.random(
            sample.photo().width(), sample.photo().height(), frame, whole ? 1 : LEAST_CROP, random);
    return new Asked(
        sample.truths(), crop.photo(sample.photo()), crop.pixels(), crop.mirrored(), frame, random);
  }

  /** A question of a part; where nothing of its answer is known, one of another part. */
  private Example known(Asked part) {
    Asked asked = part;
    for (int i = 0; i < TRIES; i++) {
      Example example = asked.any();
      if (example.isKnown()) {
        return example;
      }
      asked = part(part.frame, part.random);
    }
    return Restoration.of(asked.photo, part.random);
  }

  /** One part of one picture, being asked. */
  private record Asked(
      List<Truth> truths,
      Image photo,
      int[] pixels,
      boolean mirrored,
      Frame frame,
      SplittableRandom random) {

    Example any() {
      return of(truths.get(random.nextInt(truths.size())));
    }

    private Example of(Truth truth) {
      return switch (truth) {
        case Truth.DepthTruth t -> depth(t);
        case Truth.NormalTruth t -> normals(t);
        case Truth.SegmentTruth t -> random.nextInt(5) == 0 ? phrase(t) : segment(t);
        case Truth.ReferTruth t -> refer(t.phrase(), Crop.pick(t.inside(), pixels), new BitSet());
        case Truth.InstanceTruth t -> instances(t);
        case Truth.EdgeTruth t -> edges(t);
        case Truth.DetectionTruth _, Truth.PanopticTruth _ ->
            throw new IllegalArgumentException("folders of one's own hold no " + truth.getClass());
      };
    }

    private <M> Example example(Kind kind, Task<M> task, M measurement, BitSet unknown) {
      return Example.of(kind, photo, task, measurement, unknown);
    }

    private Example depth(Truth.DepthTruth truth) {
      float[] metres = new float[pixels.length];
      BitSet unknown = new BitSet(pixels.length);
      for (int i = 0; i < pixels.length; i++) {
        float z = truth.metres()[pixels[i]];
        boolean known = z > 0 && !Float.isNaN(z);
        unknown.set(i, !known);
        metres[i] = known ? z : 1;
      }
      return example(
          Kind.DEPTH,
          Depth.metric().worded(random.nextLong()),
          DepthMap.of(frame.width(), frame.height(), metres),
          unknown);
    }

    private Example normals(Truth.NormalTruth truth) {
      float[] xyz = new float[3 * pixels.length];
      BitSet unknown = new BitSet(pixels.length);
      for (int i = 0; i < pixels.length; i++) {
        float x = truth.xyz()[3 * pixels[i]];
        float y = truth.xyz()[3 * pixels[i] + 1];
        float z = truth.xyz()[3 * pixels[i] + 2];
        boolean known = Math.abs(x * x + y * y + z * z - 1) < 0.2;
        unknown.set(i, !known);
        xyz[3 * i] = known ? (mirrored ? -x : x) : 0;
        xyz[3 * i + 1] = known ? y : 0;
        xyz[3 * i + 2] = known ? z : 1;
      }
      return example(
          Kind.NORMALS,
          Normals.camera().worded(random.nextLong()),
          NormalMap.of(frame.width(), frame.height(), xyz),
          unknown);
    }

    private Example edges(Truth.EdgeTruth truth) {
      // As likely as annotators agree.
      float[] probability = new float[pixels.length];
      for (boolean[] annotator : truth.annotators()) {
        for (int i = 0; i < pixels.length; i++) {
          probability[i] += annotator[pixels[i]] ? 1f / truth.annotators().size() : 0;
        }
      }
      return example(
          Kind.EDGES,
          Edges.boundaries().worded(random.nextLong()),
          EdgeMap.of(frame.width(), frame.height(), probability, probability),
          new BitSet());
    }

    private Example segment(Truth.SegmentTruth truth) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < truth.classes().size(); i++) {
        order.add(i);
      }
      VisionExamples.shuffled(order, random);
      boolean all = random.nextBoolean();
      int count = all ? order.size() : 1 + random.nextInt(Math.min(LEGEND, order.size()));
      List<Integer> colours = RandomColours.apart(count + 1, random);
      List<String> words = new ArrayList<>();
      List<Entry> legend = new ArrayList<>();
      int[] entryOf = new int[truth.classes().size()];
      java.util.Arrays.fill(entryOf, LabelMap.BACKGROUND);
      for (int i = 0; i < count; i++) {
        words.add(truth.classes().get(order.get(i)));
        legend.add(new Entry(words.get(i), colours.get(i)));
        entryOf[order.get(i)] = i;
      }
      int[] labels = new int[pixels.length];
      BitSet unknown = unknown(truth, labels);
      boolean rest = false;
      for (int i = 0; i < labels.length; i++) {
        labels[i] = labels[i] < 0 ? LabelMap.BACKGROUND : entryOf[labels[i]];
        if (unknown.get(i)) {
          labels[i] = 0;
        }
        rest |= labels[i] == LabelMap.BACKGROUND;
      }
      Segments task = Segments.coloured(legend).worded(random.nextLong());
      if (rest || random.nextBoolean()) {
        task = task.background(random.nextInt(3) == 0 ? RandomColours.BLACK : colours.getLast());
      }
      return example(
          Kind.SEGMENT, task, LabelMap.of(frame.width(), frame.height(), words, labels), unknown);
    }

    /** The labels of this part; returns the pixels that do not count. */
    private BitSet unknown(Truth.SegmentTruth truth, int[] labels) {
      BitSet unknown = new BitSet(pixels.length);
      for (int i = 0; i < pixels.length; i++) {
        labels[i] = truth.labels()[pixels[i]];
        unknown.set(i, labels[i] == SegmentError.IGNORE);
      }
      return unknown;
    }

    private Example phrase(Truth.SegmentTruth truth) {
      int chosen = random.nextInt(truth.classes().size());
      int[] labels = new int[pixels.length];
      BitSet unknown = unknown(truth, labels);
      BitSet inside = new BitSet(pixels.length);
      for (int i = 0; i < labels.length; i++) {
        inside.set(i, labels[i] == chosen);
      }
      return refer(truth.classes().get(chosen), inside, unknown);
    }

    private Example refer(String phrase, BitSet inside, BitSet unknown) {
      List<Integer> colours = RandomColours.apart(2, random);
      Referring task =
          Referring.to(phrase)
              .in(colours.get(0))
              .background(random.nextBoolean() ? RandomColours.BLACK : colours.get(1))
              .worded(random.nextLong());
      return example(
          Kind.REFER, task, Mask.of(phrase, frame.width(), frame.height(), inside, 1), unknown);
    }

    private Example instances(Truth.InstanceTruth truth) {
      List<Instance> instances = new ArrayList<>();
      for (BitSet one : truth.instances()) {
        BitSet part = Crop.pick(one, pixels);
        if (!part.isEmpty()) {
          instances.add(
              new Instance(
                  Mask.of(truth.phrase(), frame.width(), frame.height(), part, 1),
                  RandomColours.WHITE));
        }
      }
      return example(
          Kind.INSTANCES,
          Instances.of(truth.phrase()).worded(random.nextLong()),
          new InstanceList(truth.phrase(), frame.width(), frame.height(), instances, 1),
          new BitSet());
    }
  }
}

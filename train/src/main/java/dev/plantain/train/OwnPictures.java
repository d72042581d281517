package dev.plantain.train;

import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.set.FolderSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A user's pictures, divided into those to learn from and those to measure with. Pictures read last
 * stay in memory. Thread-safe.
 */
final class OwnPictures {
  /** Every so many-th picture is kept for measuring. */
  private static final int MEASURED = 10;

  /** What the pictures in memory may take, as a share of what Java may. */
  private static final double MEMORY = 0.25;

  private final FolderSet set;
  private final List<Integer> learnt = new ArrayList<>();
  private final List<Integer> measured = new ArrayList<>();
  private final LinkedHashMap<Integer, Sample> read = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> words = new TreeSet<>();
  private final double aspect;
  private final boolean heldOut;
  private long bytes;

  /**
   * Looks at every picture once.
   *
   * @param warnings hears, a line each, of pictures that are left out: damaged, or without answers;
   *     then, in a line, of how many, and what else there is that teaches nothing
   * @throws IOException if too few are left
   */
  OwnPictures(FolderSet set, Consumer<String> warnings) throws IOException {
    this.set = set;
    List<Double> aspects = new ArrayList<>();
    LeftOut leftOut = new LeftOut();
    for (int i = 0; i < set.size(); i++) {
      try {
        Sample sample = load(i);
        if (sample.truths().isEmpty()) {
          warnings.accept(sample.id() + " is left out: it has no answers");
          leftOut.drop();
          continue;
        }
        leftOut.keep(sample);
        addWords(sample);
        aspects.add((double) sample.photo().width() / sample.photo().height());
        (aspects.size() % MEASURED == 0 ? measured : learnt).add(i);
      } catch (UncheckedIOException e) {
        warnings.accept("left out: " + e.getMessage());
        leftOut.drop();
      }
    }
    leftOut.line().ifPresent(warnings);
    if (learnt.isEmpty()) {
      throw new IOException(set.name() + " has no picture with answers that can be read");
    }
    heldOut = !measured.isEmpty() || learnt.size() > 1;
    if (measured.isEmpty()) {
      // Too few for a tenth: the last is spared, unless it is the only one.
      measured.add(heldOut ? learnt.removeLast() : learnt.getFirst());
    }
    aspects.sort(null);
    aspect = aspects.get(aspects.size() / 2);
  }

  private void addWords(Sample sample) {
    for (Truth truth : sample.truths()) {
      switch (truth) {
        case Truth.SegmentTruth t -> words.addAll(t.classes());
        case Truth.InstanceTruth t -> words.add(t.phrase());
        case Truth.ReferTruth _,
            Truth.DepthTruth _,
            Truth.NormalTruth _,
            Truth.EdgeTruth _,
            Truth.DetectionTruth _,
            Truth.PanopticTruth _ -> {
          // Names nothing, or a phrase of many words, or is in no folder of one's own.
        }
      }
    }
  }

  /** Names of the classes that the pictures' answers give. */
  Set<String> words() {
    return Collections.unmodifiableSet(words);
  }

  int size() {
    return learnt.size();
  }

  /** One of those to learn from. */
  Sample sample(int index) {
    return load(learnt.get(index));
  }

  /** The pictures' usual aspect at a square's area. */
  ExampleSource.Frame frame(int side) {
    return ExampleSource.Frame.of(side, aspect);
  }

  /** Whether those to measure with are not learnt from: a single picture is. */
  boolean heldOut() {
    return heldOut;
  }

  /** Those to measure with. */
  EvalSet measured() {
    return new EvalSet() {
      @Override
      public String name() {
        return set.name() + (heldOut ? ", held out" : ", a picture that is taught");
      }

      @Override
      public long size() {
        return measured.size();
      }

      @Override
      public Stream<Sample> samples() {
        return measured.stream().map(OwnPictures.this::load);
      }
    };
  }

  private synchronized Sample load(int index) {
    Sample known = read.get(index);
    if (known != null) {
      return known;
    }
    Sample sample = set.sample(index);
    read.put(index, sample);
    bytes += size(sample);
    for (var each = read.entrySet().iterator();
        each.hasNext() && bytes > MEMORY * Runtime.getRuntime().maxMemory(); ) {
      Map.Entry<Integer, Sample> eldest = each.next();
      if (eldest.getKey() != index) {
        bytes -= size(eldest.getValue());
        each.remove();
      }
    }
    return sample;
  }

  /** Roughly: three bytes of photo and four for each answer. */
  private static long size(Sample sample) {
    return (3L + 4L * sample.truths().size()) * sample.photo().width() * sample.photo().height();
  }
}

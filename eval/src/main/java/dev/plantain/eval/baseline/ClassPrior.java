package dev.plantain.eval.baseline;

import dev.plantain.core.instruct.Ask;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Classes that no photo changes: at each place of the frame the one most often there. */
final class ClassPrior {
  private static final int SIDE = 60;

  private final List<String> classes;
  private final int[][] counts;

  private ClassPrior(List<String> classes, int[][] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * @param set whose samples ask for the same classes each
   * @throws IOException if there is none
   */
  static ClassPrior of(EvalSet set) throws IOException {
    List<String> classes = new ArrayList<>();
    int[][] counts = new int[SIDE * SIDE][];
    try (Stream<Sample> samples = set.samples()) {
      Iterator<Sample> each = samples.iterator();
      while (each.hasNext()) {
        Sample sample = each.next();
        for (Truth truth : sample.truths()) {
          if (truth instanceof Truth.SegmentTruth t) {
            if (classes.isEmpty()) {
              t.classes().forEach(c -> classes.add(c.toLowerCase(Locale.ROOT)));
              Arrays.setAll(counts, i -> new int[classes.size()]);
            }
            count(t.labels(), sample.photo().width(), sample.photo().height(), counts);
          }
        }
      }
    }
    if (classes.isEmpty()) {
      throw new IOException("no labels are there to learn which class is where");
    }
    return new ClassPrior(classes, counts);
  }

  /** Where a pixel lies in the frame. */
  private static int place(int pixel, int width, int height) {
    return pixel / width * SIDE / height * SIDE + pixel % width * SIDE / width;
  }

  private static void count(int[] labels, int width, int height, int[][] counts) {
    for (int i = 0; i < labels.length; i++) {
      int[] cell = counts[place(i, width, height)];
      if (labels[i] >= 0 && labels[i] < cell.length) {
        cell[labels[i]]++;
      }
    }
  }

  /** The likeliest of the classes that are asked for; those never counted are nowhere. */
  LabelMap of(Ask.Segments ask, int width, int height) {
    List<String> names = ask.legend().stream().map(Ask.Entry::phrase).toList();
    int[] index =
        names.stream().mapToInt(n -> classes.indexOf(n.toLowerCase(Locale.ROOT))).toArray();
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      int[] cell = counts[place(i, width, height)];
      int best = 0;
      for (int k = 0; k < index.length; k++) {
        if (index[k] >= 0 && (index[best] < 0 || cell[index[k]] > cell[index[best]])) {
          best = k;
        }
      }
      labels[i] = best;
    }
    return LabelMap.of(width, height, names, labels);
  }
}

package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Precision over recall of one category at one IoU, as COCO's evaluator draws it. */
record PrecisionCurve(double[] precision, double[] recalls) {
  private static final int STEPS = 101;

  /** One detection: its score, and where it stands among equal ones. */
  private record Hit(double score, boolean right) {}

  /**
   * @param iou index of the threshold
   * @param area index of the size range
   * @param most detections of one image that count
   * @param truths that count
   */
  static PrecisionCurve of(
      List<MaskPrecision.Cell> cells, int iou, int area, int most, int truths) {
    List<Hit> hits = new ArrayList<>();
    for (MaskPrecision.Cell cell : cells) {
      for (int i = 0; i < Math.min(most, cell.scores().length); i++) {
        if ((cell.ignored()[area][i] >> iou & 1) == 0) {
          hits.add(new Hit(cell.scores()[i], (cell.matched()[area][i] >> iou & 1) != 0));
        }
      }
    }
    hits.sort(Comparator.comparingDouble((Hit h) -> -h.score)); // stable
    double[] precision = new double[hits.size()];
    double[] recalls = new double[hits.size()];
    double right = 0;
    for (int i = 0; i < precision.length; i++) {
      right += hits.get(i).right ? 1 : 0;
      precision[i] = right / (i + 1 + Math.ulp(1.0));
      recalls[i] = right / truths;
    }
    for (int i = precision.length - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
    return new PrecisionCurve(precision, recalls);
  }

  /** Mean precision at recalls 0, 0.01 … 1; 0 beyond what is reached. */
  double mean() {
    double sum = 0;
    int at = 0;
    for (int step = 0; step < STEPS; step++) {
      double recall = step == 100 ? 1 : step * 0.01;
      while (at < recalls.length && recalls[at] < recall) {
        at++;
      }
      if (at == recalls.length) {
        break;
      }
      sum += precision[at];
    }
    return sum / STEPS;
  }

  /** Recall of all detections. */
  double recall() {
    return recalls.length == 0 ? 0 : recalls[recalls.length - 1];
  }
}

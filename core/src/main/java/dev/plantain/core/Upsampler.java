package dev.plantain.core;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings measurements of a drawing to the pixels of its photo, with the borders of the photo.
 *
 * <p>Joint bilateral upsampling (Kopf et al., "Joint Bilateral Upsampling", 2007): a pixel of the
 * photo takes its value from the drawing's pixels around it, those of like colour in the photo
 * weighing most. Values are never mixed across a border: distances only with like distances,
 * directions only with like directions, labels by majority. Parts of a drawing beyond the photo are
 * cut off, parts of the photo beyond the drawing are invalid, unassigned or empty.
 */
public final class Upsampler {
  /** The nearest 4 × 4 pixels of the drawing have a say. */
  private static final int SIDE = 4;

  /** Standard deviation of the weight of nearness, in pixels of the drawing. */
  private static final double SPATIAL_SIGMA = 0.75;

  /** Standard deviation of the weight of alikeness, in 8-bit levels of RGB. */
  private static final double RANGE_SIGMA = 20;

  /** Distances are mixed with those at most this far from the likeliest one, as a ratio. */
  private static final float LIKE_DISTANCE = 1.15f;

  /** Relative depths are mixed with those at most this far from the likeliest one. */
  private static final float LIKE_NEARNESS = 0.06f;

  /** Directions are mixed with those whose cosine to the likeliest one is at least this. */
  private static final float LIKE_COSINE = 0.9f;

  private static final float[] RANGE_WEIGHT = new float[1 << 14];

  /** Squared colour distances are looked up in steps of {@code 1 << RANGE_SHIFT}. */
  private static final int RANGE_SHIFT = 2;

  static {
    for (int i = 0; i < RANGE_WEIGHT.length; i++) {
      double d2 = i << RANGE_SHIFT;
      // The floor lets nearness decide where no neighbour is alike.
      RANGE_WEIGHT[i] = (float) Math.max(1e-4, Math.exp(-d2 / (2 * RANGE_SIGMA * RANGE_SIGMA)));
    }
  }

  private final Image photo;
  private final Placement placement;

  /**
   * For drawings of one photo.
   *
   * @param placement where the photo lies in the drawing
   */
  public Upsampler(Image photo, Placement placement) {
    this.photo = photo;
    this.placement = placement;
  }

  /** Depth at the photo's pixels. */
  public DepthMap depth(DepthMap depth) {
    if (same(depth.width(), depth.height())) {
      return depth;
    }
    float[] confidence = new float[photo.width() * photo.height()];
    float[] metres =
        scalars(
            depth.width(), depth.height(), depth.metres(), depth.confidence(), confidence, true);
    return DepthMap.of(photo.width(), photo.height(), metres, confidence);
  }

  /** Relative depth at the photo's pixels. */
  public RelativeDepth relative(RelativeDepth depth) {
    if (same(depth.width(), depth.height())) {
      return depth;
    }
    float[] confidence = new float[photo.width() * photo.height()];
    float[] nearness =
        scalars(
            depth.width(), depth.height(), depth.nearness(), depth.confidence(), confidence, false);
    return RelativeDepth.of(photo.width(), photo.height(), nearness, confidence);
  }

  private float[] scalars(
      int width, int height, float[] values, float[] sure, float[] confidence, boolean ratio) {
    float[] result = new float[confidence.length];
    eachPixel(
        width,
        height,
        (pixel, window) -> {
          float best = 0;
          float anchor = Float.NaN;
          float invalid = 0;
          float all = 0;
          for (int k = 0; k < window.size; k++) {
            float value = values[window.index[k]];
            float weight = window.weight[k] * (0.05f + sure[window.index[k]]);
            all += window.weight[k];
            if (Float.isNaN(value)) {
              invalid += window.weight[k];
            } else if (weight > best) {
              best = weight;
              anchor = value;
            }
          }
          if (window.size == 0 || Float.isNaN(anchor) || 2 * invalid > all) {
            result[pixel] = Float.NaN;
            return;
          }
          double sum = 0;
          double weights = 0;
          double agreement = 0;
          for (int k = 0; k < window.size; k++) {
            float value = values[window.index[k]];
            boolean like =
                value == anchor
                    || (ratio
                        ? value < anchor * LIKE_DISTANCE && anchor < value * LIKE_DISTANCE
                        : Math.abs(value - anchor) < LIKE_NEARNESS);
            if (like) {
              float weight = window.weight[k] * (0.05f + sure[window.index[k]]);
              sum += weight * value;
              weights += weight;
              agreement += window.weight[k] * sure[window.index[k]];
            }
          }
          result[pixel] = Float.isInfinite(anchor) ? anchor : (float) (sum / weights);
          confidence[pixel] = (float) Math.clamp(agreement / all, 0, 1);
        });
    return result;
  }

  /** Normals at the photo's pixels. */
  public NormalMap normals(NormalMap normals) {
    if (same(normals.width(), normals.height())) {
      return normals;
    }
    float[] xyz = normals.xyz();
    float[] sure = normals.confidence();
    float[] result = new float[3 * photo.width() * photo.height()];
    float[] confidence = new float[photo.width() * photo.height()];
    eachPixel(
        normals.width(),
        normals.height(),
        (pixel, window) -> {
          float best = 0;
          int anchor = -1;
          float all = 0;
          for (int k = 0; k < window.size; k++) {
            int i = window.index[k];
            float weight = window.weight[k] * (0.05f + sure[i]);
            all += window.weight[k];
            if (weight > best && !Float.isNaN(xyz[3 * i])) {
              best = weight;
              anchor = 3 * i;
            }
          }
          if (anchor < 0) {
            Arrays.fill(result, 3 * pixel, 3 * pixel + 3, Float.NaN);
            return;
          }
          double x = 0;
          double y = 0;
          double z = 0;
          double agreement = 0;
          for (int k = 0; k < window.size; k++) {
            int i = 3 * window.index[k];
            float cosine =
                xyz[i] * xyz[anchor] + xyz[i + 1] * xyz[anchor + 1] + xyz[i + 2] * xyz[anchor + 2];
            if (cosine >= LIKE_COSINE) {
              float weight = window.weight[k] * (0.05f + sure[window.index[k]]);
              x += weight * xyz[i];
              y += weight * xyz[i + 1];
              z += weight * xyz[i + 2];
              agreement += window.weight[k] * sure[window.index[k]];
            }
          }
          double length = Math.sqrt(x * x + y * y + z * z);
          result[3 * pixel] = (float) (x / length);
          result[3 * pixel + 1] = (float) (y / length);
          result[3 * pixel + 2] = (float) (z / length);
          confidence[pixel] = (float) Math.clamp(agreement / all, 0, 1);
        });
    return NormalMap.of(photo.width(), photo.height(), result, confidence);
  }

  /** Labels at the photo's pixels. */
  public LabelMap labels(LabelMap map) {
    if (same(map.width(), map.height())) {
      return map;
    }
    float[] confidence = new float[photo.width() * photo.height()];
    int[] labels =
        vote(
            map.width(),
            map.height(),
            map.labels(),
            map.confidence(),
            LabelMap.UNASSIGNED,
            confidence);
    return LabelMap.of(photo.width(), photo.height(), map.classes(), labels, confidence);
  }

  /** A mask at the photo's pixels; one that gets none is as sure as it was unsure. */
  public Mask mask(Mask mask) {
    if (same(mask.width(), mask.height())) {
      return mask;
    }
    int[] inside = new int[mask.width() * mask.height()];
    mask.bits().stream().forEach(i -> inside[i] = 1);
    int[] labels = vote(mask.width(), mask.height(), inside);
    BitSet bits = new BitSet(labels.length);
    for (int i = 0; i < labels.length; i++) {
      bits.set(i, labels[i] == 1);
    }
    float score = bits.isEmpty() && !mask.isEmpty() ? 1 - mask.score() : mask.score();
    return Mask.of(mask.phrase(), photo.width(), photo.height(), bits, score);
  }

  /** Instances at the photo's pixels, largest first; one that gets no pixel is dropped. */
  public InstanceList instances(InstanceList instances) {
    if (same(instances.width(), instances.height())) {
      return instances;
    }
    int[] ids = vote(instances.width(), instances.height(), instances.ids());
    BitSet[] bits = new BitSet[instances.size() + 1];
    Arrays.setAll(bits, i -> new BitSet(ids.length));
    for (int i = 0; i < ids.length; i++) {
      bits[ids[i]].set(i);
    }
    List<Instance> kept = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      if (!bits[i + 1].isEmpty()) {
        Instance instance = instances.get(i);
        kept.add(
            new Instance(
                Mask.of(
                    instance.mask().phrase(),
                    photo.width(),
                    photo.height(),
                    bits[i + 1],
                    instance.mask().score()),
                instance.rgb()));
      }
    }
    kept.sort(Comparator.comparingInt((Instance i) -> -i.mask().area()));
    boolean lost = kept.isEmpty() && !instances.isEmpty();
    float score = lost ? 1 - instances.score() : instances.score();
    return new InstanceList(instances.phrase(), photo.width(), photo.height(), kept, score);
  }

  private int[] vote(int width, int height, int[] labels) {
    float[] sure = new float[labels.length];
    Arrays.fill(sure, 1);
    return vote(width, height, labels, sure, 0, new float[photo.width() * photo.height()]);
  }

  /** The label of most weight around each pixel; {@code none} beyond the drawing. */
  private int[] vote(
      int width, int height, int[] labels, float[] sure, int none, float[] confidence) {
    int[] result = new int[confidence.length];
    eachPixel(
        width,
        height,
        (pixel, window) -> {
          int winner = none;
          float best = 0;
          float agreement = 0;
          float all = 0;
          for (int k = 0; k < window.size; k++) {
            all += window.weight[k];
          }
          for (int k = 0; k < window.size && best <= all / 2; k++) {
            int label = labels[window.index[k]];
            if (label == winner && best > 0) {
              continue;
            }
            float weight = 0;
            float certain = 0;
            for (int j = 0; j < window.size; j++) {
              if (labels[window.index[j]] == label) {
                weight += window.weight[j];
                certain += window.weight[j] * sure[window.index[j]];
              }
            }
            if (weight > best) {
              best = weight;
              winner = label;
              agreement = certain;
            }
          }
          result[pixel] = winner;
          confidence[pixel] = all > 0 ? Math.clamp(agreement / all, 0f, 1f) : 0;
        });
    return result;
  }

  /** Edges at the photo's pixels, thinned anew: soft lines may be mixed, between pixel centres. */
  public EdgeMap edges(EdgeMap edges) {
    int w = edges.width();
    int h = edges.height();
    if (same(w, h)) {
      return edges;
    }
    float[] lines = edges.probability();
    float[] result = new float[photo.width() * photo.height()];
    for (int y = 0, i = 0; y < photo.height(); y++) {
      double v = placement.drawingY(y + 0.5) - 0.5;
      for (int x = 0; x < photo.width(); x++, i++) {
        double u = placement.drawingX(x + 0.5) - 0.5;
        if (u > -1 && v > -1 && u < w && v < h) {
          int x0 = (int) Math.floor(u);
          int y0 = (int) Math.floor(v);
          double fx = u - x0;
          double fy = v - y0;
          int left = Math.max(x0, 0);
          int right = Math.min(x0 + 1, w - 1);
          int top = Math.max(y0, 0) * w;
          int bottom = Math.min(y0 + 1, h - 1) * w;
          double mixed =
              (1 - fy) * ((1 - fx) * lines[top + left] + fx * lines[top + right])
                  + fy * ((1 - fx) * lines[bottom + left] + fx * lines[bottom + right]);
          result[i] = (float) Math.clamp(mixed, 0, 1);
        }
      }
    }
    return Edges.thinned(photo.width(), photo.height(), result);
  }

  private boolean same(int width, int height) {
    return placement.equals(Placement.SAME) && width == photo.width() && height == photo.height();
  }

  /** The drawing's pixels around a pixel of the photo. */
  private static final class Window {
    final int[] index = new int[SIDE * SIDE];
    final float[] weight = new float[SIDE * SIDE];
    int size;
  }

  @FunctionalInterface
  private interface PixelWork {
    void at(int pixel, Window window);
  }

  private void eachPixel(int width, int height, PixelWork work) {
    byte[] fine = photo.rgb8();
    int[] coarse = photoAtDrawing(width, height, fine);
    int columns = photo.width();
    int[] firstColumns = new int[columns];
    float[] columnWeights = new float[SIDE * columns];
    for (int x = 0; x < columns; x++) {
      firstColumns[x] = nearness(placement.drawingX(x + 0.5), columnWeights, SIDE * x);
    }
    IntStream.range(0, photo.height())
        .parallel()
        .forEach(
            y -> {
              Window window = new Window();
              float[] rowWeights = new float[SIDE];
              double v = placement.drawingY(y + 0.5);
              int y0 = nearness(v, rowWeights, 0);
              for (int x = 0; x < columns; x++) {
                double u = placement.drawingX(x + 0.5);
                int n = 0;
                if (u >= 0 && v >= 0 && u < width && v < height) {
                  int x0 = firstColumns[x];
                  int p = 3 * (y * columns + x);
                  int red = fine[p] & 0xFF;
                  int green = fine[p + 1] & 0xFF;
                  int blue = fine[p + 2] & 0xFF;
                  int right = Math.min(SIDE, width - x0);
                  int bottom = Math.min(SIDE, height - y0);
                  for (int j = Math.max(0, -y0); j < bottom; j++) {
                    int row = (y0 + j) * width + x0;
                    for (int i = Math.max(0, -x0); i < right; i++) {
                      int rgb = coarse[row + i];
                      int r = red - (rgb >> 16);
                      int g = green - (rgb >> 8 & 0xFF);
                      int b = blue - (rgb & 0xFF);
                      int d2 = (r * r + g * g + b * b) >> RANGE_SHIFT;
                      window.index[n] = row + i;
                      window.weight[n++] =
                          columnWeights[SIDE * x + i]
                              * rowWeights[j]
                              * RANGE_WEIGHT[Math.min(d2, RANGE_WEIGHT.length - 1)];
                    }
                  }
                }
                window.size = n;
                work.at(y * columns + x, window);
              }
            });
  }

  /** Weights by distance of the cells around a coordinate; returns the first cell. */
  private static int nearness(double coordinate, float[] weights, int at) {
    int first = (int) Math.floor(coordinate - 0.5) - SIDE / 2 + 1;
    for (int k = 0; k < SIDE; k++) {
      double d = first + k + 0.5 - coordinate;
      weights[at + k] = (float) Math.exp(-d * d / (2 * SPATIAL_SIGMA * SPATIAL_SIGMA));
    }
    return first;
  }

  /** The photo as the drawing sees it, {@code 0xRRGGBB}: each pixel the mean of what it covers. */
  private int[] photoAtDrawing(int width, int height, byte[] fine) {
    int[] coarse = new int[width * height];
    IntStream.range(0, height)
        .parallel()
        .forEach(
            y -> {
              int top = row(placement.photoY(y));
              int bottom = Math.max(top, row(placement.photoY(y + 1) - 1e-9));
              for (int x = 0; x < width; x++) {
                int left = column(placement.photoX(x));
                int right = Math.max(left, column(placement.photoX(x + 1) - 1e-9));
                long r = 0;
                long g = 0;
                long b = 0;
                for (int v = top; v <= bottom; v++) {
                  for (int u = left; u <= right; u++) {
                    int i = 3 * (v * photo.width() + u);
                    r += fine[i] & 0xFF;
                    g += fine[i + 1] & 0xFF;
                    b += fine[i + 2] & 0xFF;
                  }
                }
                int n = (bottom - top + 1) * (right - left + 1);
                coarse[y * width + x] = (int) (r / n) << 16 | (int) (g / n) << 8 | (int) (b / n);
              }
            });
    return coarse;
  }

  private int row(double photoY) {
    return (int) Math.clamp(Math.floor(photoY), 0, photo.height() - 1);
  }

  private int column(double photoX) {
    return (int) Math.clamp(Math.floor(photoX), 0, photo.width() - 1);
  }
}

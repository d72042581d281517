package dev.plantain.eval;

import dev.plantain.codec.NormalCodec;
import dev.plantain.codec.NormalCodec.Direction;
import dev.plantain.core.measure.NormalMap;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which axis, and which way along it, each channel of a generator's normal maps shows: found from a
 * photo in which a floor and a wall on the left are seen, as generators publish their normals
 * without saying so. A floor faces up, a wall on the left faces right, and all that is seen faces
 * the viewer rather than away.
 *
 * @param floor what was drawn on the floor
 * @param wall what was drawn on the wall
 * @param towardsViewer mean over the picture of the channel that is neither, in [-1, 1]
 * @param channels what the channels show; empty if the drawing does not tell
 * @param doubt what the drawing leaves open; empty if it tells
 */
public record NormalAxes(
    Region floor,
    Region wall,
    double towardsViewer,
    Optional<NormalCodec> channels,
    Optional<String> doubt) {

  /** Of a region's median the largest channel is at least this: 45° from its axis at the most. */
  private static final double PLAIN = 0.7;

  /** Pixels within this of the median, as a cosine (30°), agree with it. */
  private static final double AGREES = 0.866;

  /** Less agreement than this is no one surface. */
  private static final double ENOUGH = 0.7;

  /** Visible surfaces face the viewer by more than this in the mean. */
  private static final double FACING = 0.15;

  private static final String[] NAMES = {"red", "green", "blue"};

  /**
   * Part of a photo, in pixels.
   *
   * @param x column of its left edge
   * @param y row of its top edge
   */
  public record Box(int x, int y, int width, int height) {
    /** The middle of the lowest rows, where floors are. */
    public static Box floorOf(int width, int height) {
      return new Box(
          width * 2 / 5, height * 9 / 10, Math.max(1, width / 5), Math.max(1, height / 12));
    }

    /** The upper half of the leftmost columns, where walls on the left are. */
    public static Box wallOf(int width, int height) {
      return new Box(width / 50, height / 4, Math.max(1, width / 12), Math.max(1, height / 4));
    }
  }

  /**
   * What was drawn on a surface.
   *
   * @param median of red, green and blue over the region, as components in [-1, 1], of length 1
   * @param agreement share of its pixels within 30° of the median
   */
  public record Region(double[] median, double agreement) {
    public Region {
      median = median.clone();
    }

    @Override
    public double[] median() {
      return median.clone();
    }

    private int strongest() {
      int best = 0;
      for (int c = 1; c < 3; c++) {
        best = Math.abs(median[c]) > Math.abs(median[best]) ? c : best;
      }
      return best;
    }

    private Optional<String> doubt(String name) {
      double most = Math.abs(median[strongest()]);
      if (!(agreement >= ENOUGH)) {
        return Optional.of(
            "the %s is not drawn as one surface: %.0f %% of its pixels agree"
                .formatted(name, 100 * agreement));
      }
      return most >= PLAIN
          ? Optional.empty()
          : Optional.of("the %s is drawn between two axes".formatted(name));
    }
  }

  /**
   * Reads the axes off a drawing.
   *
   * @param read normals as read with the channels assumed
   * @param assumed those channels
   * @param floor of the photo that shows floor only
   * @param wall of the photo that shows the wall on the left only
   * @throws IllegalArgumentException if a box is not inside the picture
   */
  public static NormalAxes find(NormalMap read, NormalCodec assumed, Box floor, Box wall) {
    float[] rgb = new float[3 * read.width() * read.height()];
    assumed.encode(read.xyz(), rgb);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = 2 * rgb[i] - 1;
    }
    Region ground = region(rgb, read, floor);
    Region left = region(rgb, read, wall);
    Optional<String> doubt = ground.doubt("floor").or(() -> left.doubt("wall"));
    int up = ground.strongest();
    int right = left.strongest();
    if (doubt.isEmpty() && up == right) {
      doubt = Optional.of("floor and wall are drawn along one axis, %s".formatted(NAMES[up]));
    }
    if (doubt.isPresent()) {
      return new NormalAxes(ground, left, Double.NaN, Optional.empty(), doubt);
    }
    int facing = 3 - up - right;
    double mean = mean(rgb, facing);
    if (Math.abs(mean) < FACING) {
      return new NormalAxes(
          ground,
          left,
          mean,
          Optional.empty(),
          Optional.of(
              "%s does not tell viewer from away: its mean is %.2f"
                  .formatted(NAMES[facing], mean)));
    }
    Direction[] channels = new Direction[3];
    channels[up] = ground.median[up] > 0 ? Direction.UP : Direction.DOWN;
    channels[right] = left.median[right] > 0 ? Direction.RIGHT : Direction.LEFT;
    channels[facing] = mean > 0 ? Direction.VIEWER : Direction.AWAY;
    return new NormalAxes(
        ground,
        left,
        mean,
        Optional.of(new NormalCodec(channels[0], channels[1], channels[2])),
        Optional.empty());
  }

  private static Region region(float[] rgb, NormalMap map, Box box) {
    if (box.x < 0
        || box.y < 0
        || box.width < 1
        || box.height < 1
        || box.x + box.width > map.width()
        || box.y + box.height > map.height()) {
      throw new IllegalArgumentException(
          "the box %d,%d %dx%d is not inside a picture of %d x %d pixels"
              .formatted(box.x, box.y, box.width, box.height, map.width(), map.height()));
    }
    int n = box.width * box.height;
    double[] median = new double[3];
    for (int c = 0; c < 3; c++) {
      float[] values = new float[n];
      for (int k = 0; k < n; k++) {
        values[k] = rgb[pixel(map, box, k) + c];
      }
      Arrays.sort(values);
      median[c] = values[n / 2];
    }
    double length = Math.hypot(Math.hypot(median[0], median[1]), median[2]);
    int agreeing = 0;
    for (int k = 0; k < n; k++) {
      int i = pixel(map, box, k);
      double dot = median[0] * rgb[i] + median[1] * rgb[i + 1] + median[2] * rgb[i + 2];
      agreeing += dot >= AGREES * length && length > 0 ? 1 : 0;
    }
    for (int c = 0; c < 3; c++) {
      median[c] /= length > 0 ? length : 1;
    }
    return new Region(median, (double) agreeing / n);
  }

  private static int pixel(NormalMap map, Box box, int k) {
    return 3 * ((box.y + k / box.width) * map.width() + box.x + k % box.width);
  }

  private static double mean(float[] rgb, int channel) {
    double sum = 0;
    for (int i = channel; i < rgb.length; i += 3) {
      sum += rgb[i];
    }
    return 3 * sum / rgb.length;
  }
}

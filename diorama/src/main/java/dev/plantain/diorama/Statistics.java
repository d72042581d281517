package dev.plantain.diorama;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What views hold, counted one by one. Not safe for several threads: each counts, then merge. */
public final class Statistics {
  /** Upper ends of the depth histogram's bins, metres; the last bin has none. */
  private static final double[] DEPTHS = {0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128};

  private static final int COMMONEST = 30;
  private static final int FOV_STEP = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Thing.Size> catalogue;
  private final Map<String, Tally> categories = new TreeMap<>();
  private final long[] depths = new long[DEPTHS.length + 1];
  private final Map<Integer, Integer> fov = new TreeMap<>();
  private final Map<String, Integer> expressions = new TreeMap<>();
  private final Map<String, Integer> edits = new TreeMap<>();
  private final Map<String, String> rejected = new TreeMap<>();
  private long views;
  private long pixels;
  private long sky;
  private long labelled;
  private long absent;
  private long questions;
  private long captionWords;

  /**
   * @param catalogue by model id, the size its library states, metres
   */
  public Statistics(Map<String, Thing.Size> catalogue) {
    this.catalogue = Map.copyOf(catalogue);
  }

  /** Figures of one category. Sizes are sums over the things that a catalogue lists. */
  private static final class Tally {
    boolean stuff;
    long views;
    long things;
    long pixels;
    long listed;
    final double[] seen = new double[3];
    final double[] stated = new double[3];
    double leastRatio = Double.POSITIVE_INFINITY;
    double mostRatio;
    long whole;
    double measured;
    double wholeHeight;
  }

  /** Counts a view in. */
  public void add(View view) {
    views++;
    pixels += view.thingIds().length;
    boolean all = true;
    Map<String, Boolean> here = new LinkedHashMap<>();
    for (Thing t : view.things()) {
      all &= t.labelled();
      Tally c = categories.computeIfAbsent(t.category(), k -> new Tally());
      c.stuff = t.stuff();
      c.things++;
      c.pixels += t.pixels();
      c.views += here.put(t.category(), true) == null ? 1 : 0;
      sizes(view, t, c);
    }
    labelled += all ? 1 : 0;
    for (float metres : view.depthMetres()) {
      if (Float.isInfinite(metres)) {
        sky++;
      } else {
        int bin = 0;
        while (bin < DEPTHS.length && metres > DEPTHS[bin]) {
          bin++;
        }
        depths[bin]++;
      }
    }
    // Of the longer side, as phones are specified.
    double tangent = Math.max(view.width(), view.height()) / (2 * view.camera().focalPx());
    int degrees = (int) Math.toDegrees(2 * Math.atan(tangent));
    fov.merge(degrees / FOV_STEP * FOV_STEP, 1, Integer::sum);
    for (Expression e : view.expressions()) {
      expressions.merge(e.kind().name(), 1, Integer::sum);
      absent += e.thingIds().isEmpty() ? 1 : 0;
    }
    view.edits().forEach(e -> edits.merge(e.kind().name(), 1, Integer::sum));
    questions += view.questions().size();
    view.captions().forEach(c -> captionWords += c.split(" ").length);
    Rejection.of(view).ifPresent(reason -> rejected.put(view.id(), reason));
  }

  private void sizes(View view, Thing t, Tally c) {
    Thing.Size s = t.size();
    Thing.Size stated = catalogue.get(t.modelId());
    if (s == null || stated == null) {
      return;
    }
    c.listed++;
    double[] own = {s.width(), s.depth(), s.height()};
    double[] book = {stated.width(), stated.depth(), stated.height()};
    for (int axis = 0; axis < 3; axis++) {
      c.seen[axis] += own[axis];
      c.stated[axis] += book[axis];
    }
    c.leastRatio = Math.min(c.leastRatio, s.height() / stated.height());
    c.mostRatio = Math.max(c.mostRatio, s.height() / stated.height());
    if (whole(view, t) && Math.abs(view.camera().pitchDegrees()) < 10) {
      c.whole++;
      // What a ruler held at the thing's distance would show in the picture.
      double high = t.amodalBox().bottom() - t.amodalBox().top();
      c.measured += high * t.distanceMetres() / view.camera().focalPx();
      c.wholeHeight += s.height();
    }
  }

  /** Whether nothing hides or cuts any of it, and it is large enough to measure. */
  private static boolean whole(View view, Thing t) {
    Box a = t.amodalBox();
    Box v = t.visibleBox();
    return a.left() > 1
        && a.top() > 1
        && a.right() < view.width() - 1
        && a.bottom() < view.height() - 1
        && Math.abs(a.left() - v.left()) < 1.5
        && Math.abs(a.top() - v.top()) < 1.5
        && Math.abs(a.right() - v.right()) < 1.5
        && Math.abs(a.bottom() - v.bottom()) < 1.5
        && v.bottom() - v.top() >= 12;
  }

  /** Counts in what another one counted of other views. */
  void merge(Statistics o) {
    views += o.views;
    pixels += o.pixels;
    sky += o.sky;
    labelled += o.labelled;
    absent += o.absent;
    questions += o.questions;
    captionWords += o.captionWords;
    for (int i = 0; i < depths.length; i++) {
      depths[i] += o.depths[i];
    }
    o.fov.forEach((k, n) -> fov.merge(k, n, Integer::sum));
    o.expressions.forEach((k, n) -> expressions.merge(k, n, Integer::sum));
    o.edits.forEach((k, n) -> edits.merge(k, n, Integer::sum));
    rejected.putAll(o.rejected);
    o.categories.forEach(
        (name, other) -> {
          Tally c = categories.computeIfAbsent(name, k -> new Tally());
          c.stuff = other.stuff;
          c.views += other.views;
          c.things += other.things;
          c.pixels += other.pixels;
          c.listed += other.listed;
          c.whole += other.whole;
          c.measured += other.measured;
          c.wholeHeight += other.wholeHeight;
          c.leastRatio = Math.min(c.leastRatio, other.leastRatio);
          c.mostRatio = Math.max(c.mostRatio, other.mostRatio);
          for (int axis = 0; axis < 3; axis++) {
            c.seen[axis] += other.seen[axis];
            c.stated[axis] += other.stated[axis];
          }
        });
  }

  /** Views counted so far. */
  public long views() {
    return views;
  }

  /** Views whose layout is of no use: no room for a camera, or nothing to point at. */
  public int rejectedLayouts() {
    return rejected.size();
  }

  /** All figures as one JSON object. */
  public ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("views", views).put("rejected_layouts", rejected.size());
    ObjectNode reasons = root.putObject("rejected");
    rejected.forEach(reasons::put);
    root.put("views_all_labelled", labelled);
    ArrayNode list = root.putArray("categories");
    ranked(Comparator.comparingLong(c -> -c.getValue().pixels))
        .forEach(
            e ->
                list.addObject()
                    .put("category", e.getKey())
                    .put("stuff", e.getValue().stuff)
                    .put("views", e.getValue().views)
                    .put("things", e.getValue().things)
                    .put("pixel_share", share(e.getValue().pixels, pixels)));
    ArrayNode histogram = root.putArray("depth");
    for (int i = 0; i < depths.length; i++) {
      ObjectNode bin = histogram.addObject();
      bin.put("from_m", i == 0 ? 0 : DEPTHS[i - 1]);
      if (i < DEPTHS.length) {
        bin.put("to_m", DEPTHS[i]);
      }
      bin.put("pixel_share", share(depths[i], pixels));
    }
    root.put("sky_share", share(sky, pixels));
    ArrayNode angles = root.putArray("fov_degrees");
    fov.forEach(
        (from, n) ->
            angles
                .addObject()
                .put("from", from)
                .put("to", from + FOV_STEP)
                .put("view_share", share(n, views)));
    ArrayNode sizes = root.putArray("sizes");
    ranked(Comparator.comparingLong(c -> -c.getValue().listed)).stream()
        .filter(e -> e.getValue().listed > 0)
        .limit(COMMONEST)
        .forEach(e -> size(sizes.addObject(), e.getKey(), e.getValue()));
    ObjectNode kinds = root.putObject("expressions");
    expressions.forEach(kinds::put);
    root.put("expressions_of_nothing", absent).put("questions", questions);
    ObjectNode changes = root.putObject("edits");
    edits.forEach(changes::put);
    root.put("caption_words_per_view", share(captionWords, views));
    return root;
  }

  private static void size(ObjectNode o, String name, Tally c) {
    o.put("category", name).put("things", c.listed);
    metres(o.putArray("seen_m"), c.seen, c.listed);
    metres(o.putArray("catalogue_m"), c.stated, c.listed);
    o.put("least_ratio", rounded(c.leastRatio)).put("most_ratio", rounded(c.mostRatio));
    o.put("whole", c.whole);
    if (c.whole > 0) {
      o.put("measured_height_m", rounded(c.measured / c.whole))
          .put("true_height_m", rounded(c.wholeHeight / c.whole));
    }
  }

  private static void metres(ArrayNode a, double[] sums, long count) {
    for (double sum : sums) {
      a.add(rounded(sum / count));
    }
  }

  private List<Map.Entry<String, Tally>> ranked(Comparator<Map.Entry<String, Tally>> order) {
    List<Map.Entry<String, Tally>> list = new ArrayList<>(categories.entrySet());
    list.sort(order.thenComparing(Map.Entry.comparingByKey()));
    return list;
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : Math.round(1e5 * (double) part / (double) all) / 1e5;
  }

  private static double rounded(double x) {
    return Math.round(1e3 * x) / 1e3;
  }
}

package dev.plantain.diorama;

import dev.plantain.core.Image;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.formats.DepthPicture;
import dev.plantain.formats.HtmlPage;
import dev.plantain.formats.Overlays;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** Views with every answer on one page, to look at. */
final class PreviewPage {
  private static final double GOLDEN = 0.618034;
  private static final int DEPTH_WIDTH = 384;

  private final StringBuilder html = new StringBuilder();

  private PreviewPage() {}

  static String of(String title, List<View> views) {
    PreviewPage page = new PreviewPage();
    page.html.append(
        Html.head(
            title, views.size() + " views of a synthetic world with everything known of them"));
    views.forEach(page::view);
    return page.html.append(Html.foot()).toString();
  }

  private void view(View v) {
    html.append("<section><h2>").append(HtmlPage.escape(v.id())).append("</h2>\n");
    Camera c = v.camera();
    html.append("<p class=\"faint\">")
        .append(
            String.format(
                Locale.ROOT,
                "%d × %d pixels, field of view %.0f°, camera %.2f m high, pitch %.1f°, roll %.1f°",
                v.width(),
                v.height(),
                c.fovXDegrees(),
                c.heightMetres(),
                c.pitchDegrees(),
                c.rollDegrees()))
        .append(Rejection.of(v).map(r -> "; rejected: " + HtmlPage.escape(r)).orElse(""))
        .append("</p>\n<div class=\"row\">\n");
    html.append(Html.photo(v.photo(), "photo"));
    html.append(Html.drawing(DepthPicture.of(depth(v)), "depth"));
    html.append(
        Html.drawing(
            Overlays.normals(NormalMap.of(v.width(), v.height(), v.normals())), "normals"));
    html.append(Html.drawing(boxes(v, paint(v, id -> idColour(id))), "things, amodal boxes"));
    html.append(
        Html.drawing(paint(v, id -> categoryColour(v.things().get(id).category())), "categories"));
    html.append(Html.drawing(edges(v), "edges"));
    html.append("</div>\n<div class=\"cols\">\n");
    things(v);
    texts(v);
    html.append("</div>\n");
    edits(v);
    html.append("</section>\n");
  }

  private void things(View v) {
    html.append("<div><h3>Things <span class=\"faint\">(colours: thing, category)</span></h3>\n");
    for (Thing t : v.things()) {
      html.append(Html.dot(idColour(t.id())))
          .append(Html.dot(categoryColour(t.category())))
          .append(HtmlPage.escape(t.colour() + " " + t.category()))
          .append(t.name().equals(t.category()) ? "" : " “" + HtmlPage.escape(t.name()) + "”")
          .append("<span class=\"faint\">")
          .append(Double.isFinite(t.distanceMetres()) ? metres(" %.1f m", t.distanceMetres()) : "")
          .append(size(t))
          .append("</span>")
          .append(t.labelled() ? "" : " <span class=\"chip\">unlabelled</span>")
          .append("<br>\n");
    }
    html.append("</div>\n");
  }

  private static String size(Thing t) {
    Thing.Size s = t.size();
    return s == null ? "" : metres(", %.2f × %.2f × %.2f m", s.width(), s.depth(), s.height());
  }

  private static String metres(String format, Object... lengths) {
    return String.format(Locale.ROOT, format, lengths);
  }

  private void texts(View v) {
    html.append("<div><h3>Captions</h3>\n<ul>\n");
    v.captions().forEach(t -> html.append("<li>").append(HtmlPage.escape(t)).append("</li>\n"));
    html.append("</ul>\n<h3>Questions</h3>\n<ul>\n");
    for (Question q : v.questions()) {
      html.append("<li>")
          .append(HtmlPage.escape(q.text() + " " + q.phrase()))
          .append(dots(q.thingIds()))
          .append("</li>\n");
    }
    html.append("</ul></div>\n<div><h3>Referring expressions</h3>\n<ul>\n");
    for (Expression e : v.expressions()) {
      html.append("<li>")
          .append(HtmlPage.escape(e.text()))
          .append(' ')
          .append(
              e.thingIds().isEmpty()
                  ? "<span class=\"chip\">nothing matches</span>"
                  : dots(e.thingIds()))
          .append(" <span class=\"chip\">")
          .append(e.kind().name().toLowerCase(Locale.ROOT))
          .append("</span></li>\n");
    }
    html.append("</ul></div>\n");
  }

  private static String dots(List<Integer> ids) {
    return " " + ids.stream().map(id -> Html.dot(idColour(id))).collect(Collectors.joining());
  }

  private void edits(View v) {
    if (v.edits().isEmpty()) {
      return;
    }
    html.append("<h3>Edits</h3>\n<div class=\"row\">\n");
    for (Edit e : v.edits()) {
      Image before = e.before();
      if (before != null) {
        html.append(Html.photo(before, "before"));
      }
      html.append(Html.photo(e.after(), e.instruction()));
    }
    html.append("</div>\n");
  }

  private static Image paint(View v, IntUnaryOperator colour) {
    byte[] rgb = new byte[3 * v.thingIds().length];
    for (int i = 0; i < v.thingIds().length; i++) {
      put(rgb, i, colour.applyAsInt(v.thingIds()[i]));
    }
    return Image.of(v.width(), v.height(), rgb);
  }

  /** Each pixel repeated until the scale drawn into the picture covers little of it. */
  private static DepthMap depth(View v) {
    int by = Math.max(1, DEPTH_WIDTH / v.width());
    int w = by * v.width();
    float[] metres = new float[w * by * v.height()];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = v.depthMetres()[i / w / by * v.width() + i % w / by];
    }
    return DepthMap.of(w, by * v.height(), metres);
  }

  private static Image edges(View v) {
    byte[] rgb = new byte[3 * v.edges().length];
    for (int i = 0; i < v.edges().length; i++) {
      put(rgb, i, 0x10101 * (v.edges()[i] & 0xff));
    }
    return Image.of(v.width(), v.height(), rgb);
  }

  /** Outlines of where countable things reach, hidden parts included. */
  private static Image boxes(View v, Image picture) {
    byte[] rgb = picture.rgb8().clone();
    for (Thing t : v.things()) {
      if (t.stuff() || t.pixels() < Facts.leastPixels(v.width(), v.height())) {
        continue;
      }
      Box b = t.amodalBox();
      int x0 = (int) Math.clamp(b.left(), -1, v.width());
      int x1 = (int) Math.clamp(b.right(), -1, v.width());
      int y0 = (int) Math.clamp(b.top(), -1, v.height());
      int y1 = (int) Math.clamp(b.bottom(), -1, v.height());
      for (int x = Math.max(0, x0); x <= Math.min(v.width() - 1, x1); x++) {
        white(rgb, v, x, y0);
        white(rgb, v, x, y1);
      }
      for (int y = Math.max(0, y0); y <= Math.min(v.height() - 1, y1); y++) {
        white(rgb, v, x0, y);
        white(rgb, v, x1, y);
      }
    }
    return Image.of(v.width(), v.height(), rgb);
  }

  private static void white(byte[] rgb, View v, int x, int y) {
    if (x >= 0 && y >= 0 && x < v.width() && y < v.height()) {
      put(rgb, y * v.width() + x, 0xffffff);
    }
  }

  private static void put(byte[] rgb, int i, int colour) {
    rgb[3 * i] = (byte) (colour >> 16);
    rgb[3 * i + 1] = (byte) (colour >> 8);
    rgb[3 * i + 2] = (byte) colour;
  }

  private static int idColour(int id) {
    return hue(GOLDEN * id, 0.6f + 0.35f * (id % 3) / 2);
  }

  private static int categoryColour(String category) {
    return hue(GOLDEN * Taxonomy.standard().categories().indexOf(category), 0.75f);
  }

  private static int hue(double turn, float saturation) {
    return Color.HSBtoRGB((float) (turn - Math.floor(turn)), saturation, 0.9f) & 0xffffff;
  }
}

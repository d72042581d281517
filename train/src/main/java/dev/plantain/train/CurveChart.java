package dev.plantain.train;

import dev.plantain.formats.AtomicFile;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines of a figure against the drawings trained on, which have a logarithmic axis, as a PNG. */
public final class CurveChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 560;

  /** Of more points than these the line alone is drawn. */
  private static final int MOST_MARKS = 50;

  /** Told apart by most eyes, colour-blind ones among them (Okabe and Ito). */
  private static final int[] COLOURS = {
    0x000000, 0xE69F00, 0x56B4E9, 0x009E73, 0xB8A900, 0x0072B2, 0xD55E00, 0xCC79A7, 0x888888
  };

  private CurveChart() {}

  /**
   * A point of a line.
   *
   * @param drawings trained on so far, above 0
   * @param value of the figure; above 0 if its axis is logarithmic
   */
  public record Point(double drawings, double value) {}

  /**
   * Draws lines.
   *
   * @param logarithmic whether the figure's axis is, too
   * @param series by name, in the legend's order; those without points are left out
   */
  public static void write(
      Path png, String figure, boolean logarithmic, Map<String, List<Point>> series)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("drawings trained on")
            .yAxisTitle(figure)
            .build();
    XYStyler style = chart.getStyler();
    style.setLocale(Locale.ROOT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setLegendBorderColor(Color.WHITE);
    style.setXAxisLogarithmic(true);
    style.setYAxisLogarithmic(logarithmic);
    style.setXAxisDecimalPattern("#,##0");
    style.setYAxisDecimalPattern("0.###");
    style.setMarkerSize(6);
    series.forEach(
        (name, points) -> {
          if (!points.isEmpty()) {
            line(chart, name, points);
          }
        });
    byte[] bytes = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
    AtomicFile.write(png, out -> out.write(bytes));
  }

  private static void line(XYChart chart, String name, List<Point> points) {
    int k = chart.getSeriesMap().size();
    Color colour = new Color(COLOURS[k % COLOURS.length]);
    XYSeries line =
        chart.addSeries(
            name,
            points.stream().mapToDouble(Point::drawings).toArray(),
            points.stream().mapToDouble(Point::value).toArray());
    line.setLineColor(colour);
    line.setLineWidth(1.6f);
    line.setLineStyle(k < COLOURS.length ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
    line.setMarkerColor(colour);
    line.setMarker(points.size() <= MOST_MARKS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }
}

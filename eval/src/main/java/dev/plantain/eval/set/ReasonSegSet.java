package dev.plantain.eval.set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * ReasonSeg: {@code SPLIT/NAME.jpg} with {@code SPLIT/NAME.json}. The first text is asked, as it
 * is: a question that wants reasoning, which the paper has a language model rewrite first, so name
 * who rewrote it beside any score. Larger shapes are painted first; those labelled {@code ignore}
 * do not count.
 */
public final class ReasonSegSet {
  private static final byte TARGET = 1;
  private static final byte IGNORED = 2;

  private record Shape(Polygon polygon, byte kind, double area) {}

  private ReasonSegSet() {}

  /**
   * @throws IOException if the split has no photos or one has no shapes file
   */
  public static EvalSet open(Path folder, String split) throws IOException {
    Path root =
        Folders.first(
            folder.resolve(split),
            folder.resolve("ReasonSeg").resolve(split),
            folder.resolve("reason_seg/ReasonSeg").resolve(split));
    List<Path> photos = Folders.files(root, ".jpg");
    for (Path photo : photos) {
      Folders.required(Folders.beside(photo, ".jpg", ".json"));
    }
    return new ListedSet<>(
        "reasonseg %s, question as asked".formatted(split), photos, ReasonSegSet::sample);
  }

  private static Sample sample(Path photo) throws IOException {
    Path file = Folders.beside(photo, ".jpg", ".json");
    JsonNode root = JsonFile.readOldText(file);
    JsonNode texts = JsonFile.list(root, "text", file);
    if (texts.isEmpty() || texts.get(0).asText().isBlank()) {
      throw new InputException.Damaged(file + " asks nothing");
    }
    List<Shape> shapes = new ArrayList<>();
    for (JsonNode shape : JsonFile.list(root, "shapes", file)) {
      String label = JsonFile.text(shape, "label", file).toLowerCase(Locale.ROOT);
      if (!label.equals("flag")) {
        Polygon polygon = polygon(JsonFile.list(shape, "points", file), file);
        shapes.add(new Shape(polygon, label.contains("ignore") ? IGNORED : TARGET, area(polygon)));
      }
    }
    shapes.sort(Comparator.comparingDouble((Shape s) -> -s.area));
    Image image = Images.read(photo).image();
    byte[] painted = paint(shapes, image.width(), image.height());
    BitSet inside = new BitSet(painted.length);
    BitSet ignored = new BitSet(painted.length);
    for (int i = 0; i < painted.length; i++) {
      inside.set(i, painted[i] == TARGET);
      ignored.set(i, painted[i] == IGNORED);
    }
    return new Sample(
        Folders.name(photo).replace(".jpg", ""),
        image,
        List.of(new Truth.ReferTruth(texts.get(0).asText(), inside, ignored, false)));
  }

  private static Polygon polygon(JsonNode points, Path file) throws InputException {
    Polygon polygon = new Polygon();
    for (JsonNode point : points) {
      if (point.size() != 2 || !point.get(0).isNumber() || !point.get(1).isNumber()) {
        throw new InputException.Damaged(file + " has a point that is not two numbers");
      }
      polygon.addPoint((int) point.get(0).asDouble(), (int) point.get(1).asDouble());
    }
    return polygon;
  }

  /** Outline of one pixel and filling, as the set's own script draws them. */
  private static byte[] paint(List<Shape> shapes, int width, int height) {
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    var pen = canvas.createGraphics();
    byte[] pixels = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    byte[] painted = new byte[pixels.length];
    try {
      pen.setColor(Color.WHITE);
      for (Shape shape : shapes) {
        Arrays.fill(pixels, (byte) 0);
        pen.fillPolygon(shape.polygon);
        pen.drawPolygon(shape.polygon);
        for (int i = 0; i < pixels.length; i++) {
          painted[i] = pixels[i] == 0 ? painted[i] : shape.kind;
        }
      }
    } finally {
      pen.dispose();
    }
    return painted;
  }

  private static double area(Polygon p) {
    double twice = 0;
    for (int i = 0, j = p.npoints - 1; i < p.npoints; j = i++) {
      twice += (double) p.xpoints[j] * p.ypoints[i] - (double) p.xpoints[i] * p.ypoints[j];
    }
    return Math.abs(twice) / 2;
  }
}

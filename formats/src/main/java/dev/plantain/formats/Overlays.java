package dev.plantain.formats;

import dev.plantain.codec.ColourMap;
import dev.plantain.core.Image;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Measurements on their photo, to look at. Not to be read back: {@link MaskPng}, {@link Npy} and
 * the like keep the values.
 */
public final class Overlays {
  private static final double TINT = 0.45;

  private Overlays() {}

  /** Classes tinted, outlined and named; what is unassigned is hatched. */
  public static Image labels(Image photo, LabelMap map) {
    List<Region> regions = new ArrayList<>();
    int[] labels = map.labels();
    for (int k = 0; k < map.classes().size(); k++) {
      BitSet bits = new BitSet(labels.length);
      for (int i = 0; i < labels.length; i++) {
        bits.set(i, labels[i] == k);
      }
      regions.add(new Region(bits, map.classes().get(k), Shades.of(k)));
    }
    byte[] rgb8 = tinted(photo, regions);
    for (int i = 0; i < labels.length; i++) {
      int diagonal = i % map.width() + i / map.width();
      if (labels[i] == LabelMap.UNASSIGNED && diagonal % 8 < 2) {
        blend(rgb8, i, 0xFFFFFF, 0.6);
      }
    }
    return finish(photo, rgb8, regions);
  }

  /** Instances tinted, outlined and numbered. */
  public static Image instances(Image photo, InstanceList instances) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      Instance instance = instances.get(i);
      String name = instances.phrase() + " " + (i + 1);
      regions.add(new Region(instance.mask().bits(), name, Shades.of(i)));
    }
    if (regions.isEmpty()) {
      return absent(photo, instances.phrase(), instances.score());
    }
    return finish(photo, tinted(photo, regions), regions);
  }

  /** Masks tinted, outlined and named; the rest of the photo is dimmed. */
  public static Image masks(Image photo, List<Mask> masks) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      Mask mask = masks.get(i);
      if (mask.isEmpty() && masks.size() == 1) {
        return absent(photo, mask.phrase(), mask.score());
      }
      regions.add(new Region(mask.bits(), mask.phrase(), Shades.of(i)));
    }
    BitSet any = new BitSet();
    regions.forEach(region -> any.or(region.bits));
    byte[] rgb8 = tinted(photo, regions);
    for (int i = 0; i < rgb8.length / 3; i++) {
      if (!any.get(i)) {
        blend(rgb8, i, 0x101216, 0.45);
      }
    }
    return finish(photo, rgb8, regions);
  }

  private static Image absent(Image photo, String phrase, float score) {
    return Canvas.on(
        photo,
        canvas ->
            canvas.tag(
                "%s: not there (%.0f %%)".formatted(shorten(phrase), 100 * score),
                photo.width() / 2.0,
                photo.height() - 18 * canvas.unit,
                0xFFFFFF));
  }

  /** Normals in the usual colours: x right as red, y up as green, z to the viewer as blue. */
  public static Image normals(NormalMap normals) {
    return NormalPng.image(normals, NormalFrame.OPENGL);
  }

  /** Thin edges in amber on the darkened photo. */
  public static Image edges(Image photo, EdgeMap edges) {
    byte[] rgb8 = photo.rgb8();
    float[] soft = edges.probability();
    float[] thin = edges.thin();
    int w = photo.width();
    for (int i = 0; i < thin.length; i++) {
      blend(rgb8, i, 0x0C0E12, 0.68);
      blend(rgb8, i, 0xE07A1F, 0.5 * soft[i]);
    }
    // A line one pixel wide vanishes on a large photo: thicken it with the photo's size.
    int reach = Math.max(w, photo.height()) / 900;
    for (int i = 0; i < thin.length; i++) {
      if (thin[i] > 0) {
        for (int y = i / w - reach; y <= i / w + reach; y++) {
          for (int x = i % w - reach; x <= i % w + reach; x++) {
            if (x >= 0 && y >= 0 && x < w && y < photo.height()) {
              blend(rgb8, y * w + x, 0xFFD27A, thin[i]);
            }
          }
        }
      }
    }
    return Image.of(w, photo.height(), rgb8);
  }

  /**
   * Confidence as a picture: sure is dark green-blue, doubtful yellow.
   *
   * @param confidence {@code width * height} values in [0, 1]
   */
  public static Image confidence(int width, int height, float[] confidence) {
    byte[] rgb8 = new byte[3 * width * height];
    for (int i = 0; i < confidence.length; i++) {
      double[] rgb = ColourMap.VIRIDIS.colour(1 - confidence[i]);
      for (int c = 0; c < 3; c++) {
        rgb8[3 * i + c] = (byte) Math.round(255 * rgb[c]);
      }
    }
    return Image.of(width, height, rgb8);
  }

  private record Region(BitSet bits, String name, int rgb) {}

  private static byte[] tinted(Image photo, List<Region> regions) {
    byte[] rgb8 = photo.rgb8();
    for (Region region : regions) {
      region.bits.stream().forEach(i -> blend(rgb8, i, region.rgb, TINT));
    }
    return rgb8;
  }

  private static void blend(byte[] rgb8, int pixel, int rgb, double share) {
    for (int c = 0; c < 3; c++) {
      int i = 3 * pixel + c;
      int other = rgb >> (16 - 8 * c) & 0xFF;
      rgb8[i] = (byte) Math.round((1 - share) * (rgb8[i] & 0xFF) + share * other);
    }
  }

  private static Image finish(Image photo, byte[] rgb8, List<Region> regions) {
    int w = photo.width();
    int h = photo.height();
    return Canvas.on(
        Image.of(w, h, rgb8),
        canvas -> {
          for (Region region : regions) {
            Path2D.Float path = new Path2D.Float();
            for (Outlines.Outline outline : Outlines.of(region.bits, w, h)) {
              boolean first = true;
              for (int[] p : outline.points()) {
                if (first) {
                  path.moveTo(p[0], p[1]);
                } else {
                  path.lineTo(p[0], p[1]);
                }
                first = false;
              }
              path.closePath();
            }
            canvas.pen.setStroke(
                new BasicStroke(2.4f * canvas.unit, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            canvas.pen.setColor(new Color(10, 12, 16, 150));
            canvas.pen.draw(path);
            canvas.pen.setStroke(
                new BasicStroke(1.3f * canvas.unit, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            canvas.pen.setColor(new Color(region.rgb).brighter());
            canvas.pen.draw(path);
          }
          for (Region region : regions) {
            int[] place = middle(region.bits, w, h);
            if (place.length > 0) {
              canvas.tag(shorten(region.name), place[0], place[1], region.rgb);
            }
          }
        });
  }

  private static String shorten(String name) {
    return name.length() <= 40 ? name : name.substring(0, 39) + "…";
  }

  /** A pixel deep inside: the one with the largest square around it; empty if there is none. */
  private static int[] middle(BitSet bits, int width, int height) {
    int[] square = new int[width];
    int best = 0;
    int[] place = {};
    for (int y = 0; y < height; y++) {
      int diagonal = 0;
      for (int x = 0; x < width; x++) {
        int above = square[x];
        int left = x > 0 ? square[x - 1] : 0;
        square[x] = bits.get(y * width + x) ? 1 + Math.min(diagonal, Math.min(above, left)) : 0;
        diagonal = above;
        if (square[x] > best) {
          best = square[x];
          place = new int[] {x - best / 2, y - best / 2};
        }
      }
    }
    return place;
  }
}

package dev.plantain.cli;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measurements in a sentence. */
final class Describe {
  private static final int MOST_CLASSES = 8;

  private Describe() {}

  /** What was measured, in about a line. */
  static String of(Object measurement) {
    return switch (measurement) {
      case DepthMap depth -> depth(depth);
      case RelativeDepth depth ->
          format("relative depth without metres; confidence %s", share(depth.meanConfidence()));
      case NormalMap normals -> normals(normals);
      case LabelMap map -> labels(map);
      case InstanceList instances -> instances(instances);
      case Mask mask -> mask(mask);
      case EdgeMap edges -> edges(edges);
      case List<?> list -> list.stream().map(Describe::of).collect(Collectors.joining("; "));
      default -> throw new IllegalArgumentException("no measurement: " + measurement);
    };
  }

  private static String depth(DepthMap depth) {
    double finite = depth.finiteShare();
    if (finite == 0) {
      return "no finite distance; all is sky, out of range or unreadable";
    }
    int pixels = depth.width() * depth.height();
    int sky = 0;
    for (boolean s : depth.sky()) {
      sky += s ? 1 : 0;
    }
    double skyShare = (double) sky / pixels;
    double invalid = 1 - finite - skyShare;
    return format(
        "nearest %s, median %s, farthest %s%s%s; confidence %s",
        metres(depth.quantile(0)),
        metres(depth.quantile(0.5)),
        metres(depth.quantile(1)),
        skyShare >= 0.0005 ? "; sky or out of range " + share(skyShare) : "",
        invalid >= 0.0005 ? "; unreadable " + share(invalid) : "",
        share(depth.meanConfidence()));
  }

  private static String normals(NormalMap normals) {
    float[] xyz = normals.xyz();
    int up = 0;
    int towards = 0;
    int sideways = 0;
    int invalid = 0;
    for (int i = 0; i < xyz.length; i += 3) {
      if (Float.isNaN(xyz[i])) {
        invalid++;
      } else if (xyz[i + 1] > 0.7071f) {
        up++;
      } else if (xyz[i + 2] > 0.7071f) {
        towards++;
      } else if (Math.abs(xyz[i]) > 0.7071f) {
        sideways++;
      }
    }
    double n = xyz.length / 3.0;
    return format(
        "facing up %s, towards the camera %s, sideways %s%s; confidence %s",
        share(up / n),
        share(towards / n),
        share(sideways / n),
        invalid / n >= 0.0005 ? ", unreadable " + share(invalid / n) : "",
        share(normals.meanConfidence()));
  }

  private static String labels(LabelMap map) {
    List<Integer> present = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (int i = 0; i < map.classes().size(); i++) {
      if (map.share(i) > 0) {
        present.add(i);
      } else {
        absent.add(map.classes().get(i));
      }
    }
    present.sort(Comparator.comparingDouble((Integer i) -> -map.share(i)));
    String found =
        present.isEmpty()
            ? "none of the classes is there"
            : present.stream()
                .limit(MOST_CLASSES)
                .map(i -> map.classes().get(i) + " " + share(map.share(i)))
                .collect(Collectors.joining(", "));
    double unassigned = map.share(LabelMap.UNASSIGNED);
    return found
        + (present.size() > MOST_CLASSES ? ", …" : "")
        + (absent.isEmpty() || present.isEmpty() ? "" : "; not there: " + String.join(", ", absent))
        + (unassigned >= 0.0005 ? "; unassigned " + share(unassigned) : "")
        + "; confidence "
        + share(map.meanConfidence());
  }

  private static String instances(InstanceList instances) {
    if (instances.isEmpty()) {
      return format("%s: not there; confidence %s", instances.phrase(), share(instances.score()));
    }
    double pixels = (double) instances.width() * instances.height();
    String sizes =
        IntStream.range(0, Math.min(MOST_CLASSES, instances.size()))
            .mapToObj(i -> share(instances.get(i).mask().area() / pixels))
            .collect(Collectors.joining(", "));
    return format(
        "%s: %d found, of the photo %s%s; confidence %s",
        instances.phrase(),
        instances.size(),
        sizes,
        instances.size() > MOST_CLASSES ? ", …" : "",
        share(instances.score()));
  }

  private static String mask(Mask mask) {
    if (mask.isEmpty()) {
      return format("%s: not there; confidence %s", mask.phrase(), share(mask.score()));
    }
    Mask.Box box = mask.box();
    return format(
        "%s: %s of the photo, in the box %d,%d to %d,%d; confidence %s",
        mask.phrase(),
        share((double) mask.area() / ((double) mask.width() * mask.height())),
        box.x(),
        box.y(),
        box.x() + box.width() - 1,
        box.y() + box.height() - 1,
        share(mask.score()));
  }

  private static String edges(EdgeMap edges) {
    int lines = 0;
    for (float p : edges.thin()) {
      lines += p >= 0.5f ? 1 : 0;
    }
    return format("%,d pixels on object boundaries", lines).replace(',', ' ');
  }

  /** A distance to the digits that mean something. */
  static String metres(double metres) {
    return metres < 10
        ? format("%.2f m", metres)
        : metres < 100 ? format("%.1f m", metres) : format("%.0f m", metres);
  }

  private static String share(double share) {
    double percent = 100 * share;
    return percent < 9.95 && percent > 0 ? format("%.1f %%", percent) : format("%.0f %%", percent);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}

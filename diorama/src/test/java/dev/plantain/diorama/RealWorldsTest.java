package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plantain.core.Image;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What tests of boxes cannot tell: answers of worlds made of the real libraries. Prints figures.
 */
@Tag("slow")
class RealWorldsTest {
  private static final int SIZE = 128;
  private static Diorama diorama;

  @BeforeAll
  static void open() {
    diorama = Diorama.open(libraries(), w -> {});
  }

  private static List<Path> libraries() {
    try {
      return Diorama.installedLibraries();
    } catch (UncheckedIOException e) {
      assumeTrue(false, e.getMessage());
      return List.of();
    }
  }

  private static Diorama.Developed develop(Diorama from, Split split, long seed) {
    return from.develop(split, seed, from.staging(split, seed, SIZE, SIZE));
  }

  @Test
  void aThousandExpressionsMeanWhatTheyPointAt() {
    Map<Expression.Kind, Integer> checked = new EnumMap<>(Expression.Kind.class);
    List<String> wrong = new ArrayList<>();
    int absent = 0;
    int unread = 0;
    for (long seed = 0; checked.values().stream().mapToInt(n -> n).sum() < 1000; seed++) {
      Diorama.Developed d = develop(diorama.withoutEdits(), Split.TEST, seed);
      ReferentSearch search = new ReferentSearch(d.view(), d);
      for (Expression e : d.view().expressions()) {
        Optional<List<Integer>> found = search.find(e);
        if (found.isEmpty()) {
          unread++;
          continue;
        }
        checked.merge(e.kind(), 1, Integer::sum);
        absent += e.thingIds().isEmpty() ? 1 : 0;
        if (!found.get().equals(e.thingIds())) {
          wrong.add("%s: %s but found %s".formatted(d.view().id(), e, found.get()));
        }
      }
    }
    System.out.printf(
        "expressions checked %s, of nothing %d, not read %d, wrong %d%n",
        checked, absent, unread, wrong.size());
    wrong.forEach(System.out::println);
    assertThat(wrong).isEmpty();
    assertThat(checked.keySet()).containsExactly(Expression.Kind.values());
    assertThat(unread).isLessThan(30);
  }

  @Test
  void editsLeaveTheRestOfThePicture() {
    List<Double> ratios = new ArrayList<>();
    int below = 0;
    for (long seed = 0; ratios.size() < 100; seed++) {
      Diorama.Developed d = develop(diorama, Split.TEST, seed);
      for (int i = 0; i < d.made().size(); i++) {
        Edit e = d.view().edits().get(i);
        Editor.Made made = d.made().get(i);
        if (made.change().relit()) {
          continue;
        }
        Image before = e.before() == null ? d.view().photo() : e.before();
        double psnr = EditInfluence.psnr(d.frame(), made, before, e.after());
        if (Double.isNaN(psnr)) {
          continue;
        }
        ratios.add(psnr);
        if (psnr < 35) {
          below++;
          System.out.printf("%s %.1f dB: %s%n", d.view().id(), psnr, e.instruction());
        }
      }
    }
    ratios.sort(null);
    System.out.printf(
        "edits %d, PSNR outside their influence: least %.1f, tenth %.1f, median %.1f dB, below 35:"
            + " %d%n",
        ratios.size(),
        ratios.getFirst(),
        ratios.get(ratios.size() / 10),
        ratios.get(ratios.size() / 2),
        below);
    assertThat(ratios.getFirst()).isGreaterThanOrEqualTo(35);
  }

  @Test
  void normalsFollowFromDepth() {
    List<Double> degrees = new ArrayList<>();
    for (long seed = 0; seed < 12; seed++) {
      Diorama.Staging s = diorama.staging(Split.TEST, seed, SIZE, SIZE);
      Frame f = Renderer.glance(s.world(), s.lens());
      View v = diorama.withoutEdits().view(Split.TEST, seed, SIZE, SIZE);
      for (int y = 1; y < SIZE - 1; y++) {
        for (int x = 1; x < SIZE - 1; x++) {
          int i = y * SIZE + x;
          if (flat(f, i, i - 1)
              && flat(f, i, i + 1)
              && flat(f, i, i - SIZE)
              && flat(f, i, i + SIZE)) {
            degrees.add(off(v, x, y));
          }
        }
      }
    }
    degrees.sort(null);
    System.out.printf(
        "normals of %d flat pixels off finite differences: median %.3f°, 95th percentile %.2f°%n",
        degrees.size(), degrees.get(degrees.size() / 2), degrees.get(degrees.size() * 95 / 100));
    assertThat(degrees.get(degrees.size() / 2)).isLessThan(1);
  }

  /** Whether two pixels show one flat face: the same thing, the same flat and smooth normal. */
  private static boolean flat(Frame f, int i, int j) {
    double cos = 0;
    double smooth = 0;
    for (int c = 0; c < 3; c++) {
      cos += f.flat[3 * i + c] * f.flat[3 * j + c];
      smooth += f.flat[3 * i + c] * f.normal[3 * i + c];
    }
    return f.entity[i] >= 0 && f.entity[i] == f.entity[j] && cos > 0.99999 && smooth > 0.99999;
  }

  private static double off(View v, int x, int y) {
    double[] r = point(v, x + 1, y);
    double[] l = point(v, x - 1, y);
    double[] u = point(v, x, y - 1);
    double[] d = point(v, x, y + 1);
    double[] a = {r[0] - l[0], r[1] - l[1], r[2] - l[2]};
    double[] b = {u[0] - d[0], u[1] - d[1], u[2] - d[2]};
    double[] n = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    int i = 3 * (y * SIZE + x);
    double dot =
        (n[0] * v.normals()[i] + n[1] * v.normals()[i + 1] + n[2] * v.normals()[i + 2]) / length;
    return Math.toDegrees(Math.acos(Math.clamp(dot, -1.0, 1.0)));
  }

  /** Right, up, towards the viewer, metres. */
  private static double[] point(View v, int x, int y) {
    double z = v.depthMetres()[y * SIZE + x];
    double f = v.camera().focalPx();
    return new double[] {(x + 0.5 - SIZE / 2.0) / f * z, (SIZE / 2.0 - y - 0.5) / f * z, -z};
  }

  @Test
  void nothingFloatsOrStandsInAnotherThing() {
    int pairs = 0;
    Map<String, Integer> meets = new TreeMap<>();
    int things = 0;
    int floating = 0;
    for (long seed = 0; seed < 60; seed++) {
      Setting s = diorama.staging(Split.TRAIN, seed, 32, 32).setting();
      List<Piece> pieces = s.pieces();
      for (int i = 0; i < pieces.size(); i++) {
        Piece p = pieces.get(i);
        things++;
        floating += floats(p, pieces, s) ? 1 : 0;
        assertThat(s.indoors() || Facts.outdoors(p.category().name()))
            .as("%s stands outdoors", p.category().name())
            .isTrue();
        for (int j = i + 1; j < pieces.size(); j++) {
          pairs++;
          Piece q = pieces.get(j);
          if (collide(p, q, i, j)) {
            meets.merge(p.category().name() + " in " + q.category().name(), 1, Integer::sum);
          }
        }
      }
    }
    System.out.printf(
        "%d things, %d float; %d pairs, boxes overlap by more than %.0f mm: %s%n",
        things, floating, pairs, 1000 * Floorplan.TOLERANCE, meets);
    assertThat(floating).isZero();
    assertThat(meets).isEmpty();
  }

  private static boolean floats(Piece p, List<Piece> pieces, Setting s) {
    return switch (p.category().place()) {
      case HUNG, CEILING, OPENING -> false;
      default -> {
        double foot =
            p.support() >= 0
                ? pieces.get(p.support()).y()
                : s.indoors() ? 0 : Math.min(p.y(), 0.13);
        double above = p.y() - foot;
        yield p.support() >= 0 ? p.y() > pieces.get(p.support()).top() + 0.01 : above > 0.005;
      }
    };
  }

  private static boolean collide(Piece p, Piece q, int i, int j) {
    boolean carried = p.support() == j || q.support() == i;
    boolean flat =
        p.category().place() == Taxonomy.Place.RUG || q.category().place() == Taxonomy.Place.RUG;
    return !carried && !flat && !tucked(p, q) && !tucked(q, p) && solid(p).meets(solid(q));
  }

  /** Seats are drawn up until they reach under a table's top. */
  private static boolean tucked(Piece seat, Piece table) {
    return seat.category().place() == Taxonomy.Place.SEAT
        && table.category().place() == Taxonomy.Place.TABLE;
  }

  /** What of a piece nothing may reach into: all but a tree's crown. */
  private static Floorplan.Volume solid(Piece p) {
    return p.category().place() == Taxonomy.Place.TREE
        ? new Floorplan.Volume(p.x(), p.z(), 0.2f, 0.2f, 0, p.y(), p.y() + 2)
        : Floorplan.Volume.of(p, -Floorplan.TOLERANCE / 2);
  }
}

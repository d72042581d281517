package dev.plantain.eval.set;

import dev.plantain.core.instruct.Palette;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.formats.Coco;
import dev.plantain.formats.DepthPng;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.MaskPng;
import dev.plantain.formats.Npy;
import dev.plantain.formats.NpyArray;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Anyone's photos with answers, in a plain folder:
 *
 * <ul>
 *   <li>{@code images/NAME.jpg} or any other format that is read
 *   <li>{@code labels/NAME.png}: 8-bit indices; {@code classes.txt} names index 0, 1, … line by
 *       line, where {@code background} is what is in no class and {@code ignore}, {@code void} or
 *       {@code unlabelled} does not count, as indices beyond the list do not
 *   <li>{@code annotations.json}: COCO, polygons or run lengths; every instance of its categories,
 *       but for those of which a photo has a crowd. Folders in its file names do not count
 *   <li>{@code depth/NAME.npy} in metres, or {@code depth/NAME.png} in millimetres; 0 or NaN is
 *       unknown
 *   <li>{@code normals/NAME.npy}: height × width × 3, +x right, +y up, +z to the viewer
 *   <li>{@code edges/NAME.png}: 0 none, anything else an edge
 * </ul>
 *
 * <p>All but {@code images} may be missing, for the set or for single photos. Answers have the size
 * of their photo, as it is seen upright.
 */
public final class FolderSet implements EvalSet {
  private static final double CAP_METRES = 80;
  private static final String ANNOTATIONS = "annotations.json";
  private static final String BACKGROUND = "background";
  private static final Set<String> IGNORED =
      Set.of("ignore", "void", "unlabelled", "unlabeled", "-");

  /** Any index of 8 bits as a label of its own. */
  private static final List<String> INDICES =
      IntStream.rangeClosed(1, 254).mapToObj(Integer::toString).toList();

  private final Path folder;
  private final List<Path> images;
  private final List<String> names;
  private final Map<String, Coco.Annotated> instances;

  /**
   * @param classes names of the indices of {@code labels/}; null to read {@code classes.txt}
   * @throws IOException if there are no images or no answers, labels without names, or annotations
   *     of none of the images, or of one of them twice
   */
  public FolderSet(Path folder, @Nullable List<String> classes) throws IOException {
    this.folder = folder;
    images = Folders.files(folder.resolve("images"), "");
    Path list = folder.resolve("classes.txt");
    names =
        classes != null
            ? List.copyOf(classes)
            : Files.exists(list)
                ? Files.readAllLines(list).stream().map(String::strip).toList()
                : List.of();
    if (Files.isDirectory(folder.resolve("labels")) && names.isEmpty()) {
      throw new InputException(
          folder + " has labels without names: give --classes, or write classes.txt, one a line");
    }
    Path coco = folder.resolve(ANNOTATIONS);
    instances = Files.exists(coco) ? byPicture(coco) : Map.of();
    if (instances.isEmpty()
        && Stream.of("labels", "depth", "normals", "edges")
            .noneMatch(s -> Files.isDirectory(folder.resolve(s)))) {
      throw new InputException(
          folder + " has no answers: none of labels, annotations.json, depth, normals, edges");
    }
  }

  /** Annotations by their picture's name; the folders of COCO's file names are other people's. */
  private Map<String, Coco.Annotated> byPicture(Path coco) throws InputException {
    List<Coco.Annotated> all = Coco.annotated(coco);
    Map<String, List<Coco.Annotated>> byName =
        all.stream().collect(Collectors.groupingBy(a -> withoutFolders(a.image().fileName())));
    Map<String, Coco.Annotated> found = new HashMap<>();
    for (Path picture : images) {
      String name = Folders.name(picture);
      List<Coco.Annotated> candidates = byName.getOrDefault(name, List.of());
      List<Coco.Annotated> exact =
          candidates.stream().filter(a -> a.image().fileName().equals(name)).toList();
      candidates = exact.isEmpty() ? candidates : exact;
      if (candidates.size() > 1) {
        throw new InputException(
            "%s has \"%s\" and \"%s\", and either may be %s: keep the one that is, or rename"
                .formatted(
                    coco,
                    candidates.get(0).image().fileName(),
                    candidates.get(1).image().fileName(),
                    picture));
      }
      candidates.forEach(a -> found.put(name, a));
    }
    if (found.isEmpty() && !all.isEmpty()) {
      throw new InputException(
          "%s is of none of the pictures: its first is \"%s\", and that in the folder %s"
              .formatted(coco, all.getFirst().image().fileName(), images.getFirst()));
    }
    return found;
  }

  private static String withoutFolders(String fileName) {
    return fileName.replaceFirst("^.*[/\\\\]", "");
  }

  @Override
  public String name() {
    return "folder " + Folders.name(folder);
  }

  @Override
  public long size() {
    return images.size();
  }

  @Override
  public Stream<Sample> samples() {
    return IntStream.range(0, images.size()).mapToObj(this::sample);
  }

  /**
   * One sample.
   *
   * @throws UncheckedIOException if a file is damaged or its size is not the photo's; names it
   */
  public Sample sample(int index) {
    Path path = images.get(index);
    try {
      Photo photo = Images.read(path);
      List<Truth> truths = new ArrayList<>();
      String stem = Folders.name(path).replaceFirst("\\.[^.]*$", "");
      labels(stem, photo, truths);
      instances(path, photo, truths);
      depth(stem, photo, truths);
      Path normals = folder.resolve("normals").resolve(stem + ".npy");
      if (Files.exists(normals)) {
        NpyArray xyz = Npy.read(normals);
        Fit.require(normals, xyz, 3, photo);
        truths.add(new Truth.NormalTruth(xyz.toFloats()));
      }
      Path edges = folder.resolve("edges").resolve(stem + ".png");
      if (Files.exists(edges)) {
        int[] index8 = indices(edges, photo);
        boolean[] on = new boolean[index8.length];
        for (int i = 0; i < on.length; i++) {
          on[i] = index8[i] != 0;
        }
        truths.add(new Truth.EdgeTruth(List.of(on)));
      }
      return new Sample(stem, photo.image(), truths);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void labels(String stem, Photo photo, List<Truth> truths) throws IOException {
    Path file = folder.resolve("labels").resolve(stem + ".png");
    if (!Files.exists(file)) {
      return;
    }
    List<String> classes = new ArrayList<>();
    int[] meaning = new int[names.size()];
    boolean background = false;
    for (int i = 0; i < meaning.length; i++) {
      String name = names.get(i);
      if (name.equalsIgnoreCase(BACKGROUND)) {
        meaning[i] = LabelMap.BACKGROUND;
        background = true;
      } else if (name.isEmpty() || IGNORED.contains(name.toLowerCase(Locale.ROOT))) {
        meaning[i] = SegmentError.IGNORE;
      } else {
        meaning[i] = classes.size();
        classes.add(name);
      }
    }
    int[] labels = indices(file, photo);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] < meaning.length ? meaning[labels[i]] : SegmentError.IGNORE;
    }
    truths.add(
        new Truth.SegmentTruth(
            classes,
            Palette.distinct(classes.size()),
            background ? OptionalInt.of(0) : OptionalInt.empty(),
            labels));
  }

  private static int[] indices(Path file, Photo photo) throws IOException {
    LabelMap map = MaskPng.read(file, INDICES);
    Fit.require(file, map.width(), map.height(), photo);
    int[] indices = map.labels();
    for (int i = 0; i < indices.length; i++) {
      indices[i] =
          indices[i] == LabelMap.BACKGROUND
              ? 0
              : indices[i] == LabelMap.UNASSIGNED ? MaskPng.UNASSIGNED : indices[i] + 1;
    }
    return indices;
  }

  private void instances(Path path, Photo photo, List<Truth> truths) throws IOException {
    Coco.Annotated annotated = instances.get(Folders.name(path));
    if (annotated == null) {
      return;
    }
    LabelledImage image = annotated.image();
    Fit.require(
        "%s: \"%s\"".formatted(folder.resolve(ANNOTATIONS), image.fileName()),
        image.width(),
        image.height(),
        photo);
    Map<String, List<BitSet>> byClass = new LinkedHashMap<>();
    for (Mask mask : image.masks()) {
      byClass.computeIfAbsent(mask.phrase(), c -> new ArrayList<>()).add(mask.bits());
    }
    // A crowd is of many that have no masks of their own: nobody knows all of them.
    byClass.keySet().removeAll(annotated.crowded());
    byClass.forEach((name, masks) -> truths.add(new Truth.InstanceTruth(name, masks)));
  }

  private void depth(String stem, Photo photo, List<Truth> truths) throws IOException {
    Path npy = folder.resolve("depth").resolve(stem + ".npy");
    Path png = folder.resolve("depth").resolve(stem + ".png");
    float[] metres;
    if (Files.exists(npy)) {
      NpyArray array = Npy.read(npy);
      Fit.require(npy, array, 1, photo);
      metres = array.toFloats();
    } else if (Files.exists(png)) {
      DepthMap map = DepthPng.read(png, DepthPng.Scale.MILLIMETRES);
      Fit.require(png, map.width(), map.height(), photo);
      metres = map.metres();
    } else {
      return;
    }
    truths.add(new Truth.DepthTruth(metres, CAP_METRES));
  }
}

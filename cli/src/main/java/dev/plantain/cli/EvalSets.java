package dev.plantain.cli;

import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.ShardIndex;
import dev.plantain.diorama.Split;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.metric.DepthAlignment;
import dev.plantain.eval.set.AlignedSet;
import dev.plantain.eval.set.Benchmark;
import dev.plantain.eval.set.Benchmarks;
import dev.plantain.eval.set.BsdsSet;
import dev.plantain.eval.set.CamVidSet;
import dev.plantain.eval.set.DepthFolderSet;
import dev.plantain.eval.set.DioramaSet;
import dev.plantain.eval.set.FolderSet;
import dev.plantain.eval.set.WordsSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The set that {@code plantain eval} is told to measure on, by its options.
 *
 * @param set its name
 * @param limit photos at most
 * @param view pixels of Diorama's views
 * @param warn takes what is odd about the furniture
 */
record EvalSets(
    String set,
    @Nullable Path data,
    @Nullable List<String> classes,
    @Nullable String split,
    long limit,
    SizeConverter.Size view,
    Consumer<String> warn) {
  /** Views of a split are numbered from here: far from what training renders. */
  static final long FIRST_SEED = 900_000_000;

  private static final String OWN_SETS =
      "diorama, words, synonyms, camvid, bsds, nyu, kitti, depth, folder";

  /**
   * @throws IOException if its files are missing or damaged
   * @throws UsageException if there is no such set, or an option is missing
   */
  EvalSet open() throws IOException {
    return switch (set.toLowerCase(Locale.ROOT)) {
      case "diorama" -> diorama();
      case "words" -> new WordsSet(limit, views(), false);
      case "synonyms" -> new WordsSet(limit, views(), true);
      case "camvid" -> new CamVidSet(folder());
      case "bsds" -> new BsdsSet(folder());
      case "nyu" -> new DepthFolderSet(folder(), DepthFolderSet.Kind.NYU);
      case "kitti" -> new DepthFolderSet(folder(), DepthFolderSet.Kind.KITTI);
      case "depth" -> new DepthFolderSet(folder(), DepthFolderSet.Kind.NPY);
      case "folder" -> new FolderSet(folder(), classes);
      default -> {
        Benchmark benchmark =
            Benchmarks.named(set.toLowerCase(Locale.ROOT))
                .orElseThrow(
                    () ->
                        new UsageException(
                            "\"%s\" is no benchmark; there are %s, %s"
                                .formatted(
                                    set,
                                    OWN_SETS,
                                    String.join(
                                        ", ",
                                        Benchmarks.all().stream().map(Benchmark::name).toList()))));
        yield Benchmarks.open(benchmark, folder(), split);
      }
    };
  }

  private Path folder() {
    if (data == null) {
      throw new UsageException("eval %s needs its folder: --data DIR".formatted(set));
    }
    return data;
  }

  private String dioramaSplit() {
    return split == null ? "test" : split;
  }

  private EvalSet diorama() throws IOException {
    if (data != null) {
      ShardIndex index = ShardIndex.open(data);
      return new DioramaSet(
          "diorama, shards of " + data.getFileName(),
          index.size(),
          () -> IntStream.range(0, index.size()).mapToObj(index::view));
    }
    return new DioramaSet("diorama " + dioramaSplit().toLowerCase(Locale.ROOT), limit, views());
  }

  /** Views of a split, rendered as they are needed. */
  private DioramaSet.Views views() {
    Split which = Splits.parse(dioramaSplit());
    // Nothing here asks for edits.
    Diorama diorama = Diorama.open(Diorama.installedLibraries(), warn).withoutEdits();
    return () ->
        LongStream.range(0, limit)
            .mapToObj(i -> diorama.view(which, FIRST_SEED + i, view.width(), view.height()));
  }

  /**
   * The set, measured after an alignment.
   *
   * @param align as the option {@code --align} takes it; null for none
   */
  static EvalSet aligned(EvalSet opened, @Nullable String align) {
    if (align == null || align.equals("metric")) {
      return opened;
    }
    try {
      return new AlignedSet(
          opened,
          DepthAlignment.named("depth_" + align.toLowerCase(Locale.ROOT).replace('-', '_')));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--align takes metric, median-scale, scale-shift, inverse-scale-shift, log-scale or"
              + " log-scale-shift, got \"%s\"".formatted(align));
    }
  }
}

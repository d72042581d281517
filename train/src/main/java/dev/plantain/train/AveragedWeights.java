package dev.plantain.train;

import dev.plantain.sprout.SproutModel;
import dev.plantain.sprout.Vocabulary;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The mean of several weights of Sprout of which one was trained from the other, or all from the
 * same: what each learnt by chance last gets less, what all know stays (Izmailov et al. 2018,
 * "Averaging Weights Leads to Wider Optima"; Wortsman et al. 2022, "Model soups").
 */
public final class AveragedWeights {
  private AveragedWeights() {}

  /**
   * Writes the mean as {@code weights.safetensors}, fp16; it knows the words of all, and notes
   * whose mean it is.
   *
   * @param files weights of one network shape, two or more; one named twice counts twice
   * @param folder is made if it is missing
   * @param name version that the mean calls itself; null for "mean of" those of its sources
   * @return the file
   * @throws IOException if one cannot be read, is not Sprout's or of another shape than the first;
   *     names it, and nothing is written
   */
  public static Path write(List<Path> files, Path folder, @Nullable String name)
      throws IOException {
    if (files.size() < 2) {
      throw new IllegalArgumentException("a mean is of two weights or more");
    }
    try (Scope scope = Scope.open();
        SproutModel first = SproutModel.read(files.getFirst())) {
      Map<String, Tensor> sums = new LinkedHashMap<>();
      first.parameters().forEach((key, p) -> sums.put(key, p.to(ScalarType.Float).clone()));
      Set<String> words = new TreeSet<>(Vocabulary.of(first.metadata()));
      // In a fixed order: the same mean is the same file.
      Map<String, String> notes = new TreeMap<>();
      List<String> versions = new ArrayList<>(List.of(first.version()));
      List<String> sources = new ArrayList<>(List.of(source(first)));
      for (Path file : files.subList(1, files.size())) {
        try (SproutModel other = SproutModel.read(file)) {
          if (!alike(first, other)) {
            throw new IOException(
                "%s is of another network than %s: there is no mean of the two"
                    .formatted(file, files.getFirst()));
          }
          sums.forEach((key, sum) -> sum.add_(parameter(other, key)));
          words.addAll(Vocabulary.of(other.metadata()));
          notes.putAll(other.metadata());
          versions.add(other.version());
          sources.add(source(other));
        }
      }
      sums.values().forEach(sum -> sum.div_(Tensors.scalar(files.size())));
      notes.putAll(Vocabulary.metadata(words));
      notes.put(
          SproutModel.VERSION, name == null ? "mean of " + String.join(", ", versions) : name);
      notes.put("sources", String.join("; ", sources));
      Safetensors.Contents mean = SproutModel.export(first.shape(), sums, notes, ScalarType.Half);
      Files.createDirectories(folder);
      Path file = folder.resolve(RunFolder.WEIGHTS);
      Safetensors.write(file, mean.tensors(), mean.metadata());
      return file;
    }
  }

  /** What weights call themselves, which others may, too, and what is theirs alone. */
  private static String source(SproutModel model) {
    return "%s, sha256 %s".formatted(model.version(), model.fingerprint());
  }

  private static boolean alike(SproutModel one, SproutModel other) {
    return one.shape().equals(other.shape()) && sizes(one).equals(sizes(other));
  }

  private static Map<String, List<Long>> sizes(SproutModel model) {
    Map<String, List<Long>> sizes = new HashMap<>();
    model
        .parameters()
        .forEach((name, p) -> sizes.put(name, Arrays.stream(Tensors.shape(p)).boxed().toList()));
    return sizes;
  }

  private static Tensor parameter(SproutModel model, String name) {
    return Objects.requireNonNull(model.parameters().get(name)).to(ScalarType.Float);
  }
}

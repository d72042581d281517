package dev.plantain.train;

import dev.plantain.sprout.SproutModel;
import dev.plantain.sprout.Vocabulary;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * The mean of several weights of Sprout of which one was trained from the other, or all from the
 * same: what each learnt by chance last gets less, what all know stays (Izmailov et al. 2018,
 * "Averaging Weights Leads to Wider Optima"; Wortsman et al. 2022, "Model soups").
 */
public final class AveragedWeights {
  private AveragedWeights() {}

  /**
   * Writes the mean as {@code weights.safetensors}, fp16; it knows the words of all.
   *
   * @param files weights of one network shape, two or more; one named twice counts twice
   * @param folder is made if it is missing
   * @return the file
   * @throws IOException if one cannot be read, is not Sprout's or of another shape than the first;
   *     names it, and nothing is written
   */
  public static Path write(List<Path> files, Path folder) throws IOException {
    if (files.size() < 2) {
      throw new IllegalArgumentException("a mean is of two weights or more");
    }
    try (Scope scope = Scope.open();
        SproutModel first = SproutModel.read(files.getFirst())) {
      Map<String, Tensor> sums = new LinkedHashMap<>();
      first.parameters().forEach((name, p) -> sums.put(name, p.to(ScalarType.Float).clone()));
      Set<String> words = new TreeSet<>(Vocabulary.of(first.metadata()));
      // In a fixed order: the same mean is the same file.
      Map<String, String> notes = new TreeMap<>();
      for (Path file : files.subList(1, files.size())) {
        try (SproutModel other = SproutModel.read(file)) {
          if (!alike(first, other)) {
            throw new IOException(
                "%s is of another network than %s: there is no mean of the two"
                    .formatted(file, files.getFirst()));
          }
          sums.forEach((name, sum) -> sum.add_(parameter(other, name)));
          words.addAll(Vocabulary.of(other.metadata()));
          notes.putAll(other.metadata());
        }
      }
      sums.values().forEach(sum -> sum.div_(Tensors.scalar(files.size())));
      notes.putAll(Vocabulary.metadata(words));
      Safetensors.Contents mean = SproutModel.export(first.shape(), sums, notes, ScalarType.Half);
      Files.createDirectories(folder);
      Path file = folder.resolve(RunFolder.WEIGHTS);
      Safetensors.write(file, mean.tensors(), mean.metadata());
      return file;
    }
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

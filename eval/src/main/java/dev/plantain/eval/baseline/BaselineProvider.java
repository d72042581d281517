package dev.plantain.eval.baseline;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.GeneratorProvider;
import dev.plantain.eval.set.CamVidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens the trivial rivals: {@code baseline:canny}, {@code baseline:rows:…} and others. */
public final class BaselineProvider implements GeneratorProvider {
  private static final int VIEWS = 1000;

  @Override
  public String scheme() {
    return "baseline";
  }

  @Override
  public String usage() {
    return "trivial rivals, to measure against: baseline:canny draws edges;"
        + " baseline:rows:SHARDS or rows:SCALE:SHARDS the mean depth of each row;"
        + " baseline:camvid:DIR the class most often there";
  }

  @Override
  public List<String> installed() {
    return List.of("canny");
  }

  @Override
  public Generator open(String rest) {
    String[] parts = rest.split(":", 2);
    try {
      return switch (parts[0]) {
        case "canny" -> Baseline.canny();
        case "rows" -> rows(folder(parts));
        case "camvid" -> Baseline.classes(ClassPrior.of(new CamVidSet(Path.of(folder(parts)))));
        default -> throw new GeneratorException("no baseline \"%s\"; %s".formatted(rest, usage()));
      };
    } catch (IOException e) {
      throw new GeneratorException(
          "the baseline \"%s\" cannot be made: %s".formatted(rest, e.getMessage()), e);
    }
  }

  private String folder(String[] parts) {
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw new GeneratorException("baseline:%s needs a folder; %s".formatted(parts[0], usage()));
    }
    return parts[1];
  }

  private static Generator rows(String text) throws IOException {
    String[] parts = text.split(":", 2);
    boolean scaled = parts.length == 2 && parts[0].matches("\\d{1,4}(\\.\\d{1,6})?");
    double scale = scaled ? Double.parseDouble(parts[0]) : 1;
    if (!(scale > 0)) {
      throw new GeneratorException("a scale of depth is above 0, got " + parts[0]);
    }
    return Baseline.rows(RowDepth.of(Path.of(scaled ? parts[1] : text), VIEWS, scale));
  }
}

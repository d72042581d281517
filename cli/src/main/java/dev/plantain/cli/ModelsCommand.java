package dev.plantain.cli;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.GeneratorProvider;
import dev.plantain.core.Traits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain models}. */
@Command(
    name = "models",
    header = "The generators there are, their licences, and what their weights say.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain models --generator sprout:my.safetensors")
final class ModelsCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--generator",
      paramLabel = "SPEC",
      description = "Only this one, such as weights of your own.")
  private @Nullable String only;

  @Option(names = "--json", description = "Print one JSON object per generator.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private DebugOption debug = new DebugOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  ModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TreeMap<String, GeneratorProvider> providers = new TreeMap<>();
    for (GeneratorProvider provider : ServiceLoader.load(GeneratorProvider.class)) {
      providers.put(provider.scheme(), provider);
    }
    String scheme = only == null ? "" : only.split(":", 2)[0];
    if (only != null && !providers.containsKey(scheme)) {
      throw new UsageException(
          "no generator is called \"%s\"; there are: %s"
              .formatted(scheme, String.join(", ", providers.keySet())));
    }
    int code = ExitCode.OK;
    for (GeneratorProvider provider : providers.values()) {
      if (only == null) {
        tell(provider, "");
      } else if (provider.scheme().equals(scheme)) {
        boolean opened = tell(provider, only.contains(":") ? only.split(":", 2)[1] : "");
        code = opened ? ExitCode.OK : ExitCode.GENERATOR;
      }
    }
    return code;
  }

  /** Opens it to see; false if that fails. */
  private boolean tell(GeneratorProvider provider, String rest) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("generator", provider.scheme());
    object.put("usage", provider.usage());
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(provider.scheme(), provider.usage()));
    boolean opened = true;
    try (Generator generator = provider.open(rest)) {
      Traits traits = generator.traits();
      object.put("name", traits.name());
      object.put("licence", traits.licence());
      object.put("dialect", traits.dialect());
      object.put("seedable", traits.seedable());
      object.put("multiple_px", traits.sizes().multiple());
      object.put("best_area_px", traits.sizes().pixels());
      object.put("max_area_px", traits.sizes().maxPixels());
      object.put("weights", new TreeMap<>(generator.about()));
      lines.add("  name      " + traits.name());
      lines.add("  licence   " + traits.licence());
      lines.add("  dialect   " + traits.dialect());
      lines.add(
          "  draws     about %d pixels, up to %d, sides a multiple of %d; %s"
              .formatted(
                  traits.sizes().pixels(),
                  traits.sizes().maxPixels(),
                  traits.sizes().multiple(),
                  traits.seedable() ? "seeds repeat" : "seeds do not repeat"));
      new TreeMap<>(generator.about())
          .forEach((name, value) -> lines.add("  weights   %s: %s".formatted(name, value)));
    } catch (GeneratorException e) {
      object.put("error", Failure.of(e).message());
      lines.add("  cannot be opened: " + Failure.of(e).message());
      opened = false;
    }
    if (json) {
      console.line(JsonText.line(object));
    } else {
      lines.forEach(console::line);
    }
    return opened;
  }
}

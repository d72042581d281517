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
    footer = {
      "  plantain models --generator sprout:my.safetensors",
      "  plantain models --get black-forest-labs/FLUX.2-klein-4B"
    })
final class ModelsCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--generator",
      paramLabel = "SPEC",
      description = "Only this one, such as weights of your own.")
  private @Nullable String only;

  @Option(
      names = "--get",
      paramLabel = "OWNER/NAME",
      description =
          "Download a model of klein's kind from the hub, its licence told first; @REVISION and"
              + " /FOLDER may follow the name.")
  private @Nullable String wanted;

  @Option(names = "--verify", description = "Check every downloaded file against its hash.")
  private boolean verify;

  @Option(names = "--json", description = "Print one JSON object per generator.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  ModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (wanted != null) {
      return new HubModels(console, json).get(wanted);
    }
    if (verify) {
      return new HubModels(console, json).verify();
    }
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
        List<String> installed = provider.installed();
        installed.forEach(rest -> tell(provider, rest));
        if (installed.isEmpty()) {
          tellAbsent(provider);
        }
      } else if (provider.scheme().equals(scheme)) {
        boolean opened = tell(provider, only.contains(":") ? only.split(":", 2)[1] : "");
        code = opened ? ExitCode.OK : ExitCode.GENERATOR;
      }
    }
    return code;
  }

  private void tellAbsent(GeneratorProvider provider) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("generator", provider.scheme());
    object.put("usage", provider.usage());
    if (json) {
      console.line(JsonText.line(object));
    } else {
      console.line("%s: %s".formatted(provider.scheme(), provider.usage()));
      console.line("  nothing is downloaded");
    }
  }

  /** Opens it to see; false if that fails. */
  private boolean tell(GeneratorProvider provider, String rest) {
    Map<String, Object> object = new LinkedHashMap<>();
    String spec = rest.isEmpty() ? provider.scheme() : provider.scheme() + ":" + rest;
    object.put("generator", spec);
    object.put("usage", provider.usage());
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(spec, provider.usage()));
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
      Map<String, String> about = new TreeMap<>(generator.about());
      object.put("weights", about);
      lines.add("  licence   " + traits.licence());
      lines.add("  name      " + traits.name());
      lines.add("  dialect   " + traits.dialect());
      lines.add(
          "  draws     about %d pixels, up to %d, sides a multiple of %d; %s"
              .formatted(
                  traits.sizes().pixels(),
                  traits.sizes().maxPixels(),
                  traits.sizes().multiple(),
                  traits.seedable() ? "seeds repeat" : "seeds do not repeat"));
      about.forEach((name, value) -> lines.add("  weights   %s: %s".formatted(name, value)));
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

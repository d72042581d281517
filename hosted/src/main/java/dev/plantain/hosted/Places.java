package dev.plantain.hosted;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where files of this user are.
 *
 * @param settings servers, prices, keys, profiles
 * @param cache answers
 */
public record Places(Path settings, Path cache) {

  /**
   * {@code PLANTAIN_CONFIG} and {@code PLANTAIN_CACHE}, or {@code plantain} in the folders of the
   * XDG base directories, or those of Windows.
   */
  public static Places of(Map<String, String> environment, String home) {
    return new Places(
        folder(environment, "PLANTAIN_CONFIG", "XDG_CONFIG_HOME", "APPDATA", home, ".config"),
        folder(environment, "PLANTAIN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA", home, ".cache"));
  }

  /** This user's; the properties {@code plantain.config} and {@code plantain.cache} come first. */
  public static Places own() {
    Places usual = of(System.getenv(), System.getProperty("user.home", "."));
    @Nullable String settings = System.getProperty("plantain.config");
    @Nullable String cache = System.getProperty("plantain.cache");
    return new Places(
        settings == null ? usual.settings : Path.of(settings),
        cache == null ? usual.cache : Path.of(cache));
  }

  private static Path folder(
      Map<String, String> environment,
      String own,
      String xdg,
      String windows,
      String home,
      String usual) {
    @Nullable String exact = environment.get(own);
    if (exact != null && !exact.isBlank()) {
      return Path.of(exact);
    }
    for (String name : new String[] {xdg, windows}) {
      @Nullable String base = environment.get(name);
      if (base != null && !base.isBlank()) {
        return Path.of(base, "plantain");
      }
    }
    return Path.of(home, usual, "plantain");
  }

  /** Keys; only its owner may read it. */
  public Path keys() {
    return settings.resolve("keys.txt");
  }

  /** What calls cost. */
  public Path prices() {
    return settings.resolve("prices.txt");
  }

  /** A folder of server descriptions. */
  public Path servers() {
    return settings.resolve("servers");
  }

  /** A folder of colour profiles. */
  public Path profiles() {
    return settings.resolve("profiles");
  }

  /** A folder of answers. */
  public Path answers() {
    return cache.resolve("answers");
  }
}

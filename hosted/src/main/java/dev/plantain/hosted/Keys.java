package dev.plantain.hosted;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where keys come from: the environment, or a file only its owner can read. A key goes to the host
 * it is meant for and to no other.
 */
final class Keys {
  private static final String OPENAI_HOST = "api.openai.com";

  private final Map<String, String> environment;
  private final Path file;

  /**
   * @param environment variables
   * @param file lines of a name and a key: {@code gemini}, or a host with its port if any
   */
  Keys(Map<String, String> environment, Path file) {
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /** Of AI Studio. */
  Secret gemini() {
    return first(
        Optional.ofNullable(environment.get("GEMINI_API_KEY")),
        Optional.ofNullable(environment.get("GOOGLE_API_KEY")),
        "gemini");
  }

  /**
   * Of an OpenAI-compatible server.
   *
   * @throws HostedException.Forbidden if the key would travel unencrypted to another machine
   */
  Secret of(URI base) {
    String host = base.getHost() == null ? "" : base.getHost().toLowerCase(Locale.ROOT);
    String place = base.getPort() < 0 ? host : host + ":" + base.getPort();
    String variable = "PLANTAIN_KEY_" + variable(place);
    // OPENAI_API_KEY is OpenAI's: another server gets it only if OPENAI_BASE_URL says it is one.
    boolean openAi = host.equals(OPENAI_HOST) || sameHost(environment.get("OPENAI_BASE_URL"), host);
    Secret key =
        first(
            Optional.ofNullable(environment.get(variable)),
            openAi ? Optional.ofNullable(environment.get("OPENAI_API_KEY")) : Optional.empty(),
            place);
    if (key.isPresent()
        && !"https".equalsIgnoreCase(base.getScheme())
        && !Addresses.loopback(host)) {
      throw new HostedException.Forbidden(
          "the key for %s would travel unencrypted; use https://%s".formatted(place, place));
    }
    return key;
  }

  /**
   * A place as part of a variable's name, unlike any other's: hyphens count twice, so that
   * api-example.com is not taken for api.example.com, nor x-8000 for x:8000.
   */
  static String variable(String place) {
    return place
        .toUpperCase(Locale.ROOT)
        .replace("-", "__")
        .replace("%", "___")
        .replaceAll("[^A-Z0-9_]", "_");
  }

  private static boolean sameHost(@Nullable String url, String host) {
    try {
      return url != null && host.equalsIgnoreCase(URI.create(url.strip()).getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Secret first(Optional<String> one, Optional<String> two, String entry) {
    return one.or(() -> two)
        .map(String::strip)
        .filter(key -> !key.isEmpty())
        .or(() -> fromFile(entry))
        .map(Secret::of)
        .orElse(Secret.NONE);
  }

  private Optional<String> fromFile(String entry) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      requirePrivate();
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.strip().split("[=\\s]+", 2);
        if (parts.length == 2 && parts[0].equalsIgnoreCase(entry)) {
          return Optional.of(parts[1].strip()).filter(key -> !key.isEmpty());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new HostedException.Forbidden(
          "the file of keys %s cannot be read: %s".formatted(file, e.getClass().getSimpleName()));
    }
  }

  private void requirePrivate() throws IOException {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) {
      return; // not a POSIX file system
    }
    for (PosixFilePermission permission : permissions) {
      if (!permission.name().startsWith("OWNER_")) {
        throw new HostedException.Forbidden(
            "others can read or write the keys in %s; run: chmod 600 %s".formatted(file, file));
      }
    }
  }
}

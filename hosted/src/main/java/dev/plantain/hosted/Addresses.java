package dev.plantain.hosted;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses of servers. */
final class Addresses {
  private Addresses() {}

  /** Whether a host is this machine, by its name. */
  static boolean loopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.startsWith("127.")
        || name.equals("[::1]")
        || name.equals("::1");
  }

  /**
   * The base URL of a server.
   *
   * @throws HostedException.Rejected if it is none, or holds what does not belong there
   */
  static URI base(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new HostedException.Rejected(
          "\"%s\" is no base URL; write http://localhost:8000/v1, for example".formatted(text));
    }
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    // Checked before anything is shown: people do put passwords there.
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      throw new HostedException.Rejected(
          "a base URL holds no password, key or query; keys come from the environment or the file"
              + " of keys");
    }
    if (!web || uri.getHost() == null) {
      throw new HostedException.Rejected(
          "\"%s\" is no base URL; write http://localhost:8000/v1, for example".formatted(text));
    }
    return uri;
  }
}

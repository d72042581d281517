package dev.plantain.hosted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Terms within a folder of a test: keys for the loopback server, short deadlines. */
final class TestTerms {
  /** Looks like a key, and is one for nothing. */
  static final String KEY = "sk-test-4f9a7c21d8e64b0f-never-show-this";

  private TestTerms() {}

  /**
   * @param description lines of a server's description, for the port
   */
  static Terms of(Path folder, int port, String... description) {
    Places places = new Places(folder.resolve("settings"), folder.resolve("cache"));
    try {
      Files.createDirectories(places.servers());
      Files.writeString(
          places.servers().resolve("here.properties"),
          "hosts=localhost:%d\n%s\n".formatted(port, String.join("\n", description)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("PLANTAIN_KEY_LOCALHOST_" + port, KEY);
    return new Terms(
        environment,
        places,
        Budget.unlimited(),
        Optional.of(new AnswerCache(places.answers(), 64 << 20)),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}

package dev.plantain.diorama;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which split a model belongs to, by its id alone: {@code splits.txt} for the models it lists, a
 * hash of the id for all others, so that no model ever moves.
 */
final class Splits {
  /** Chosen among 20,000 so that common categories have models in every split. */
  private static final String SALT = "diorama-16479:";

  private static final Map<String, Split> FROZEN = load();

  private Splits() {}

  static Split of(String modelId) {
    Split frozen = FROZEN.get(modelId);
    return frozen != null ? frozen : hashed(modelId);
  }

  /** 80 in 100 train, 10 validation, 10 test. */
  static Split hashed(String modelId) {
    try {
      byte[] d =
          MessageDigest.getInstance("SHA-256")
              .digest((SALT + modelId).getBytes(StandardCharsets.UTF_8));
      long first = (d[0] & 0xffL) << 24 | (d[1] & 0xff) << 16 | (d[2] & 0xff) << 8 | (d[3] & 0xff);
      long share = first % 100;
      return share < 80 ? Split.TRAIN : share < 90 ? Split.VALIDATION : Split.TEST;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Map<String, Split> frozen() {
    return FROZEN;
  }

  private static Map<String, Split> load() {
    Map<String, Split> map = new HashMap<>();
    for (String line : Taxonomy.lines("splits.txt")) {
      int space = line.indexOf(' ');
      map.put(
          line.substring(space + 1),
          Split.valueOf(line.substring(0, space).toUpperCase(Locale.ROOT)));
    }
    return Map.copyOf(map);
  }
}

package dev.plantain.klein;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Under which terms weights are used: told before anything is downloaded or drawn. */
public final class Licences {
  private static final String APACHE = "Apache-2.0";
  private static final String NON_COMMERCIAL =
      "FLUX Non-Commercial License: not for commercial use";

  /** As the makers state them; names in lower case. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "black-forest-labs/flux.2-klein-4b", APACHE,
          "black-forest-labs/flux.2-klein-base-4b", APACHE,
          "black-forest-labs/flux.2-klein-9b", NON_COMMERCIAL,
          "black-forest-labs/flux.2-klein-base-9b", NON_COMMERCIAL,
          "black-forest-labs/flux.2-klein-9b-kv", NON_COMMERCIAL,
          "funailab/open-vision-banana",
              "not stated by its makers; made from 9B weights of the FLUX Non-Commercial License:"
                  + " treat it as not for commercial use");

  private static final Pattern FIELD =
      Pattern.compile("(?m)^(license|license_name):\\s*[\"']?([^\"'\\n]{1,200}?)[\"']?\\s*$");
  private static final int MAX_CARD_BYTES = 1 << 20;

  private Licences() {}

  /** The terms of a model, with a warning if this program does not know them. */
  public static String of(HubId id) {
    return known(id)
        .orElse("unknown to this program: read https://huggingface.co/" + id.repository());
  }

  /** The terms of a model its makers have stated. */
  public static Optional<String> known(HubId id) {
    return Optional.ofNullable(KNOWN.get(id.repository().toLowerCase(Locale.ROOT)));
  }

  /** What the card in a folder says. */
  static Optional<String> ofFolder(Path folder) {
    Path card = folder.resolve("README.md");
    try {
      if (!Files.isRegularFile(card) || Files.size(card) > MAX_CARD_BYTES) {
        return Optional.empty();
      }
      return ofCard(Files.readString(card));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What a card's front matter says; a name goes before the word "other". */
  static Optional<String> ofCard(String card) {
    if (!card.startsWith("---")) {
      return Optional.empty();
    }
    int end = card.indexOf("\n---", 3);
    Matcher m = FIELD.matcher(end < 0 ? "" : card.substring(0, end));
    String licence = null;
    String name = null;
    while (m.find()) {
      if (m.group(1).equals("license")) {
        licence = m.group(2);
      } else {
        name = m.group(2);
      }
    }
    boolean other = licence == null || licence.equals("other");
    return Optional.ofNullable(other && name != null ? name : spdx(licence));
  }

  private static @org.jspecify.annotations.Nullable String spdx(
      @org.jspecify.annotations.Nullable String licence) {
    return "apache-2.0".equals(licence) ? APACHE : licence;
  }
}

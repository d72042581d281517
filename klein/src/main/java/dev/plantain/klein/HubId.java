package dev.plantain.klein;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on the hub.
 *
 * @param owner whose it is
 * @param name its name
 * @param folder a folder inside it, empty for the whole
 * @param revision a branch, tag or commit
 */
public record HubId(String owner, String name, String folder, String revision) {
  private static final String WORD = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9])?";
  private static final Pattern ID =
      Pattern.compile(
          "(WORD)/(WORD)((?:/WORD)*)(?:@([A-Za-z0-9][A-Za-z0-9._-]{0,99}))?".replace("WORD", WORD));

  /**
   * Whether a text has the form {@code OWNER/NAME}, {@code OWNER/NAME/FOLDER}, with or without
   * {@code @REVISION}.
   */
  public static boolean looksLike(String text) {
    return ID.matcher(text).matches() && !text.contains("..");
  }

  /**
   * Reads {@code OWNER/NAME[/FOLDER][@REVISION]}.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static HubId parse(String text) {
    Matcher m = ID.matcher(text);
    if (!m.matches() || text.contains("..")) {
      throw new IllegalArgumentException(
          "a model on the hub is OWNER/NAME or OWNER/NAME@REVISION, got \"%s\"".formatted(text));
    }
    String folder = m.group(3).isEmpty() ? "" : m.group(3).substring(1);
    return new HubId(m.group(1), m.group(2), folder, m.group(4) == null ? "main" : m.group(4));
  }

  /** {@code OWNER/NAME}. */
  public String repository() {
    return owner + "/" + name;
  }
}

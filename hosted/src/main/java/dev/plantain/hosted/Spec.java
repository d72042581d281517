package dev.plantain.hosted;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names a model on a server: {@code gemini:MODEL} or {@code openai:BASE-URL#MODEL}, with {@code
 * ?server=NAME} or {@code ?dialect=NAME} after it if wanted.
 *
 * @param scheme {@code gemini} or {@code openai}
 * @param base empty for Gemini, unless another address stands in for Google's
 * @param model its name on the server
 * @param settings what stands after the question mark
 */
record Spec(String scheme, Optional<URI> base, String model, Map<String, String> settings) {
  static final String GEMINI = "gemini";
  static final String OPENAI = "openai";
  static final List<String> SCHEMES = List.of(GEMINI, OPENAI);

  private static final List<String> SETTINGS = List.of("server", "dialect");
  private static final String MODEL = "[\\p{Alnum}][\\p{Alnum}._:/@+-]{0,199}";

  Spec {
    settings = Map.copyOf(settings);
  }

  /**
   * Reads a spec.
   *
   * @throws HostedException.Rejected if it is none; says what one looks like
   */
  static Spec parse(String text) {
    String scheme = text.split(":", 2)[0];
    String rest = text.contains(":") ? text.substring(scheme.length() + 1) : "";
    String address = "";
    String model = rest;
    if (scheme.equals(OPENAI) || rest.contains("://")) {
      int hash = rest.indexOf('#');
      address = hash < 0 ? rest : rest.substring(0, hash);
      model = hash < 0 ? "" : rest.substring(hash + 1);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    int question = model.indexOf('?');
    if (question >= 0) {
      for (String pair : model.substring(question + 1).split("&")) {
        String[] both = pair.split("=", 2);
        if (both.length != 2 || !SETTINGS.contains(both[0])) {
          throw new HostedException.Rejected(
              "after the model come %s, as in ?server=vllm-omni; \"%s\" is none of them"
                  .formatted(SETTINGS, pair));
        }
        settings.put(both[0], both[1]);
      }
      model = model.substring(0, question);
    }
    Optional<URI> base =
        address.isEmpty() ? Optional.empty() : Optional.of(Addresses.base(address));
    if (!model.matches(MODEL)
        || !SCHEMES.contains(scheme)
        || (scheme.equals(OPENAI) && base.isEmpty())) {
      throw new HostedException.Rejected(usage(scheme));
    }
    return new Spec(scheme, base, model, settings);
  }

  static String usage(String scheme) {
    return switch (scheme) {
      case GEMINI ->
          "name a model of Gemini's: gemini:MODEL; docs/hosted.md names those known to draw";
      default ->
          "name a server and a model on it: openai:BASE-URL#MODEL, as in"
              + " openai:http://localhost:8000/v1#flux";
    };
  }

  /** The spec without settings: the key of prices. */
  String plain() {
    return base.map(uri -> "%s:%s#%s".formatted(scheme, uri, model)).orElse(scheme + ":" + model);
  }

  Server server(Places places) {
    Optional<String> named = Optional.ofNullable(settings.get("server"));
    boolean gemini = scheme.equals(GEMINI) && named.isEmpty();
    return Server.of(places.servers(), gemini ? Optional.of(GEMINI) : named, base).of(model);
  }

  static boolean matches(String text) {
    return Arrays.asList(text.split(":", 2)).getFirst().matches(String.join("|", SCHEMES));
  }
}

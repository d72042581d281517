package dev.plantain.klein;

import dev.plantain.core.GeneratorException;
import dev.plantain.torch.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code klein:}, such as {@code
 * black-forest-labs/FLUX.2-klein-4B?device=cuda:0&lora=mine.safetensors@0.8}.
 *
 * @param model a folder, or a model's name on the hub
 * @param transformer another transformer: a folder, or {@code OWNER/NAME} or {@code
 *     OWNER/NAME/FOLDER} on the hub; null for the model's own
 * @param device {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param precision null for the fastest the device has units for
 * @param loras adapters, laid over in this order
 * @param merged whether adapters are merged into the matrices
 * @param streamed whether weights are given back after each use
 * @param dialect null for what the model's name says
 */
record KleinSpec(
    String model,
    @Nullable String transformer,
    String device,
    @Nullable Precision precision,
    List<Lora> loras,
    boolean merged,
    boolean streamed,
    @Nullable String dialect) {

  /** Words that may stand before a {@code =}. */
  static final Set<String> SETTINGS =
      Set.of("transformer", "device", "precision", "lora", "merge", "stream", "dialect");

  /** A file and how strongly it is used. */
  record Lora(String file, double scale) {}

  /**
   * Reads a spec.
   *
   * @throws GeneratorException if it cannot be one; says what may stand there
   */
  static KleinSpec parse(String rest) {
    int mark = rest.indexOf('?');
    String model = mark < 0 ? rest : rest.substring(0, mark);
    if (model.isBlank()) {
      throw new GeneratorException(
          "klein needs a model: klein:FOLDER or klein:OWNER/NAME, such as"
              + " klein:black-forest-labs/FLUX.2-klein-4B");
    }
    String transformer = null;
    String device = "cpu";
    Precision precision = null;
    List<Lora> loras = new ArrayList<>();
    boolean merged = false;
    boolean streamed = false;
    String dialect = null;
    for (String setting : mark < 0 ? new String[0] : rest.substring(mark + 1).split("&")) {
      int equals = setting.indexOf('=');
      String key = equals < 0 ? setting : setting.substring(0, equals);
      String value = equals < 0 ? "" : setting.substring(equals + 1);
      if (value.isBlank()) {
        throw new GeneratorException(
            "klein: \"%s\" is no setting; write ?KEY=VALUE, with KEY one of %s"
                .formatted(setting, SETTINGS.stream().sorted().toList()));
      }
      switch (key) {
        case "transformer" -> transformer = value;
        case "device" -> device = value.toLowerCase(Locale.ROOT);
        case "precision" -> precision = precision(value);
        case "lora" -> loras.add(lora(value));
        case "merge" -> merged = flag(key, value);
        case "stream" -> streamed = flag(key, value);
        case "dialect" -> dialect = value;
        default ->
            throw new GeneratorException(
                "klein has no setting \"%s\"; it has %s"
                    .formatted(key, SETTINGS.stream().sorted().toList()));
      }
    }
    return new KleinSpec(
        model, transformer, device, precision, List.copyOf(loras), merged, streamed, dialect);
  }

  private static Precision precision(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "fp32", "float32" -> Precision.FLOAT32;
      case "bf16", "bfloat16" -> Precision.BFLOAT16;
      default ->
          throw new GeneratorException(
              "klein computes in fp32 or bf16, got precision=\"%s\"".formatted(value));
    };
  }

  private static Lora lora(String value) {
    int at = value.lastIndexOf('@');
    if (at < 0) {
      return new Lora(value, 1);
    }
    try {
      double scale = Double.parseDouble(value.substring(at + 1));
      if (Math.abs(scale) <= 100) {
        return new Lora(value.substring(0, at), scale);
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new GeneratorException(
        "a LoRA is FILE or FILE@SCALE with a scale of -100 to 100, got \"%s\"".formatted(value));
  }

  private static boolean flag(String key, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new GeneratorException(
              "klein: %s is true or false, got \"%s\"".formatted(key, value));
    };
  }

  Compute compute() {
    boolean cpu = device.equals("cpu");
    Precision fastest = cpu ? Precision.best() : Precision.BFLOAT16;
    return new Compute(device, precision == null ? fastest : precision);
  }
}

package dev.plantain.hosted;

import com.google.genai.Client;
import com.google.genai.types.Blob;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.Part;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gemini's models that draw, by {@code generateContent}. */
final class GeminiImages implements ImageEndpoint {
  private final Client client;
  private final String model;

  GeminiImages(Client client, String model) {
    this.client = client;
    this.model = model;
  }

  @Override
  public Traffic.Reply<byte[]> draw(Question question) {
    GenerateContentConfig.Builder config =
        GenerateContentConfig.builder()
            .responseModalities("IMAGE")
            // 32 bits, and not negative.
            .seed((int) (question.options().seed() & Integer.MAX_VALUE));
    if (!question.size().isEmpty()) {
      config.imageConfig(ImageConfig.builder().aspectRatio(question.size()));
    }
    GenerateContentResponse response =
        client.models.generateContent(
            model, content(question.images(), question.prompt()), config.build());
    Usage usage = usage(response, 1);
    return new Traffic.Reply<>(picture(response, usage), usage);
  }

  static Content content(List<Image> images, String prompt) {
    List<Part> parts = new ArrayList<>();
    images.forEach(image -> parts.add(Part.fromBytes(Pictures.png(image), "image/png")));
    parts.add(Part.fromText(prompt));
    return Content.builder().role("user").parts(parts).build();
  }

  static Usage usage(GenerateContentResponse response, int images) {
    return response
        .usageMetadata()
        .map(
            u ->
                new Usage(
                    images,
                    u.promptTokenCount().orElse(0),
                    u.candidatesTokenCount().orElse(0) + u.thoughtsTokenCount().orElse(0)))
        .orElse(Usage.untold(images));
  }

  private byte[] picture(GenerateContentResponse response, Usage usage) {
    StringBuilder words = new StringBuilder();
    byte[] last = null;
    for (Part part : parts(response)) {
      if (part.thought().orElse(false)) {
        continue; // thinking models show sketches before the answer
      }
      Optional<byte[]> data = part.inlineData().flatMap(Blob::data);
      if (data.isPresent() && data.get().length > 0) {
        last = data.get();
      }
      part.text().ifPresent(words::append);
    }
    if (last != null) {
      return last;
    }
    throw declined(response, words.toString(), new Usage(0, usage.input(), usage.output()));
  }

  static List<Part> parts(GenerateContentResponse response) {
    return response.candidates().orElse(List.of()).stream()
        .findFirst()
        .flatMap(Candidate::content)
        .flatMap(Content::parts)
        .orElse(List.of());
  }

  /** Why there is nothing: a blocked prompt, a blocked picture, words, or no reason at all. */
  static Traffic.Declined declined(GenerateContentResponse response, String words, Usage usage) {
    Optional<String> blocked =
        response
            .promptFeedback()
            .flatMap(
                f ->
                    f.blockReason()
                        .map(r -> r + f.blockReasonMessage().map(m -> ": " + m).orElse("")));
    if (blocked.isPresent()) {
      return new Traffic.Declined(
          new GeneratorException.Refused(
              Wire.shortened("Gemini refuses the prompt or the photo: " + blocked.get())),
          usage);
    }
    Optional<Candidate> candidate = response.candidates().orElse(List.of()).stream().findFirst();
    String finish =
        candidate.flatMap(Candidate::finishReason).map(Object::toString).orElse("none given");
    String message = candidate.flatMap(Candidate::finishMessage).map(m -> ": " + m).orElse("");
    if (policy(finish)) {
      return new Traffic.Declined(
          new GeneratorException.Refused(
              Wire.shortened("Gemini refuses: %s%s %s".formatted(finish, message, words))),
          usage);
    }
    if (!words.isBlank()) {
      return new Traffic.Declined(
          new HostedException.TextOnly(
              Wire.shortened(
                  "Gemini answered in words instead of a picture (%s): %s"
                      .formatted(finish, words))),
          usage);
    }
    return new Traffic.Declined(
        new HostedException.BadAnswer(
            Wire.shortened(
                "Gemini answered without a picture (%s%s); ask again with another seed"
                    .formatted(finish, message))),
        usage);
  }

  private static boolean policy(String finish) {
    String reason = finish.toUpperCase(Locale.ROOT);
    return reason.contains("SAFETY")
        || reason.contains("PROHIBITED")
        || reason.contains("RECITATION")
        || reason.equals("BLOCKLIST")
        || reason.equals("SPII");
  }

  @Override
  public void close() {
    client.close();
  }
}

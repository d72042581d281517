package dev.plantain.hosted;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import java.util.Map;

/** Gemini's models that answer in words, by {@code generateContent}. */
final class GeminiChat implements ChatEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Client client;
  private final String model;

  GeminiChat(Client client, String model) {
    this.client = client;
    this.model = model;
  }

  @Override
  public Traffic.Reply<String> ask(Question question) {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .systemInstruction(Content.fromParts(Part.fromText(question.system())))
            .temperature(0f)
            .responseMimeType("application/json")
            .responseJsonSchema(JSON.convertValue(question.schema(), Map.class))
            .build();
    GenerateContentResponse response =
        client.models.generateContent(
            model, GeminiImages.content(question.images(), question.prompt()), config);
    Usage usage = GeminiImages.usage(response, 0);
    StringBuilder text = new StringBuilder();
    for (Part part : GeminiImages.parts(response)) {
      if (!part.thought().orElse(false)) {
        part.text().ifPresent(text::append);
      }
    }
    if (text.isEmpty()) {
      throw GeminiImages.declined(response, "", usage);
    }
    return new Traffic.Reply<>(text.toString(), usage);
  }

  @Override
  public void close() {
    client.close();
  }
}

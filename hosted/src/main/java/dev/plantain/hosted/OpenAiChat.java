package dev.plantain.hosted;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import dev.plantain.core.GeneratorException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Models behind OpenAI's {@code chat/completions}. */
final class OpenAiChat implements ChatEndpoint {
  private final OpenAIClient client;
  private final String model;
  private final Server.Structured structured;

  OpenAiChat(OpenAIClient client, String model, Server.Structured structured) {
    this.client = client;
    this.model = model;
    this.structured = structured;
  }

  @Override
  public Traffic.Reply<String> ask(Question question) {
    List<ChatCompletionContentPart> parts = new ArrayList<>();
    question
        .images()
        .forEach(
            image ->
                parts.add(
                    ChatCompletionContentPart.ofImageUrl(
                        ChatCompletionContentPartImage.builder()
                            .imageUrl(
                                ChatCompletionContentPartImage.ImageUrl.builder()
                                    .url(
                                        "data:image/png;base64,"
                                            + Base64.getEncoder()
                                                .encodeToString(Pictures.png(image)))
                                    .build())
                            .build())));
    String prompt =
        structured == Server.Structured.SCHEMA
            ? question.prompt()
            : question.prompt()
                + "\nAnswer in JSON of this schema, and nothing else:\n"
                + question.schema();
    parts.add(
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text(prompt).build()));
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(model)
            .addSystemMessage(question.system())
            .addUserMessageOfArrayOfContentParts(parts)
            .putAdditionalHeader("Idempotency-Key", question.key());
    switch (structured) {
      case SCHEMA ->
          params.responseFormat(
              ResponseFormatJsonSchema.builder()
                  .jsonSchema(
                      ResponseFormatJsonSchema.JsonSchema.builder()
                          .name("answer")
                          .strict(true)
                          .putAdditionalProperty(
                              "schema", JsonValue.fromJsonNode(question.schema()))
                          .build())
                  .build());
      case OBJECT -> params.responseFormat(ResponseFormatJsonObject.builder().build());
      case PROMPT -> {}
    }
    ChatCompletion response = client.chat().completions().create(params.build());
    Usage usage =
        response
            .usage()
            .map(u -> new Usage(0, u.promptTokens(), u.completionTokens()))
            .orElse(Usage.untold(0));
    Optional<ChatCompletionMessage> message =
        response.choices().stream().findFirst().map(ChatCompletion.Choice::message);
    Optional<String> refusal =
        message.flatMap(ChatCompletionMessage::refusal).filter(r -> !r.isBlank());
    if (refusal.isPresent()) {
      throw new Traffic.Declined(
          new GeneratorException.Refused(Wire.shortened(model + " refuses: " + refusal.get())),
          usage);
    }
    String text = message.flatMap(ChatCompletionMessage::content).orElse("");
    if (text.isBlank()) {
      throw new Traffic.Declined(new HostedException.BadAnswer(model + " answered nothing"), usage);
    }
    return new Traffic.Reply<>(text, usage);
  }

  @Override
  public void close() {
    client.close();
  }
}

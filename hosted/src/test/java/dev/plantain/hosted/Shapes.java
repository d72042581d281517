package dev.plantain.hosted;

import dev.plantain.core.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * Answers in the shapes the providers document: OpenAI's {@code images/edits} and {@code
 * chat/completions}, Google's {@code models.generateContent}, and the errors of both.
 */
final class Shapes {
  private Shapes() {}

  static byte[] png(int width, int height, int rgb) {
    return Pictures.png(Image.filled(width, height, rgb));
  }

  static byte[] jpeg(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String openAiBase64(byte[] picture) {
    return """
    {"created":1713833628,"data":[{"b64_json":"%s"}],"background":"opaque","output_format":"png",
     "quality":"high","size":"1024x1024","usage":{"total_tokens":1684,"input_tokens":388,
     "output_tokens":1296,"input_tokens_details":{"text_tokens":60,"image_tokens":328}}}\
    """
        .formatted(base64(picture));
  }

  static String openAiUrl(String url) {
    return "{\"created\":1589478378,\"data\":[{\"url\":\"%s\"}]}".formatted(url);
  }

  static String openAiError(String type, String code, String message) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
        .formatted(message, type, code.isEmpty() ? "null" : "\"" + code + "\"");
  }

  static String openAiChat(String content) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1741570283,"model":"m","choices":[
     {"index":0,"message":{"role":"assistant","content":%s,"refusal":null},"finish_reason":"stop"}],
     "usage":{"prompt_tokens":1117,"completion_tokens":46,"total_tokens":1163}}\
    """
        .formatted(quoted(content));
  }

  static String openAiRefusal(String reason) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1741570283,"model":"m","choices":[
     {"index":0,"message":{"role":"assistant","content":null,"refusal":%s},"finish_reason":"stop"}]}\
    """
        .formatted(quoted(reason));
  }

  static String gemini(String parts, String finish) {
    return """
    {"candidates":[{"content":{"parts":[%s],"role":"model"},"finishReason":"%s","index":0}],
     "usageMetadata":{"promptTokenCount":264,"candidatesTokenCount":1290,"totalTokenCount":1554},
     "modelVersion":"drawer","responseId":"abc"}\
    """
        .formatted(parts, finish);
  }

  static String geminiPicture(byte[] picture, String type) {
    return gemini(
        "{\"text\":\"Here it is.\"},{\"inlineData\":{\"mimeType\":\"%s\",\"data\":\"%s\"}}"
            .formatted(type, base64(picture)),
        "STOP");
  }

  static String geminiText(String text, String finish) {
    return gemini("{\"text\":%s}".formatted(quoted(text)), finish);
  }

  /** A prompt that is blocked has no candidates. */
  static String geminiBlocked(String reason) {
    return """
    {"promptFeedback":{"blockReason":"%s"},"usageMetadata":{"promptTokenCount":264,
     "totalTokenCount":264},"modelVersion":"drawer"}\
    """
        .formatted(reason);
  }

  /** A picture that is blocked has a candidate without content. */
  static String geminiNothing(String finish, String message) {
    return """
    {"candidates":[{"finishReason":"%s","finishMessage":"%s","index":0}],
     "usageMetadata":{"promptTokenCount":264,"totalTokenCount":264}}\
    """
        .formatted(finish, message);
  }

  static String geminiError(int code, String status, String message, String details) {
    return "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\",\"details\":[%s]}}"
        .formatted(code, message, status, details);
  }

  static String retryInfo(String delay) {
    return "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"%s\"}"
        .formatted(delay);
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}

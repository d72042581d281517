package dev.plantain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** A server on this machine that speaks as OpenAI's do. */
final class ChatServer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChatServer() {}

  /** On a free port of the loopback address; not started. */
  static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The spec of its model. */
  static String spec(HttpServer server) {
    return "openai:http://localhost:%d/v1#m".formatted(server.getAddress().getPort());
  }

  /** Answers a chat. */
  static void say(HttpExchange exchange, String answer) throws IOException {
    Map<String, Object> message = Map.of("role", "assistant", "content", answer);
    Map<String, Object> choice = Map.of("index", 0, "message", message, "finish_reason", "stop");
    send(
        exchange,
        Map.of(
            "id",
            "1",
            "object",
            "chat.completion",
            "created",
            1,
            "model",
            "m",
            "choices",
            List.of(choice)));
  }

  /** Answers with one JSON object. */
  static void send(HttpExchange exchange, Map<String, ?> object) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(object);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

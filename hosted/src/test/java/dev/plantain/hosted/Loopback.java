package dev.plantain.hosted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that answers as it is told. */
final class Loopback implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /**
   * A request.
   *
   * @param key of idempotency; empty if there is none
   * @param authorization what came as one, by any of the providers' headers; empty if nothing did
   */
  record Asked(int number, String path, String key, String authorization, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  /** Answers a request; whoever throws cuts the connection. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Asked asked, Reply reply) throws IOException, InterruptedException;
  }

  /** Sends an answer. */
  static final class Reply {
    private final HttpExchange exchange;

    private Reply(HttpExchange exchange) {
      this.exchange = exchange;
    }

    Reply header(String name, String value) {
      exchange.getResponseHeaders().set(name, value);
      return this;
    }

    void json(int status, String body) throws IOException {
      send(status, "application/json; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
    }

    void send(int status, String type, byte[] body) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }

    /** Half of the body, then the end of the connection. */
    void cut(String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      OutputStream out = exchange.getResponseBody();
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
      throw new IOException("cut");
    }

    /** One byte now and then, for ever. */
    void trickle() throws IOException, InterruptedException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 1 << 20);
      OutputStream out = exchange.getResponseBody();
      for (int i = 0; i < 1 << 20; i++) {
        out.write(' ');
        out.flush();
        Thread.sleep(20);
      }
    }
  }

  Loopback(Behaviour behaviour) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          Asked request;
          synchronized (asked) {
            request =
                new Asked(
                    asked.size(),
                    exchange.getRequestURI().toString(),
                    header(exchange, "Idempotency-Key"),
                    header(exchange, "Authorization") + header(exchange, "x-goog-api-key"),
                    body);
            asked.add(request);
          }
          try {
            behaviour.answer(request, new Reply(exchange));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            exchange.close();
          }
        });
    server.start();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String openAi() {
    return "openai:http://localhost:%d/v1#drawer".formatted(port());
  }

  String gemini() {
    return "gemini:http://localhost:%d#drawer".formatted(port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

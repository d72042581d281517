package dev.plantain.hosted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server as busy ones are: slow, failing now and then, billing each question once by its
 * idempotency key, and keeping a book of all that came.
 */
final class LoadServer implements AutoCloseable {
  private static final double FAILING = 0.05;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SplittableRandom random = new SplittableRandom(20260101);
  private final int speed;
  private final byte[] success =
      Shapes.openAiBase64(Shapes.png(32, 32, 0x2060C0)).getBytes(StandardCharsets.UTF_8);

  final List<Long> arrivals = new ArrayList<>();

  /** How often each question was drawn anew, and so billed. */
  final Map<String, AtomicInteger> billed = new ConcurrentHashMap<>();

  /** Questions whose whole answer was sent. */
  final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();

  final AtomicInteger failed = new AtomicInteger();

  /**
   * @param speed how much faster than real; 1 is a latency of 0.2 to 3 s
   */
  LoadServer(int speed) throws IOException {
    this.speed = speed;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private record Fate(Duration latency, boolean fails, int how) {}

  private synchronized Fate fate() {
    arrivals.add(System.nanoTime());
    return new Fate(
        Duration.ofNanos((long) (random.nextDouble(0.2, 3.0) * 1e9 / speed)),
        random.nextDouble() < FAILING,
        random.nextInt(4));
  }

  private void answer(HttpExchange exchange) throws IOException {
    Fate fate = fate();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      Thread.sleep(fate.latency);
      if (fate.fails) {
        failed.incrementAndGet();
        fail(exchange, fate.how, key);
        return;
      }
      billed.computeIfAbsent(key, k -> new AtomicInteger(1));
      send(exchange, 200, success);
      answered.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(HttpExchange exchange, int how, String key) throws IOException {
    switch (how) {
      case 0 ->
          send(
              exchange, 500, "{\"error\":{\"message\":\"oops\"}}".getBytes(StandardCharsets.UTF_8));
      case 1 -> send(exchange, 503, "{}".getBytes(StandardCharsets.UTF_8));
      case 2 -> send(exchange, 429, "{}".getBytes(StandardCharsets.UTF_8));
      default -> {
        // The worst: it is drawn and billed, and the answer is lost on the way.
        billed.computeIfAbsent(key, k -> new AtomicInteger(1));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, success.length);
        OutputStream out = exchange.getResponseBody();
        out.write(success, 0, success.length / 2);
        out.flush();
        throw new IOException("cut");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  String spec() {
    return "openai:http://localhost:%d/v1#drawer".formatted(server.getAddress().getPort());
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Begins a new book. */
  synchronized void forget() {
    arrivals.clear();
    billed.clear();
    answered.clear();
    failed.set(0);
  }

  /** Most requests in any window of this length. */
  synchronized int most(Duration window) {
    int most = 0;
    for (int i = 0, j = 0; i < arrivals.size(); i++) {
      while (arrivals.get(i) - arrivals.get(j) >= window.toNanos()) {
        j++;
      }
      most = Math.max(most, i - j + 1);
    }
    return most;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

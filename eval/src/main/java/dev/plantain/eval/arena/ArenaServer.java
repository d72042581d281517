package dev.plantain.eval.arena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.eval.metric.WinRate.Vote;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The page people vote on, on this machine only. It shows a prompt and two pictures, left and right
 * by chance, under names that tell nothing; it never learns which maker is which.
 */
public final class ArenaServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_BYTES = 4096;

  /** For the answer to the last vote, which the page would otherwise take for a failure. */
  private static final int LAST_ANSWER_SECONDS = 1;

  /** A pair as it is shown. */
  private record Duel(Prompted prompted, Path left, Path right, boolean firstOnLeft) {}

  private final HttpServer server;
  private final Ballots ballots;
  private final String voter;

  /** By a key that says nothing. */
  private final Map<String, Duel> duels = new HashMap<>();

  private final List<String> order = new ArrayList<>();

  /** What the page must send with a vote, so that no other page can vote. */
  private final String token;

  private ArenaServer(HttpServer server, Ballots ballots, String voter) {
    this.server = server;
    this.ballots = ballots;
    this.voter = voter;
    token = secret();
  }

  private static String secret() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Serves the pairs that both made and the voter has not seen.
   *
   * @param port 0 for any free one
   * @param seed of order and sides
   * @throws IOException if the port is taken
   */
  public static ArenaServer start(
      List<Prompted> prompts,
      Contestant first,
      Contestant second,
      Ballots ballots,
      String voter,
      int port,
      long seed)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ArenaServer arena = new ArenaServer(http, ballots, voter);
    Random random = new Random(seed);
    List<Prompted> shuffled = new ArrayList<>(prompts);
    Collections.shuffle(shuffled, random);
    Set<String> seen = ballots.votedBy(voter);
    for (Prompted prompted : shuffled) {
      boolean firstOnLeft = random.nextBoolean();
      Optional<Path> one = first.picture(prompted);
      Optional<Path> other = second.picture(prompted);
      if (one.isPresent() && other.isPresent() && !seen.contains(prompted.id())) {
        String key = secret();
        arena.order.add(key);
        arena.duels.put(
            key,
            new Duel(
                prompted,
                firstOnLeft ? one.get() : other.get(),
                firstOnLeft ? other.get() : one.get(),
                firstOnLeft));
      }
    }
    http.createContext("/", arena::handle);
    http.start();
    return arena;
  }

  /** Where the page is. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** How many pairs are still to be judged. */
  public synchronized int left() {
    return order.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
      if (!host.matches("(127\\.0\\.0\\.1|localhost)(:\\d+)?")) {
        // Another site's name that leads here.
        send(exchange, 403, "text/plain", "only on this machine");
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (method.equals("GET") && path.equals("/")) {
        send(exchange, 200, "text/html; charset=utf-8", page());
      } else if (method.equals("GET") && path.equals("/next")) {
        send(exchange, 200, "application/json", next());
      } else if (method.equals("GET") && path.matches("/(left|right|source)/[0-9a-f]{32}")) {
        picture(exchange, path.split("/"));
      } else if (method.equals("POST") && path.equals("/vote")) {
        vote(exchange);
      } else {
        send(exchange, 404, "text/plain", "nothing here");
      }
    }
  }

  private String page() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ArenaServer.class.getResourceAsStream("arena.html"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{{token}}", token);
    }
  }

  private synchronized String next() {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("left", order.size());
    if (!order.isEmpty()) {
      String key = order.getFirst();
      Prompted prompted = Objects.requireNonNull(duels.get(key)).prompted;
      object.put("key", key).put("prompt", prompted.prompt());
      object.put("source", prompted.source().isPresent());
    }
    return object.toString();
  }

  private void picture(HttpExchange exchange, String[] parts) throws IOException {
    Duel duel;
    synchronized (this) {
      duel = duels.get(parts[2]);
    }
    Path file =
        duel == null
            ? null
            : switch (parts[1]) {
              case "left" -> duel.left;
              case "right" -> duel.right;
              default -> duel.prompted.source().orElse(null);
            };
    if (file == null || !Files.isReadable(file)) {
      send(exchange, 404, "text/plain", "nothing here");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    byte[] bytes = Files.readAllBytes(file);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void vote(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    JsonNode vote;
    try {
      vote = MAPPER.readTree(body);
    } catch (IOException e) {
      send(exchange, 400, "text/plain", "no vote");
      return;
    }
    String key = vote.path("key").asText();
    String choice = vote.path("choice").asText();
    if (!vote.path("token").asText().equals(token) || !choice.matches("left|tie|right|skip")) {
      send(exchange, 403, "text/plain", "not from this page");
      return;
    }
    synchronized (this) {
      Duel duel = duels.get(key);
      if (duel != null && order.contains(key)) {
        // A pair that cannot be shown is no vote; it is asked again when the server is started
        // anew.
        if (!choice.equals("skip")) {
          boolean first = choice.equals("left") == duel.firstOnLeft;
          ballots.add(
              new Ballots.Ballot(
                  duel.prompted.id(),
                  voter,
                  false,
                  choice.equals("tie") ? Vote.TIE : first ? Vote.WIN : Vote.LOSS,
                  duel.firstOnLeft));
        }
        order.remove(key);
        duels.remove(key);
      }
    }
    send(exchange, 200, "application/json", next());
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(LAST_ANSWER_SECONDS); // returns at once when none is under way
  }
}

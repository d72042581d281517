package dev.plantain.klein;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A hub on loopback that can be told to misbehave. */
final class BadHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final HttpServer server;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> tokensSeenElsewhere = new CopyOnWriteArrayList<>();
  String requiredToken = "";
  boolean redirects;
  long announcedExtra;
  String listing = "";

  /** What goes wrong with the next answer for a file. */
  enum Fault {
    DROP,
    DROP_AT_ONCE,
    TRUNCATE,
    CORRUPT,
    IGNORE_RANGE,
    WRONG_RANGE,
    STALL,
    TOO_MUCH,
    S401,
    S404,
    S416,
    S429,
    S500
  }

  BadHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void file(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  void next(Fault... next) {
    faults.addAll(Arrays.asList(next));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      requests.add(path + " " + exchange.getRequestHeaders().getFirst("Range"));
      if (path.startsWith("/elsewhere/")) {
        tokensSeenElsewhere.add(token);
        content(exchange, path.substring("/elsewhere/".length()));
        return;
      }
      if (!requiredToken.isEmpty() && !token.equals("Bearer " + requiredToken)) {
        status(exchange, 401);
      } else if (path.startsWith("/api/models/")) {
        boolean failing = !faults.isEmpty() && faults.getFirst().name().startsWith("S");
        if (failing && faults.getFirst() != Fault.STALL && faults.getFirst() != Fault.S416) {
          status(exchange, Integer.parseInt(faults.removeFirst().name().substring(1)));
          return;
        }
        byte[] json = (listing.isEmpty() ? listing() : listing).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        if (failing && faults.getFirst() == Fault.STALL) {
          faults.removeFirst();
          exchange.getResponseBody().write(json, 0, json.length / 2);
          exchange.getResponseBody().flush();
          sleep();
        } else {
          exchange.getResponseBody().write(json);
        }
      } else if (path.contains("/resolve/")) {
        String name = path.substring(path.indexOf(COMMIT) + COMMIT.length() + 1);
        if (redirects) {
          // Another name of the same machine: another host to a client.
          exchange
              .getResponseHeaders()
              .add(
                  "Location",
                  "http://localhost:" + server.getAddress().getPort() + "/elsewhere/" + name);
          status(exchange, 302);
        } else {
          content(exchange, name);
        }
      } else {
        status(exchange, 404);
      }
    }
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private void content(HttpExchange exchange, String name) throws IOException {
    byte[] bytes = files.get(name);
    Fault fault = faults.isEmpty() ? null : faults.removeFirst();
    if (bytes == null) {
      status(exchange, 404);
      return;
    }
    if (fault != null && fault.name().matches("S\\d+")) {
      exchange.getResponseHeaders().add("Retry-After", "1");
      status(exchange, Integer.parseInt(fault.name().substring(1)));
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from =
        range == null || fault == Fault.IGNORE_RANGE
            ? 0
            : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] body = Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    if (fault == Fault.CORRUPT) {
      body[body.length / 2] ^= 1;
    }
    if (fault == Fault.TOO_MUCH) {
      body = Arrays.copyOf(body, body.length + 1000);
    }
    if (fault == Fault.TRUNCATE) {
      body = Arrays.copyOf(body, body.length / 3);
    }
    if (from > 0) {
      int told = fault == Fault.WRONG_RANGE ? from + 1 : from;
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(told, bytes.length - 1, bytes.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, body.length);
    OutputStream out = exchange.getResponseBody();
    switch (fault) {
      case DROP, STALL -> {
        out.write(body, 0, body.length / 2);
        out.flush();
        if (fault == Fault.STALL) {
          sleep();
        }
      }
      case DROP_AT_ONCE -> out.flush();
      case null, default -> out.write(body);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String listing() {
    List<String> siblings = new ArrayList<>();
    files.forEach(
        (name, bytes) -> {
          boolean large = name.endsWith(".safetensors");
          String sha1 =
              sha(
                  "SHA-1",
                  ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII),
                  bytes);
          long size = bytes.length + announcedExtra;
          siblings.add(
              "{\"rfilename\":\"%s\",\"size\":%d,\"blobId\":\"%s\"%s}"
                  .formatted(
                      name,
                      size,
                      sha1,
                      large
                          ? ",\"lfs\":{\"sha256\":\"%s\",\"size\":%d}"
                              .formatted(sha("SHA-256", new byte[0], bytes), size)
                          : ""));
        });
    return "{\"sha\":\"%s\",\"cardData\":{\"license\":\"apache-2.0\"},\"siblings\":[%s]}"
        .formatted(COMMIT, String.join(",", siblings));
  }

  static String sha(String algorithm, byte[] before, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(before);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

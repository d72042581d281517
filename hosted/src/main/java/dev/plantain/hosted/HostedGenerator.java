package dev.plantain.hosted;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A generator behind a server. What was drawn before comes from the cache; of equal questions at
 * the same time one is asked. Several drawings are asked for at once, each by a virtual thread.
 */
final class HostedGenerator implements Generator {
  /** Tokens of a prompt's letters, roughly. */
  private static final int LETTERS_PER_TOKEN = 4;

  /** Tokens that servers count for a picture of a megapixel, read or drawn, roughly. */
  private static final int TOKENS_PER_PICTURE = 1300;

  private final String spec;
  private final Traits traits;
  private final Server server;
  private final ImageEndpoint endpoint;
  private final Traffic traffic;
  private final Optional<AnswerCache> cache;
  private final Map<String, CompletableFuture<Image>> underway = new ConcurrentHashMap<>();

  HostedGenerator(
      String spec,
      Traits traits,
      Server server,
      ImageEndpoint endpoint,
      Traffic traffic,
      Optional<AnswerCache> cache) {
    this.spec = spec;
    this.traits = traits;
    this.server = server;
    this.endpoint = endpoint;
    this.traffic = traffic;
    this.cache = cache;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Map<String, String> about() {
    return Map.of("server", server.name());
  }

  @Override
  public Image draw(List<Image> images, String prompt, Options options) {
    Canvas canvas = Canvas.of(server, images, options);
    List<Image> shown = canvas.frame(images);
    String key = key(shown, prompt, options, canvas.size());
    CompletableFuture<Image> own = new CompletableFuture<>();
    CompletableFuture<Image> other = underway.putIfAbsent(key, own);
    if (other != null) {
      return canvas.unframe(wait(other));
    }
    try {
      Image drawing = draw(new ImageEndpoint.Question(shown, prompt, options, canvas.size(), key));
      own.complete(drawing);
      return canvas.unframe(drawing);
    } catch (Throwable e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      underway.remove(key);
    }
  }

  private static Image wait(CompletableFuture<Image> other) {
    try {
      return other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostedException.Cancelled("waiting for a drawing was cancelled");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }

  private Image draw(ImageEndpoint.Question question) {
    Optional<byte[]> kept = cache.flatMap(c -> c.get(question.key()));
    if (kept.isPresent()) {
      return Pictures.read(kept.get());
    }
    return traffic.call(
        () -> {
          Traffic.Reply<byte[]> reply = endpoint.draw(question);
          Image drawing;
          try {
            drawing = Pictures.read(reply.answer());
          } catch (HostedException e) {
            throw new Traffic.Declined(e, reply.usage());
          }
          // Before anything else can happen to it: it is paid for.
          cache.ifPresent(c -> c.put(question.key(), spec, reply.answer()));
          return new Traffic.Reply<>(drawing, reply.usage());
        },
        estimate(question));
  }

  private static Usage estimate(ImageEndpoint.Question question) {
    long input = question.prompt().length() / LETTERS_PER_TOKEN;
    for (Image image : question.images()) {
      input += TOKENS_PER_PICTURE * Math.max(1L, ((long) image.width() * image.height()) >> 20);
    }
    return new Usage(1, input, TOKENS_PER_PICTURE);
  }

  private String key(List<Image> shown, String prompt, Options options, String size) {
    Fingerprint print =
        new Fingerprint("draw 1")
            .add(spec)
            .add(prompt)
            .add(size)
            .add(options.toString())
            .add(new java.util.TreeMap<>(server.fields()).toString())
            .add(new java.util.TreeMap<>(server.extra()).toString())
            .add(server.wrap() + new java.util.TreeMap<>(server.wrapped()));
    shown.forEach(print::add);
    return print.hex();
  }

  /**
   * Draws all at once. Those that were drawn are kept even if others fail.
   *
   * @throws GeneratorException the first failure, when all are through
   */
  @Override
  public List<Image> drawAll(List<Request> requests) {
    List<Image> drawings = new ArrayList<>();
    for (Outcome outcome : drawEach(requests)) {
      switch (outcome) {
        case Outcome.Drew(Image image) -> drawings.add(image);
        case Outcome.Failed(GeneratorException reason) -> throw reason;
      }
    }
    return drawings;
  }

  /** Draws all at once; each is asked for on its own, and a refusal is paid for only once. */
  @Override
  public List<Outcome> drawEach(List<Request> requests) {
    if (requests.size() == 1) {
      return List.of(outcome(requests.getFirst()));
    }
    List<Future<Outcome>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Request request : requests) {
        futures.add(threads.submit(() -> outcome(request)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> future : futures) {
        try {
          outcomes.add(future.get());
        } catch (ExecutionException e) {
          threads.shutdownNow();
          throw rethrown(e.getCause());
        } catch (InterruptedException e) {
          threads.shutdownNow();
          Thread.currentThread().interrupt();
          throw new HostedException.Cancelled("drawing was cancelled");
        }
      }
      return outcomes;
    }
  }

  private Outcome outcome(Request request) {
    try {
      return new Outcome.Drew(draw(request.images(), request.prompt(), request.options()));
    } catch (GeneratorException e) {
      return new Outcome.Failed(e);
    }
  }

  @Override
  public void close() {
    traffic.close();
    endpoint.close();
  }
}

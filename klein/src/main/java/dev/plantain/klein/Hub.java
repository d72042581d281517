package dev.plantain.klein;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Downloads models from the hub (huggingface.co, or {@code HF_ENDPOINT}) into the cache that the
 * Python tools use. A token is taken from {@code HF_TOKEN}; {@code HF_HUB_OFFLINE=1} forbids the
 * network.
 */
public final class Hub implements AutoCloseable {
  private static final int MAX_LISTING_BYTES = 50_000_000;

  private final HubHttp http;
  private final HubCache cache;

  Hub(HubHttp.Settings settings, HubCache cache) {
    this.http = new HubHttp(settings);
    this.cache = cache;
  }

  /** The hub and cache that the environment names. */
  public static Hub ofEnvironment() {
    return new Hub(HubHttp.Settings.of(System.getenv()), HubCache.ofEnvironment());
  }

  public HubCache cache() {
    return cache;
  }

  /** Told how a download goes on. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some more is there.
     *
     * @param bytes of all files so far
     * @param total of all files
     */
    void at(long bytes, long total);
  }

  /**
   * What a model consists of, before anything of it is downloaded.
   *
   * @throws HubException if the hub does not say
   */
  public HubListing list(HubId id) throws IOException, InterruptedException {
    String path = "/api/models/%s/revision/%s?blobs=true".formatted(id.repository(), id.revision());
    Duration pause = http.settings().pause();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<InputStream> response = http.get(path, 0, id);
        try (HubBody body = new HubBody(response.body(), http.settings().answer())) {
          byte[] bytes = body.readNBytes(MAX_LISTING_BYTES);
          return HubListing.parse(new String(bytes, StandardCharsets.UTF_8), id);
        }
      } catch (HubException e) {
        if (!e.passes() || attempt >= http.settings().attempts()) {
          throw e;
        }
      } catch (IOException e) {
        if (attempt >= http.settings().attempts()) {
          throw HubException.passing("the hub's answer broke off: " + HubHttp.reason(e), e);
        }
      }
      Thread.sleep(pause.multipliedBy(1L << Math.min(attempt - 1, 5)));
    }
  }

  /**
   * Downloads a model, going on where an earlier download stopped. Read its licence first.
   *
   * @return the folder with its files
   * @throws HubException if it cannot be had completely; what has arrived is kept for the next try
   */
  public Path download(HubId id, HubListing listing, Progress progress)
      throws IOException, InterruptedException {
    requireRoom(id, listing);
    long total = listing.bytes();
    long[] before = {0};
    for (HubListing.HubFile file : listing.files()) {
      new HubDownload(
              http,
              cache,
              id,
              listing.commit(),
              file,
              bytes -> progress.at(before[0] + bytes, total))
          .run();
      before[0] += file.bytes();
    }
    for (HubListing.HubFile file : listing.files()) {
      cache.link(id, listing.commit(), file.path(), file.hash());
    }
    cache.ref(id, listing.commit());
    return cache.snapshot(id).orElseThrow();
  }

  private void requireRoom(HubId id, HubListing listing) throws IOException {
    long missing = missing(id, listing);
    Files.createDirectories(cache.repository(id));
    long room = Files.getFileStore(cache.repository(id)).getUsableSpace();
    if (missing > room) {
      throw HubException.lasting(
          "%s needs %d MB more on the disk of %s, which has %d MB left; set HF_HOME to another"
              .formatted(id.repository(), missing >> 20, cache.root(), room >> 20));
    }
  }

  /**
   * Bytes still to be downloaded: files of equal contents are one, and some may be there in part.
   */
  long missing(HubId id, HubListing listing) throws IOException {
    long missing = 0;
    Set<String> counted = new HashSet<>();
    for (HubListing.HubFile file : listing.files()) {
      if (counted.add(file.hash()) && !Files.exists(cache.blob(id, file.hash()))) {
        Path part = cache.part(id, file.hash());
        long there = Files.exists(part) ? Files.size(part) : 0;
        missing += Math.max(0, file.bytes() - there);
      }
    }
    return missing;
  }

  /**
   * Checks every file of a downloaded model against the hash it is named by.
   *
   * @return what is wrong, a line each; empty if nothing
   */
  public static List<String> verify(Path snapshot) throws IOException {
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(snapshot)) {
      for (Path file : files.filter(p -> !Files.isDirectory(p)).sorted().toList()) {
        String name = snapshot.relativize(file).toString();
        if (!Files.isRegularFile(file)) {
          wrong.add(name + ": the file it leads to is missing");
          continue;
        }
        String hash = file.toRealPath().getFileName().toString();
        boolean known = hash.matches("[0-9a-f]{40}|[0-9a-f]{64}");
        if (known && !HubDownload.hash(file, hash.length() == 64).equals(hash)) {
          wrong.add(name + ": damaged, its hash is wrong");
        }
      }
    }
    return wrong;
  }

  @Override
  public void close() {
    http.close();
  }
}

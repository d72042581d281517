package dev.plantain.klein;

import dev.plantain.klein.HubListing.HubFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * One file's way onto the disk: resumed after a broken connection, also of an earlier run, and
 * given its name only when its hash is right.
 */
final class HubDownload {
  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * Locks that this process holds: a lock falls when any channel of its file is closed, also that
   * of a second try to have it.
   */
  private static final Set<Path> RUNNING = ConcurrentHashMap.newKeySet();

  private final HubHttp http;
  private final HubId id;
  private final String commit;
  private final HubFile file;
  private final Path blob;
  private final Path part;
  private final Path lock;
  private final LongConsumer progress;

  /**
   * @param progress told the bytes of this file that are there
   */
  HubDownload(
      HubHttp http, HubCache cache, HubId id, String commit, HubFile file, LongConsumer progress) {
    this.http = http;
    this.id = id;
    this.commit = commit;
    this.file = file;
    this.progress = progress;
    blob = cache.blob(id, file.hash());
    part = cache.part(id, file.hash());
    lock = cache.lock(id, file.hash());
  }

  /**
   * Downloads, unless it is there.
   *
   * @throws HubException if it cannot be had, or what comes is not what the hub announced
   */
  void run() throws IOException, InterruptedException {
    if (Files.isRegularFile(blob)) {
      progress.accept(file.bytes());
      return;
    }
    Files.createDirectories(blob.getParent());
    Path folder = Files.createDirectories(lock.getParent()).toRealPath();
    Path one = folder.resolve(lock.getFileName());
    if (!RUNNING.add(one)) {
      throw HubException.lasting(
          "%s of %s is being downloaded already".formatted(file.path(), id.repository()));
    }
    try (FileChannel channel =
            FileChannel.open(one, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null) {
        throw HubException.lasting(
            "another process is downloading %s of %s".formatted(file.path(), id.repository()));
      }
      if (!Files.isRegularFile(blob)) {
        fetch();
        Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE);
      }
      progress.accept(file.bytes());
    } finally {
      RUNNING.remove(one);
    }
  }

  private void fetch() throws IOException, InterruptedException {
    if (!Files.exists(part)) {
      Files.createFile(part);
    }
    int idle = 0;
    boolean again = false;
    Duration pause = http.settings().pause();
    while (true) {
      long before = Files.size(part);
      HubException problem;
      try {
        receive(before);
        if (hash(part).equals(file.hash())) {
          return;
        }
        Files.write(part, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        problem =
            HubException.passing(
                "%s of %s arrived damaged: its hash is wrong"
                    .formatted(file.path(), id.repository()));
        if (again) {
          throw HubException.lasting(problem.getMessage() + " twice");
        }
        again = true;
      } catch (HubException e) {
        if (!e.passes()) {
          throw e;
        }
        problem = e;
      }
      idle = Files.size(part) > before ? 0 : idle + 1;
      if (idle >= http.settings().attempts()) {
        throw HubException.lasting(HubHttp.reason(problem));
      }
      Thread.sleep(pause.multipliedBy(1L << Math.min(idle, 5)));
    }
  }

  /** Appends what is missing behind {@code from}. */
  private void receive(long from) throws IOException, InterruptedException {
    if (from == file.bytes()) {
      return;
    }
    if (from > file.bytes()) {
      Files.write(part, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      receive(0);
      return;
    }
    String path = "/%s/resolve/%s/%s".formatted(id.repository(), commit, encoded(file.path()));
    HttpResponse<InputStream> response = http.get(path, from, id);
    try (InputStream in = new HubBody(response.body(), http.settings().answer())) {
      long begin = from;
      if (response.statusCode() == 416) {
        Files.write(part, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        throw HubException.passing("the hub will not go on at byte " + from);
      }
      if (response.statusCode() == 200) {
        begin = 0;
      } else {
        requireRange(response, from);
      }
      append(in, begin);
    }
  }

  private void requireRange(HttpResponse<?> response, long from) throws HubException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.matches("bytes " + from + "-\\d+/(" + file.bytes() + "|\\*)")) {
      throw HubException.lasting(
          "the hub sends another part of %s than asked for: \"%s\", the file has %d bytes"
              .formatted(file.path(), range, file.bytes()));
    }
  }

  private void append(InputStream in, long begin) throws IOException {
    long at = begin;
    try (OutputStream out =
        begin == 0
            ? Files.newOutputStream(
                part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            : Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (true) {
        int n;
        try {
          n = in.read(buffer);
        } catch (IOException e) {
          throw HubException.passing(
              "the connection broke at byte %d of %d of %s"
                  .formatted(at, file.bytes(), file.path()),
              e);
        }
        if (n < 0) {
          break;
        }
        at += n;
        if (at > file.bytes()) {
          out.close();
          Files.write(part, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
          throw HubException.lasting(
              "the hub announced %d bytes of %s and sends more"
                  .formatted(file.bytes(), file.path()));
        }
        out.write(buffer, 0, n);
        progress.accept(at);
      }
    }
    if (at < file.bytes()) {
      throw HubException.passing(
          "%s ended at byte %d of %d".formatted(file.path(), at, file.bytes()));
    }
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
  }

  /** The hash of a file by which the hub names it. */
  private String hash(Path of) throws IOException {
    return hash(of, file.sha256());
  }

  /** SHA-256, or the SHA-1 that Git gives a blob. */
  static String hash(Path of, boolean sha256) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(sha256 ? "SHA-256" : "SHA-1");
      if (!sha256) {
        digest.update(("blob " + Files.size(of) + "\0").getBytes(StandardCharsets.US_ASCII));
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      try (InputStream in = Files.newInputStream(of)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

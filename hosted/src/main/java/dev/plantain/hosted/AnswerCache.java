package dev.plantain.hosted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Answers on disk, by what was asked: what is paid for once is not paid for again, not even after
 * the process was killed. An answer is written under another name, forced to the disk and then
 * renamed; a sum over its bytes tells one that is damaged. Over the size limit, those not used for
 * longest go. Several processes may share it.
 */
public final class AnswerCache {
  /** Size of the answers kept by default, in bytes. */
  public static final long DEFAULT_LIMIT = 2L << 30;

  private static final String MAGIC = "plantain-answer-1";
  private static final String UNFINISHED = ".part";

  /** Evicting goes this far below the limit, so that it is not done at every answer. */
  private static final double LOW_WATER = 0.9;

  private static final Duration STALE = Duration.ofHours(24);

  private final Path folder;
  private final long limitBytes;

  /** Other processes write, too: their part is counted when this one has written such a share. */
  private static final int RECOUNT = 16;

  private long size = -1;
  private long uncounted;
  private final AtomicLong serial = new AtomicLong();

  /**
   * @param limitBytes of all answers together; 0 keeps none
   */
  public AnswerCache(Path folder, long limitBytes) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException("a cache's limit is not negative, got " + limitBytes);
    }
    this.folder = folder;
    this.limitBytes = limitBytes;
  }

  /**
   * A kept answer.
   *
   * @param key what was asked, 64 hexadecimal digits
   * @param about who answered
   * @param bytes on disk
   * @param used last
   */
  public record Entry(String key, String about, long bytes, Instant used) {}

  /** Where the answers are. */
  public Path folder() {
    return folder;
  }

  Optional<byte[]> get(String key) {
    Path file = file(key);
    try {
      byte[] all = Files.readAllBytes(file);
      Optional<byte[]> body = body(all);
      if (body.isEmpty()) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return body;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // unreadable is as good as not there; asking again is always right
    }
  }

  /**
   * Keeps an answer. One that cannot be kept is lost, not an error: it was paid for and can be
   * used.
   *
   * @param about who answered, on one line
   * @return whether it is kept
   */
  boolean put(String key, String about, byte[] body) {
    byte[] head =
        "%s %s %s\n"
            .formatted(MAGIC, sum(body), about.replaceAll("\\s+", " "))
            .getBytes(StandardCharsets.UTF_8);
    if (head.length + body.length > limitBytes) {
      return false;
    }
    Path file = file(key);
    Path part =
        file.resolveSibling(
            key
                + "-"
                + ProcessHandle.current().pid()
                + "-"
                + serial.incrementAndGet()
                + UNFINISHED);
    try {
      Files.createDirectories(file.getParent());
      long before = Files.exists(file) ? Files.size(file) : 0;
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (ByteBuffer buffer : List.of(ByteBuffer.wrap(head), ByteBuffer.wrap(body))) {
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      grown(head.length + body.length - before);
      return true;
    } catch (IOException e) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException f) {
        e.addSuppressed(f);
      }
      return false;
    }
  }

  private synchronized void grown(long bytes) {
    size += bytes;
    uncounted += Math.max(0, bytes);
    if (size >= bytes && size <= limitBytes && uncounted <= limitBytes / RECOUNT) {
      return;
    }
    List<Entry> oldest = new ArrayList<>(entries());
    oldest.sort(Comparator.comparing(Entry::used));
    long total = oldest.stream().mapToLong(Entry::bytes).sum();
    if (total > limitBytes) {
      for (Entry entry : oldest) {
        if (total > LOW_WATER * limitBytes && delete(file(entry.key()))) {
          total -= entry.bytes();
        }
      }
      sweep(STALE);
    }
    size = total;
    uncounted = 0;
  }

  /** All answers, the one used last first. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files()) {
      String key = file.getFileName().toString();
      if (key.endsWith(UNFINISHED)) {
        continue;
      }
      try {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        entries.add(
            new Entry(key, about(file), facts.size(), facts.lastModifiedTime().toInstant()));
      } catch (IOException e) {
        // gone meanwhile
      }
    }
    entries.sort(Comparator.comparing(Entry::used).reversed());
    return List.copyOf(entries);
  }

  /** Bytes of all answers. */
  public long size() {
    return entries().stream().mapToLong(Entry::bytes).sum();
  }

  /**
   * Throws all answers away.
   *
   * @return how many there were
   */
  public int clear() {
    int cleared = 0;
    for (Entry entry : entries()) {
      cleared += delete(file(entry.key())) ? 1 : 0;
    }
    sweep(Duration.ZERO);
    synchronized (this) {
      size = -1;
    }
    return cleared;
  }

  /** Removes what processes that ended in the middle left behind. */
  private void sweep(Duration older) {
    for (Path file : files()) {
      try {
        boolean old =
            Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(older));
        if (file.toString().endsWith(UNFINISHED) && old) {
          delete(file);
        }
      } catch (IOException e) {
        // gone meanwhile
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}.*"))
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }

  private static boolean delete(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      return false;
    }
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key);
  }

  private static String about(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      String[] words = lines.findFirst().orElse("").split(" ", 3);
      return words.length == 3
          ? new String(words[2].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
          : "";
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What follows the first line, if its sum is that line's. */
  private static Optional<byte[]> body(byte[] all) {
    int end = 0;
    while (end < all.length && all[end] != '\n') {
      end++;
    }
    String[] words = new String(all, 0, end, StandardCharsets.UTF_8).split(" ", 3);
    if (end == all.length || words.length != 3 || !words[0].equals(MAGIC)) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(all, end + 1, all.length);
    return words[1].equals(sum(body)) ? Optional.of(body) : Optional.empty();
  }

  private static String sum(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package dev.plantain.diorama;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Writes data sets to disk: shards, a manifest and the attribution its licences ask for. */
public final class Dataset {
  private Dataset() {}

  /**
   * Writes what is missing of a data set; shards that are there already are kept.
   *
   * @param progress gets the number of views done so far, from several threads
   * @throws IOException if it cannot be written, or if the folder holds another data set
   */
  public static void write(DatasetOptions options, IntConsumer progress) throws IOException {
    Files.createDirectories(options.folder());
    Diorama diorama = Diorama.open(options.libraries());
    manifest(options, diorama);
    AtomicInteger done = new AtomicInteger();
    List<Future<?>> tasks = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(options.threads())) {
      for (int shard = 0; shard < options.shards(); shard++) {
        int s = shard;
        tasks.add(
            pool.submit(
                () -> {
                  shard(options, diorama, s, done, progress);
                  return null;
                }));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; run it again to go on", e);
    } catch (ExecutionException e) {
      tasks.forEach(t -> t.cancel(true));
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  private static void shard(
      DatasetOptions o, Diorama diorama, int shard, AtomicInteger done, IntConsumer progress)
      throws IOException {
    int from = shard * o.perShard();
    int to = Math.min(o.views(), from + o.perShard());
    Path file =
        o.folder()
            .resolve("%s-%05d.tar".formatted(o.split().name().toLowerCase(Locale.ROOT), shard));
    if (Files.exists(file)) {
      progress.accept(done.addAndGet(to - from));
      return;
    }
    Shards.write(
        file,
        IntStream.range(from, to)
            .mapToObj(
                i -> {
                  if (Thread.currentThread().isInterrupted()) {
                    throw new UncheckedIOException(new IOException("interrupted"));
                  }
                  View v = diorama.view(o.split(), o.firstSeed() + i, o.width(), o.height());
                  progress.accept(done.incrementAndGet());
                  return v;
                }));
  }

  private static void manifest(DatasetOptions o, Diorama diorama) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    root.put("made_by", "plantain diorama")
        .put("diorama_version", Diorama.VERSION)
        .put("split", o.split().name().toLowerCase(Locale.ROOT))
        .put("first_seed", o.firstSeed())
        .put("views", o.views())
        .put("width", o.width())
        .put("height", o.height())
        .put("views_per_shard", o.perShard());
    var libraries = root.putArray("libraries");
    for (Path p : o.libraries()) {
      libraries.addObject().put("file", String.valueOf(p.getFileName())).put("sha256", sha256(p));
    }
    diorama.licences().forEach(root.putArray("licences")::add);
    byte[] bytes = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    Path file = o.folder().resolve("manifest.json");
    if (Files.exists(file) && !java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
      throw new IOException(
          "%s holds another data set (its manifest.json differs): choose an empty folder"
              .formatted(o.folder()));
    }
    replace(file, bytes);
    replace(
        o.folder().resolve("ATTRIBUTION.txt"),
        diorama.attribution(o.split()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "part", ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

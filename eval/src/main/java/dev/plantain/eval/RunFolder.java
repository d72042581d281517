package dev.plantain.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Generator;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.InputException;
import dev.plantain.formats.OutputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A run on disk: {@code run.json} with what was asked, {@code samples.jsonl} with a line for each
 * sample that is done, {@code drawings/}, and the reports. A run that was cut short goes on where
 * it stopped: lines are in the samples' order, each on disk as soon as it is counted, and half a
 * line is dropped.
 */
public final class RunFolder implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PROVENANCE = "run.json";
  private static final String SAMPLES = "samples.jsonl";

  private final Path folder;
  private final Provenance provenance;
  private final List<Scored> done;
  private final FileChannel lock;
  private final FileChannel out;

  private RunFolder(
      Path folder, Provenance provenance, List<Scored> done, FileChannel lock, FileChannel out) {
    this.folder = folder;
    this.provenance = provenance;
    this.done = done;
    this.lock = lock;
    this.out = out;
  }

  /**
   * Begins a run, or goes on with one.
   *
   * @throws InputException if the folder holds a run that asks something else, or is in use
   * @throws OutputException if it cannot be written
   */
  public static RunFolder open(Path folder, Provenance wanted) throws IOException {
    FileChannel lock = null;
    try {
      Files.createDirectories(folder);
      lock =
          FileChannel.open(
              folder.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        throw new InputException(folder + " is in use by another run");
      }
      Provenance provenance = begin(folder, wanted);
      Path samples = folder.resolve(SAMPLES);
      List<Scored> done = new ArrayList<>();
      long whole = Files.exists(samples) ? readWhole(samples, done) : 0;
      FileChannel out =
          FileChannel.open(samples, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      out.truncate(whole).position(whole);
      return new RunFolder(folder, provenance, done, lock, out);
    } catch (IOException e) {
      if (lock != null) {
        lock.close();
      }
      throw e instanceof InputException || e instanceof OutputException
          ? e
          : new OutputException("%s cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Provenance begin(Path folder, Provenance wanted) throws IOException {
    Path file = folder.resolve(PROVENANCE);
    if (!Files.exists(file)) {
      if (Files.exists(folder.resolve(SAMPLES))) {
        throw new InputException("%s has samples but no %s".formatted(folder, PROVENANCE));
      }
      AtomicFile.write(
          file,
          out -> out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(wanted)));
      return wanted;
    }
    Provenance before = provenance(folder);
    if (!before.asksTheSameAs(wanted)) {
      throw new InputException(
          ("%s holds a run of %s by %s, seed %d, %s; this one is of %s by %s, seed %d, %s: give it"
                  + " another folder")
              .formatted(
                  folder,
                  before.set(),
                  before.generator(),
                  before.seed(),
                  before.asking(),
                  wanted.set(),
                  wanted.generator(),
                  wanted.seed(),
                  wanted.asking()));
    }
    return before;
  }

  /**
   * What a run asked.
   *
   * @throws InputException if the folder holds no run
   */
  static Provenance provenance(Path folder) throws IOException {
    Path file = folder.resolve(PROVENANCE);
    if (!Files.isRegularFile(file)) {
      throw new InputException.NotReadable(folder + " holds no run: there is no " + PROVENANCE);
    }
    try {
      return MAPPER.readValue(file.toFile(), Provenance.class);
    } catch (JsonProcessingException e) {
      throw new InputException.Damaged(
          "%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /**
   * The samples of a run.
   *
   * @throws InputException if the folder holds none
   */
  public static List<Scored> samples(Path folder) throws IOException {
    Path file = folder.resolve(SAMPLES);
    if (!Files.isRegularFile(file)) {
      throw new InputException.NotReadable(folder + " holds no run: there is no " + SAMPLES);
    }
    List<Scored> done = new ArrayList<>();
    readWhole(file, done);
    return done;
  }

  /** Reads the lines that are whole, and tells how many bytes they have. */
  private static long readWhole(Path file, List<Scored> done) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        try {
          done.add(MAPPER.readValue(bytes, from, i - from, Scored.class));
        } catch (JsonProcessingException e) {
          throw new InputException.Damaged(
              "%s: line %d is damaged: %s".formatted(file, done.size() + 1, e.getOriginalMessage()),
              e);
        }
        from = i + 1;
      }
    }
    return from;
  }

  /** A generator that keeps its drawings here. */
  public Generator keeping(Generator generator) {
    return new DrawingCache(generator, folder.resolve("drawings"));
  }

  Path path() {
    return folder;
  }

  Provenance provenance() {
    return provenance;
  }

  /** What was done before this was opened. */
  List<Scored> done() {
    return List.copyOf(done);
  }

  /** Keeps a sample; when this returns, it is on disk. */
  void append(Scored scored) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap(
            (MAPPER.writeValueAsString(scored) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      out.write(line);
    }
    out.force(false);
  }

  @Override
  public void close() throws IOException {
    out.close();
    lock.close();
  }
}

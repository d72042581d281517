package dev.plantain.eval.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.WinRate;
import dev.plantain.formats.InputException;
import dev.plantain.formats.OutputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Votes in a file, a line each; a voter's later vote on a pair replaces the earlier one. */
public final class Ballots {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * One vote.
   *
   * @param id of the prompt
   * @param voter who; a person's name or a judge's, never mixed in a figure
   * @param judge whether a program voted
   * @param vote from the first maker's side
   * @param firstOnLeft where the first maker's picture was
   */
  public record Ballot(
      String id, String voter, boolean judge, WinRate.Vote vote, boolean firstOnLeft) {}

  private final Path file;
  private final Map<String, Ballot> ballots = new LinkedHashMap<>();

  private Ballots(Path file) {
    this.file = file;
  }

  /**
   * Opens a file of votes, or begins one. Half a line at its end, of a process that was killed, is
   * dropped.
   *
   * @throws IOException if it is damaged
   */
  public static Ballots open(Path file) throws IOException {
    Ballots ballots = new Ballots(file);
    if (!Files.exists(file)) {
      return ballots;
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      try {
        if (!line.isBlank()) {
          ballots.keep(MAPPER.readValue(line, Ballot.class));
        }
      } catch (JsonProcessingException e) {
        throw new InputException.Damaged(
            "%s: line %d is damaged: %s".formatted(file, number, e.getOriginalMessage()), e);
      }
    }
    if (whole.length() < text.length()) {
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        out.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
      }
    }
    return ballots;
  }

  private void keep(Ballot ballot) {
    ballots.put(ballot.voter + "\n" + ballot.id, ballot);
  }

  /**
   * Adds a vote; when this returns, it is on disk.
   *
   * @throws OutputException if it cannot be written
   */
  public synchronized void add(Ballot ballot) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer line =
          ByteBuffer.wrap(
              (MAPPER.writeValueAsString(ballot) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        out.write(line);
      }
      out.force(false);
    } catch (IOException e) {
      throw new OutputException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
    keep(ballot);
  }

  /** Ids of the pairs somebody has voted on. */
  public synchronized Set<String> votedBy(String voter) {
    return ballots.values().stream()
        .filter(b -> b.voter.equals(voter))
        .map(Ballot::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Win rate of the first maker.
   *
   * @param judge of programs, or of people
   */
  public synchronized List<Figure> figures(boolean judge) {
    WinRate rate = new WinRate();
    List<Ballot> own = new ArrayList<>(ballots.values());
    own.stream().filter(b -> b.judge == judge).forEach(b -> rate.add(b.vote));
    return rate.figures();
  }

  /** How many votes there are, of programs or of people. */
  public synchronized long count(boolean judge) {
    return ballots.values().stream().filter(b -> b.judge == judge).count();
  }
}

package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairwise votes: the share of pairs the first wins, a tie counting half, and the share of ties.
 */
public final class WinRate {
  /** A vote, from the first one's side. */
  public enum Vote {
    WIN,
    TIE,
    LOSS
  }

  private final List<Vote> votes = new ArrayList<>();

  public void add(Vote vote) {
    votes.add(vote);
  }

  public List<Figure> figures() {
    return List.of(Figure.mean("win_rate", values(1, 0.5)), Figure.mean("tie_share", values(0, 1)));
  }

  private double[] values(double win, double tie) {
    return votes.stream()
        .mapToDouble(
            v ->
                switch (v) {
                  case WIN -> win;
                  case TIE -> tie;
                  case LOSS -> 0;
                })
        .toArray();
  }
}

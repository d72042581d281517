package dev.plantain.sprout;

import java.util.List;

/**
 * A prompt as the network reads it: one row for each token.
 *
 * <p>First one token for each coloured phrase as a whole (what the colour pointer may point to),
 * then one for each plain segment as a whole, then the single words of all of them. Every token of
 * a coloured phrase carries the colour.
 *
 * @param vectors row-major, {@link SentenceEncoder#WIDTH} values a row
 * @param rgb three values in 0..1 a row; 0 where there is no colour
 * @param coloured 1 where the row carries a colour
 * @param whole 1 where the row stands for a whole segment
 * @param entries number of leading rows that the colour pointer may point to
 */
public record PromptTokens(
    float[] vectors, float[] rgb, float[] coloured, float[] whole, int entries) {
  /** Words beyond this many are not read one by one; each segment's whole still is. */
  static final int MAX_ROWS = 96;

  public int rows() {
    return coloured.length;
  }

  static PromptTokens of(List<Segment> segments, SentenceEncoder encoder) {
    List<SentenceEncoder.Encoded> encoded =
        segments.stream().map(s -> encoder.encode(s.text())).toList();
    int rows = segments.size() + encoded.stream().mapToInt(SentenceEncoder.Encoded::count).sum();
    rows = Math.max(1, Math.min(rows, Math.max(MAX_ROWS, segments.size())));
    int width = SentenceEncoder.WIDTH;
    PromptTokens tokens =
        new PromptTokens(
            new float[rows * width],
            new float[rows * 3],
            new float[rows],
            new float[rows],
            (int) segments.stream().filter(s -> s.rgb().isPresent()).count());
    int row = 0;
    for (int i = 0; i < segments.size(); i++) {
      tokens.set(row++, segments.get(i), encoded.get(i).whole(), 0, 1);
    }
    for (int i = 0; i < segments.size(); i++) {
      // A phrase of one word piece says nothing that its whole does not.
      int count = encoded.get(i).count();
      for (int w = 0; count > 1 && w < count && row < rows; w++) {
        tokens.set(row++, segments.get(i), encoded.get(i).words(), w * width, 0);
      }
    }
    return tokens.cut(Math.max(1, row));
  }

  private void set(int row, Segment segment, float[] from, int offset, float isWhole) {
    System.arraycopy(from, offset, vectors, row * SentenceEncoder.WIDTH, SentenceEncoder.WIDTH);
    whole[row] = isWhole;
    if (segment.rgb().isPresent()) {
      int c = segment.rgb().getAsInt();
      coloured[row] = 1;
      rgb[3 * row] = (c >> 16 & 0xff) / 255f;
      rgb[3 * row + 1] = (c >> 8 & 0xff) / 255f;
      rgb[3 * row + 2] = (c & 0xff) / 255f;
    }
  }

  private PromptTokens cut(int rows) {
    return rows == rows()
        ? this
        : new PromptTokens(
            java.util.Arrays.copyOf(vectors, rows * SentenceEncoder.WIDTH),
            java.util.Arrays.copyOf(rgb, rows * 3),
            java.util.Arrays.copyOf(coloured, rows),
            java.util.Arrays.copyOf(whole, rows),
            entries);
  }
}

package dev.plantain.formats;

/**
 * What may be read, checked before anything is decoded: a few bytes of header can ask for
 * gigabytes.
 *
 * @param bytes of the file
 * @param pixels of the picture
 */
public record Limits(long bytes, long pixels) {
  /** 512 MB and 150 megapixels: above any camera's, below what a small machine can hold. */
  public static final Limits DEFAULT = new Limits(512L << 20, 150_000_000);

  public Limits {
    if (bytes <= 0 || pixels <= 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}

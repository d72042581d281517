package dev.plantain.formats;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes for an image reader, with an end to patience: a decoder that, led astray by a damaged file,
 * reads on past the end or the same bytes over and over is stopped by an unchecked exception, which
 * decoders that expect an {@link java.io.EOFException} do not swallow.
 */
final class PatientStream extends ImageInputStreamImpl {
  /** Honest decoders look past the end a few times. */
  private static final int MOST_ENDS = 1_000;

  /** Honest decoders read a byte a few times: to look for pages, for metadata, for pixels. */
  private static final int MOST_TIMES = 100;

  private final byte[] bytes;
  private final long most;
  private long read;
  private int ends;

  PatientStream(byte[] bytes) {
    this.bytes = bytes;
    this.most = MOST_TIMES * (bytes.length + 10_000L);
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return end();
    }
    count(1);
    return bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= bytes.length) {
      return end();
    }
    int n = (int) Math.min(length, bytes.length - streamPos);
    count(n);
    System.arraycopy(bytes, (int) streamPos, target, offset, n);
    streamPos += n;
    return n;
  }

  private int end() {
    if (++ends > MOST_ENDS) {
      throw new IllegalStateException("its data go on past its end");
    }
    return -1;
  }

  private void count(int n) {
    read += n;
    if (read > most) {
      throw new IllegalStateException("its data lead in circles");
    }
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public boolean isCached() {
    return true;
  }

  @Override
  public boolean isCachedMemory() {
    return true;
  }
}

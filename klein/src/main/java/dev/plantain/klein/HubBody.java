package dev.plantain.klein;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The bytes of an answer; a connection on which nothing comes any more is closed, so that reading
 * fails: it has no time limit of its own.
 */
final class HubBody extends FilterInputStream {
  private final Thread watch;
  private volatile long last = System.nanoTime();

  /**
   * @param patience how long to wait for the next bytes
   */
  HubBody(InputStream in, Duration patience) {
    super(in);
    watch = Thread.ofVirtual().start(() -> watch(patience.toNanos()));
  }

  private void watch(long patience) {
    try {
      while (System.nanoTime() - last < patience) {
        Thread.sleep(Duration.ofNanos(Math.clamp(patience / 4, 1, 1_000_000_000)));
      }
      in.close();
    } catch (InterruptedException | IOException e) {
      // Finished, or closed already.
    }
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    last = System.nanoTime();
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    last = System.nanoTime();
    return n;
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    in.close();
  }
}

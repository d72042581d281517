package dev.plantain.diorama;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of POSIX ustar (IEEE 1003.1-2008) that WebDataset uses: plain files with short names,
 * all dated alike so that equal contents give equal archives.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int LARGEST = 1 << 28;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Entry(String name, byte[] bytes) {}

  private Tar() {}

  static void write(OutputStream out, String name, byte[] bytes) throws IOException {
    byte[] header = new byte[BLOCK];
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length > 99) {
      throw new IOException("tar entry name is longer than 99 bytes: " + name);
    }
    System.arraycopy(path, 0, header, 0, path.length);
    text(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    text(header, 124, "%011o\0%011o\0        0".formatted(bytes.length, 0));
    text(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    text(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
    out.write(bytes);
    out.write(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
  }

  static void finish(OutputStream out) throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  /** The next file, or null at the end. */
  static @Nullable Entry read(InputStream in) throws IOException {
    byte[] header = in.readNBytes(BLOCK);
    if (header.length == 0) {
      return null;
    }
    if (header.length < BLOCK) {
      throw new EOFException("the archive is cut short");
    }
    if (header[0] == 0) {
      return null;
    }
    int end = 0;
    while (end < 100 && header[end] != 0) {
      end++;
    }
    String name = new String(header, 0, end, StandardCharsets.UTF_8);
    int size;
    try {
      size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII).strip(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("not a tar archive: a header has no size", e);
    }
    if (size > LARGEST) {
      throw new IOException("%s is implausibly large: %,d bytes".formatted(name, size));
    }
    byte[] bytes = in.readNBytes(size);
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    if (bytes.length < size) {
      throw new EOFException("the archive is cut short in " + name);
    }
    return new Entry(name, bytes);
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

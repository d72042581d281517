package dev.plantain.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in little-endian order, as npy, EXR, PLY and GLB have them. */
final class LittleEndian {
  private final ByteArrayOutputStream out;

  LittleEndian() {
    this(1 << 12);
  }

  LittleEndian(int expected) {
    out = new ByteArrayOutputStream(expected);
  }

  LittleEndian u8(int value) {
    out.write(value);
    return this;
  }

  LittleEndian u16(int value) {
    out.write(value);
    out.write(value >> 8);
    return this;
  }

  LittleEndian i32(int value) {
    u16(value);
    return u16(value >> 16);
  }

  LittleEndian i64(long value) {
    i32((int) value);
    return i32((int) (value >> 32));
  }

  LittleEndian f32(float value) {
    return i32(Float.floatToRawIntBits(value));
  }

  LittleEndian ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  LittleEndian bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}

package dev.plantain.eval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

/** Fingerprints of data and drawings: SHA-256. */
final class DataHash {
  private final MessageDigest digest;

  DataHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of a photo with what is known of it. */
  static String of(Sample sample) {
    DataHash hash = new DataHash();
    hash.add(sample.id()).add(sample.photo().rgb8());
    sample.truths().forEach(hash::add);
    return hash.hex();
  }

  DataHash add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  DataHash add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length));
    digest.update(bytes);
    return this;
  }

  private void add(Truth truth) {
    switch (truth) {
      case Truth.DepthTruth t -> add("depth " + t.capMetres() + t.alignment()).add(t.metres());
      case Truth.NormalTruth t -> add("normals").add(t.xyz());
      case Truth.SegmentTruth t ->
          add("segment " + t.classes() + t.rgbs() + t.backgroundRgb()).add(t.labels());
      case Truth.ReferTruth t -> add("refer " + t.phrase()).add(t.inside()).add(t.ignored());
      case Truth.InstanceTruth t -> {
        add("instances " + t.phrase());
        t.annotators().forEach(this::add);
      }
      case Truth.DetectionTruth t -> {
        add("detection " + t.phrase() + t.category());
        t.instances().forEach(i -> add(i.mask().text() + i.area() + i.crowd()));
      }
      case Truth.PanopticTruth t -> add("panoptic " + t.segments()).add(t.ids());
      case Truth.EdgeTruth t -> {
        add("edges");
        for (boolean[] one : t.annotators()) {
          byte[] bytes = new byte[one.length];
          for (int i = 0; i < one.length; i++) {
            bytes[i] = (byte) (one[i] ? 1 : 0);
          }
          add(bytes);
        }
      }
    }
  }

  private void add(List<BitSet> masks) {
    add(Integer.toString(masks.size()));
    masks.forEach(this::add);
  }

  private DataHash add(BitSet bits) {
    return add(bits.toByteArray());
  }

  private void add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    add(bytes.array());
  }

  private void add(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    add(bytes.array());
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

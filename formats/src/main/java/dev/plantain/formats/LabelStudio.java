package dev.plantain.formats;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.core.measure.Mask;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * Label Studio's tasks with predictions: masks as {@code brushlabels}, holes and all parts kept.
 *
 * <p>They fit a labelling interface with {@code <Image name="image" value="$image"/>} and {@code
 * <BrushLabels name="label" toName="image">}.
 */
public final class LabelStudio {
  private LabelStudio() {}

  /**
   * Writes photos and their masks.
   *
   * @param modelVersion what made the masks, as reviewers see it
   * @param images whose file name is the photo's URL or path in Label Studio
   */
  public static void write(Path file, String modelVersion, List<LabelledImage> images)
      throws OutputException {
    ArrayNode root = Json.MAPPER.createArrayNode();
    for (LabelledImage image : images) {
      ObjectNode task = root.addObject();
      task.putObject("data").put("image", image.fileName());
      ObjectNode prediction = task.putArray("predictions").addObject();
      prediction.put("model_version", modelVersion);
      prediction.put("score", image.masks().stream().mapToDouble(Mask::score).average().orElse(1));
      ArrayNode results = prediction.putArray("result");
      for (Mask mask : image.masks()) {
        ObjectNode result = results.addObject();
        result
            .put("id", "mask-" + results.size())
            .put("type", "brushlabels")
            .put("from_name", "label")
            .put("to_name", "image")
            .put("original_width", image.width())
            .put("original_height", image.height())
            .put("image_rotation", 0)
            .put("score", mask.score());
        ObjectNode value = result.putObject("value");
        value.put("format", "rle").putArray("brushlabels").add(mask.phrase());
        ArrayNode rle = value.putArray("rle");
        for (byte b : rle(mask.bits(), image.width() * image.height())) {
          rle.add(b & 0xFF);
        }
      }
    }
    Json.write(file, root);
  }

  /**
   * Label Studio's own run lengths (thi.ng's rle-pack): bits, highest first. A header of the number
   * of values (32 bits), the bits of a value less one (5) and four sizes of run lengths less one (4
   * each); then runs: 1, which size (2 bits), the length less one, the value. The values are the
   * four channels of each pixel, 0 or 255.
   */
  static byte[] rle(BitSet bits, int pixels) {
    Bits out = new Bits();
    out.put(4 * pixels, 32);
    out.put(7, 5);
    int[] sizes = {3, 4, 8, 16};
    for (int size : sizes) {
      out.put(size - 1, 4);
    }
    for (int from = 0; from < pixels; ) {
      boolean inside = bits.get(from);
      int next = inside ? bits.nextClearBit(from) : bits.nextSetBit(from);
      int to = next < 0 ? pixels : Math.min(next, pixels);
      long left = 4L * (to - from);
      while (left > 0) {
        int run = (int) Math.min(left, 1 << 16);
        int which = 0;
        while (run > 1 << sizes[which]) {
          which++;
        }
        out.put(1, 1);
        out.put(which, 2);
        out.put(run - 1, sizes[which]);
        out.put(inside ? 255 : 0, 8);
        left -= run;
      }
      from = to;
    }
    return out.toBytes();
  }

  private static final class Bits {
    private final LittleEndian bytes = new LittleEndian();
    private long pending;
    private int count;

    void put(int value, int size) {
      pending = pending << size | (value & (size == 32 ? 0xFFFFFFFFL : (1L << size) - 1));
      count += size;
      while (count >= 8) {
        count -= 8;
        bytes.u8((int) (pending >> count));
      }
    }

    byte[] toBytes() {
      if (count > 0) {
        put(0, 8 - count);
      }
      return bytes.toBytes();
    }
  }
}

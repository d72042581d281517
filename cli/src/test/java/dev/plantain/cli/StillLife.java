package dev.plantain.cli;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import java.util.BitSet;
import java.util.List;

/**
 * A scene whose every measurement is known at any size: a wall 4 m away above a floor 3 m away, two
 * round chairs at 2 m before them, in the left and the right half. For normals its left eighth is a
 * side wall.
 */
record StillLife(int width, int height) {

  private boolean chair(int side, int x, int y) {
    double u = (x + 0.5) / width - (side == 0 ? 0.25 : 0.75);
    double v = (y + 0.5) / height - 0.5;
    return Math.hypot(u, v * height / width) < 0.15;
  }

  private boolean floor(int y) {
    return y >= height / 2;
  }

  DepthMap depth() {
    float[] metres = new float[width * height];
    for (int i = 0; i < metres.length; i++) {
      int x = i % width;
      int y = i / width;
      metres[i] = chair(0, x, y) || chair(1, x, y) ? 2 : floor(y) ? 3 : 4;
    }
    return DepthMap.of(width, height, metres);
  }

  NormalMap normals() {
    float[] xyz = new float[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int axis = floor(i / width) ? 1 : i % width < width / 8 ? 0 : 2;
      xyz[3 * i + axis] = 1;
    }
    return NormalMap.of(width, height, xyz);
  }

  LabelMap labels(List<String> classes) {
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      int x = i % width;
      int y = i / width;
      String name = chair(0, x, y) || chair(1, x, y) ? "chair" : floor(y) ? "floor" : "wall";
      int index = classes.indexOf(name);
      labels[i] = index < 0 ? LabelMap.BACKGROUND : index;
    }
    return LabelMap.of(width, height, classes, labels);
  }

  InstanceList instances(String phrase) {
    List<Instance> chairs =
        phrase.equals("chair")
            ? List.of(
                new Instance(mask(0, phrase), 0xFF0000), new Instance(mask(1, phrase), 0x00FF00))
            : List.of();
    return new InstanceList(phrase, width, height, chairs, 1);
  }

  /** The left chair for what is left, nothing for all else. */
  Mask mask(String phrase) {
    return phrase.contains("left")
        ? mask(0, phrase)
        : Mask.of(phrase, width, height, new BitSet(), 1);
  }

  private Mask mask(int side, String phrase) {
    BitSet bits = new BitSet(width * height);
    for (int i = 0; i < width * height; i++) {
      bits.set(i, chair(side, i % width, i / width));
    }
    return Mask.of(phrase, width, height, bits, 1);
  }

  EdgeMap edges() {
    float[] lines = new float[width * height];
    for (int x = 0; x < width; x++) {
      lines[height / 2 * width + x] = 1;
    }
    return EdgeMap.of(width, height, lines, lines);
  }
}

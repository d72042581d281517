package dev.plantain.sprout;

import static dev.plantain.sprout.NetworkShape.GRID;
import static dev.plantain.sprout.NetworkShape.LEVELS;

import dev.plantain.torch.Init;
import dev.plantain.torch.Layers;
import dev.plantain.torch.Layers.Conv;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Photo to features. It sees no prompt: it runs once for a photo, however many drawings are asked
 * of it.
 */
final class PhotoEncoder {
  private final NetworkShape shape;
  private final Conv stem;
  private final List<ResidualBlock> down = new ArrayList<>();
  private final List<Conv> shrink = new ArrayList<>();
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final List<ResidualBlock> up = new ArrayList<>();
  private final List<Conv> project = new ArrayList<>();
  private final Conv fine;
  private final List<Tensor> absent = new ArrayList<>();

  /**
   * Features of photos.
   *
   * @param maps B,drawing.at(level),H,W for each level from fine to coarse
   * @param fine B,8,H,W at full resolution
   */
  record Features(List<Tensor> maps, Tensor fine) {
    /** Rows by index: one for each drawing asked of a photo. */
    Features select(Tensor rows) {
      return new Features(maps.stream().map(m -> pick(m, rows)).toList(), pick(fine, rows));
    }

    /** With channels last inside, too: libtorch's own choice of rows would put them first. */
    private static Tensor pick(Tensor map, Tensor rows) {
      return torch.index_select(map.permute(0, 2, 3, 1), 0, rows).permute(0, 3, 1, 2);
    }

    /** These rows, then the others. */
    Features followedBy(Features others) {
      List<Tensor> joined = new ArrayList<>();
      for (int level = 0; level < maps.size(); level++) {
        joined.add(join(maps.get(level), others.maps.get(level)));
      }
      return new Features(joined, join(fine, others.fine));
    }

    /** In the precision of the second: joined as they are, the wider one would win. */
    private static Tensor join(Tensor a, Tensor b) {
      return Tensors.cat(0, Layers.channelsLast(a.to(b.scalar_type())), b);
    }

    void close() {
      maps.forEach(Tensor::close);
      fine.close();
    }
  }

  private static final String BLOCK = "photo.block.";

  /** Which attention block a parameter is of; -1 for none. */
  static int blockOf(String parameter) {
    return parameter.startsWith(BLOCK)
        ? Integer.parseInt(
            parameter.substring(BLOCK.length(), parameter.indexOf('.', BLOCK.length())))
        : -1;
  }

  /** Channels of {@link Features#fine}. */
  static final int FINE = 8;

  PhotoEncoder(Parameters p, NetworkShape shape) {
    this.shape = shape;
    NetworkShape.Scales c = shape.photo();
    // Three colours of every pixel of a cell, and where the cell is.
    stem = Conv.of(p, "photo.stem", 3 * GRID * GRID + 2, c.at(0), 3);
    for (int level = 0; level < LEVELS; level++) {
      int in = c.at(Math.max(0, level - 1));
      down.add(ResidualBlock.of(p, "photo.down." + level + ".a", in, c.at(level), 0));
      down.add(ResidualBlock.of(p, "photo.down." + level + ".b", c.at(level), c.at(level), 0));
      if (level < LEVELS - 1) {
        shrink.add(
            Conv.of(
                p,
                "photo.shrink." + level,
                c.at(level),
                c.at(level),
                3,
                2,
                Init.fanIn(9L * c.at(level))));
      }
    }
    for (int i = 0; i < shape.photoBlocks(); i++) {
      blocks.add(TransformerBlock.of(p, BLOCK + i, c.at(2), c.at(2) / 32, 3));
    }
    for (int level = LEVELS - 1; level >= 0; level--) {
      int above = c.at(Math.min(LEVELS - 1, level + 1));
      up.add(ResidualBlock.of(p, "photo.up." + level, above + c.at(level), c.at(level), 0));
    }
    for (int level = 0; level < LEVELS; level++) {
      int out = shape.drawing().at(level);
      project.add(Conv.of(p, "photo.project." + level, c.at(level), out, 1));
      absent.add(p.get("photo.absent." + level, Init.normal(0.5), 1, out, 1, 1));
    }
    fine = Conv.of(p, "photo.fine", 3, FINE, 3);
    absent.add(p.get("photo.absent.fine", Init.normal(0.5), 1, FINE, 1, 1));
  }

  /**
   * @param photo B,3,H,W in −1..1, sides multiples of {@link NetworkShape#MULTIPLE}
   */
  Features encode(Tensor photo) {
    Tensor x =
        stem.apply(
            Layers.channelsLast(
                Tensors.cat(1, torch.pixel_unshuffle(photo, GRID), position(photo))));
    List<Tensor> skips = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      x = down.get(2 * level + 1).apply(down.get(2 * level).apply(x, null), null);
      skips.add(x);
      if (level < LEVELS - 1) {
        x = shrink.get(level).apply(x);
      }
    }
    Tensor tokens = Layers.tokens(x);
    for (TransformerBlock block : blocks) {
      tokens = block.apply(tokens, null);
    }
    x = Layers.map(tokens, x.size(2), x.size(3));
    Tensor[] maps = new Tensor[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      int level = LEVELS - 1 - i;
      Tensor skip = skips.get(level);
      if (i > 0) {
        x = Ops.nearest(x, skip.size(2), skip.size(3));
      }
      x = up.get(i).apply(Layers.channelsLast(Tensors.cat(1, x, skip)), null);
      maps[level] = project.get(level).apply(x);
    }
    return new Features(List.of(maps), fine.apply(Layers.channelsLast(photo)));
  }

  /** The learned features of no photo, for pictures from text alone: one row. */
  Features absent(long height, long width) {
    List<Tensor> maps = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      long cell = (long) GRID << level;
      maps.add(absent.get(level).expand(1, shape.drawing().at(level), height / cell, width / cell));
    }
    return new Features(maps, absent.get(LEVELS).expand(1, FINE, height, width));
  }

  /** Column and row of each cell in −1..1: convolutions alone do not know where they are. */
  private static Tensor position(Tensor photo) {
    long h = photo.size(2) / GRID;
    long w = photo.size(3) / GRID;
    Tensor x = torch.linspace(Tensors.scalar(-1), Tensors.scalar(1), w).view(1, 1, 1, w);
    Tensor y = torch.linspace(Tensors.scalar(-1), Tensors.scalar(1), h).view(1, 1, h, 1);
    return Tensors.cat(1, x.expand(photo.size(0), 1, h, w), y.expand(photo.size(0), 1, h, w));
  }
}

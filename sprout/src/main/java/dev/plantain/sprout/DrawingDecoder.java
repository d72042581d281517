package dev.plantain.sprout;

import static dev.plantain.sprout.NetworkShape.GRID;
import static dev.plantain.sprout.NetworkShape.LEVELS;

import dev.plantain.torch.Init;
import dev.plantain.torch.Layers;
import dev.plantain.torch.Layers.Conv;
import dev.plantain.torch.Layers.Dense;
import dev.plantain.torch.Layers.GroupNorm;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * From a noisy drawing, the photo's features and a prompt to the clean drawing.
 *
 * <p>It paints freely, and besides points: every pixel attends to the prompt's coloured phrases
 * (and to none of them) and adds the colour it points to. Which phrase is decided by the wide
 * features on the quarter grid; a thin head at full resolution refines the edges.
 */
final class DrawingDecoder {
  private static final int HEAD_DIM = 32;
  private static final int TIME_FEATURES = 64;

  private final Dense time1;
  private final Dense time2;
  private final Dense gist;
  private final Conv stem;
  private final List<ResidualBlock> down = new ArrayList<>();
  private final List<Conv> shrink = new ArrayList<>();
  private final CrossAttention coarseLookup;
  private final TransformerBlock coarse;
  private final ResidualBlock middle;
  private final List<ResidualBlock> up = new ArrayList<>();
  private final List<CrossAttention> lookup = new ArrayList<>();
  private final GroupNorm outNorm;
  private final Conv out;
  private final Conv fineNoise;
  private final Conv fine;
  private final Conv free;
  private final Dense pointQuery;
  private final Dense pointKey;
  private final Tensor pointNone;
  private final Conv edgeQuery;
  private final Dense edgeKey;
  private final Tensor edgeNone;

  DrawingDecoder(Parameters p, NetworkShape shape) {
    NetworkShape.Scales c = shape.drawing();
    int e = shape.condition();
    int d = shape.token();
    int f = shape.fine();
    time1 = Dense.of(p, "draw.time1", TIME_FEATURES, e);
    time2 = Dense.of(p, "draw.time2", e, e);
    gist = Dense.of(p, "draw.gist", d, e);
    stem = Conv.of(p, "draw.stem", 3 * GRID * GRID, c.at(0), 3);
    for (int level = 0; level < LEVELS; level++) {
      int in = c.at(Math.max(0, level - 1)) + c.at(level);
      down.add(ResidualBlock.of(p, "draw.down." + level, in, c.at(level), e));
      if (level < LEVELS - 1) {
        shrink.add(
            Conv.of(
                p,
                "draw.shrink." + level,
                c.at(level),
                c.at(level),
                3,
                2,
                Init.fanIn(9L * c.at(level))));
      }
    }
    coarseLookup = CrossAttention.of(p, "draw.coarse.lookup", c.at(2), d, heads(c.at(2)));
    coarse = TransformerBlock.of(p, "draw.coarse.block", c.at(2), heads(c.at(2)), 2);
    middle = ResidualBlock.of(p, "draw.middle", c.at(2), c.at(2), e);
    for (int level = LEVELS - 1; level >= 0; level--) {
      int above = c.at(Math.min(LEVELS - 1, level + 1));
      up.add(ResidualBlock.of(p, "draw.up." + level, above + c.at(level), c.at(level), e));
      lookup.add(CrossAttention.of(p, "draw.lookup." + level, c.at(level), d, heads(c.at(level))));
    }
    outNorm = GroupNorm.of(p, "draw.out.norm", c.at(0));
    out = Conv.of(p, "draw.out", c.at(0), f * GRID * GRID, 1);
    fineNoise = Conv.of(p, "draw.fine.noise", 3, PhotoEncoder.FINE, 3);
    fine = Conv.of(p, "draw.fine", f + 2 * PhotoEncoder.FINE, f, 3);
    free = Conv.of(p, "draw.free", f, 3, 3);
    pointQuery = Dense.of(p, "draw.point.query", c.at(0), d);
    pointKey = Dense.of(p, "draw.point.key", d, d);
    pointNone = p.get("draw.point.none", Init.ZERO, d);
    edgeQuery = Conv.of(p, "draw.edge.query", f, HEAD_DIM, 1, 1, Init.ZERO);
    edgeKey = Dense.of(p, "draw.edge.key", d, HEAD_DIM);
    edgeNone = p.get("draw.edge.none", Init.ZERO, HEAD_DIM);
  }

  private static int heads(int channels) {
    return Math.max(1, channels / HEAD_DIM);
  }

  /**
   * @param noisy B,3,H,W
   * @param time B in 0..1; 1 is clean
   * @param photo features, B rows
   * @return the clean drawing B,3,H,W
   */
  Tensor decode(
      Tensor noisy, Tensor time, PhotoEncoder.Features photo, PromptEncoder.Encoded prompt) {
    long height = noisy.size(2);
    long width = noisy.size(3);
    Tensor e =
        time2.apply(Ops.silu(time1.apply(timeFeatures(time)))).add(gist.apply(prompt.gist()));
    Tensor x = stem.apply(Layers.channelsLast(torch.pixel_unshuffle(noisy, GRID)));
    List<Tensor> skips = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      Tensor both = Tensors.cat(1, x, photo.maps().get(level));
      x = down.get(level).apply(Layers.channelsLast(both), e);
      skips.add(x);
      if (level < LEVELS - 1) {
        x = shrink.get(level).apply(x);
      }
    }
    x = coarseLookup.apply(x, prompt.tokens(), prompt.mask());
    x = Layers.map(coarse.apply(Layers.tokens(x), null), x.size(2), x.size(3));
    x = middle.apply(Layers.channelsLast(x), e);
    for (int i = 0; i < LEVELS; i++) {
      Tensor skip = skips.get(LEVELS - 1 - i);
      if (i > 0) {
        x = Ops.nearest(x, skip.size(2), skip.size(3));
      }
      x = up.get(i).apply(Layers.channelsLast(Tensors.cat(1, x, skip)), e);
      x = Layers.channelsLast(lookup.get(i).apply(x, prompt.tokens(), prompt.mask()));
    }
    Tensor wide = out.apply(Ops.silu(outNorm.apply(x)));
    Tensor detail =
        Tensors.cat(
            1,
            torch.pixel_shuffle(wide, GRID),
            Ops.silu(fineNoise.apply(Layers.channelsLast(noisy))),
            photo.fine());
    Tensor h = Ops.silu(fine.apply(Layers.channelsLast(detail)));
    Tensor painted = free.apply(h);
    return prompt.entries() == 0 ? painted : painted.add(pointed(x, h, prompt, height, width));
  }

  /** The colour each pixel points to: B,3,H,W. */
  private Tensor pointed(
      Tensor x, Tensor h, PromptEncoder.Encoded prompt, long height, long width) {
    int entries = prompt.entries();
    Tensor tokens = prompt.tokens().narrow(1, 0, entries);
    Tensor coarseLogits =
        Ops.bilinear(
            logits(pointQuery.apply(Layers.tokens(x)), pointKey.apply(tokens), pointNone)
                .reshape(x.size(0), entries + 1, x.size(2), x.size(3)),
            height,
            width);
    Tensor edges =
        logits(Layers.tokens(edgeQuery.apply(h)), edgeKey.apply(tokens), edgeNone)
            .reshape(x.size(0), entries + 1, height, width);
    Tensor blocked =
        Tensors.cat(1, torch.zeros_like(prompt.entryMask().narrow(1, 0, 1)), prompt.entryMask());
    Tensor share = coarseLogits.add(edges).add(blocked).softmax(1).narrow(1, 1, entries);
    // B,3,E by B,E,HW
    return Ops.product(
            prompt.entryRgb().transpose(1, 2), share.reshape(x.size(0), entries, height * width))
        .reshape(x.size(0), 3, height, width);
  }

  /** Queries B,N,d against "none" and B,E,d keys: B,1+E,N. */
  private static Tensor logits(Tensor query, Tensor keys, Tensor none) {
    long d = none.size(0);
    Tensor all = Tensors.cat(1, none.view(1, 1, d).expand(keys.size(0), 1, d), keys);
    return Ops.scale(Ops.product(all, query.transpose(1, 2)), 1 / Math.sqrt((double) d));
  }

  private static Tensor timeFeatures(Tensor time) {
    int half = TIME_FEATURES / 2;
    float[] rates = new float[half];
    for (int i = 0; i < half; i++) {
      rates[i] = (float) (1000 * Math.exp(-Math.log(1000) * i / half));
    }
    Tensor angle = time.unsqueeze(1).mul(Tensors.of(rates, 1, half));
    return Tensors.cat(1, torch.sin(angle), torch.cos(angle));
  }
}

package dev.plantain.core.instruct;

import dev.plantain.codec.NormalCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is asked, without the words: all a decoder must know to read the drawing.
 *
 * <p>Colours are {@code 0xRRGGBB}, 8-bit sRGB.
 */
public sealed interface Ask {

  /** Planar depth in metres as colours of {@code scheme}. */
  record MetricDepth(DepthScheme scheme) implements Ask {}

  /** Inverse depth up to an unknown scale and shift, as grey: near is bright, far is dark. */
  record RelativeDepth() implements Ask {}

  /** Camera-space surface normals in the colours of {@code codec}. */
  record Normals(NormalCodec codec) implements Ask {}

  /**
   * One colour per class.
   *
   * @param background the colour of what is in no class; if empty, every pixel is in one
   */
  record Segments(List<Entry> legend, OptionalInt background) implements Ask {
    public Segments {
      legend = List.copyOf(legend);
      requireDistinct(legend, background);
    }
  }

  /**
   * Every instance of one class in a colour of its own; the generator picks the colours.
   *
   * @param background the colour of everything else; found from the drawing if empty
   */
  record Instances(String phrase, OptionalInt background) implements Ask {
    public Instances {
      phrase = Phrases.normal(phrase);
      background.ifPresent(Entry::requireRgb);
    }
  }

  /** The thing each phrase refers to, in its colour, on a background. */
  record Referring(List<Entry> legend, int background) implements Ask {
    public Referring {
      legend = legend.stream().map(e -> new Entry(Phrases.bare(e.phrase()), e.rgb())).toList();
      requireDistinct(legend, OptionalInt.of(background));
    }
  }

  /** Object boundaries as white lines on black; the brightness is the probability. */
  record Edges() implements Ask {}

  /** A phrase and the colour it is drawn in. */
  record Entry(String phrase, int rgb) {
    public Entry {
      phrase = Phrases.normal(phrase);
      requireRgb(rgb);
    }

    static void requireRgb(int rgb) {
      if ((rgb & 0xFF000000) != 0) {
        throw new InstructionException("a colour is 0xRRGGBB, got 0x%08X".formatted(rgb));
      }
    }
  }

  private static void requireDistinct(List<Entry> legend, OptionalInt background) {
    if (legend.isEmpty()) {
      throw new InstructionException("nothing is asked for: give at least one name or phrase");
    }
    Set<String> phrases = new HashSet<>();
    Set<Integer> colours = new HashSet<>();
    background.ifPresent(
        rgb -> {
          Entry.requireRgb(rgb);
          colours.add(rgb);
        });
    for (Entry entry : legend) {
      if (!phrases.add(entry.phrase().toLowerCase(Locale.ROOT))) {
        throw new InstructionException("\"%s\" is asked for twice".formatted(entry.phrase()));
      }
      if (!colours.add(entry.rgb())) {
        throw new InstructionException(
            "\"%s\" shares the colour %s with another class or the background; give it its own"
                .formatted(entry.phrase(), Colours.hex(entry.rgb())));
      }
    }
  }
}

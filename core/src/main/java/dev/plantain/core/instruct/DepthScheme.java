package dev.plantain.core.instruct;

import dev.plantain.codec.ColourMap;
import dev.plantain.codec.DepthCodec;
import dev.plantain.codec.PowerTransform;

/**
 * The false colours a metric depth map is drawn in; a dialect gives each its words. All squeeze
 * distances by {@link PowerTransform#PAPER}, so that none needs a range.
 */
public enum DepthScheme {
  /** Seven edges of the RGB cube, black to white: the paper's own, and the finest in 8 bits. */
  CUBE,
  VIRIDIS,
  PLASMA,
  INFERNO,
  GREY;

  /** Metres to colours and back. */
  public DepthCodec codec() {
    ColourMap map =
        switch (this) {
          case CUBE -> ColourMap.CUBE_WALK;
          case VIRIDIS -> ColourMap.VIRIDIS;
          case PLASMA -> ColourMap.PLASMA;
          case INFERNO -> ColourMap.INFERNO;
          case GREY -> ColourMap.GREY;
        };
    return DepthCodec.of(PowerTransform.PAPER, map);
  }
}

package dev.plantain.formats;

import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * A photo's masks for annotation tools.
 *
 * @param fileName of the photo, as the tool knows it
 * @param width of the photo
 * @param height of the photo
 * @param masks none of them empty; a mask's phrase is its class
 */
public record LabelledImage(String fileName, int width, int height, List<Mask> masks) {
  public LabelledImage {
    masks = List.copyOf(masks);
    for (Mask mask : masks) {
      if (mask.width() != width || mask.height() != height || mask.isEmpty()) {
        throw new IllegalArgumentException(
            "%s of %d x %d does not belong to a photo of %d x %d"
                .formatted(mask, mask.width(), mask.height(), width, height));
      }
    }
  }

  /** Each class that is there, as one mask. */
  public static LabelledImage of(String fileName, LabelMap map) {
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < map.classes().size(); i++) {
      masks.add(map.mask(i));
    }
    return of(fileName, map.width(), map.height(), masks);
  }

  /** Each instance as a mask. */
  public static LabelledImage of(String fileName, InstanceList instances) {
    List<Mask> masks = instances.stream().map(Instance::mask).toList();
    return of(fileName, instances.width(), instances.height(), masks);
  }

  /** Masks as they are; what is not there is left out. */
  public static LabelledImage of(String fileName, int width, int height, List<Mask> masks) {
    return new LabelledImage(
        fileName, width, height, masks.stream().filter(m -> !m.isEmpty()).toList());
  }
}

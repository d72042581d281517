package dev.plantain.formats;

import dev.plantain.core.measure.NormalMap;

/** Camera axes normals are written in. */
public enum NormalFrame {
  /** x right, y up, z towards the viewer. */
  OPENGL,
  /** x right, y down, z away from the viewer. */
  OPENCV;

  /** {@code 3 * width * height} components in these axes. */
  public float[] of(NormalMap normals) {
    return this == OPENGL ? normals.xyz() : normals.xyzOpenCv();
  }
}

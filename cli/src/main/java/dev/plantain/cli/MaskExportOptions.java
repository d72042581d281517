package dev.plantain.cli;

import picocli.CommandLine.Option;

/** For which annotation tools masks are written. */
final class MaskExportOptions {
  @Option(names = "--coco", description = "Write COCO JSON (run lengths, holes kept).")
  boolean coco;

  @Option(names = "--yolo", description = "Write YOLO polygons and data.yaml.")
  boolean yolo;

  @Option(names = "--label-studio", description = "Write Label Studio predictions.")
  boolean labelStudio;

  @Option(names = "--cvat", description = "Write a zip for CVAT (COCO 1.0).")
  boolean cvat;

  boolean any() {
    return coco || yolo || labelStudio || cvat;
  }
}

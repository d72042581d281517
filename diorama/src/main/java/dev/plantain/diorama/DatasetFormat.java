package dev.plantain.diorama;

/** In what form a data set is written besides its shards. */
public enum DatasetFormat {
  /** WebDataset shards alone, which every data set has. */
  SHARDS,
  /** A folder per view with PNG, NPY and JSON files, in full precision. */
  FILES,
  /** COCO's JSON for instances and captions, with the photos it names. */
  COCO
}

/** Reads photos and writes measurements in the formats of the field. */
module dev.plantain.formats {
  requires static org.jspecify;
  requires transitive dev.plantain.core;
  requires java.desktop;
  requires com.fasterxml.jackson.databind;
  requires metadata.extractor;

  exports dev.plantain.formats;
}

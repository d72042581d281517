package dev.plantain.diorama;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A collection of models with their real sizes, read one by one. Safe for several threads. */
sealed interface ModelLibrary permits FurnitureLibrary, GltfLibrary {
  List<LibraryEntry> entries();

  /** Changes when the library does. */
  long fingerprint();

  /** What to call a model, or nothing if it is none that Diorama knows where to put. */
  Optional<Taxonomy.Naming> naming(LibraryEntry entry);

  /**
   * Reads a model, turned upright and fitted to its stated size: centred on x and z, its foot at y
   * = 0, its front towards +z.
   *
   * @param warnings gets a line for each texture that is missing or unusable
   * @throws IOException if the model cannot be used
   */
  Mesh read(LibraryEntry entry, Consumer<String> warnings) throws IOException;
}

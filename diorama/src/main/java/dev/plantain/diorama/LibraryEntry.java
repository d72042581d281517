package dev.plantain.diorama;

/**
 * One piece of furniture as a library's catalogue lists it. Sizes are metres.
 *
 * @param id stable id: the catalogue's own, or one made of the library's name and the entry number
 * @param name English name as the catalogue has it
 * @param model path of the OBJ file inside the library
 * @param width along x, left to right
 * @param depth along z, back (−z, the side that goes to a wall) to front
 * @param height along y
 * @param elevation of its foot above the floor
 * @param rotation row-major 3 × 3 applied to the model before it is fitted to the sizes
 * @param licence of the library
 */
@SuppressWarnings("ArrayRecordComponent") // nine floats, private to the package
record LibraryEntry(
    String id,
    String name,
    String model,
    float width,
    float depth,
    float height,
    float elevation,
    float[] rotation,
    String creator,
    String licence) {}

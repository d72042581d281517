package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/**
 * Something that owns pixels of a view: one piece of furniture, or one kind of stuff such as all
 * wall pixels together.
 *
 * @param id as found in {@link View#thingIds()}; also its index in {@link View#things()}
 * @param category canonical common noun: {@code "armchair"}, {@code "floor lamp"}, {@code "wall"}
 * @param name the model's own short phrase, lower case
 * @param colour basic colour word of the measured albedo of its visible surface
 * @param rgb mean visible albedo, sRGB {@code 0xRRGGBB}
 * @param stuff whether this is wall, floor, sky… (not countable, one thing per category)
 * @param labelled false if the category is one that training never labels: in {@link Split#TRAIN}
 *     it must not be named, coloured, counted or outlined in any target
 * @param modelId stable id of the 3D model, empty for stuff
 * @param amodalBox where the whole of it projects to, hidden and cut parts included; for stuff the
 *     box of its pixels
 * @param visibleBox the box of its pixels
 * @param pixels how many pixels show it
 * @param distanceMetres median planar depth of its pixels, +∞ for the sky
 * @param size in metres, null for stuff
 */
public record Thing(
    int id,
    String category,
    String name,
    String colour,
    int rgb,
    boolean stuff,
    boolean labelled,
    String modelId,
    Box amodalBox,
    Box visibleBox,
    int pixels,
    double distanceMetres,
    @Nullable Size size) {

  /** Width, depth and height in metres, in the model's own frame. */
  public record Size(double width, double depth, double height) {}
}

package dev.plantain.formats;

import dev.plantain.core.Image;

/**
 * A picture with words, for {@link ContactSheet} and {@link HtmlPage}.
 *
 * @param title a word or two
 * @param caption a sentence, or empty
 * @param image to look at
 */
public record Panel(String title, String caption, Image image) {}

package dev.plantain.core;

import dev.plantain.core.instruct.Instruction;

/**
 * A picture that answers an instruction.
 *
 * @param image what was drawn, of any size
 * @param instruction what it was drawn for: its colours are those of this
 */
public record Drawing(Image image, Instruction instruction) {}

package dev.plantain.diorama;

/**
 * Which models a view may show. Models never move between splits; the taxonomy lists the categories
 * that the training split never labels.
 */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST
}

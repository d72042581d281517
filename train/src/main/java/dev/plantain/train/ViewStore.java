package dev.plantain.train;

import dev.plantain.diorama.View;

/** Views by number, the same each time: what training draws its examples from. Thread-safe. */
interface ViewStore {
  int size();

  View view(int index);

  /** Width by height of the views: all are alike. */
  default double aspect() {
    View first = view(0);
    return (double) first.width() / first.height();
  }

  /** Indices of the views whose every thing may be named, coloured and outlined. */
  int[] labelled();
}

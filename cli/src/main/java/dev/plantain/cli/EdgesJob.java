package dev.plantain.cli;

import dev.plantain.core.Edges;
import dev.plantain.core.Task;

/** Boundaries of objects. */
final class EdgesJob implements Job {
  @Override
  public Task<?> task() {
    return Edges.boundaries();
  }
}

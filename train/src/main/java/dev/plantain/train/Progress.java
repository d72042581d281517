package dev.plantain.train;

/** Hears of every training step. */
interface Progress {
  void step(int step, int total, Stage stage, Trainer.StepResult result);
}

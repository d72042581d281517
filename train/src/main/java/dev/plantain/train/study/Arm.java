package dev.plantain.train.study;

/** What a run is for. */
enum Arm {
  PRETRAINED("pre-training"),
  PRETRAINED_WITHOUT("pre-training without edits of unlabelled things"),
  TUNED("pre-trained, then tuned"),
  SCRATCH("tuned from scratch"),
  TUNED_WITHOUT("pre-trained without edits of unlabelled things, then tuned"),
  SWEEP("trial of a specialist's learning rate"),
  SPECIALIST("specialist");

  private final String words;

  Arm(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Whether its runs learn to draw, rather than to see. */
  boolean pretrains() {
    return this == PRETRAINED || this == PRETRAINED_WITHOUT;
  }

  /** Whether its runs are measured on the test scenes. */
  boolean tested() {
    return !pretrains() && this != SWEEP;
  }
}

/** Tasks, instructions, dialects, the generator seam and the Vision facade. */
module dev.plantain.core {
  requires static org.jspecify;
  requires transitive dev.plantain.codec;

  exports dev.plantain.core;
  exports dev.plantain.core.instruct;
  exports dev.plantain.core.measure;

  uses dev.plantain.core.GeneratorProvider;
}

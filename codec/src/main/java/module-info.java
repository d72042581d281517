/** Exact colour codecs: drawings to measurements and back. */
module dev.plantain.codec {
  requires static org.jspecify;
  requires static jdk.incubator.vector;

  exports dev.plantain.codec;
}

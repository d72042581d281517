package dev.plantain.hosted;

import dev.plantain.core.Image;
import dev.plantain.core.Options;
import java.io.IOException;
import java.util.List;

/** The part of a server that draws: one request, one answer, nothing else. */
interface ImageEndpoint extends AutoCloseable {

  /**
   * One drawing to make.
   *
   * @param key of the question, for servers that know a repeated one
   * @param size what to ask for, by the server's name of it; empty if it may choose
   */
  record Question(List<Image> images, String prompt, Options options, String size, String key) {}

  /**
   * Asks once.
   *
   * @return the bytes of a picture, in a format the server chooses
   * @throws IOException if nothing came; an {@link HttpFailure} if an error did
   * @throws Traffic.Declined if an answer without a picture came
   */
  Traffic.Reply<byte[]> draw(Question question) throws IOException;

  @Override
  void close();
}

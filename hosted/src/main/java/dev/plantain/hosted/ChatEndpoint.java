package dev.plantain.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.core.Image;
import java.io.IOException;
import java.util.List;

/** The part of a server that answers questions about photos: one request, one answer. */
interface ChatEndpoint extends AutoCloseable {

  /**
   * One question.
   *
   * @param schema JSON Schema of the answer
   * @param key of the question, for servers that know a repeated one
   */
  record Question(
      List<Image> images, String system, String prompt, ObjectNode schema, String key) {}

  /**
   * Asks once.
   *
   * @return the text of the answer, meant to be JSON
   * @throws IOException if nothing came; an {@link HttpFailure} if an error did
   * @throws Traffic.Declined if it refused
   */
  Traffic.Reply<String> ask(Question question) throws IOException;

  @Override
  void close();
}

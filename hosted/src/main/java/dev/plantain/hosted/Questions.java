package dev.plantain.hosted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What language models are asked, with the form of the answer. */
final class Questions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Questions() {}

  /**
   * A question.
   *
   * @param system the part that says who is asked
   * @param text the part that says what, {@code %s} being what it is about
   * @param open the same where it is about nothing in particular
   * @param json JSON Schema of the answer
   */
  record Form(String system, String text, String open, String json) {
    String prompt(String about) {
      return about.isEmpty() ? open : text.replace("%s", about);
    }

    ObjectNode schema() {
      try {
        return (ObjectNode) JSON.readTree(json);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the schema is no JSON", e);
      }
    }
  }

  private static final String SYSTEM =
      "You look at one photo and answer about what is visible in it, in the JSON you are asked"
          + " for.";

  /**
   * One turn, as in the paper: the question becomes referring phrases, which are then drawn.
   * Phrases must stand alone, since whoever draws does not see the question.
   */
  static final Form REASON =
      new Form(
          SYSTEM,
          """
          Question about the photo: %s
          Name what in the photo answers the question. Give each thing one short English phrase that \
          tells it from everything else in the photo by what it is, how it looks and where it is, such \
          as "the kettle on the left burner". Whoever reads the phrases sees the photo, but not the \
          question. Give at most 8 phrases, none if nothing in the photo answers the question.\
          """,
          "",
          """
          {"type":"object","additionalProperties":false,"required":["findings"],"properties":{
            "findings":{"type":"array","items":{
              "type":"object","additionalProperties":false,"required":["phrase","why"],
              "properties":{"phrase":{"type":"string"},"why":{"type":"string"}}}}}}\
          """);

  /** The paper's gate: (A) Yes, (B) No. */
  static final Form PRESENT =
      new Form(
          SYSTEM,
          """
          Is at least one instance of the following visible in the photo: "%s"?
          (A) Yes
          (B) No
          Answer with the letter.\
          """,
          "",
          """
          {"type":"object","additionalProperties":false,"required":["answer"],
           "properties":{"answer":{"type":"string","enum":["A","B"]}}}\
          """);

  static final Form DISCOVER =
      new Form(
          SYSTEM,
          "",
          """
          Which classes of things are in the photo? Give short English names in the singular, such as \
          "sofa" or "potted plant", surfaces such as "wall" and "floor" included, those that cover \
          most of the photo first, at most 40, none twice, no names for parts of what is named \
          already.\
          """,
          """
          {"type":"object","additionalProperties":false,"required":["classes"],
           "properties":{"classes":{"type":"array","items":{"type":"string"}}}}\
          """);

  private static final String PLAN_FORM =
      """
       For each kind of thing give its name, and list every single one of them with a short English \
      phrase that refers to it alone, such as "the chair left of the window", and a colour to paint \
      it in, as #RRGGBB. No colour twice, no two alike, none near black, white or grey. What cannot \
      be counted, such as a wall, is listed once. Leave out kinds that are not in the photo.\
      """;

  static final Form PLAN =
      new Form(
          SYSTEM,
          "List what is in the photo of these kinds, and no others: %s." + PLAN_FORM,
          "List the kinds of things that are in the photo." + PLAN_FORM,
          """
          {"type":"object","additionalProperties":false,"required":["things"],"properties":{
            "things":{"type":"array","items":{
              "type":"object","additionalProperties":false,"required":["name","count","each"],
              "properties":{
                "name":{"type":"string"},
                "count":{"type":"integer"},
                "each":{"type":"array","items":{
                  "type":"object","additionalProperties":false,"required":["phrase","colour"],
                  "properties":{"phrase":{"type":"string"},"colour":{"type":"string"}}}}}}}}}\
          """);
}

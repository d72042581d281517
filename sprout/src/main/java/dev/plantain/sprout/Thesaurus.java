package dev.plantain.sprout;

import dev.plantain.core.GeneratorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.PointerUtils;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.list.PointerTargetNode;
import net.sf.extjwnl.dictionary.Dictionary;
import org.jspecify.annotations.Nullable;

/**
 * The nouns of WordNet 3.1, inside the jar: which familiar word means what another one means.
 * Thread-safe; opened, in most of a second, by the first question.
 */
final class Thesaurus {
  private @Nullable Dictionary dictionary;

  /**
   * A familiar word for the same thing: "icebox" is a fridge.
   *
   * @param noun in lower case, of one or more words, plural allowed
   */
  Optional<String> synonym(String noun, Predicate<String> familiar) {
    return words(senses(noun).stream(), familiar).findFirst();
  }

  /** Familiar words for the next wider class of things, of any sense: a "carton" is a box. */
  Stream<String> broader(String noun, Predicate<String> familiar) {
    return words(senses(noun).stream().flatMap(Thesaurus::above), familiar);
  }

  /**
   * The noun, and what it may be the plural of: "floor lamps" of "floor lamp", "shelves" of
   * "shelf". The dictionary is asked only for those after the plain ones.
   *
   * @param noun in lower case, of one or more words
   */
  Stream<String> singulars(String noun) {
    Stream<String> plain =
        noun.endsWith("s")
            ? Stream.of(noun, noun.substring(0, noun.length() - 1))
            : Stream.of(noun);
    return Stream.concat(plain, Stream.of(noun).flatMap(this::irregular));
  }

  private synchronized Stream<String> irregular(String noun) {
    try {
      // Of the last word alone: asked for all of it, the dictionary takes "book cabinet" for a
      // book.
      int last = noun.lastIndexOf(' ') + 1;
      return opened()
          .getMorphologicalProcessor()
          .lookupAllBaseForms(POS.NOUN, noun.substring(last))
          .stream()
          .map(form -> noun.substring(0, last) + form);
    } catch (JWNLException e) {
      throw unreadable(e);
    }
  }

  private static Stream<String> words(Stream<Synset> senses, Predicate<String> familiar) {
    return senses
        .flatMap(sense -> sense.getWords().stream())
        .map(word -> word.getLemma().toLowerCase(Locale.ROOT))
        .filter(familiar);
  }

  private static Stream<Synset> above(Synset sense) {
    try {
      return PointerUtils.getDirectHypernyms(sense).stream().map(PointerTargetNode::getSynset);
    } catch (JWNLException e) {
      throw unreadable(e);
    }
  }

  /** All senses of a noun, the most frequent first; none of one that is an adjective, too. */
  private synchronized List<Synset> senses(String noun) {
    try {
      // "The white one" speaks of no white person, which is what the noun means.
      if (opened().getIndexWord(POS.ADJECTIVE, noun) != null) {
        return List.of();
      }
      for (String form : singulars(noun).toList()) {
        IndexWord found = opened().getIndexWord(POS.NOUN, form);
        if (found != null) {
          return found.getSenses();
        }
      }
      return List.of();
    } catch (JWNLException e) {
      throw unreadable(e);
    }
  }

  private synchronized Dictionary opened() throws JWNLException {
    if (dictionary == null) {
      dictionary = Dictionary.getDefaultResourceInstance();
    }
    return dictionary;
  }

  private static GeneratorException unreadable(JWNLException e) {
    return new GeneratorException("sprout cannot read its thesaurus: " + e.getMessage(), e);
  }
}

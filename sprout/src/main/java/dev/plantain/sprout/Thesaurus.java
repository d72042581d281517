package dev.plantain.sprout;

import dev.plantain.core.GeneratorException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
   * "shelf".
   *
   * @param noun in lower case, of one or more words
   */
  synchronized Set<String> singulars(String noun) {
    try {
      int last = noun.lastIndexOf(' ') + 1;
      Set<String> forms = new LinkedHashSet<>(List.of(noun));
      // Of the last word alone: asked for all of it, the dictionary takes "book cabinet" for a
      // book.
      opened()
          .getMorphologicalProcessor()
          .lookupAllBaseForms(POS.NOUN, noun.substring(last))
          .forEach(form -> forms.add(noun.substring(0, last) + form));
      if (noun.endsWith("s")) {
        // Not every name of a thing is in the dictionary.
        forms.add(noun.substring(0, noun.length() - 1));
      }
      return forms;
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
      for (String form : singulars(noun)) {
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

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
      if (dictionary == null) {
        dictionary = Dictionary.getDefaultResourceInstance();
      }
      // "The white one" speaks of no white person, which is what the noun means.
      if (dictionary.getIndexWord(POS.ADJECTIVE, noun) != null) {
        return List.of();
      }
      // The dictionary's own search takes "book cabinet" for a book.
      for (String form : forms(noun)) {
        IndexWord found = dictionary.getIndexWord(POS.NOUN, form);
        if (found != null) {
          return found.getSenses();
        }
      }
      return List.of();
    } catch (JWNLException e) {
      throw unreadable(e);
    }
  }

  /** The noun, and what it may be the plural of. */
  private static Set<String> forms(String noun) {
    Set<String> forms = new LinkedHashSet<>(List.of(noun));
    if (noun.endsWith("s")) {
      forms.add(noun.substring(0, noun.length() - 1));
    }
    if (noun.endsWith("es")) {
      forms.add(noun.substring(0, noun.length() - 2));
    }
    if (noun.endsWith("ies")) {
      forms.add(noun.substring(0, noun.length() - 3) + "y");
    }
    return forms;
  }

  private static GeneratorException unreadable(JWNLException e) {
    return new GeneratorException("sprout cannot read its thesaurus: " + e.getMessage(), e);
  }
}

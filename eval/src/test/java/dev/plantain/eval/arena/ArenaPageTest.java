package dev.plantain.eval.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Image;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page operated as a person does, in a browser without a window. */
class ArenaPageTest {
  private static final int PAIRS = 5;
  private static final long PATIENCE_MILLIS = 20_000;

  /** As a logger nobody holds is forgotten with its level. */
  private static final Logger BROWSER_LOG = Logger.getLogger("org.htmlunit");

  @TempDir Path folder;

  private ArenaServer serve() throws IOException {
    Contestant first = new Contestant("sprout", Files.createDirectories(folder.resolve("one")));
    Contestant second = new Contestant("klein", Files.createDirectories(folder.resolve("other")));
    List<Prompted> prompts = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      String file = "p%d.png".formatted(i);
      prompts.add(
          new Prompted("p" + i, "<b>thing</b> %d".formatted(i), Optional.empty(), List.of()));
      Png.write(first.folder().resolve(file), Image.filled(8, 8, 0xff0000));
      Png.write(second.folder().resolve(file), Image.filled(16, 16, 0x0000ff));
    }
    return ArenaServer.start(prompts, first, second, Ballots.open(votes()), "ann", 0, 3);
  }

  private Path votes() {
    return folder.resolve("votes.jsonl");
  }

  private int count() throws IOException {
    return Files.exists(votes()) ? Files.readAllLines(votes()).size() : 0;
  }

  private static String text(HtmlPage page, String id) {
    return page.getElementById(id).getTextContent();
  }

  private static boolean hidden(HtmlPage page, String id) {
    return page.getElementById(id).hasAttribute("hidden");
  }

  private static DomElement button(HtmlPage page, String choice) {
    DomElement button = page.querySelector("[data-choice=%s]".formatted(choice));
    assertThat(button).as(choice).isNotNull();
    return button;
  }

  /** Waits until a vote can be given, or need not. */
  private static void settle(WebClient browser, HtmlPage page) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    do {
      browser.waitForBackgroundJavaScript(50);
      Thread.sleep(5);
    } while (System.currentTimeMillis() < end && !settled(page));
  }

  private static boolean settled(HtmlPage page) {
    if (text(page, "rest").isEmpty()) {
      return false; // nothing was said yet
    }
    return hidden(page, "buttons") || !button(page, "left").hasAttribute("disabled");
  }

  @Test
  void aPersonVotesToTheEnd() throws Exception {
    BROWSER_LOG.setLevel(Level.OFF);
    try (ArenaServer arena = serve();
        WebClient browser = new WebClient()) {
      browser.getOptions().setFetchPolyfillEnabled(true);
      browser.getOptions().setDownloadImages(true);
      HtmlPage page = browser.getPage(arena.address());
      settle(browser, page);
      assertThat(text(page, "prompt")).startsWith("<b>thing</b> ");
      assertThat(page.asXml()).doesNotContain("sprout", "klein", folder.toString(), "p0");
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        seen.add(text(page, "prompt"));
        int before = count();
        if (i % 2 == 0) {
          button(page, "left").click();
        } else {
          page.executeJavaScript(
              "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }))");
        }
        settle(browser, page);
        assertThat(count()).as("votes after %s", seen).isEqualTo(before + 1);
        if (i == 1) {
          String next = text(page, "prompt");
          page = browser.getPage(arena.address());
          settle(browser, page);
          assertThat(text(page, "prompt")).as("after a reload").isEqualTo(next);
        }
      }
      assertThat(seen).doesNotHaveDuplicates().hasSize(PAIRS);
      assertThat(text(page, "prompt")).isEqualTo("That was all. Thank you.");
      assertThat(hidden(page, "buttons") && hidden(page, "pair")).isTrue();
      assertThat(arena.left()).isZero();
    }
    // The left picture won each time: that of the first maker or of the second.
    assertThat(Files.readAllLines(votes()))
        .hasSize(PAIRS)
        .allMatch(
            line ->
                line.contains("\"WIN\"") == line.contains("\"firstOnLeft\":true")
                    && !line.contains("\"TIE\""));
  }
}

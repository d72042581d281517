package dev.plantain.diorama;

import dev.plantain.core.Image;
import dev.plantain.formats.HtmlPage;
import dev.plantain.formats.Jpeg;
import dev.plantain.formats.Png;
import java.util.Base64;

/** Pieces of web pages that need nothing but themselves. */
final class Html {
  private static final String STYLE =
      """
      :root { --bar: #4a86c8; }
      body { font-size: 15px; }
      p.sub, .faint { color: var(--faint); }
      section { background: var(--card); border-radius: 14px; padding: 1rem 1.2rem 1.2rem; margin: 0 0 1.4rem;
                box-shadow: 0 1px 3px #0003; }
      section h2 { margin: 0 0 .6rem; }
      .row { display: flex; flex-wrap: wrap; gap: .8rem; }
      figure { margin: 0; width: min(216px, 50% - .4rem); } figure img { display: block; width: 100%; border-radius: 8px; }
      figcaption { font-size: .85rem; color: var(--faint); }
      img.exact { image-rendering: pixelated; }
      .cols { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 2rem; }
      h3 { font-size: .95rem; margin: 1rem 0 .3rem; } ul { margin: 0; padding-left: 1.1rem; }
      .chip { display: inline-block; padding: 0 .5em; border-radius: 1em; border: 1px solid var(--line);
              font-size: .8rem; color: var(--faint); }
      .dot { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .25em; }
      table { font-size: inherit; } td, th { padding: .15rem .8rem .15rem 0; text-align: right; white-space: nowrap; }
      td:first-child, th:first-child { text-align: left; }
      .bar { display: inline-block; height: .7em; background: var(--bar); border-radius: 2px; }
      """;

  private Html() {}

  static String head(String title, String subtitle) {
    return HtmlPage.opening(title, STYLE)
        + "<p class=\"sub\">%s</p>\n".formatted(HtmlPage.escape(subtitle));
  }

  static String foot() {
    return "</body></html>\n";
  }

  /** A photo as a JPEG, to look at. */
  static String photo(Image image, String caption) {
    return figure("image/jpeg", Jpeg.bytes(image, 0.9), "", caption);
  }

  /** A drawing without loss, its pixels kept sharp. */
  static String drawing(Image image, String caption) {
    return figure("image/png", Png.bytes(image), " class=\"exact\"", caption);
  }

  private static String figure(String type, byte[] bytes, String attributes, String caption) {
    return "<figure><img%s alt=\"%s\" src=\"data:%s;base64,%s\"><figcaption>%s</figcaption></figure>\n"
        .formatted(
            attributes,
            HtmlPage.escape(caption),
            type,
            Base64.getEncoder().encodeToString(bytes),
            HtmlPage.escape(caption));
  }

  static String dot(int rgb) {
    return "<span class=\"dot\" style=\"background:#%06x\"></span>".formatted(rgb);
  }
}

package dev.plantain.cli;

import dev.plantain.klein.Hub;
import dev.plantain.klein.HubCache;
import dev.plantain.klein.HubId;
import dev.plantain.klein.HubListing;
import dev.plantain.klein.Licences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models of the hub: downloaded and checked. */
final class HubModels {
  private static final double GIGA = 1e9;

  private final Console console;
  private final boolean json;

  HubModels(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Downloads a model; what it may be used for stands before everything else. */
  int get(String name) throws IOException, InterruptedException {
    if (!HubId.looksLike(name)) {
      throw new UsageException(
          "--get takes OWNER/NAME, such as black-forest-labs/FLUX.2-klein-4B, got \"%s\""
              .formatted(name));
    }
    HubId id = HubId.parse(name);
    Optional<String> known = Licences.known(id);
    known.ifPresent(licence -> tell("licence of %s: %s".formatted(id.repository(), licence)));
    try (Hub hub = Hub.ofEnvironment()) {
      HubListing listing = hub.list(id);
      String licence = known.or(listing::licence).orElseGet(() -> Licences.of(id));
      if (known.isEmpty()) {
        tell("licence of %s, as its page states it: %s".formatted(id.repository(), licence));
      }
      tell(
          "%d files, %.1f GB, to %s"
              .formatted(listing.files().size(), listing.bytes() / GIGA, hub.cache().root()));
      Path folder;
      try (Progress progress = new Progress(console, listing.bytes() >> 20, "download (MB)")) {
        folder = hub.download(id, listing, (bytes, total) -> progress.at(bytes >> 20));
      }
      if (json) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", id.repository());
        object.put("licence", licence);
        object.put("commit", listing.commit());
        object.put("bytes", listing.bytes());
        object.put("folder", folder.toString());
        console.line(JsonText.line(object));
      } else {
        console.line("%s is in %s".formatted(id.repository(), folder));
      }
    }
    return ExitCode.OK;
  }

  /** For people only, also before a long download ends; machines get one object at its end. */
  private void tell(String line) {
    if (json) {
      console.err().println(line);
      console.err().flush();
    } else {
      console.line(line);
    }
  }

  /** Checks all that is downloaded. */
  int verify() throws IOException {
    HubCache cache = HubCache.ofEnvironment();
    int code = ExitCode.OK;
    boolean any = false;
    for (HubId id : cache.models()) {
      Optional<Path> snapshot = cache.snapshot(id);
      if (snapshot.isEmpty()) {
        continue;
      }
      any = true;
      List<String> wrong = Hub.verify(snapshot.get());
      if (json) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", id.repository());
        object.put("wrong", wrong);
        console.line(JsonText.line(object));
      } else {
        console.line(
            "%s: %s"
                .formatted(id.repository(), wrong.isEmpty() ? "whole" : String.join("; ", wrong)));
      }
      code = wrong.isEmpty() ? code : ExitCode.INPUT;
    }
    if (!any) {
      tell("nothing is downloaded in " + cache.root());
    }
    return code;
  }
}

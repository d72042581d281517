package dev.plantain.klein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a hub that drops, truncates, lies and refuses. */
class HubTest {
  private static final HubId ID = HubId.parse("someone/model");
  private static final String WEIGHTS = "transformer/diffusion_pytorch_model.safetensors";

  @TempDir private Path root = Path.of("");
  private BadHub bad = open();
  private final byte[] weights = random(300_000);

  private static BadHub open() {
    try {
      return new BadHub();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(3).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void fill() {
    bad.file("model_index.json", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
    bad.file("README.md", "---\nlicense: apache-2.0\n---\n".getBytes(StandardCharsets.UTF_8));
    bad.file(WEIGHTS, weights);
    bad.file("flux-2-klein.safetensors", random(10));
    bad.file("picture.png", random(10));
  }

  @AfterEach
  void stop() {
    bad.close();
  }

  private Hub hub(boolean offline, String token) {
    return new Hub(
        new HubHttp.Settings(
            bad.endpoint(),
            token.isEmpty() ? Optional.empty() : Optional.of(token),
            offline,
            Duration.ofMillis(700),
            Duration.ofMillis(5),
            4),
        new HubCache(root));
  }

  private Path download(String token) throws IOException, InterruptedException {
    try (Hub hub = hub(false, token)) {
      return hub.download(
          ID, hub.list(ID), (bytes, total) -> assertThat(bytes).isLessThanOrEqualTo(total));
    }
  }

  private void assertWhole(Path snapshot) throws IOException {
    assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(snapshot.resolve("model_index.json")).content().isEqualTo("{\"a\": 1}");
    assertThat(snapshot.resolve("picture.png")).doesNotExist();
    assertThat(snapshot.resolve("flux-2-klein.safetensors")).doesNotExist();
    assertThat(Hub.verify(snapshot)).isEmpty();
    assertThat(new HubCache(root).snapshot(ID)).contains(snapshot);
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.map(Path::toString))
          .noneMatch(p -> p.contains("incomplete") || p.endsWith(".part"));
    }
  }

  private void assertNothingHasItsFinalName() throws IOException {
    assertThat(new HubCache(root).snapshot(ID)).isEmpty();
    String sha256 = BadHub.sha("SHA-256", new byte[0], weights);
    assertThat(new HubCache(root).blob(ID, sha256)).doesNotExist();
  }

  @Test
  void laysFilesOutAsThePythonToolsDo() throws Exception {
    Path snapshot = download("");
    assertWhole(snapshot);
    Path repository = root.resolve("models--someone--model");
    assertThat(snapshot).isEqualTo(repository.resolve("snapshots").resolve(BadHub.COMMIT));
    assertThat(repository.resolve("refs/main")).content().isEqualTo(BadHub.COMMIT);
    assertThat(Files.readSymbolicLink(snapshot.resolve(WEIGHTS)))
        .isEqualTo(Path.of("../../../blobs", BadHub.sha("SHA-256", new byte[0], weights)));
    assertThat(new HubCache(root).models()).containsExactly(ID);
  }

  @ParameterizedTest
  @EnumSource(
      value = BadHub.Fault.class,
      names = {"DROP", "DROP_AT_ONCE", "TRUNCATE", "CORRUPT", "STALL", "S429", "S500"})
  void overcomesWhatPasses(BadHub.Fault fault) throws Exception {
    // Files are fetched in the order of the list: README, index, then weights.
    try (Hub hub = hub(false, "")) {
      HubListing listing = hub.list(ID);
      // Damage is overcome once; what is damaged again is damaged at the hub.
      bad.next(
          fault == BadHub.Fault.CORRUPT
              ? new BadHub.Fault[] {fault}
              : new BadHub.Fault[] {fault, fault});
      assertWhole(hub.download(ID, listing, (bytes, total) -> {}));
    }
  }

  @Test
  void goesOnWhereAnEarlierRunStopped() throws Exception {
    HubListing listing;
    try (Hub hub = hub(false, "")) {
      listing = hub.list(ID);
      Path part = partOfWeights();
      Files.createDirectories(part.getParent());
      Files.write(part, java.util.Arrays.copyOf(weights, 200_000));
      assertWhole(hub.download(ID, listing, (bytes, total) -> {}));
    }
    assertThat(bad.requests).anyMatch(r -> r.contains(WEIGHTS) && r.endsWith("bytes=200000-"));
  }

  @Test
  @Timeout(10)
  void aListThatStallsIsAskedForAgain() throws Exception {
    bad.next(BadHub.Fault.STALL);
    assertWhole(download(""));
  }

  @Test
  void roomIsOnlyWantedForWhatIsMissing() throws Exception {
    bad.file("text_encoder/model.safetensors", weights);
    try (Hub hub = hub(false, "")) {
      HubListing listing = hub.list(ID);
      // The text encoder's bytes are the transformer's.
      long all = listing.bytes() - weights.length;
      assertThat(hub.missing(ID, listing)).isEqualTo(all);
      Files.createDirectories(partOfWeights().getParent());
      Files.write(partOfWeights(), java.util.Arrays.copyOf(weights, 200_000));
      assertThat(hub.missing(ID, listing)).isEqualTo(all - 200_000);
      // More than there should be: it is begun again in the same place.
      Files.write(partOfWeights(), new byte[400_000]);
      assertThat(hub.missing(ID, listing)).isEqualTo(all - weights.length);
      hub.download(ID, listing, (bytes, total) -> {});
      assertThat(hub.missing(ID, listing)).isZero();
    }
  }

  @Test
  void theLockHoldsWhenAConnectionHasBroken() throws Exception {
    List<String> seen = new ArrayList<>();
    try (Hub hub = hub(false, "")) {
      HubListing listing = only(hub.list(ID), WEIGHTS);
      bad.next(BadHub.Fault.DROP);
      hub.download(
          ID,
          listing,
          (bytes, total) -> {
            if (bytes > weights.length / 2 && bytes < weights.length && seen.isEmpty()) {
              assertThatThrownBy(() -> hub.download(ID, listing, (b, t) -> {}))
                  .isInstanceOf(HubException.class)
                  .hasMessageContaining("being downloaded already");
              seen.add(lockedElsewhere());
            }
          });
      assertThat(seen).containsExactly("locked");
      assertThat(lockedElsewhere()).isEqualTo("free");
    }
  }

  /** What another process finds. */
  private String lockedElsewhere() {
    Path lock = new HubCache(root).lock(ID, BadHub.sha("SHA-256", new byte[0], weights));
    try {
      Path classes =
          Path.of(LockProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Process probe =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classes.toString(),
                  LockProbe.class.getName(),
                  lock.toString())
              // Java may announce its options there.
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path partOfWeights() {
    return new HubCache(root)
        .blob(ID, BadHub.sha("SHA-256", new byte[0], weights) + ".plantain.incomplete");
  }

  @ParameterizedTest
  @EnumSource(
      value = BadHub.Fault.class,
      names = {"IGNORE_RANGE", "S416"})
  void beginsAgainWhereTheHubCannotGoOn(BadHub.Fault fault) throws Exception {
    try (Hub hub = hub(false, "")) {
      HubListing listing = hub.list(ID);
      Files.createDirectories(partOfWeights().getParent());
      Files.write(partOfWeights(), new byte[1000]);
      bad.next(fault);
      assertThat(hub.download(ID, only(listing, WEIGHTS), (bytes, total) -> {}).resolve(WEIGHTS))
          .hasBinaryContent(weights);
    }
  }

  private static HubListing only(HubListing listing, String... paths) {
    return new HubListing(
        listing.commit(),
        listing.licence(),
        listing.files().stream().filter(f -> List.of(paths).contains(f.path())).toList());
  }

  @Test
  void aPartThatIsWrongIsFetchedAnew() throws Exception {
    try (Hub hub = hub(false, "")) {
      Files.createDirectories(partOfWeights().getParent());
      Files.write(partOfWeights(), new byte[250_000]);
      assertWhole(hub.download(ID, hub.list(ID), (bytes, total) -> {}));
    }
  }

  @Test
  void aFileThatIsAlwaysDamagedIsNeverKept() throws Exception {
    try (Hub hub = hub(false, "")) {
      HubListing listing = only(hub.list(ID), WEIGHTS);
      bad.next(BadHub.Fault.CORRUPT, BadHub.Fault.CORRUPT, BadHub.Fault.CORRUPT);
      assertThatThrownBy(() -> hub.download(ID, listing, (bytes, total) -> {}))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("damaged");
    }
    assertNothingHasItsFinalName();
  }

  @ParameterizedTest
  @EnumSource(
      value = BadHub.Fault.class,
      names = {"TOO_MUCH", "WRONG_RANGE", "S401", "S404"})
  void saysWhatDoesNotPass(BadHub.Fault fault) throws Exception {
    try (Hub hub = hub(false, "")) {
      HubListing listing = only(hub.list(ID), WEIGHTS);
      if (fault == BadHub.Fault.WRONG_RANGE) {
        Files.createDirectories(partOfWeights().getParent());
        Files.write(partOfWeights(), java.util.Arrays.copyOf(weights, 1000));
      }
      bad.next(fault);
      assertThatThrownBy(() -> hub.download(ID, listing, (bytes, total) -> {}))
          .isInstanceOf(HubException.class)
          .message()
          .containsAnyOf("sends more", "another part", "HF_TOKEN", "spelt right");
    }
    assertNothingHasItsFinalName();
  }

  @Test
  void givesUpWhereNothingComes() throws Exception {
    try (Hub hub = hub(false, "")) {
      HubListing listing = only(hub.list(ID), WEIGHTS);
      BadHub.Fault[] faults = new BadHub.Fault[20];
      java.util.Arrays.fill(faults, BadHub.Fault.S500);
      bad.next(faults);
      assertThatThrownBy(() -> hub.download(ID, listing, (bytes, total) -> {}))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("500");
    }
    assertNothingHasItsFinalName();
  }

  @Test
  void sizesThatTheHubInventsAreFound() throws Exception {
    bad.announcedExtra = 5;
    try (Hub hub = hub(false, "")) {
      HubListing listing = only(hub.list(ID), WEIGHTS);
      assertThatThrownBy(() -> hub.download(ID, listing, (bytes, total) -> {}))
          .isInstanceOf(HubException.class);
    }
    assertNothingHasItsFinalName();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/passwd.json",
        "/etc/passwd.json",
        "a\\\\b.json",
        "a//b.json",
        "C:/x.json",
        "a/./b.json"
      })
  void aFileCannotLeaveItsFolder(String path) {
    bad.listing =
        "{\"sha\":\"%s\",\"siblings\":[{\"rfilename\":\"%s\",\"size\":1,\"blobId\":\"%s\"}]}"
            .formatted(BadHub.COMMIT, path, BadHub.COMMIT);
    try (Hub hub = hub(false, "")) {
      assertThatThrownBy(() -> hub.list(ID)).isInstanceOf(HubException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "<html>",
        "{\"sha\":\"x\"}",
        "{\"sha\":\"0123456789abcdef0123456789abcdef01234567\",\"siblings\":[{\"rfilename\":\"a.safetensors\",\"size\":-1,\"blobId\":\"0123456789abcdef0123456789abcdef01234567\"}]}",
        "{\"sha\":\"0123456789abcdef0123456789abcdef01234567\",\"siblings\":[]}"
      })
  void anAnswerThatIsNoListIsTold(String answer) {
    bad.listing = answer.isEmpty() ? " " : answer;
    try (Hub hub = hub(false, "")) {
      assertThatThrownBy(() -> hub.list(ID)).isInstanceOf(HubException.class);
    }
  }

  @Test
  void theTokenOpensTheHubAndIsShownToNobodyElse() throws Exception {
    bad.requiredToken = "secret-token";
    bad.redirects = true;
    assertThatThrownBy(() -> download(""))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("HF_TOKEN");
    assertThatThrownBy(() -> download("wrong"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("does not open")
        .message()
        .doesNotContain("wrong");
    assertWhole(download("secret-token"));
    assertThat(bad.tokensSeenElsewhere).isNotEmpty().containsOnly("null");
    assertThat(HubHttp.Settings.of(Map.of("HF_TOKEN", "secret-token")).toString())
        .doesNotContain("secret");
  }

  @Test
  void offlineNothingIsAskedOfTheHub() {
    try (Hub hub = hub(true, "")) {
      assertThatThrownBy(() -> hub.list(ID))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("HF_HUB_OFFLINE");
    }
    assertThat(bad.requests).isEmpty();
    assertThat(HubHttp.Settings.of(Map.of("HF_HUB_OFFLINE", "1")).offline()).isTrue();
    assertThat(HubHttp.Settings.of(Map.of()).offline()).isFalse();
  }

  @Test
  void damageOnTheDiskIsFound() throws Exception {
    Path snapshot = download("");
    Path blob = snapshot.resolve(WEIGHTS).toRealPath();
    byte[] bytes = weights.clone();
    bytes[7]++;
    Files.write(blob, bytes);
    assertThat(Hub.verify(snapshot)).singleElement().asString().contains(WEIGHTS, "damaged");
    Files.delete(blob);
    assertThat(Hub.verify(snapshot)).singleElement().asString().contains(WEIGHTS, "missing");
  }

  @Test
  void theCacheIsWhereThePythonToolsHaveIt() {
    String home = System.getProperty("user.home");
    assertThat(HubCache.of(Map.of()).root()).isEqualTo(Path.of(home, ".cache/huggingface/hub"));
    assertThat(HubCache.of(Map.of("HF_HOME", "/h")).root()).isEqualTo(Path.of("/h/hub"));
    assertThat(HubCache.of(Map.of("HF_HUB_CACHE", "/c", "HF_HOME", "/h")).root())
        .isEqualTo(Path.of("/c"));
    assertThat(HubCache.of(Map.of("XDG_CACHE_HOME", "/x")).root())
        .isEqualTo(Path.of("/x/huggingface/hub"));
  }
}

package dev.plantain.klein;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Downloaded models on the disk, in the layout that the hub's Python tools use, so that both share
 * them: {@code models--OWNER--NAME/blobs/HASH}, {@code snapshots/COMMIT/PATH} as links to blobs,
 * and {@code refs/BRANCH}, which names a commit. (Source: huggingface_hub, "Understand caching".)
 */
public final class HubCache {
  private static final String PREFIX = "models--";

  private final Path root;

  public HubCache(Path root) {
    this.root = root;
  }

  /** Where the environment puts it, as for the Python tools. */
  public static HubCache ofEnvironment() {
    return of(System.getenv());
  }

  /** Where these variables put it: HF_HUB_CACHE, or HF_HOME/hub, or XDG_CACHE_HOME, or the home. */
  static HubCache of(Map<String, String> environment) {
    for (String key : new String[] {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
      if (!environment.getOrDefault(key, "").isBlank()) {
        return new HubCache(Path.of(environment.get(key)));
      }
    }
    String home = environment.getOrDefault("HF_HOME", "");
    if (!home.isBlank()) {
      return new HubCache(Path.of(home, "hub"));
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return new HubCache(caches.resolve("huggingface").resolve("hub"));
  }

  public Path root() {
    return root;
  }

  /** The folder of a repository. */
  Path repository(HubId id) {
    return root.resolve(PREFIX + id.owner() + "--" + id.name());
  }

  /** The folder with a model's files, if a download of it was completed. */
  public Optional<Path> snapshot(HubId id) throws IOException {
    Path repository = repository(id);
    Path ref = repository.resolve("refs").resolve(id.revision());
    String commit =
        Files.isRegularFile(ref)
            ? Files.readString(ref, StandardCharsets.UTF_8).strip()
            : id.revision();
    if (!commit.matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    Path folder = repository.resolve("snapshots").resolve(commit);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  /** All repositories that look like models, by name. */
  public List<HubId> models() throws IOException {
    List<HubId> models = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> inside = Files.list(root)) {
        for (Path p : inside.sorted().toList()) {
          String name = p.getFileName().toString();
          String id =
              name.startsWith(PREFIX)
                  ? name.substring(PREFIX.length()).replaceFirst("--", "/")
                  : "";
          if (HubId.looksLike(id)) {
            models.add(HubId.parse(id));
          }
        }
      }
    }
    return models;
  }

  /** Where a file's bytes are kept. */
  Path blob(HubId id, String hash) {
    return repository(id).resolve("blobs").resolve(hash);
  }

  /** Where a file's bytes are kept while some of them are missing. */
  Path part(HubId id, String hash) {
    return repository(id).resolve("blobs").resolve(hash + ".plantain.incomplete");
  }

  /** Locked while a file is downloaded; beside the locks of the Python tools. */
  Path lock(HubId id, String hash) {
    return root.resolve(".locks")
        .resolve(repository(id).getFileName())
        .resolve(hash + ".plantain.lock");
  }

  /** Makes a file of a snapshot out of a blob: a link, or a copy where the system has no links. */
  void link(HubId id, String commit, String path, String hash) throws IOException {
    Path snapshot = repository(id).resolve("snapshots").resolve(commit);
    Path file = snapshot.resolve(path);
    Path folder = file.getParent() == null ? snapshot : file.getParent();
    Files.createDirectories(folder);
    Path blob = blob(id, hash);
    if (Files.exists(file) && Files.isSameFile(file, blob)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      Files.createSymbolicLink(part, folder.relativize(blob));
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(blob, part);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Says which commit a branch is at; to be called when all of its files are there. */
  void ref(HubId id, String commit) throws IOException {
    Path ref = repository(id).resolve("refs").resolve(id.revision());
    Files.createDirectories(ref.getParent());
    Path part = ref.resolveSibling(ref.getFileName() + ".part");
    Files.writeString(part, commit);
    Files.move(part, ref, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}

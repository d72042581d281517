package dev.plantain.klein;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the hub says a model consists of; checked, as the hub is not trusted.
 *
 * @param commit that the files are of
 * @param licence as the hub states it
 * @param files this program needs
 */
public record HubListing(String commit, Optional<String> licence, List<HubFile> files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FILES = 10_000;
  private static final long MAX_FILE_BYTES = 1L << 40;

  public HubListing {
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param path inside the model
   * @param bytes its size
   * @param hash SHA-256 of a large file, or Git's SHA-1 of a small one
   */
  public record HubFile(String path, long bytes, String hash) {
    boolean sha256() {
      return hash.length() == 64;
    }
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(HubFile::bytes).sum();
  }

  /**
   * Reads the answer of {@code /api/models/ID/revision/REVISION?blobs=true}.
   *
   * @throws HubException if it is none, or names files that cannot be
   */
  static HubListing parse(String json, HubId id) throws HubException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw HubException.lasting(
          "the hub's answer about %s is not JSON".formatted(id.repository()));
    }
    String commit = root == null ? "" : root.path("sha").asText();
    if (root == null
        || !commit.matches("[0-9a-f]{40}")
        || root.path("siblings").size() > MAX_FILES) {
      throw HubException.lasting(
          "the hub's answer about %s is not what it should be".formatted(id.repository()));
    }
    List<HubFile> files = new ArrayList<>();
    for (JsonNode node : root.path("siblings")) {
      HubFile file = file(node, id);
      if (needed(file.path, id)) {
        files.add(file);
      }
    }
    if (files.stream().noneMatch(f -> f.path.endsWith(".safetensors"))) {
      throw HubException.lasting(
          "%s holds no weights in safetensors%s"
              .formatted(id.repository(), id.folder().isEmpty() ? "" : " in " + id.folder()));
    }
    return new HubListing(commit, licence(root.path("cardData")), files);
  }

  private static Optional<String> licence(JsonNode card) {
    String licence = card.path("license").asText("");
    String name = card.path("license_name").asText("");
    String told = licence.equals("other") && !name.isEmpty() ? name : licence;
    return told.isEmpty() || told.length() > 200 ? Optional.empty() : Optional.of(told);
  }

  private static HubFile file(JsonNode node, HubId id) throws HubException {
    String path = node.path("rfilename").asText();
    JsonNode lfs = node.path("lfs");
    String hash = lfs.isObject() ? lfs.path("sha256").asText() : node.path("blobId").asText();
    JsonNode size = lfs.isObject() && lfs.has("size") ? lfs.path("size") : node.path("size");
    boolean inside =
        !path.isEmpty()
            && path.length() < 1024
            && !path.startsWith("/")
            && path.chars().allMatch(c -> c >= ' ' && c != '\\' && c != ':')
            && List.of(path.split("/", -1)).stream()
                .noneMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
    boolean hashed = hash.matches(lfs.isObject() ? "[0-9a-f]{64}" : "[0-9a-f]{40}");
    boolean sized =
        size.isIntegralNumber() && size.asLong() >= 0 && size.asLong() <= MAX_FILE_BYTES;
    if (!inside || !hashed || !sized) {
      throw HubException.lasting(
          "the hub describes a file of %s as no file can be: %s"
              .formatted(
                  id.repository(),
                  node.toString().substring(0, Math.min(200, node.toString().length()))));
    }
    return new HubFile(path, size.asLong(), hash);
  }

  /** Models come in several packings; only that of diffusers is wanted, and its terms. */
  private static boolean needed(String path, HubId id) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean top = !path.contains("/");
    if (top && (name.equals("README.md") || name.toUpperCase(Locale.ROOT).startsWith("LICENSE"))) {
      return true;
    }
    if (!id.folder().isEmpty() && !path.startsWith(id.folder() + "/")) {
      return false;
    }
    if (name.endsWith(".safetensors")) {
      return !top || name.startsWith("diffusion_pytorch_model") || name.contains("lora");
    }
    return name.endsWith(".json") || name.endsWith(".txt") || name.endsWith(".jinja");
  }
}

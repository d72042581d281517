package dev.plantain.diorama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.formats.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Writes data sets to disk: shards, a manifest, the attribution its licences ask for, and figures
 * of what it holds as {@code statistics.json} and {@code statistics.html}.
 */
public final class Dataset {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DatasetOptions options;
  private final Diorama diorama;
  private final IntConsumer progress;
  private final AtomicInteger done = new AtomicInteger();

  private Dataset(DatasetOptions options, Diorama diorama, IntConsumer progress) {
    this.options = options;
    this.diorama = diorama;
    this.progress = progress;
  }

  /**
   * What was written.
   *
   * @param statistics of all its views
   * @param warnings models and textures of the libraries that could not be used as meant
   */
  public record Written(Statistics statistics, int warnings) {}

  /**
   * Writes what is missing of a data set; shards that are there already are kept.
   *
   * @param progress gets the number of views done so far, from several threads
   * @throws IOException if it cannot be written, or if the folder holds another data set
   */
  public static Written write(DatasetOptions options, IntConsumer progress) throws IOException {
    Files.createDirectories(options.folder());
    Diorama diorama = Diorama.open(options.libraries()).with(options.world());
    return new Dataset(options, diorama, progress).write();
  }

  private Written write() throws IOException {
    ObjectNode manifest = settings();
    Path file = options.folder().resolve(Manifest.FILE);
    if (Files.exists(file) && !manifest.equals(settingsOf(file))) {
      throw new IOException(
          "%s holds another data set (its manifest.json differs): choose an empty folder"
              .formatted(options.folder()));
    }
    json(file, manifest);
    text("ATTRIBUTION.txt", diorama.attribution(options.split()));
    List<Path> shards = IntStream.range(0, options.shards()).mapToObj(this::shardFile).toList();
    Statistics all = make(shards);
    ObjectNode result = manifest.putObject(Manifest.RESULT);
    result.put("views", all.views()).put("rejected_layouts", all.rejectedLayouts());
    ArrayNode files = result.putArray(Manifest.SHARDS);
    for (Path shard : shards) {
      files
          .addObject()
          .put(Manifest.NAME, String.valueOf(shard.getFileName()))
          .put(Manifest.SHA256, Sha256.of(shard));
    }
    json(file, manifest);
    json(options.folder().resolve("statistics.json"), all.json());
    String title = "Diorama, %s split".formatted(options.split().name().toLowerCase(Locale.ROOT));
    text("statistics.html", StatisticsPage.of(title, all.json()));
    if (options.preview() > 0) {
      text("preview.html", PreviewPage.of(title, first(shards, options.preview())));
    }
    if (options.formats().contains(DatasetFormat.COCO)) {
      CocoExport.write(shards, options.split(), options.folder().resolve("coco"));
    }
    return new Written(all, diorama.warnings());
  }

  private Statistics make(List<Path> shards) throws IOException {
    Map<String, Thing.Size> catalogue = diorama.catalogue();
    Statistics all = new Statistics(catalogue);
    List<Future<Statistics>> tasks = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(options.threads())) {
      for (int shard = 0; shard < shards.size(); shard++) {
        int s = shard;
        tasks.add(pool.submit(() -> shard(s, shards.get(s), new Statistics(catalogue))));
      }
      for (Future<Statistics> task : tasks) {
        all.merge(task.get());
      }
      return all;
    } catch (InterruptedException e) {
      tasks.forEach(t -> t.cancel(true));
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; run it again to go on", e);
    } catch (ExecutionException e) {
      tasks.forEach(t -> t.cancel(true));
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  private Path shardFile(int shard) {
    String split = options.split().name().toLowerCase(Locale.ROOT);
    return options.folder().resolve(String.format(Locale.ROOT, "%s-%05d.tar", split, shard));
  }

  /** Makes what is missing of a shard, then counts what the shard on disk holds. */
  private Statistics shard(int shard, Path file, Statistics statistics) throws IOException {
    int from = shard * options.perShard();
    int to = Math.min(options.views(), from + options.perShard());
    boolean files = options.formats().contains(DatasetFormat.FILES);
    if (!Files.exists(file)) {
      Shards.write(file, IntStream.range(from, to).mapToObj(i -> view(i, files)));
    } else {
      for (int i = from; i < to; i++) {
        if (files && !FileExport.exists(folder(id(i)))) {
          view(i, true);
        } else {
          progress.accept(done.incrementAndGet());
        }
      }
    }
    Shards.each(file, (id, sample) -> statistics.add(ViewCodec.read(id, sample)));
    return statistics;
  }

  private String id(int i) {
    return Diorama.id(options.split(), options.firstSeed() + i);
  }

  private Path folder(String id) {
    return options.folder().resolve("files").resolve(id);
  }

  private View view(int i, boolean files) {
    if (Thread.currentThread().isInterrupted()) {
      throw new UncheckedIOException(new IOException("interrupted"));
    }
    long seed = options.firstSeed() + i;
    View v = diorama.view(options.split(), seed, options.width(), options.height());
    try {
      if (files) {
        FileExport.write(folder(v.id()), v);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    progress.accept(done.incrementAndGet());
    return v;
  }

  private static List<View> first(List<Path> shards, int count) throws IOException {
    List<View> views = new ArrayList<>();
    for (Path shard : shards) {
      if (views.size() >= count) {
        break;
      }
      Shards.each(
          shard,
          (id, sample) -> {
            if (views.size() < count) {
              views.add(ViewCodec.read(id, sample));
            }
          });
    }
    return views;
  }

  private ObjectNode settings() throws IOException {
    DatasetOptions o = options;
    ObjectNode root = JSON.createObjectNode();
    root.put("made_by", "plantain diorama")
        .put(Manifest.VERSION, Diorama.VERSION)
        .put("split", o.split().name().toLowerCase(Locale.ROOT))
        .put("first_seed", o.firstSeed())
        .put("views", o.views())
        .put("width", o.width())
        .put("height", o.height())
        .put("views_per_shard", o.perShard());
    var libraries = root.putArray("libraries");
    for (Path p : o.libraries()) {
      libraries
          .addObject()
          .put("file", String.valueOf(p.getFileName()))
          .put("sha256", Files.isDirectory(p) ? Sha256.of(p, GltfLibrary.files(p)) : Sha256.of(p));
    }
    diorama.licences().forEach(root.putArray("licences")::add);
    if (!o.world().equals(WorldOptions.standard())) {
      world(root.putObject("world"), o.world());
    }
    // As it reads back: a long that fits an int is one in JSON.
    return (ObjectNode) JSON.readTree(JSON.writeValueAsBytes(root));
  }

  private static void world(ObjectNode node, WorldOptions world) throws IOException {
    node.put("distortion", world.distortion()).put("lived_in", world.livedIn());
    node.put("edits", world.edits());
    ArrayNode maps = node.putArray("environments");
    for (Path map : world.environments()) {
      maps.addObject().put("file", String.valueOf(map.getFileName())).put("sha256", Sha256.of(map));
    }
  }

  /** What a manifest says of how its data set is made, whether it is finished or not. */
  private static JsonNode settingsOf(Path manifest) throws IOException {
    JsonNode root = JSON.readTree(manifest.toFile());
    if (root instanceof ObjectNode object) {
      object.remove(Manifest.RESULT);
    }
    return root;
  }

  private static void json(Path file, ObjectNode root) throws IOException {
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private void text(String name, String text) throws IOException {
    AtomicFile.write(
        options.folder().resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.plantain.diorama;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.CocoRle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * COCO's JSON made of shards: {@code images/} with their photos, {@code instances.json} with masks
 * as compressed run lengths, boxes and areas, and {@code captions.json}. Streams, so that its
 * memory does not grow with the data set.
 *
 * <p>Of the training split, photos that show a thing of an unlabelled category have captions but
 * are absent from {@code instances.json}: leaving out single things would teach that they are
 * background.
 */
final class CocoExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CocoExport() {}

  static void write(List<Path> shards, Split split, Path folder) throws IOException {
    Path images = folder.resolve("images");
    Files.createDirectories(images);
    AtomicFile.write(
        folder.resolve("instances.json"),
        instances ->
            AtomicFile.write(
                folder.resolve("captions.json"),
                captions -> {
                  try (Writer a = new Writer(instances, folder, true);
                      Writer b = new Writer(captions, folder, false)) {
                    for (Path shard : shards) {
                      Shards.each(shard, (id, files) -> add(id, files, split, images, a, b));
                    }
                  }
                }));
  }

  private static void add(
      String id, Map<String, byte[]> files, Split split, Path images, Writer a, Writer b)
      throws IOException {
    View v = ViewCodec.read(id, files);
    byte[] photo = files.get("jpg");
    String name = id + ".jpg";
    if (photo != null) {
      AtomicFile.write(images.resolve(name), out -> out.write(photo));
    }
    b.image(v, name);
    for (String caption : v.captions()) {
      b.caption(v, caption);
    }
    boolean labelled = v.things().stream().allMatch(Thing::labelled);
    if (labelled || split != Split.TRAIN) {
      a.image(v, name);
      for (Thing t : v.things()) {
        if (!t.stuff()) {
          a.instance(v, t);
        }
      }
    }
  }

  /**
   * One COCO file. Images come in a list of their own before annotations do, so the annotations are
   * kept in a second file until all images are written.
   */
  private static final class Writer implements AutoCloseable {
    private final JsonGenerator images;
    private final JsonGenerator annotations;
    private final OutputStream out;
    private final Path kept;
    private long count;

    Writer(OutputStream out, Path folder, boolean categories) throws IOException {
      this.out = out;
      kept = Files.createTempFile(folder, ".annotations", ".part");
      images = JSON.getFactory().createGenerator(out);
      images.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      annotations = JSON.getFactory().createGenerator(kept.toFile(), JsonEncoding.UTF8);
      images.writeStartObject();
      images.writeObjectFieldStart("info");
      images.writeStringField("description", "synthetic views by Plantain's Diorama");
      images.writeEndObject();
      if (categories) {
        images.writeArrayFieldStart("categories");
        List<String> names = Taxonomy.standard().categories();
        for (int i = 0; i < names.size(); i++) {
          images.writeStartObject();
          images.writeNumberField("id", i + 1);
          images.writeStringField("name", names.get(i));
          images.writeStringField("supercategory", "");
          images.writeEndObject();
        }
        images.writeEndArray();
      }
      images.writeArrayFieldStart("images");
      annotations.writeStartArray();
    }

    void image(View v, String name) throws IOException {
      images.writeStartObject();
      images.writeNumberField("id", v.seed());
      images.writeStringField("file_name", name);
      images.writeNumberField("width", v.width());
      images.writeNumberField("height", v.height());
      images.writeEndObject();
    }

    void caption(View v, String text) throws IOException {
      start(v);
      annotations.writeStringField("caption", text);
      annotations.writeEndObject();
    }

    void instance(View v, Thing t) throws IOException {
      start(v);
      annotations.writeNumberField(
          "category_id", 1 + Taxonomy.standard().categories().indexOf(t.category()));
      annotations.writeNumberField("iscrowd", 0);
      annotations.writeNumberField("area", t.pixels());
      box("bbox", t.visibleBox());
      box("amodal_bbox", t.amodalBox());
      BitSet mask = new BitSet(v.thingIds().length);
      for (int i = 0; i < v.thingIds().length; i++) {
        mask.set(i, v.thingIds()[i] == t.id());
      }
      annotations.writeObjectFieldStart("segmentation");
      annotations.writeArrayFieldStart("size");
      annotations.writeNumber(v.height());
      annotations.writeNumber(v.width());
      annotations.writeEndArray();
      annotations.writeStringField("counts", CocoRle.encode(mask, v.width(), v.height()));
      annotations.writeEndObject();
      annotations.writeEndObject();
    }

    private void start(View v) throws IOException {
      annotations.writeStartObject();
      annotations.writeNumberField("id", ++count);
      annotations.writeNumberField("image_id", v.seed());
    }

    private void box(String name, Box b) throws IOException {
      annotations.writeArrayFieldStart(name);
      annotations.writeNumber(b.left());
      annotations.writeNumber(b.top());
      annotations.writeNumber(b.right() - b.left());
      annotations.writeNumber(b.bottom() - b.top());
      annotations.writeEndArray();
    }

    @Override
    public void close() throws IOException {
      try {
        annotations.writeEndArray();
        annotations.close();
        images.writeEndArray();
        images.flush();
        out.write(",\"annotations\":".getBytes(StandardCharsets.UTF_8));
        Files.copy(kept, out);
        out.write('}');
      } finally {
        Files.deleteIfExists(kept);
      }
    }
  }
}

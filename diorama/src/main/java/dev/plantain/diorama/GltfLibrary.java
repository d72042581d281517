package dev.plantain.diorama;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of glTF models ({@code .glb}, {@code .gltf}) with a table of their real sizes, {@code
 * sizes.csv}: glTF files of furniture are rarely to scale, and say nothing of what they show.
 *
 * <pre>
 * file,category,name,width_cm,depth_cm,height_cm,elevation_cm,turn_degrees,creator,licence
 * couch_pillows.gltf,sofa,sofa with pillows,190,90,85,0,0,Kay Lousberg,CC0
 * </pre>
 *
 * <p>The first line names the columns, in any order; {@code file}, {@code category} and the three
 * sizes are needed. Lines that begin with {@code #} are comments. {@code turn_degrees} turns a
 * model whose front does not point along +z about the vertical, counter-clockwise from above.
 */
final class GltfLibrary implements ModelLibrary {
  static final String TABLE = "sizes.csv";
  private static final int MAX_TABLE = 4 << 20;
  private static final List<String> NEEDED =
      List.of("file", "category", "width_cm", "depth_cm", "height_cm");

  private final Path folder;
  private final long fingerprint;
  private final List<LibraryEntry> entries;
  private final Map<String, Taxonomy.Naming> namings;

  private GltfLibrary(
      Path folder,
      long fingerprint,
      List<LibraryEntry> entries,
      Map<String, Taxonomy.Naming> namings) {
    this.folder = folder;
    this.fingerprint = fingerprint;
    this.entries = List.copyOf(entries);
    this.namings = Map.copyOf(namings);
  }

  /** Whether a folder is such a library. */
  static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(TABLE));
  }

  /**
   * Reads the table; models are read one by one later.
   *
   * @param warnings gets one line for each entry that cannot be used
   * @throws IOException if there is no such table or it is none
   */
  static GltfLibrary open(Path folder, Consumer<String> warnings) throws IOException {
    Path table = folder.resolve(TABLE);
    if (!isOne(folder)) {
      throw new IOException(
          "%s is a folder without a %s, which says how large its glTF models are"
              .formatted(folder, TABLE));
    }
    if (Files.size(table) > MAX_TABLE) {
      throw new IOException("%s is larger than %,d bytes".formatted(table, MAX_TABLE));
    }
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    List<LibraryEntry> entries = new ArrayList<>();
    Map<String, Taxonomy.Naming> namings = new HashMap<>();
    Set<String> ids = new HashSet<>();
    List<String> columns = List.of();
    String text = new String(Files.readAllBytes(table), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = cells(line);
      if (columns.isEmpty()) {
        columns = cells.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
        if (!columns.containsAll(NEEDED)) {
          throw new IOException(
              "%s: its first line names the columns %s; at least %s are needed"
                  .formatted(table, columns, NEEDED));
        }
        continue;
      }
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        row.put(columns.get(i), i < cells.size() ? cells.get(i) : "");
      }
      String id = name + "#" + row.getOrDefault("file", "");
      try {
        LibraryEntry entry = entry(id, row);
        if (!ids.add(id)) {
          throw new IllegalArgumentException("it is listed twice");
        }
        namings.put(id, named(row));
        entries.add(entry);
      } catch (IllegalArgumentException e) {
        warnings.accept("%s: %s left out: %s".formatted(table, id, e.getMessage()));
      }
    }
    return new GltfLibrary(folder, fingerprintOf(folder), entries, namings);
  }

  /** Comma-separated, in double quotes where they hold commas. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  private static LibraryEntry entry(String id, Map<String, String> row) {
    String file = row.getOrDefault("file", "");
    String lower = file.toLowerCase(Locale.ROOT);
    if (!FurnitureLibrary.safe(file) || !(lower.endsWith(".glb") || lower.endsWith(".gltf"))) {
      throw new IllegalArgumentException("'%s' is no .glb or .gltf in the folder".formatted(file));
    }
    double turn = Math.toRadians(number(row, "turn_degrees", 0));
    float c = (float) Math.cos(turn);
    float s = (float) Math.sin(turn);
    return new LibraryEntry(
        id,
        row.getOrDefault("name", ""),
        file,
        metres(row, "width_cm"),
        metres(row, "depth_cm"),
        metres(row, "height_cm"),
        (float) (number(row, "elevation_cm", 0) / 100),
        new float[] {c, 0, s, 0, 1, 0, -s, 0, c},
        otherwise(row.get("creator"), "unknown"),
        otherwise(row.get("licence"), "unknown licence"));
  }

  private static Taxonomy.Naming named(Map<String, String> row) {
    Taxonomy.Category category =
        Taxonomy.standard().category(row.getOrDefault("category", "").toLowerCase(Locale.ROOT));
    String phrase = otherwise(row.get("name"), category.name()).toLowerCase(Locale.ROOT);
    return new Taxonomy.Naming(category, phrase);
  }

  private static String otherwise(@Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }

  private static float metres(Map<String, String> row, String column) {
    double cm = number(row, column, Double.NaN);
    if (!(cm > 0.01 && cm < 10_000)) {
      throw new IllegalArgumentException("%s is %s".formatted(column, row.get(column)));
    }
    return (float) (cm / 100);
  }

  private static double number(Map<String, String> row, String column, double otherwise) {
    String text = row.get(column);
    return text == null || text.isBlank() ? otherwise : Double.parseDouble(text);
  }

  @Override
  public List<LibraryEntry> entries() {
    return entries;
  }

  @Override
  public long fingerprint() {
    return fingerprint;
  }

  private static long fingerprintOf(Path folder) throws IOException {
    long h = 0;
    for (Path file : files(folder)) {
      h = Rng.mix(h + FurnitureLibrary.fingerprint(file) + folder.relativize(file).hashCode());
    }
    return h;
  }

  /**
   * Table, models, and whatever they may refer to, in a fixed order: all files of the folder that
   * are not hidden.
   */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !folder.relativize(file).toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<Taxonomy.Naming> naming(LibraryEntry entry) {
    return Optional.ofNullable(namings.get(entry.id()));
  }

  @Override
  public Mesh read(LibraryEntry entry, Consumer<String> warnings) throws IOException {
    MeshBuilder builder =
        new GltfReader(folder, w -> warnings.accept(entry.id() + ": " + w)).read(entry.model());
    FurnitureLibrary.fit(builder, entry);
    try {
      return builder.build(entry.id());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}

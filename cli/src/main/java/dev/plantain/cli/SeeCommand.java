package dev.plantain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.formats.ContactSheet;
import dev.plantain.formats.HtmlPage;
import dev.plantain.formats.Panel;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain see}. */
@Command(
    name = "see",
    header = "Every task at once: a contact sheet, a web page, and all files.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain see photo.jpg --refer \"the chair nearest the window\"")
final class SeeCommand implements Callable<Integer> {
  /** What is there once or without bounds; counting it says nothing. */
  private static final Set<String> UNCOUNTABLE =
      Set.of(
          "wall",
          "floor",
          "ceiling",
          "sky",
          "road",
          "pavement",
          "sidewalk",
          "building",
          "ground",
          "grass",
          "water",
          "terrain",
          "vegetation",
          "background");

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "PHOTO",
      description = "A picture, or a folder of pictures.")
  private Path photo = Path.of("");

  @Mixin private SegmentChoice segment = new SegmentChoice();

  /** What is looked for. */
  static final class SegmentChoice {
    @Option(
        names = "--classes",
        paramLabel = "A,B=COLOUR,…",
        description =
            "Classes to segment (default: some of a room or of a street, as the photo looks).")
    private @Nullable String classes;

    @Option(
        names = "--of",
        paramLabel = "CLASS",
        description = "What to count (default: the class that covers most).")
    private @Nullable String counted;

    @Option(
        names = "--refer",
        paramLabel = "PHRASE",
        description = "A phrase to find; may be repeated.")
    private List<String> phrases = List.of();
  }

  @Option(
      names = "--discover",
      description = "Segment the classes that a language model finds in the photo.")
  private boolean discover;

  @Mixin private AdviceOptions advice = new AdviceOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private AskOptions asking = new AskOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  SeeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    asking.validate();
    if (discover) {
      advice.require("--discover");
    }
    List<Job> jobs = jobs();
    Inputs inputs = Inputs.of(photo);
    for (Job job : jobs) {
      job.validate(inputs);
    }
    asking.announce(console, inputs.photos().size(), drawings(jobs));
    PhotoRun.requireWritable(output.folder);
    return new PhotoRun(console, output.json, "see")
        .over(
            inputs, asking::open, vision -> {}, (input, p, vision) -> see(jobs, input, p, vision));
  }

  /** How many drawings are asked of a photo. */
  private int drawings(List<Job> jobs) {
    int asked = jobs.stream().mapToInt(Job::drawings).sum();
    return asked + (segment.counted == null ? 1 : 0) + (choosesClasses() ? 1 : 0);
  }

  /** Whether the classes are for the photo to say. */
  private boolean choosesClasses() {
    return segment.classes == null && !discover;
  }

  private List<Job> jobs() throws IOException {
    List<Job> jobs = new ArrayList<>();
    jobs.add(new DepthJob());
    jobs.add(new NormalsJob());
    SegmentJob segments = new SegmentJob();
    segments.asked.classes =
        segment.classes == null ? String.join(",", Scene.INDOORS.classes()) : segment.classes;
    segments.asked.profile = asking.profile();
    if (discover) {
      segments.discover(photo -> advice.open(asking.drawing.how.hosted.terms()).discover(photo));
    }
    jobs.add(segments);
    jobs.add(new EdgesJob());
    for (String phrase : segment.phrases) {
      ReferJob refer = new ReferJob();
      refer.phrases(List.of(phrase));
      jobs.add(refer);
    }
    if (segment.counted != null) {
      jobs.add(instances(segment.counted));
    }
    return jobs;
  }

  private static InstancesJob instances(String phrase) {
    InstancesJob job = new InstancesJob();
    job.asked.phrase = phrase;
    return job;
  }

  private PhotoRun.Told see(List<Job> jobs, Inputs.Input input, Photo photo, Vision vision)
      throws IOException {
    Leftovers.watch(output.folder.resolve(input.name()), output.folder);
    Seeing seeing = new Seeing(input, photo);
    List<Task<?>> tasks = new ArrayList<>();
    List<Job.Asked> asked = jobs.stream().map(job -> ask(job, photo.image(), vision)).toList();
    asked.forEach(a -> tasks.add(a.task()));
    List<Answer<?>> answers = vision.seeAll(photo.image(), tasks);
    for (int i = 0; i < jobs.size(); i++) {
      seeing.add(jobs.get(i), asked.get(i), answers.get(i));
    }
    if (segment.counted == null) {
      Optional<String> commonest = commonest(answers);
      if (commonest.isPresent()) {
        InstancesJob job = instances(commonest.get());
        Job.Asked counting = job.ask(photo.image());
        seeing.add(job, counting, vision.answer(photo.image(), counting.task()));
      } else {
        seeing.lines.add("instances: none of the classes found can be counted; --of names one");
      }
    }
    return seeing.told(vision);
  }

  private Job.Asked ask(Job job, Image image, Vision vision) {
    return job instanceof SegmentJob segments && choosesClasses()
        ? segments.ask(Scene.of(vision, image))
        : job.ask(image);
  }

  /** The class that covers most, of those that can be counted. */
  private static Optional<String> commonest(List<Answer<?>> answers) {
    for (Answer<?> answer : answers) {
      if (answer instanceof Answer.Seen<?> seen && seen.measurement() instanceof LabelMap map) {
        return IntStream.range(0, map.classes().size())
            .filter(i -> !UNCOUNTABLE.contains(map.classes().get(i)) && map.share(i) > 0)
            .boxed()
            .max(java.util.Comparator.comparingDouble(map::share))
            .map(i -> map.classes().get(i));
      }
    }
    return Optional.empty();
  }

  /** All answers to one photo, as they come. */
  private final class Seeing {
    final Inputs.Input input;
    final Photo photo;
    final Path folder;
    final List<String> lines = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final Set<String> unknown = new LinkedHashSet<>();
    final List<Panel> panels = new ArrayList<>();
    final Map<String, Object> prompts = new LinkedHashMap<>();
    final Map<String, Object> files = new LinkedHashMap<>();
    final Map<String, Object> summaries = new LinkedHashMap<>();
    final Map<String, Object> errors = new LinkedHashMap<>();
    int code = ExitCode.OK;

    Seeing(Inputs.Input input, Photo photo) {
      this.input = input;
      this.photo = photo;
      folder = output.folder.resolve(input.name());
      panels.add(
          new Panel(
              "photo",
              "%s, %d x %d pixels"
                  .formatted(input.fileName(), photo.image().width(), photo.image().height()),
              photo.image()));
    }

    void add(Job job, Job.Asked asked, Answer<?> answer) throws IOException {
      Task<?> task = asked.task();
      try {
        Answering.Answered answered =
            new Answering(console, output, job).answered(asked, answer, input, photo);
        String line = answered.line();
        lines.add(line);
        answered.notes().lines().forEach(note -> lines.add("  " + note));
        warnings.addAll(answered.warnings());
        unknown.addAll(answered.answer().unknownPhrases());
        Object measurement = answered.answer().measurement();
        panels.add(
            new Panel(
                task.name(),
                line.substring(line.indexOf(' ') + 1),
                ResultFiles.overlay(photo.image(), measurement)));
        JsonNode json = JsonText.parse(answered.json());
        prompts.put(job.folder(), json.path("prompt"));
        summaries.put(job.folder(), json.path("summary"));
        answered
            .notes()
            .files()
            .forEach((role, file) -> files.put(job.folder() + "/" + role, file.toString()));
      } catch (RuntimeException e) {
        Failure failure = Failure.of(e);
        if (failure.code() == ExitCode.INTERNAL) {
          throw e;
        }
        lines.add(task.name() + ": no answer");
        warnings.add("%s: %s".formatted(task.name(), failure.message()));
        errors.put(job.folder(), failure.message());
        code = Math.max(code, failure.code());
      }
    }

    PhotoRun.Told told(Vision vision) throws IOException {
      Path sheet = folder.resolve("sheet.png");
      Path page = folder.resolve("index.html");
      ContactSheet.write(sheet, input.fileName(), panels);
      String generator = vision.generator().traits().name();
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("generator", generator);
      facts.put("seed", Long.toString(asking.drawing.how.seed));
      prompts.forEach((task, prompt) -> facts.put(task, ((JsonNode) prompt).asText()));
      HtmlPage.write(
          page,
          input.fileName(),
          "Drawn by %s, read by Plantain".formatted(generator),
          panels,
          facts);
      lines.add("sheet: " + sheet);
      lines.add("page: " + page);
      lines.add("files: %s, a folder for each task".formatted(folder));
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("input", input.file().toString());
      object.put("task", "see");
      object.put("generator", generator);
      object.put("seed", asking.drawing.how.seed);
      object.put("prompt", prompts);
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("sheet", sheet.toString());
      all.put("page", page.toString());
      all.putAll(files);
      object.put("files", all);
      object.put("summary", summaries);
      object.put("warnings", warnings);
      object.put("unknown_phrases", unknown);
      if (!errors.isEmpty()) {
        object.put("errors", errors);
      }
      return new PhotoRun.Told(lines, warnings, JsonText.line(object), code);
    }
  }
}

package dev.plantain.core;

import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tasks asked of one photo, each as often as the vote takes. */
final class Poll {
  private final Generator generator;
  private final Dialect dialect;
  private final ColourProfile profile;
  private final Options options;
  private final Voting voting;

  private final Image photo;

  /** By the area in pixels that tasks wish for. */
  private final Map<Integer, Framed> framed = new HashMap<>();

  /**
   * Of a full-size photo a large copy: made when the first drawing of it is brought to its pixels.
   */
  private @Nullable Image mirroredPhoto;

  /** The photo on canvases of one size. */
  private final class Framed {
    final Framing framing;
    final Side straight;
    final Side mirrored;

    Framed(int pixels) {
      framing = Framing.of(photo.width(), photo.height(), sizes(pixels));
      Image canvas = framing.frame(photo);
      straight = new Side(canvas, framing, false);
      // Not the mirrored photo on its own canvas: if in place, both lie alike to the pixel.
      mirrored = voting.most() > 1 ? new Side(canvas.mirrored(), framing, true) : straight;
    }
  }

  /** The photo as it is or mirrored, and what is drawn of it. */
  private static final class Side {
    final Image canvas;
    final Shaping shaping;
    final boolean mirrored;

    Side(Image canvas, Framing framing, boolean mirrored) {
      this.canvas = canvas;
      this.mirrored = mirrored;
      shaping = new Shaping(framing, canvas, mirrored);
    }
  }

  Poll(
      Generator generator,
      Dialect dialect,
      ColourProfile profile,
      Options options,
      Voting voting,
      Image photo) {
    this.generator = generator;
    this.dialect = dialect;
    this.profile = profile;
    this.options = options;
    this.voting = voting;
    this.photo = photo;
  }

  /** The photo as a side shows it, in its own size. */
  private Image photo(Side side) {
    if (!side.mirrored) {
      return photo;
    }
    if (mirroredPhoto == null) {
      mirroredPhoto = photo.mirrored();
    }
    return mirroredPhoto;
  }

  /** A wish for a size is a wish for its area: the photo keeps its shape. */
  private int pixels(Task<?> task) {
    if (options.width().isEmpty()) {
      return Math.max(
          generator.traits().sizes().pixels(), task.leastPixels(photo.width(), photo.height()));
    }
    long area = (long) options.width().getAsInt() * options.height().orElseThrow();
    return (int) Math.min(area, Integer.MAX_VALUE);
  }

  private Traits.Sizes sizes(int wished) {
    Traits.Sizes own = generator.traits().sizes();
    int pixels = Math.clamp(wished, own.multiple() * own.multiple(), own.maxPixels());
    return new Traits.Sizes(own.multiple(), pixels, own.maxPixels(), own.maxAspect());
  }

  /** Asks all tasks together, then those whose answer is not sure enough again. */
  List<Answer<?>> ask(List<? extends Task<?>> tasks) {
    List<Ballot<?>> ballots = new ArrayList<>();
    for (Task<?> task : tasks) {
      ballots.add(new Ballot<>(task));
    }
    draw(ballots, voting.least());
    for (int made = voting.least(); made < voting.most(); made = voting.next(made)) {
      List<Ballot<?>> open = ballots.stream().filter(Ballot::open).toList();
      if (open.isEmpty()) {
        break;
      }
      draw(open, voting.next(made));
    }
    return ballots.stream().<Answer<?>>map(Ballot::answer).toList();
  }

  private void draw(List<Ballot<?>> ballots, int passes) {
    List<Generator.Request> requests = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (Ballot<?> ballot : ballots) {
      List<Generator.Request> own = ballot.prepare(passes);
      counts.add(own.size());
      requests.addAll(own);
    }
    long start = System.nanoTime();
    List<Generator.Outcome> outcomes = generator.drawEach(requests);
    Duration each = Duration.ofNanos((System.nanoTime() - start) / Math.max(1, requests.size()));
    if (!generator.drawsInPlace()) {
      look(ballots, counts, outcomes);
    }
    int from = 0;
    for (int i = 0; i < ballots.size(); i++) {
      ballots.get(i).count(outcomes.subList(from, from + counts.get(i)), each);
      from += counts.get(i);
    }
  }

  /** Shows each side what was drawn of it. */
  private void look(
      List<Ballot<?>> ballots, List<Integer> counts, List<Generator.Outcome> outcomes) {
    Map<Side, List<Image>> drawn = new LinkedHashMap<>();
    int from = 0;
    for (int i = 0; i < ballots.size(); i++) {
      for (int k = 0; k < counts.get(i); k++) {
        Side side = ballots.get(i).side(ballots.get(i).counted + k);
        if (outcomes.get(from + k) instanceof Generator.Outcome.Drew(Image image)) {
          drawn.computeIfAbsent(side, any -> new ArrayList<>()).add(image);
        }
      }
      from += counts.get(i);
    }
    drawn.forEach((side, images) -> side.shaping.look(images));
  }

  /** One task with its passes so far. */
  private final class Ballot<M> {
    private final Task<M> task;
    private final Framed photos;
    private final List<Task<M>> variants = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();

    /** At the photo's pixels; if the generator draws in place, at the drawings'. */
    private final List<M> measurements = new ArrayList<>();

    /** If the generator draws in place: what was read, all of the photo as it is. */
    private final List<Drawing> drawings = new ArrayList<>();

    /** Where the photo lies in the first of them. */
    private @Nullable Placement inDrawings;

    private final List<Answer.Pass> passes = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private int counted;
    private @Nullable RuntimeException unasked;

    Ballot(Task<M> task) {
      this.task = task;
      photos = framed.computeIfAbsent(pixels(task), Framed::new);
    }

    List<Generator.Request> prepare(int upTo) {
      List<Generator.Request> requests = new ArrayList<>();
      try {
        for (int pass = variants.size(); pass < upTo; pass++) {
          vary(pass);
          requests.add(
              new Generator.Request(
                  List.of(side(pass).canvas),
                  instructions.get(pass).text(),
                  options
                      .withSeed(seed(pass))
                      .withSize(photos.framing.width(), photos.framing.height())));
        }
        return requests;
      } catch (InstructionException e) {
        unasked = e;
        return List.of();
      }
    }

    /** A variant that cannot be asked is left for the task as it is, which the first pass asked. */
    private void vary(int pass) {
      try {
        Task<M> variant = Voting.variant(task, options.seed(), pass, profile);
        instructions.add(variant.ask(dialect));
        variants.add(variant);
      } catch (InstructionException e) {
        if (pass == 0) {
          throw e;
        }
        instructions.add(instructions.getFirst());
        variants.add(task);
      }
    }

    /** Every other pass is of the mirrored photo, if that may be asked the same. */
    private Side side(int pass) {
      return pass % 2 == 1 && task.mirror().isPresent() ? photos.mirrored : photos.straight;
    }

    private long seed(int pass) {
      return options.seed() + pass;
    }

    void count(List<Generator.Outcome> outcomes, Duration each) {
      for (Generator.Outcome outcome : outcomes) {
        int pass = counted++;
        switch (outcome) {
          case Generator.Outcome.Drew(Image image) -> read(pass, image, each);
          case Generator.Outcome.Failed(GeneratorException reason) -> failures.add(reason);
        }
      }
    }

    private void read(int pass, Image image, Duration each) {
      try {
        long start = System.nanoTime();
        Drawing drawing = new Drawing(image, instructions.get(pass));
        Side side = side(pass);
        Shaping.Place place = side.shaping.place(image, generator.drawsInPlace());
        Enlarged own = Enlarged.undone(image, place.placement(), photos.framing.placement());
        Margins whole = Margins.fill(own.drawing(), own.placement(), photo);
        Instruction instruction = instructions.get(pass);
        M read = variants.get(pass).read(new Drawing(whole.drawing(), instruction), profile);
        M fit =
            generator.drawsInPlace()
                ? read
                : task.fit(read, new Upsampler(photo(side), whole.placement()));
        measurements.add(side.mirrored ? task.mirror().orElseThrow().apply(fit) : fit);
        if (generator.drawsInPlace()) {
          Image straight = side.mirrored ? whole.drawing().mirrored() : whole.drawing();
          drawings.add(new Drawing(straight, instruction));
          inDrawings = inDrawings == null ? whole.placement() : inDrawings;
        }
        place.note().ifPresent(warnings::add);
        whole.note().ifPresent(warnings::add);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        passes.add(
            new Answer.Pass(
                drawing,
                side.mirrored,
                seed(pass),
                place.registration(),
                place.placement(),
                each,
                took));
      } catch (DrawingException e) {
        failures.add(e);
      }
    }

    boolean open() {
      return unasked == null
          && (measurements.isEmpty() || !(Voting.confidence(fused()) >= voting.confidence()));
    }

    private M fused() {
      if (measurements.size() == 1) {
        return measurements.getFirst();
      }
      return generator.drawsInPlace()
          ? task.readTogether(drawings, profile).orElseGet(() -> task.fuse(measurements))
          : task.fuse(measurements);
    }

    /** Drawings that lie alike are merged before they are brought to the photo's size. */
    private M atPhoto() {
      return inDrawings == null ? fused() : task.fit(fused(), new Upsampler(photo, inDrawings));
    }

    Answer<M> answer() {
      if (unasked != null) {
        return new Answer.Failed<>(task, unasked);
      }
      if (measurements.isEmpty() || 2 * measurements.size() <= counted) {
        return new Answer.Failed<>(task, failures.getFirst());
      }
      if (!failures.isEmpty()) {
        warnings.add(
            "%d of %d passes gave no answer: %s"
                .formatted(failures.size(), counted, failures.getFirst().getMessage()));
      }
      return new Answer.Seen<>(
          task, atPhoto(), passes, List.copyOf(warnings), generator.traits().name());
    }
  }
}

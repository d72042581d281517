package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.formats.DepthMesh;
import dev.plantain.formats.DepthPng;
import dev.plantain.formats.Exr;
import dev.plantain.formats.Glb;
import dev.plantain.formats.NormalFrame;
import dev.plantain.formats.OutputException;
import dev.plantain.formats.Photo;
import dev.plantain.formats.Ply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;

/** Depth, its scale, and its clouds and surfaces. */
final class DepthJob implements Job {
  @Mixin DepthOptions asked = new DepthOptions();
  @Mixin ScaleOption scale = new ScaleOption();
  @Mixin CameraOptions camera = new CameraOptions();
  @Mixin DepthExportOptions exports = new DepthExportOptions();

  @Override
  public Task<?> task() {
    return asked.task();
  }

  @Override
  public void validate(Inputs inputs) {
    scale.validate(inputs);
    camera.validate();
    if (asked.relative && (!scale.known.isEmpty() || exports.exr || exports.ply || exports.glb)) {
      throw new UsageException(
          "relative depth has no metres: --known, --exr, --ply and --glb go with metric depth");
    }
  }

  @Override
  public ResultFiles files() {
    return new ResultFiles(exports.format.scale, exports.tooFar, NormalFrame.OPENGL);
  }

  @Override
  public Answer.Seen<?> refine(Answer.Seen<?> answer, Photo photo, Notes notes) throws IOException {
    if (!(answer.measurement() instanceof DepthMap measured)) {
      return answer;
    }
    ScaleOption.Scaled scaled = scale.of(measured, "the photo");
    if (!scaled.line().isEmpty()) {
      notes.lines().add(scaled.line());
      notes.facts().put("scale_factor", scaled.factor());
    }
    tooFar(scaled.depth(), notes);
    return answer.with(asked.metric(), scaled.depth());
  }

  private void tooFar(DepthMap depth, Notes notes) throws OutputException {
    DepthPng.Scale units = exports.format.scale;
    int far = 0;
    for (float metres : depth.metres()) {
      far += Float.isFinite(metres) && metres > units.farthest() ? 1 : 0;
    }
    if (far > 0 && exports.tooFar == DepthPng.OutOfRange.REFUSE) {
      throw new OutputException(
          String.format(
              Locale.ROOT,
              "%d pixels are farther than the %.1f m that 16 bits can hold here, up to %.1f m;"
                  + " leave out --too-far refuse, or use --depth-format kitti or --exr",
              far,
              units.farthest(),
              depth.quantile(1)));
    }
    if (far > 0) {
      notes
          .warnings()
          .add(
              String.format(
                  Locale.ROOT,
                  "%d pixels are farther than the %.1f m depth.png can hold and are 0 there;"
                      + " depth.npy has them",
                  far,
                  units.farthest()));
    }
  }

  @Override
  public void export(
      Answer.Seen<?> answer, Photo photo, Inputs.Input input, Path folder, Notes notes)
      throws IOException {
    if (!(answer.measurement() instanceof DepthMap depth)) {
      return;
    }
    CameraOptions.Known known = camera.of(photo);
    notes.facts().put("camera", known.facts());
    if (exports.exr) {
      Path file = folder.resolve("depth.exr");
      Exr.write(file, depth);
      notes.files().put("depth-exr", file);
    }
    if (exports.ply) {
      Path file = folder.resolve("points.ply");
      Ply.write(file, DepthMesh.points(depth, known.camera(), photo.image()));
      notes.files().put("points-ply", file);
    }
    if (exports.glb) {
      Path file = folder.resolve("surface.glb");
      Glb.write(file, DepthMesh.surface(depth, known.camera(), photo.image()));
      notes.files().put("surface-glb", file);
    }
    if (exports.ply || exports.glb) {
      notes.lines().addAll(List.of(known.line(photo.image().width())));
    }
  }
}

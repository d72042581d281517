package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Normals;
import dev.plantain.core.Task;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.formats.DepthPng;
import dev.plantain.formats.Exr;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Mixin;

/** Surface normals in the axes wanted. */
final class NormalsJob implements Job {
  @Mixin FrameOptions options = new FrameOptions();

  @Override
  public Task<?> task() {
    return Normals.camera();
  }

  @Override
  public ResultFiles files() {
    return new ResultFiles(DepthPng.Scale.KITTI, DepthPng.OutOfRange.INVALID, options.frame);
  }

  @Override
  public void export(
      Answer.Seen<?> answer, Photo photo, Inputs.Input input, Path folder, Notes notes)
      throws IOException {
    notes.facts().put("frame", options.frame.name().toLowerCase(Locale.ROOT));
    if (options.exr && answer.measurement() instanceof NormalMap normals) {
      Path file = folder.resolve("normals.exr");
      Exr.write(file, normals, options.frame);
      notes.files().put("normals-exr", file);
    }
  }
}

package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What users import, as named modules: the other tests run on the class path. */
class ModulePathTest {
  private static final List<String> JARS =
      List.of(
          "jackson-databind", "jackson-core", "jackson-annotations", "metadata-extractor", "xmp");

  @Test
  void theModulesResolveAndWorkByTheirNames() throws Exception {
    Path[] places =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(ModulePathTest::isNeeded)
            .map(Path::of)
            .toArray(Path[]::new);
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(places), ModuleFinder.of(), Set.of("dev.plantain.formats"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    assertThat(layer.modules())
        .extracting(Module::getName)
        .contains("dev.plantain.codec", "dev.plantain.core", "dev.plantain.formats");

    ClassLoader loader = layer.findLoader("dev.plantain.formats");
    Class<?> image = loader.loadClass("dev.plantain.core.Image");
    assertThat(image.getModule().getName()).isEqualTo("dev.plantain.core");
    Class<?> codec = loader.loadClass("dev.plantain.codec.DepthCodec");
    assertThat(codec.getModule().getName()).isEqualTo("dev.plantain.codec");

    // Depth to a drawing, the drawing to a file, and back.
    Object paper = codec.getMethod("paper").invoke(null);
    byte[] rgb8 = new byte[6];
    codec.getMethod("encode", float[].class, byte[].class).invoke(paper, new float[] {1, 5}, rgb8);
    Object drawing =
        image.getMethod("of", int.class, int.class, byte[].class).invoke(null, 2, 1, rgb8);
    Class<?> png = loader.loadClass("dev.plantain.formats.Png");
    assertThat(png.getModule().getName()).isEqualTo("dev.plantain.formats");
    byte[] file = (byte[]) png.getMethod("bytes", image).invoke(null, drawing);
    Class<?> limits = loader.loadClass("dev.plantain.formats.Limits");
    Method read =
        loader
            .loadClass("dev.plantain.formats.Images")
            .getMethod("read", byte[].class, String.class, limits);
    Object photo = read.invoke(null, file, "a drawing", limits.getField("DEFAULT").get(null));
    Object again = photo.getClass().getMethod("image").invoke(photo);
    assertThat(again).isEqualTo(drawing);
  }

  /** The product's modules, in folders or jars, and the libraries they require. */
  private static boolean isNeeded(String place) {
    Path file = Path.of(place);
    String name = String.valueOf(file.getFileName());
    boolean ours = new File(place, "module-info.class").exists() || name.startsWith("plantain-");
    return !place.contains("test-classes") && (ours || JARS.stream().anyMatch(name::startsWith));
  }
}

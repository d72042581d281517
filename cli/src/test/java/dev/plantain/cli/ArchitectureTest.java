package dev.plantain.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module may know which; the table stands in docs/architecture.md. */
class ArchitectureTest {
  private static final String ROOT = "dev.plantain.";

  /** Each module with all it may depend on, its own dependencies' dependencies included. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("codec", Set.of()),
          Map.entry("core", Set.of("codec")),
          Map.entry("formats", Set.of("codec", "core")),
          Map.entry("torch", Set.of()),
          Map.entry("sprout", Set.of("core", "torch")),
          Map.entry("klein", Set.of("core", "torch")),
          Map.entry("hosted", Set.of("core")),
          Map.entry("langchain4j", Set.of("codec", "core", "formats")),
          Map.entry("diorama", Set.of("codec", "core", "formats")),
          Map.entry("eval", Set.of("codec", "core", "formats", "diorama")),
          Map.entry(
              "train",
              Set.of("codec", "core", "formats", "torch", "sprout", "klein", "diorama", "eval")));

  private static JavaClasses classes = new ClassFileImporter().importPackages(List.of());

  @BeforeAll
  static void importAll() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.plantain");
  }

  private static String[] packages(Set<String> modules) {
    return modules.stream().map(m -> ROOT + m + "..").toArray(String[]::new);
  }

  @Test
  void everyModuleIsInTheTable() {
    Set<String> found =
        classes.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(ROOT.length()).split("\\.")[0])
            .collect(Collectors.toSet());
    found.remove("cli");
    Assertions.assertThat(found).isEqualTo(ALLOWED.keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec",
        "core",
        "formats",
        "torch",
        "sprout",
        "klein",
        "hosted",
        "langchain4j",
        "diorama",
        "eval",
        "train"
      })
  void modulesKnowOnlyThoseTheyMay(String module) {
    Set<String> others =
        ALLOWED.keySet().stream()
            .filter(other -> !other.equals(module))
            .filter(other -> !ALLOWED.getOrDefault(module, Set.of()).contains(other))
            .collect(Collectors.toSet());
    others.add("cli");
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(others))
        .check(classes);
  }

  @Test
  void codecNeedsNothingButJava() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "codec..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            ROOT + "codec..", "java..", "jdk.incubator.vector..", "org.jspecify..")
        .check(classes);
  }

  @Test
  void coreSeesNoTensorsAndNoNetwork() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "codec..", ROOT + "core..", ROOT + "formats..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.bytedeco..",
            "ai.onnxruntime..",
            "ai.djl..",
            "java.net.http..",
            "okhttp3..",
            "com.google.genai..",
            "com.openai..")
        .check(classes);
  }

  /** A generator gets words and pictures; a parser of instructions would tell it the task. */
  @Test
  void sproutCannotParseInstructions() {
    List<String> used = new ArrayList<>();
    for (JavaClass type : classes) {
      if (type.getPackageName().startsWith(ROOT + "sprout")) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> target.getPackageName().startsWith(ROOT + "core."))
            .map(JavaClass::getFullName)
            .filter(name -> !name.startsWith(ROOT + "core.instruct.Colours"))
            .map(name -> type.getSimpleName() + " uses " + name)
            .forEach(used::add);
      }
    }
    Assertions.assertThat(used).isEmpty();
  }

  /** Tasks know both directions; a generator that saw one could answer without drawing. */
  @Test
  void generatorsSeeNoTasks() {
    List<String> seam =
        Arrays.asList(
            "Generator", "GeneratorProvider", "GeneratorException", "Image", "Options", "Traits");
    List<String> used = new ArrayList<>();
    for (JavaClass type : classes) {
      String module = type.getPackageName();
      if (module.startsWith(ROOT + "sprout") || module.startsWith(ROOT + "klein")) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> target.getPackageName().equals(ROOT + "core"))
            .map(target -> target.getName().substring((ROOT + "core.").length()).split("\\$")[0])
            .filter(name -> !seam.contains(name))
            .map(name -> type.getSimpleName() + " uses " + name)
            .forEach(used::add);
      }
    }
    Assertions.assertThat(used).isEmpty();
  }
}

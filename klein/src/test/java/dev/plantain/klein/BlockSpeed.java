package dev.plantain.klein;

import dev.plantain.torch.MappedTensors;
import dev.plantain.torch.Precision;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Plantain's side of tools/klein_speed.py: prints one line of JSON. */
final class BlockSpeed {
  private BlockSpeed() {}

  /** Runs with the folder that the script has made, and a precision. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Precision precision = Precision.valueOf(args[1].toUpperCase(Locale.ROOT));
    Compute compute = new Compute("cpu", precision);
    Torch.keepFreedMemory();
    TransformerShape shape =
        new TransformerShape(
            128, 1, 1, 24, 128, 7680, 256, 9216, new int[] {32, 32, 32, 32}, 2000, 1e-6);
    boolean half = precision == Precision.BFLOAT16;
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        MappedTensors cases = MappedTensors.open(folder.resolve("cases.safetensors"));
        Weights weights =
            Weights.open(
                half ? folder.resolve("bf16") : folder,
                "diffusion_pytorch_model",
                compute,
                false)) {
      DoubleBlock two = new DoubleBlock(weights, "transformer_blocks.0", shape);
      SingleBlock one = new SingleBlock(weights, "single_transformer_blocks.0", shape);
      Rotary turns =
          Rotary.of(Positions.text(512), shape.axes(), shape.theta(), compute)
              .then(Rotary.of(Positions.drawing(32, 32), shape.axes(), shape.theta(), compute));
      Tensor text = compute.place(cases.get("text"));
      Tensor pictures = compute.place(cases.get("pictures"));
      Tensor img = compute.place(cases.get("double_img"));
      Tensor txt = compute.place(cases.get("double_txt"));
      Tensor single = compute.place(cases.get("single"));
      Tensor joint = Tensors.cat(1, text, pictures);
      JointAttention full = JointAttention.full(512);
      String first =
          measure(
              () ->
                  two.apply(new DoubleBlock.Streams(text, pictures), img, txt, turns, full)
                      .pictures(),
              cases.get("double.pictures"));
      String second = measure(() -> one.apply(joint, single, turns, full), cases.get("single.out"));
      System.out.println("{\"double\":" + first + ",\"single\":" + second + "}");
    }
  }

  private static String measure(Supplier<Tensor> run, Tensor expected) throws IOException {
    double off = 0;
    try (Scope scope = Scope.open()) {
      off = Fixtures.difference(Tensors.floats(run.get()), Tensors.floats(expected));
    }
    trim();
    long before = resident("VmRSS");
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    double best = Double.POSITIVE_INFINITY;
    long memory = 0;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      try (Scope scope = Scope.open()) {
        Tensor _ = run.get();
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      memory = i == 0 ? resident("VmHWM") - before : memory;
    }
    return "{\"seconds\":%.4f,\"memory\":%d,\"off\":%.3e}"
        .formatted(best, memory, off)
        .replace("e+", "e");
  }

  /** What the first pass left behind is no one's memory. */
  @SuppressWarnings("restricted")
  private static void trim() {
    Linker linker = Linker.nativeLinker();
    try {
      int _ =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("malloc_trim").orElseThrow(),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG))
                  .invokeExact(0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long resident(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}

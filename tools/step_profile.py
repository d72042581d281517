#!/usr/bin/env python3
"""Where the time of a training step goes: a sampling profile of a run, as the table of docs/performance.md.

    tools/step_profile.py train/tune-10.json [SECONDS]

Trains in a temporary folder by the configuration (its data must be there), samples the process for SECONDS (20) after
three minutes at most of compilation and warming up, and stops it. Needs Linux's perf and the command's classes
(`./plantain --version` builds them); BLAS is asked for the kernels of this processor, whatever the environment says.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WARM_STEPS = 40

# The first pattern that a sample's "library symbol" has is its kind.
KINDS = [
    ("convolutions and products, generated code", r"\[JIT\]|dnnl::"),
    ("normalisation", r"GroupNorm|group_norm|layer_norm|LayerNorm|Moments|CalcMeanVar"),
    ("memory: allocation, pages", r"malloc|unlink_chunk|free\b|memalign|kernel\.kallsyms|memset|mmap"),
    ("copies, joins, picked rows", r"copy|cat_serial|memmove|memcpy|shuffle|scatter_gather|index|fill"),
    ("activations", r"silu|gelu|Sleef|expf|tanh"),
    ("attention: softmax", r"softmax|flash|attention"),
    ("resizing", r"upsample"),
    ("sums, products, other arithmetic by element", r"_kernel|reduce|sum|VectorizedLoop|vectorized_loop"),
]


def kind(sample: str) -> str:
    return next((name for name, pattern in KINDS if re.search(pattern, sample)), "all else")


def samples(data: Path):
    """Thread, "library symbol", how often."""
    report = subprocess.run(
        ["perf", "report", "-i", data, "--no-children", "--stdio", "-t", ";", "-F", "sample,comm,dso,sym"],
        capture_output=True, text=True, check=True)
    for line in report.stdout.splitlines():
        if line and not line.startswith("#"):
            often, thread, library, symbol = line.split(";", 3)
            yield thread.strip(), f"{library} {symbol}", int(often)


def steps(log: Path):
    """Those that are logged whole: the last line may be half written."""
    return [json.loads(line) for line in log.read_text().split("\n")[:-1]] if log.exists() else []


def main():
    config = Path(sys.argv[1]).resolve()
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    classes = (ROOT / "cli/target/launcher/class-path").read_text().strip()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS")}
    java = Path(os.environ["JAVA_HOME"]) / "bin/java" if "JAVA_HOME" in os.environ else "java"
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        data = Path(folder) / "perf.data"
        training = subprocess.Popen(
            [java, "-Xmx2500m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector",
             "--enable-native-access=ALL-UNNAMED", "-Dplantain.terminal=false", "-cp", classes, "dev.plantain.cli.Main",
             "train", "tune", "--config", config, "-o", run],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            until = time.time() + 180
            while len(steps(run / "log.jsonl")) < WARM_STEPS and time.time() < until:
                if training.poll() is not None:
                    sys.exit("the training ended by itself: try its command, which tells why")
                time.sleep(1)
            before = len(steps(run / "log.jsonl"))
            subprocess.run(
                ["perf", "record", "-e", "cpu-clock", "-F", "500", "-p", str(training.pid), "-o", data, "--", "sleep",
                 str(seconds)], capture_output=True, check=True)
            done = steps(run / "log.jsonl")[before:]
        finally:
            training.send_signal(signal.SIGTERM)
            training.wait(60)
        shares = {}
        threads = {}
        for thread, sample, often in samples(data):
            threads[thread] = threads.get(thread, 0) + often
            if thread == "gradients":
                shares[kind(sample)] = shares.get(kind(sample), 0) + often
    n = len(done)
    print(f"{n} steps of {sum(s['seconds'] for s in done) / n:.2f} s, "
          f"{sum(s['flops'] for s in done) / sum(s['seconds'] for s in done) / 1e9:.0f} GFLOP/s; of the processors' time:")
    table = [(f"forward and backward: {name}", often) for name, often in sorted(shares.items(), key=lambda one: -one[1])]
    table += [("the optimiser", threads.get("optimiser", 0)), ("the next step's examples", threads.get("examples", 0))]
    everything = sum(threads.values())
    table += [("Java itself, noise, logs", everything - sum(often for _, often in table))]
    print("| what | share |\n| --- | --- |")
    for what, often in table:
        print(f"| {what} | {100 * often / everything:.1f} % |")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Compares the depth codec's speed with hilbertmap on NumPy, in one run on one thread.

    mvn -q -B test-compile -pl jmh -am && python3 tools/codec_speed.py

1920x1080; best of several rounds each. "vector" is what the processor has, "AVX2" the same held to 256-bit
instructions. Prints milliseconds, how many times faster than hilbertmap, and
multiples of copying the RGB array (the copy of the same type, timed in the same Java process).
Needs: pip install hilbertmap numpy. JAVA_HOME must name a JDK 25.
"""

import os
import pathlib
import subprocess
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import hilbertmap  # noqa: E402
import numpy as np  # noqa: E402

ROOT = pathlib.Path(__file__).parents[1]
CLASSES = [ROOT / "codec/target/classes", ROOT / "jmh/target/classes"]
ROUNDS = 5


def best(work):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def java(*options):
    home = os.environ.get("JAVA_HOME")
    command = [os.path.join(home, "bin", "java") if home else "java", *options]
    command += ["-cp", os.pathsep.join(map(str, CLASSES)), "dev.plantain.jmh.CodecSpeed"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")
    return {line.split()[0]: float(line.split()[1]) for line in lines if line.strip()}


def main():
    depth = (10 ** (3 * np.random.default_rng(1).random((1080, 1920)) - 1)).astype(np.float32)
    rgb = hilbertmap.depth_to_rgb(depth)
    reference = {
        "encode": best(lambda: hilbertmap.depth_to_rgb(depth)),
        "decode": best(lambda: hilbertmap.rgb_to_depth(rgb)),
    }
    print(f"hilbertmap: encode {reference['encode']:.0f} ms, decode {reference['decode']:.0f} ms")
    print(f"{'':32}{'ms':>8}{'x hilbertmap':>14}{'x copy':>8}")
    module = ("--add-modules", "jdk.incubator.vector")
    for provider, options in (
        ("scalar", ()),
        ("vector", module),
        ("AVX2", ("-XX:UseAVX=2", *module)),
    ):
        times = java(*options)
        for name, milliseconds in times.items():
            copy = times["copy-rgb8" if "8" in name else "copy-float-rgb"]
            base = reference.get(name.split("-")[0])
            ratio = f"{base / milliseconds:14.0f}" if base else " " * 14
            print(f"{provider} {name:25}{milliseconds:8.2f}{ratio}{milliseconds / copy:8.1f}")


if __name__ == "__main__":
    main()

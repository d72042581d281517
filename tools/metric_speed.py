"""Metrics against their Python and C peers, one thread, the same inputs, times of one item.

    mvn -q -B test-compile -pl eval -am
    venv/bin/python tools/metric_speed.py peers CLASSPATH

venv and peers are those of tools/metric_fixtures.py, with cityscapesScripts' Cython build in
peers/cityscapesScripts (CYTHONIZE_EVAL=1 venv/bin/python setup.py build_ext --inplace). CLASSPATH has eval's and
formats' classes, eval's test classes and their libraries. Inputs: label maps of 2048 x 1024, depths of 640 x 480,
masks of 640 x 480; a few dozen, gone through again and again.
"""

import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from pycocotools import mask as coco_mask

PEERS, CLASSPATH = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(PEERS / "cityscapesScripts"))
random = np.random.default_rng(1)


def boxes(height, width, values, count):
    out = np.full((height, width), random.choice(values), np.uint8)
    for _ in range(count):
        y, x = random.integers(0, height), random.integers(0, width)
        out[y : y + random.integers(1, height // 3), x : x + random.integers(1, width // 3)] = random.choice(values)
    return out


def best(run, rounds=3):
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


ids = np.arange(34)
labels = [boxes(1024, 2048, ids, 300) for _ in range(12)]
for one in labels:  # the ragged borders of real answers
    noise = random.random(one.shape) < 0.01
    one[noise] = random.choice(ids, noise.sum())
depths = [random.uniform(0.5, 10, (480, 640)).astype(np.float32) for _ in range(40)]
masks = []
yy, xx = np.mgrid[:480, :640]
for _ in range(60):
    y, x, r = random.uniform(0, 480), random.uniform(0, 640), random.uniform(10, 200)
    angle = np.arctan2(yy - y, xx - x)
    masks.append((np.hypot(yy - y, xx - x) < r * (1 + 0.3 * np.sin(7 * angle))).astype(np.uint8))

theirs = {}
matrix = np.zeros((256, 256), np.ulonglong)


def numpy_confusion():
    for a, t in zip(labels[::2], labels[1::2]):
        # evalPixelLevelSemanticLabeling.py without its C support
        encoded = t.astype(np.int32) * 256 + a
        values, counts = np.unique(encoded, return_counts=True)
        for value, count in zip(values, counts):
            matrix[value // 256][value % 256] += np.uint64(count)


theirs["confusion (cityscapesScripts in Python)"] = ("confusion", best(numpy_confusion) / 6)
try:
    from cityscapesscripts.evaluation import addToConfusionMatrix

    def cython_confusion():
        for a, t in zip(labels[::2], labels[1::2]):
            addToConfusionMatrix.cEvaluatePair(a, t, matrix, ids.tolist())

    theirs["confusion (its Cython build)"] = ("confusion", best(cython_confusion) / 6)
except ImportError:
    print("no Cython build of cityscapesScripts")


def numpy_depth():
    for p, g in zip(depths[::2], depths[1::2]):
        valid = (g > 0) & (g <= 10)
        p, g = np.clip(p[valid].astype(np.float64), 1e-3, 10), g[valid].astype(np.float64)
        ratio = np.maximum(p / g, g / p)
        log = np.log(p) - np.log(g)
        _ = (
            np.mean(ratio < 1.25),
            np.mean(ratio < 1.25**2),
            np.mean(ratio < 1.25**3),
            np.mean(np.abs(p - g) / g),
            np.mean((p - g) ** 2 / g),
            np.sqrt(np.mean((p - g) ** 2)),
            np.sqrt(np.mean(log**2)),
            np.mean(np.abs(np.log10(p) - np.log10(g))),
            np.sqrt(np.mean(log**2) - np.mean(log) ** 2),
        )


theirs["depth, nine figures (NumPy)"] = ("depth", best(numpy_depth) / 20)
columns = [np.asfortranarray(m) for m in masks]
codes = [coco_mask.encode(m) for m in columns]
theirs["RLE encode (pycocotools)"] = ("rle_encode", best(lambda: [coco_mask.encode(m) for m in columns]) / 60)
theirs["RLE decode (pycocotools)"] = ("rle_decode", best(lambda: [coco_mask.decode(c) for c in codes]) / 60)
theirs["RLE IoU of a pair (pycocotools)"] = (
    "rle_iou",
    best(lambda: [coco_mask.iou([a], [b], [0]) for a, b in zip(codes, codes[1:])]) / 59,
)

with tempfile.TemporaryDirectory() as folder:
    np.stack(labels).tofile(f"{folder}/labels.bin")
    np.stack(depths).tofile(f"{folder}/depths.bin")
    np.stack(masks).tofile(f"{folder}/masks.bin")
    out = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-Xmx1g", "-cp", CLASSPATH, "dev.plantain.eval.metric.MetricSpeed", folder],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
ours = {line.split()[0]: float(line.split()[1]) for line in out.splitlines()}
print("| what | peer ms | ours ms | ratio |\n| --- | --- | --- | --- |")
for what, (name, peer) in theirs.items():
    print(f"| {what} | {peer:.3f} | {ours[name]:.3f} | {peer / ours[name]:.1f}× |")

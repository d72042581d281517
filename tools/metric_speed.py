"""Metrics against their Python and C peers, one thread, the same inputs, times of one item.

    mvn -q -B test-compile -pl eval -am
    venv/bin/python tools/metric_speed.py peers CLASSPATH

venv and peers are those of tools/metric_fixtures.py, with cityscapesScripts' Cython build in
peers/cityscapesScripts (CYTHONIZE_EVAL=1 venv/bin/python setup.py build_ext --inplace). CLASSPATH has eval's and
formats' classes, eval's test classes and their libraries. Inputs: label maps of 2048 x 1024, depths of 640 x 480,
masks of 640 x 480; a few dozen, gone through again and again.
"""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from pycocotools import mask as coco_mask

JAVA = str(pathlib.Path(os.environ["JAVA_HOME"]) / "bin/java") if "JAVA_HOME" in os.environ else "java"
OPTIONS = ["--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-Xmx1g"]
PEERS, CLASSPATH = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(PEERS / "cityscapesScripts"))
random = np.random.default_rng(1)


def boxes(height, width, values, count):
    out = np.full((height, width), random.choice(values), np.uint8)
    for _ in range(count):
        y, x = random.integers(0, height), random.integers(0, width)
        out[y : y + random.integers(1, height // 3), x : x + random.integers(1, width // 3)] = random.choice(values)
    return out


def best(run, items, rounds=12):
    """Milliseconds of an item: the best round of each, so that what else runs on the machine counts little."""
    total = 0.0
    for item in items:
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            run(*item)
            times.append(time.perf_counter() - began)
        total += min(times)
    return 1000 * total / len(items)


def pairs(many):
    return list(zip(many[::2], many[1::2]))


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


def numpy_confusion(a, t):
    # What evalPixelLevelSemanticLabeling.py does without its C support.
    encoding = max(t.max(), a.max()).astype(np.int32) + 1
    values, counts = np.unique(t.astype(np.int32) * encoding + a, return_counts=True)
    for value, count in zip(values, counts):
        matrix[value // encoding][value % encoding] += np.uint64(count)


theirs["confusion matrix (cityscapesScripts in Python)"] = ("confusion", best(numpy_confusion, pairs(labels)))
try:
    from cityscapesscripts.evaluation import addToConfusionMatrix

    def cython_confusion(a, t):
        addToConfusionMatrix.cEvaluatePair(a, t, matrix, ids.tolist())

    theirs["confusion matrix (its Cython build)"] = ("confusion", best(cython_confusion, pairs(labels)))
except ImportError:
    print("no Cython build of cityscapesScripts")


def numpy_depth(p, g, kind):
    valid = (g > 0) & (g <= 10)
    p, g = np.clip(p[valid].astype(kind), 1e-3, 10), g[valid].astype(kind)
    ratio = np.maximum(p / g, g / p)
    log = np.log(p) - np.log(g)
    return (
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


for name, kind in ("double", np.float64), ("single", np.float32):
    theirs[f"depth, nine figures (NumPy formulas, {name} precision)"] = (
        "depth",
        best(numpy_depth, [(p, g, kind) for p, g in pairs(depths)]),
    )
columns = [np.asfortranarray(m) for m in masks]
codes = [coco_mask.encode(m) for m in columns]
theirs["RLE encode (pycocotools)"] = ("rle_encode", best(coco_mask.encode, [(m,) for m in columns]))
theirs["RLE decode (pycocotools)"] = ("rle_decode", best(coco_mask.decode, [(c,) for c in codes]))
theirs["RLE IoU of a pair, from text (pycocotools)"] = (
    "rle_iou",
    best(lambda a, b: coco_mask.iou([a], [b], [0]), list(zip(codes, codes[1:]))),
)



def concepts(folder, images):
    """Pairs of image and phrase as SA-Co has them: three annotators, every third phrase names nothing."""

    def code(mask):
        one = coco_mask.encode(np.asfortranarray(mask))
        return {"size": one["size"], "counts": one["counts"].decode()}

    truths = [{"images": [], "annotations": [], "categories": [{"id": 1, "name": "x"}]} for _ in range(3)]
    answers = []
    for i in range(images):
        there = [] if i % 3 == 0 else [masks[k] for k in random.integers(0, len(masks), random.integers(1, 8))]
        for truth in truths:
            truth["images"].append(
                {"id": i, "width": 640, "height": 480, "is_instance_exhaustive": True, "text_input": "x"}
            )
            for mask in there:
                truth["annotations"].append(
                    {
                        "id": len(truth["annotations"]) + 1,
                        "image_id": i,
                        "category_id": 1,
                        "iscrowd": 0,
                        "segmentation": code(np.roll(mask, random.integers(-4, 5), 1)),
                        "area": 1.0,
                        "bbox": [0, 0, 1, 1],
                    }
                )
        for mask in there:
            found = {"image_id": i, "category_id": 1, "score": 1.0, "bbox": [0, 0, 1, 1]}
            answers.append({**found, "segmentation": code(np.roll(mask, random.integers(-20, 21), 0))})
    paths = [f"{folder}/gold_{a}.json" for a in range(len(truths))]
    for path, truth in zip(paths, truths):
        pathlib.Path(path).write_text(json.dumps(truth))
    pathlib.Path(f"{folder}/answers.json").write_text(json.dumps(answers))
    return paths


def cgf1(folder, images=300):
    """The public evaluator, its truth read beforehand; milliseconds of a pair, and the figure."""
    sys.path.insert(0, str(PEERS / "sam3/sam3/eval"))
    import cgf1_eval

    times, figure = [], 0.0
    with contextlib.redirect_stdout(io.StringIO()):
        paths = concepts(folder, images)
        for _ in range(12):
            evaluator = cgf1_eval.CGF1Evaluator(paths)
            began = time.thread_time()
            figure = evaluator.evaluate(f"{folder}/answers.json")["cgF1_eval_segm_cgF1"]
            times.append(time.thread_time() - began)
    return 1000 * min(times) / images, figure


with tempfile.TemporaryDirectory() as folder:
    peer, figure = cgf1(folder)
    theirs[f"cgF1 of a pair, {figure:.6f} (evaluator of SA-Co)"] = ("cgf1", peer)
    np.stack(labels).tofile(f"{folder}/labels.bin")
    np.stack(depths).tofile(f"{folder}/depths.bin")
    np.stack(masks).tofile(f"{folder}/masks.bin")
    out = subprocess.run(
        [JAVA, *OPTIONS, "-cp", CLASSPATH, "dev.plantain.eval.metric.MetricSpeed", folder],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
ours = {line.split()[0]: float(line.split()[1]) for line in out.splitlines()}
assert abs(ours.pop("cgf1_figure") - figure) < 1e-6, "cgF1 differs"
print("| what | peer ms | ours ms | ratio |\n| --- | --- | --- | --- |")
for what, (name, peer) in theirs.items():
    print(f"| {what} | {peer:.3f} | {ours[name]:.3f} | {peer / ours[name]:.1f}× |")

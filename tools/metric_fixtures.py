"""Writes eval/src/test/resources/dev/plantain/eval/metric/parity.json: what the public evaluators say.

    python3 -m venv venv
    venv/bin/pip install numpy==2.4.6 scipy==1.17.1 pillow==13.0.0 cython==3.3.1 setuptools matplotlib tqdm \
        pycocotools==2.0.10 cityscapesScripts==2.3.0
    mkdir peers && cd peers
    git clone https://github.com/facebookresearch/sam3 && git -C sam3 checkout 99d02f2
    git clone https://github.com/cocodataset/panopticapi && git -C panopticapi checkout 7bb4655
    git clone https://github.com/Britefury/py-bsds500 && git -C py-bsds500 checkout 79da036
    (cd py-bsds500 && ../../venv/bin/python setup.py build_ext --inplace)
    cd .. && venv/bin/python tools/metric_fixtures.py peers

Segmentation: cityscapesScripts. Masks and AP: pycocotools. cgF1: sam3/eval/cgf1_eval.py. Panoptic quality:
panopticapi. Edges: py-bsds500 (the benchmark's own matcher behind Python). Depth and normals: the formulas of
MoGe, Metric3D, Marigold and DSINE in NumPy, below. Cases are generated, with the awkward ones among them.
"""

import base64
import contextlib
import importlib.util
import io
import json
import pathlib
import sys
import tempfile
import zlib

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

PEERS = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(__file__).parent.parent / "eval/src/test/resources/dev/plantain/eval/metric/parity.json"
random = np.random.default_rng(20260101)


def pack(array):
    """Base64 of the deflated bytes."""
    return base64.b64encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()


def blobs(height, width, labels, count):
    """A label map of overlapping boxes."""
    out = np.full((height, width), random.choice(labels), np.uint8)
    for _ in range(count):
        y, x = random.integers(0, height), random.integers(0, width)
        h, w = random.integers(1, height), random.integers(1, width)
        out[y : y + h, x : x + w] = random.choice(labels)
    return out


def blob(height, width):
    """A mask: a box, an ellipse, noise, with a hole now and then."""
    yy, xx = np.mgrid[:height, :width]
    kind = random.integers(4)
    cy, cx = random.uniform(0, height), random.uniform(0, width)
    ry, rx = random.uniform(0.6, 1 + height / 2), random.uniform(0.6, 1 + width / 2)
    if kind == 0:
        out = (abs(yy - cy) < ry) & (abs(xx - cx) < rx)
    elif kind == 1:
        out = ((yy - cy) / ry) ** 2 + ((xx - cx) / rx) ** 2 < 1
    elif kind == 2:
        out = random.random((height, width)) < 0.3
    else:
        out = ((yy - cy) / ry) ** 2 + ((xx - cx) / rx) ** 2 < 1
        out &= ~(((yy - cy) / ry) ** 2 + ((xx - cx) / rx) ** 2 < 0.3)
    return out.astype(np.uint8)


def rle(mask):
    code = coco_mask.encode(np.asfortranarray(mask))
    return {"size": code["size"], "counts": code["counts"].decode()}


@contextlib.contextmanager
def quiet():
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def segmentation():
    from cityscapesscripts.evaluation import evalPixelLevelSemanticLabeling as city
    from cityscapesscripts.helpers.labels import labels

    ids = np.array([label.id for label in labels if label.id >= 0], np.uint8)
    ignored = np.array([label.id for label in labels if label.id >= 0 and label.ignoreInEval], np.uint8)
    few = np.array([7, 8, 23, 0, 26], np.uint8)
    args = city.args
    args.evalInstLevelScore, args.quiet, args.JSONOutput, args.evalPixelAccuracy = False, True, False, False
    cases = []
    for size, truth_labels, answer_labels, count in [
        ((40, 64), ids, ids, 3),
        ((33, 17), few, few, 2),
        ((20, 20), ids, ignored, 1),  # nothing answered: all misses
        ((20, 20), ignored, ids, 1),  # nothing counts
        ((16, 16), np.array([23], np.uint8), np.array([23], np.uint8), 1),
        ((24, 40), np.array([7], np.uint8), few, 2),
    ]:
        pairs = [(blobs(*size, answer_labels, 12), blobs(*size, truth_labels, 12)) for _ in range(count)]
        with tempfile.TemporaryDirectory() as folder, quiet():
            answers, truths = [], []
            for i, (answer, truth) in enumerate(pairs):
                answers.append(f"{folder}/a_{i}_pred.png")
                truths.append(f"{folder}/a_{i}_gtFine_labelIds.png")
                Image.fromarray(answer).save(answers[-1])
                Image.fromarray(truth).save(truths[-1])
            result = city.evaluateImgLists(answers, truths, args)
        cases.append(
            {
                "pixels": size[0] * size[1],
                "pairs": [[pack(a), pack(t)] for a, t in pairs],
                "miou": float(result["averageScoreClasses"]),
                "classes": {
                    str(label.id): float(result["classScores"][label.name])
                    for label in labels
                    if label.id >= 0 and not label.ignoreInEval
                },
            }
        )
    counted = [not label.ignoreInEval for label in labels if label.id >= 0]
    return {"counted": counted, "cases": cases}


def masks():
    cases = []
    for height, width in [(1, 1), (7, 5), (64, 64), (65, 127), (48, 200)]:
        some = [blob(height, width) for _ in range(6)]
        some += [np.zeros((height, width), np.uint8), np.ones((height, width), np.uint8), some[0]]
        codes = [rle(m) for m in some]
        crowd = [int(i % 2) for i in range(len(some))]
        cases.append(
            {
                "height": height,
                "width": width,
                "masks": [pack(m) for m in some],
                "counts": [c["counts"] for c in codes],
                "crowd": crowd,
                "iou": coco_mask.iou(codes, codes, crowd).tolist(),
            }
        )
    polygons = []
    for k in range(60):
        height, width = int(random.integers(1, 60)), int(random.integers(1, 60))
        n = int(random.integers(3, 9))
        xy = random.uniform(-0.3, 1.3, (n, 2)) * [width, height]
        if k % 4 == 0:
            xy = np.round(xy)
        if k % 4 == 1:
            xy = np.round(xy * 2) / 2
        if k % 7 == 0:
            xy[1] = xy[0]  # a corner twice
        flat = xy.ravel().tolist()
        code = coco_mask.frPyObjects([flat], height, width)[0]
        polygons.append({"height": height, "width": width, "xy": flat, "counts": code["counts"].decode()})
    return {"cases": cases, "polygons": polygons}


def concepts():
    cgf1 = load("cgf1_eval", PEERS / "sam3/sam3/eval/cgf1_eval.py")
    height, width = 30, 40
    cases = []
    for annotators, negatives, pairs in [(1, 0.4, 25), (3, 0.3, 40), (3, 0.0, 12), (3, 1.0, 8)]:
        truths = [{"images": [], "annotations": [], "categories": [{"id": 1, "name": "x"}]} for _ in range(annotators)]
        answers, images = [], []
        number = 1
        for i in range(pairs):
            negative = random.random() < negatives
            true_masks = [] if negative else [blob(height, width) for _ in range(random.integers(1, 5))]
            true_masks = [m for m in true_masks if m.any()]
            own = []
            for a, truth in enumerate(truths):
                truth["images"].append(
                    {"id": i, "width": width, "height": height, "is_instance_exhaustive": True, "text_input": "x"}
                )
                marked = [np.roll(m, random.integers(-2, 3), 1) for m in true_masks]
                if a == 1 and random.random() < 0.3:
                    marked = marked[1:]
                if a == 2 and random.random() < 0.15:
                    marked = []
                own.append([rle(m) for m in marked])
                for m in marked:
                    truth["annotations"].append(
                        {
                            "id": number,
                            "image_id": i,
                            "category_id": 1,
                            "iscrowd": 0,
                            "segmentation": rle(m),
                            "area": 1.0,
                            "bbox": [0, 0, 1, 1],
                        }
                    )
                    number += 1
            found = [np.roll(m, random.integers(-3, 4), 0) for m in true_masks if random.random() < 0.8]
            found += [blob(height, width) for _ in range(random.integers(0, 3)) if random.random() < 0.4]
            if found and random.random() < 0.2:
                found.append(found[0])  # the same thing twice
            codes = [rle(m) for m in found]
            images.append({"annotators": own, "answer": codes})
            answers += [
                {"image_id": i, "category_id": 1, "segmentation": c, "score": 1.0, "bbox": [0, 0, 1, 1]}
                for c in codes
            ]
        with tempfile.TemporaryDirectory() as folder, quiet():
            paths = []
            for a, truth in enumerate(truths):
                paths.append(f"{folder}/gold_{a}.json")
                pathlib.Path(paths[-1]).write_text(json.dumps(truth))
            pathlib.Path(f"{folder}/answers.json").write_text(json.dumps(answers))
            result = cgf1.CGF1Evaluator(paths).evaluate(f"{folder}/answers.json")
        cases.append(
            {
                "height": height,
                "width": width,
                "images": images,
                "cgf1": result["cgF1_eval_segm_cgF1"],
                "pmf1": result["cgF1_eval_segm_positive_micro_F1"],
                "il_mcc": result["cgF1_eval_segm_IL_MCC"],
            }
        )
    return cases


def detection():
    cases = []
    for images, categories, side, coarse in [(12, 3, 150, False), (10, 2, 60, True), (3, 1, 20, False)]:
        truth = {
            "info": {},
            "images": [{"id": i + 1, "height": side, "width": side} for i in range(images)],
            "categories": [{"id": c + 1, "name": str(c)} for c in range(categories)],
            "annotations": [],
        }
        answers = []
        for i in range(images):
            for c in range(categories):
                for _ in range(random.integers(0, 5)):
                    m = blob(side, side)
                    if not m.any():
                        continue
                    truth["annotations"].append(
                        {
                            "id": len(truth["annotations"]) + 1,
                            "image_id": i + 1,
                            "category_id": c + 1,
                            "iscrowd": int(random.random() < 0.15),
                            "segmentation": rle(m),
                            "area": float(m.sum()) * (0.9 if random.random() < 0.3 else 1),
                            "bbox": [0, 0, 1, 1],
                        }
                    )
                    if random.random() < 0.8:
                        for _ in range(random.integers(1, 3)):
                            score = random.random()
                            answers.append(
                                {
                                    "image_id": i + 1,
                                    "category_id": c + 1,
                                    "segmentation": rle(np.roll(m, random.integers(-3, 4), 1)),
                                    # few different scores: ties
                                    "score": float(np.round(score, 1) if coarse else score),
                                }
                            )
                if random.random() < 0.3:
                    answers.append(
                        {
                            "image_id": i + 1,
                            "category_id": c + 1,
                            "segmentation": rle(blob(side, side)),
                            "score": 0.5,
                        }
                    )
        with quiet():
            coco = COCO()
            coco.dataset = truth
            coco.createIndex()
            evaluation = COCOeval(coco, coco.loadRes([dict(a) for a in answers]), "segm")
            evaluation.evaluate()
            evaluation.accumulate()
            evaluation.summarize()
        cases.append(
            {
                "side": side,
                "images": images,
                "categories": categories,
                "truths": [
                    {k: a[k] for k in ("image_id", "category_id", "iscrowd", "segmentation", "area")}
                    for a in truth["annotations"]
                ],
                "answers": answers,
                "stats": evaluation.stats.tolist(),
            }
        )
    return cases


def panoptic():
    sys.path.insert(0, str(PEERS / "panopticapi"))
    from panopticapi.evaluation import pq_compute_single_core
    from panopticapi.utils import id2rgb

    categories = {c: {"id": c, "isthing": int(c <= 3)} for c in range(1, 7)}

    def segments(ids, crowds):
        return [
            {
                "id": int(i),
                "category_id": int(random.integers(1, 7)),
                "area": int((ids == i).sum()),
                "iscrowd": int(crowds and random.random() < 0.2),
                "bbox": [0, 0, 1, 1],
            }
            for i in np.unique(ids)
            if i != 0
        ]

    cases = []
    for count, shift in [(8, 1), (4, 0), (2, 6)]:
        pairs, images = [], []
        with tempfile.TemporaryDirectory() as folder, quiet():
            for i in range(count):
                truth = blobs(40, 50, np.arange(9), 14).astype(np.uint32)
                answer = np.roll(truth, shift, 1)
                truth_segments = segments(truth, True)
                known = {s["id"]: s["category_id"] for s in truth_segments}
                answer_segments = segments(answer, False)
                for s in answer_segments:
                    if random.random() < 0.8:
                        s["category_id"] = known.get(s["id"], s["category_id"])
                for name, ids in (("t", truth), ("a", answer)):
                    Image.fromarray(id2rgb(ids)).save(f"{folder}/{name}{i}.png")
                pairs.append(
                    (
                        {"image_id": i, "file_name": f"t{i}.png", "segments_info": truth_segments},
                        {"image_id": i, "file_name": f"a{i}.png", "segments_info": [dict(s) for s in answer_segments]},
                    )
                )
                images.append(
                    {
                        "truth": pack(truth.astype("<i4")),
                        "answer": pack(answer.astype("<i4")),
                        "truth_segments": truth_segments,
                        "answer_segments": answer_segments,
                    }
                )
            stat = pq_compute_single_core(0, pairs, folder, folder, categories)
        figures = {}
        for name, thing in (("", None), ("_things", True), ("_stuff", False)):
            average, _ = stat.pq_average(categories, thing)
            figures.update({f"{k}{name}": float(average[k]) for k in ("pq", "sq", "rq")})
        cases.append({"images": images, "figures": figures})
    return cases


def align(kind, p, g):
    """Marigold's alignment by least squares, in depth or in disparity; UniDepth's by medians."""
    if kind == "depth_median_scale":
        return p * (np.median(g) / np.median(p))
    if kind == "depth_scale_shift":
        a, b = np.linalg.lstsq(np.stack([p, np.ones_like(p)], 1), g, rcond=None)[0]
        return a * p + b
    if kind == "depth_inverse_scale_shift":
        on = p > 0
        a, b = np.linalg.lstsq(np.stack([p[on], np.ones_like(p[on])], 1), 1 / g[on], rcond=None)[0]
        return 1 / np.clip(a * p + b, 1e-3, None)
    if kind == "depth_log_scale":
        return p * np.exp(np.mean(np.log(g) - np.log(p)))
    if kind == "depth_log_scale_shift":
        a, b = np.linalg.lstsq(np.stack([np.log(p), np.ones_like(p)], 1), np.log(g), rcond=None)[0]
        return np.exp(a * np.log(p) + b)
    return p


def depth():
    cases = []
    for kind in [
        "depth",
        "depth_median_scale",
        "depth_scale_shift",
        "depth_inverse_scale_shift",
        "depth_log_scale",
        "depth_log_scale_shift",
    ]:
        for cap in (10.0, 80.0):
            images, rows = [], []
            for i in range(5):
                g = random.uniform(0.3, 1.3 * cap, 400).astype(np.float32)
                g[random.random(400) < 0.2] = 0
                g[random.random(400) < 0.05] = np.nan
                g[random.random(400) < 0.05] = np.inf
                p = (np.where(np.isfinite(g) & (g > 0), g, 1) * random.uniform(0.7, 1.5, 400)).astype(np.float32)
                p[:10] = np.where(g[:10] > 0, g[:10] * np.float32(1.25), 1)  # just on the limit
                p = np.where(np.isfinite(p), p, 1).astype(np.float32)
                if kind == "depth_inverse_scale_shift":
                    p = (1 / p * 0.5 + 0.02).astype(np.float32)
                if i == 3:
                    g[:] = 0 if cap < 20 else 2 * cap  # nothing valid
                if i == 4:
                    p[:] = 1.5  # a flat answer
                images.append([pack(p), pack(g)])
                with np.errstate(invalid="ignore"):
                    valid = np.isfinite(g) & (g > 0) & (g <= cap)
                if not valid.any():
                    continue
                truth = g[valid].astype(np.float64)
                answer = align(kind, p[valid].astype(np.float64), truth)
                answer = np.clip(answer, 1e-3, cap)
                ratio = np.maximum(answer / truth, truth / answer)
                log = np.log(answer) - np.log(truth)
                rows.append(
                    {
                        "absrel": np.mean(np.abs(answer - truth) / truth),
                        "sqrel": np.mean((answer - truth) ** 2 / truth),
                        "delta1": np.mean(ratio < 1.25),
                        "delta2": np.mean(ratio < 1.25**2),
                        "delta3": np.mean(ratio < 1.25**3),
                        "rmse": np.sqrt(np.mean((answer - truth) ** 2)),
                        "rmse_log": np.sqrt(np.mean(log**2)),
                        "log10": np.mean(np.abs(np.log10(answer) - np.log10(truth))),
                        "silog": np.sqrt(max(0.0, np.mean(log**2) - np.mean(log) ** 2)),
                    }
                )
            figures = {k: float(np.mean([r[k] for r in rows])) for k in rows[0]}
            cases.append({"alignment": kind, "cap": cap, "images": images, "figures": figures})
    return cases


def normals():
    cases = []
    for count, size in [(3, 500), (1, 7), (2, 1)]:
        images, pooled, per_image = [], [], []
        for i in range(count):
            g = random.normal(size=(size, 3)).astype(np.float32)
            p = (g + random.normal(size=(size, 3)) * random.uniform(0, 1.5)).astype(np.float32)
            g[random.random(size) < 0.2] = 0
            if size > 10:
                p[0], g[0] = g[1], g[1]
                p[2] = -g[2]
                g[3] *= 7
            else:
                g[0] = [0, 0, 1]
            images.append([pack(p), pack(g)])
            g64, p64 = g.astype(np.float64), p.astype(np.float64)
            on = np.linalg.norm(g64, axis=1) > 0
            cos = (g64 * p64).sum(1)[on] / (np.linalg.norm(g64, axis=1) * np.linalg.norm(p64, axis=1))[on]
            angles = np.degrees(np.arccos(np.clip(cos, -1, 1)))
            pooled.append(angles)
            per_image.append((angles.mean(), np.median(angles), np.mean(angles < 11.25)))
        angles = np.concatenate(pooled)
        cases.append(
            {
                "images": images,
                "figures": {
                    "mean": angles.mean(),
                    "median": np.median(angles),
                    "rmse": np.sqrt(np.mean(angles**2)),
                    **{f"within_{t:g}": np.mean(angles < t) for t in (5, 7.5, 11.25, 22.5, 30)},
                    "per_image_mean": np.mean([r[0] for r in per_image]),
                    "per_image_median": np.mean([r[1] for r in per_image]),
                    "per_image_within_11.25": np.mean([r[2] for r in per_image]),
                },
            }
        )
    return cases


def lines(height, width, count, wobble):
    out = np.zeros((height, width), bool)
    state = np.random.default_rng(count)
    for _ in range(count):
        y, x, angle = state.uniform(0, height), state.uniform(0, width), state.uniform(0, 2 * np.pi)
        up, across = random.normal(size=2) * wobble  # the whole line is a bit off, and drifts
        for _ in range(int(state.integers(20, 90))):
            angle += state.normal() * 0.1
            up, across = up + random.normal() * 0.05, across + random.normal() * 0.05
            y, x = y + np.sin(angle) * 0.7, x + np.cos(angle) * 0.7
            v, u = int(y + up), int(x + across)
            if 0 <= v < height and 0 <= u < width:
                out[v, u] = True
    return out


def edges():
    sys.path.insert(0, str(PEERS / "py-bsds500"))
    from bsds import evaluate_boundaries, thin

    height, width = 96, 144
    images, data = [], []
    for i in range(4):
        count = 8 + 3 * i
        truths = [thin.binary_thin(lines(height, width, count, 0.6)) for _ in range(3)]
        if i == 3:
            truths[2][:] = False  # an annotator who saw nothing
        levels = np.zeros((height, width))
        drawn = thin.binary_thin(lines(height, width, count, 0.9))
        levels[drawn] = 40
        for level in (51, 64, 102, 153, 204, 255):
            y, x = random.integers(0, height // 2), random.integers(0, width // 2)
            part = np.zeros_like(drawn)
            part[y : y + height // 2, x : x + width // 2] = True
            levels[drawn & part] = level
        levels = np.maximum(levels, lines(height, width, 40 + i, 0) * 77).astype(np.uint8)
        images.append({"answer": pack(levels), "truths": [pack(t.astype(np.uint8)) for t in truths]})
        data.append((levels / 255.0, truths))
    with quiet():
        samples, thresholds, overall = evaluate_boundaries.pr_evaluation(
            99, list(range(len(data))), lambda i: data[i][1], lambda i: data[i][0]
        )
    # The benchmark's MATLAB code looks for the best F between neighbouring thresholds, too.
    between = [
        2 * p * r / max(p + r, 1e-12)
        for a, b in zip(thresholds, thresholds[1:])
        for t in np.linspace(0, 1, 101)
        for p, r in [(a.precision + t * (b.precision - a.precision), a.recall + t * (b.recall - a.recall))]
    ]
    return {
        "height": height,
        "width": width,
        "images": images,
        "ods": max(between),
        "ois": float(overall.best_f1),
    }


def clean(value):
    """NaN and infinities as JSON has none."""
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(v) for v in value]
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else float(value)
    return value


OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text(
    json.dumps(
        clean(
            {
                "segmentation": segmentation(),
                "masks": masks(),
                "concepts": concepts(),
                "detection": detection(),
                "panoptic": panoptic(),
                "depth": depth(),
                "normals": normals(),
                "edges": edges(),
            }
        ),
        indent=None,
        separators=(",", ":"),
    )
    + "\n"
)
print(OUT, OUT.stat().st_size, "bytes")

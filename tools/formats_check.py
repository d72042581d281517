"""Reads files that the formats module wrote with the tools they are for.

    venv/bin/pip install numpy pillow openexr pycocotools
    venv/bin/python tools/formats_check.py FOLDER

FOLDER holds d.npy, d.exr, d16.png, m.png, coco.json, m.glb, m.ply and y.txt of one depth map and one label map: the
test ForeignToolsTest of formats writes them to formats/target/foreign-tools.
"""

import json
import pathlib
import struct
import sys

import numpy as np
import OpenEXR
from PIL import Image, ImageDraw
from pycocotools import mask as coco
from pycocotools.coco import COCO

folder = pathlib.Path(sys.argv[1])

depth = np.load(folder / "d.npy")
assert depth.dtype == np.float32 and depth.ndim == 2
with OpenEXR.File(str(folder / "d.exr"), separate_channels=True) as file:
    assert np.array_equal(file.channels()["Z"].pixels, depth, equal_nan=True)
png = np.asarray(Image.open(folder / "d16.png")).astype(np.int64)
assert Image.open(folder / "d16.png").text["depth-units-per-metre"] == "256.0"
finite = np.isfinite(depth)
assert (png[~finite] == 0).all()
assert np.abs(png[finite] / 256 - depth[finite]).max() <= 0.5 / 256 + 1e-5
print("npy, exr, png16 agree:", depth.shape, "finite share", finite.mean().round(3))

labels = np.asarray(Image.open(folder / "m.png"))
texts = Image.open(folder / "m.png").text
api = COCO(str(folder / "coco.json"))
assert len(api.anns) > 0
for annotation in api.anns.values():
    mask = api.annToMask(annotation)
    category = annotation["category_id"]
    assert np.array_equal(mask == 1, labels == category)
    assert texts[f"label-{category}"] == api.cats[category]["name"]
    assert coco.area(annotation["segmentation"]) == annotation["area"]
    assert np.array_equal(coco.toBbox(annotation["segmentation"]), annotation["bbox"])
print("coco and palette png agree:", len(api.anns), "masks")

height, width = labels.shape
scale = 4
for line in (folder / "y.txt").read_text().splitlines():
    words = line.split()
    points = np.array(words[1:], float).reshape(-1, 2) * [width * scale, height * scale]
    canvas = Image.new("1", (width * scale, height * scale))
    ImageDraw.Draw(canvas).polygon([tuple(p) for p in points], fill=1)
    filled = np.asarray(canvas)[scale // 2::scale, scale // 2::scale]
    truth = labels == int(words[0]) + 1
    iou = (filled & truth).sum() / (filled | truth).sum()
    # Pillow also draws the outline, which thickens thin parts and bridges by a fraction of a pixel.
    assert iou > 0.9, (words[0], iou)
print("yolo polygons fill to the masks")

glb = (folder / "m.glb").read_bytes()
magic, version, length = struct.unpack("<4sII", glb[:12])
assert magic == b"glTF" and version == 2 and length == len(glb)
size = struct.unpack("<I", glb[12:16])[0]
gltf = json.loads(glb[20:20 + size])
points = gltf["accessors"][0]["count"]
ply = (folder / "m.ply").read_bytes()
header = ply[:ply.index(b"end_header\n") + 11]
assert f"element vertex {points}\n".encode() in header
vertices = np.frombuffer(ply[len(header):len(header) + 15 * points],
                         dtype=[("xyz", "<f4", 3), ("rgb", "u1", 3)])
start = 20 + size + 8
positions = np.frombuffer(glb[start:start + 12 * points], "<f4").reshape(-1, 3)
assert np.array_equal(vertices["xyz"] * [1, -1, -1], positions)
assert np.allclose(positions.min(0), gltf["accessors"][0]["min"])
print("glb and ply agree:", points, "points", gltf["accessors"][-1]["count"] // 3, "triangles")

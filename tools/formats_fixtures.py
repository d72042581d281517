"""Writes formats/src/test/resources/dev/plantain/formats: small files as other programs write them.

    python3 -m venv venv && venv/bin/pip install numpy pillow openexr pycocotools
    venv/bin/python tools/formats_fixtures.py

The picture is 24 x 16: red, green, blue, white quarters (top left, top right, bottom left, bottom right).
"""

import json
import pathlib

import numpy as np
import OpenEXR
from PIL import Image
from pycocotools import mask as coco

OUT = pathlib.Path(__file__).parent.parent / "formats/src/test/resources/dev/plantain/formats"
OUT.mkdir(parents=True, exist_ok=True)

rgb = np.zeros((16, 24, 3), np.uint8)
rgb[:8, :12] = [255, 0, 0]
rgb[:8, 12:] = [0, 255, 0]
rgb[8:, :12] = [0, 0, 255]
rgb[8:, 12:] = [255, 255, 255]
picture = Image.fromarray(rgb)

# EXIF orientations: the stored pixels are turned so that every file is the picture once upright.
undo = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}
for orientation, steps in undo.items():
    stored = picture
    for step in steps:
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    shot = exif.get_ifd(0x8769)
    shot[0xA405] = 28  # FocalLengthIn35mmFilm
    stored.save(OUT / f"orientation-{orientation}.jpg", quality=95, subsampling=0, exif=exif)

picture.convert("CMYK").save(OUT / "cmyk.jpg", quality=95)
picture.convert("L").save(OUT / "grey.jpg", quality=95)
picture.save(OUT / "progressive.jpg", quality=95, progressive=True)
picture.save(OUT / "rgb.png")
picture.convert("P", palette=Image.Palette.ADAPTIVE).save(OUT / "palette.png")
picture.save(OUT / "rgb.bmp")
picture.save(OUT / "lossless.webp", lossless=True)
picture.save(OUT / "lossy.webp", quality=90)
picture.save(OUT / "lzw.tif", compression="tiff_lzw")
picture.save(OUT / "raw.tif")
turned = picture.rotate(180)
picture.save(OUT / "animated.gif", save_all=True, append_images=[turned, picture], duration=50)
picture.save(OUT / "animated.webp", save_all=True, append_images=[turned], lossless=True)
picture.save(OUT / "pages.tif", save_all=True, append_images=[turned])

grey = np.linspace(0, 65535, 24 * 16).astype(np.uint16).reshape(16, 24)
Image.fromarray(grey).save(OUT / "grey16.png")
mid = np.full((16, 24), 128, np.uint8)
Image.fromarray(mid).save(OUT / "grey8.png")
alpha = np.dstack([rgb, np.full((16, 24), 255, np.uint8)])
alpha[:8, :12, 3] = 0
alpha[8:, :12, 3] = 128
Image.fromarray(alpha).save(OUT / "alpha.png")

depth = np.array([[0.5, 1.25, np.nan], [np.inf, 80.0, 3.0]], np.float32)
np.save(OUT / "depth.npy", depth)
np.save(OUT / "big-endian.npy", depth.astype(">f4"))
np.save(OUT / "double.npy", depth.astype(np.float64))
np.save(OUT / "half.npy", depth.astype(np.float16))
np.save(OUT / "bytes.npy", np.array([0, 7, 255], np.uint8))
np.save(OUT / "bools.npy", np.array([[True, False]]))
np.save(OUT / "longs.npy", np.array([-5, 1 << 20], np.int64))
np.save(OUT / "fortran.npy", np.asfortranarray(depth))

wide = np.random.default_rng(1).uniform(0.1, 50, (40, 33)).astype(np.float32)
np.save(OUT / "wide.npy", wide)
for name, compression in [("zip", OpenEXR.ZIP_COMPRESSION), ("none", OpenEXR.NO_COMPRESSION),
                          ("zips", OpenEXR.ZIPS_COMPRESSION)]:
    header = {"compression": compression, "type": OpenEXR.scanlineimage}
    with OpenEXR.File(header, {"Z": wide, "H": wide.astype(np.float16)}) as file:
        file.write(str(OUT / f"{name}.exr"))

# A ring, a speck inside it, and a stripe that touches the border: holes and parts.
ring = np.zeros((37, 29), np.uint8)
yy, xx = np.mgrid[:37, :29]
radius = np.hypot(xx - 14, yy - 16)
ring[(radius < 11) & (radius > 5)] = 1
ring[16, 14] = 1
ring[33:, 20:] = 1
code = coco.encode(np.asfortranarray(ring))
(OUT / "ring.json").write_text(json.dumps({
    "size": code["size"],
    "counts": code["counts"].decode(),
    "area": int(ring.sum()),
    "rows": ["".join("#" if v else "." for v in row) for row in ring],
}, indent=1))

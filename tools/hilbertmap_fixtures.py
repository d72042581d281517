#!/usr/bin/env python3
"""Writes the fixtures that the depth codec is compared with, made by the PyPI package hilbertmap.

    pip install hilbertmap
    python3 tools/hilbertmap_fixtures.py

encode.csv: metres, lambda, c, red, green, blue     (depth_to_rgb)
decode.csv: red, green, blue, lambda, c, metres     (rgb_to_depth, colours on and off the curve)

Colours equally near to two edges of the cube are left out: which edge wins is rounding's choice.
"""

import pathlib

import hilbertmap
import numpy as np

TARGET = pathlib.Path(__file__).parents[1] / "codec/src/test/resources/dev/plantain/codec"
PARAMETERS = [(-3.0, 10.0 / 3.0), (-2.0, 5.0), (-5.5, 1.25)]
TIE = 1e-9


def margins(rgb):
    """How much farther the second nearest place on the walk is than the nearest, for each colour."""
    fine = np.linspace(0, 1, 7001)
    walk = hilbertmap.walk(fine)
    result = []
    for colour in rgb:
        distance = np.linalg.norm(walk - colour, axis=1)
        f = hilbertmap.project(colour[None])[0]
        nearest = np.linalg.norm(hilbertmap.walk(np.array([f]))[0] - colour)
        elsewhere = distance[np.abs(fine - f) > 1 / 70]
        result.append(elsewhere.min() - nearest)
    return np.array(result)


def write(name, header, rows):
    lines = [header] + [",".join(repr(float(v)) for v in row) for row in rows]
    (TARGET / name).write_text("\n".join(lines) + "\n")


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20260420)
    encode, decode = [], []
    for lam, c in PARAMETERS:
        depths = np.concatenate([[0.0, 1e-3, 1.0, 10.0, 80.0, 1000.0], 10 ** random.uniform(-2, 3, 60)])
        for depth, rgb in zip(depths, hilbertmap.depth_to_rgb(depths, lam, c)):
            encode.append((depth, lam, c, *rgb))
        on_curve = hilbertmap.walk(random.uniform(0, 0.98, 40))
        near = np.clip(on_curve + random.normal(0, 0.05, on_curve.shape), 0, 1)
        anywhere = random.uniform(0, 1, (80, 3))
        colours = np.concatenate([on_curve, near, anywhere])
        colours = colours[margins(colours) > TIE]
        metres = hilbertmap.rgb_to_depth(colours, lam, c)
        decode += [(*rgb, lam, c, d) for rgb, d in zip(colours, metres) if np.isfinite(d)]
    write("encode.csv", "metres,lambda,c,red,green,blue", encode)
    write("decode.csv", "red,green,blue,lambda,c,metres", decode)


if __name__ == "__main__":
    main()

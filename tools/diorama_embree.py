#!/usr/bin/env python3
"""Asks Embree what Diorama's ray kernel is asked, and compares hits and speed, one thread each.

    python3 tools/diorama_embree.py [SEED ...]

For each seed one scene of a training view: 1,000,000 camera rays and 1,000,000 random ones. Prints
rays a second of both (by processor time, best of several rounds, in one run), the share of rays on
which both find the same distance within 1e-4 of it or 0.01 mm (or both miss), and the share with the
same triangle: where two of them lie in one another, either is right.
Needs: pip install embreex numpy; PLANTAIN_FURNITURE where the libraries are not where Debian puts them.
"""

import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene

ROOT = pathlib.Path(__file__).parents[1]
ROUNDS = 4


def embree(scene, rays):
    origins = np.ascontiguousarray(rays[:, :3])
    directions = np.ascontiguousarray(rays[:, 3:])
    length = np.linalg.norm(directions.astype(float), axis=1)
    best = 0
    for _ in range(ROUNDS):
        start = time.process_time()
        scene.run(origins, directions)
        best = max(best, len(rays) / (time.process_time() - start))
    hits = scene.run(origins, directions, output=True)
    triangle = hits["primID"].astype(np.int64)
    distance = np.where(triangle < 0, np.inf, hits["tfar"])
    return best, triangle, distance, length


def main():
    for seed in sys.argv[1:] or ["0"]:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            said = subprocess.run(
                [ROOT / "tools/run", "dev.plantain.diorama.RayStudy", name, seed],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            figures = dict(line.split() for line in said.splitlines())
            triangles = np.fromfile(folder / "triangles.f32", "<f4").reshape(-1, 3, 3)
            scene = EmbreeScene()
            TriangleMesh(scene, triangles)
            for kind in ("primary", "random"):
                rays = np.fromfile(folder / f"{kind}.f32", "<f4").reshape(-1, 6)
                ours = np.fromfile(folder / f"{kind}-t.f32", "<f4").astype(float)
                our_triangle = np.fromfile(folder / f"{kind}-triangle.i32", "<i4")
                rate, triangle, distance, length = embree(scene, rays)
                both = np.isfinite(ours) & np.isfinite(distance)
                close = np.zeros(len(rays), bool)
                off = np.abs(ours[both] - distance[both])
                close[both] = (off <= 1e-4 * distance[both]) | (off * length[both] <= 1e-5)
                agree = np.where(both, close, np.isfinite(ours) == np.isfinite(distance))
                own = float(figures[f"{kind}_rays_per_second"])
                print(
                    f"seed {seed} {kind}: {len(triangles):,} triangles; own {own / 1e6:.2f} M rays/s,"
                    f" Embree {rate / 1e6:.2f} M ({100 * own / rate:.0f} %);"
                    f" distance agrees on {100 * agree.mean():.4f} %,"
                    f" triangle on {100 * (our_triangle == triangle).mean():.3f} %"
                )


if __name__ == "__main__":
    main()

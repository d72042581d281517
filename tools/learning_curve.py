"""Plots what Sprout's figures gained with drawings, and what the next factor of two would buy.

Reads the table of versions in sprout/MODEL_CARD.md. Prints for each figure the gain per factor of two, fitted to the
last versions, and the drawings at which that line would reach the goal.

    python3 tools/learning_curve.py docs/training/learning.png
"""

import math
import pathlib
import re
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import NullFormatter  # noqa: E402

FITTED = 4
GOALS = {
    "depth δ1": 0.90,
    "AbsRel": 0.10,
    "normals, mean": 15.0,
    "mIoU": 0.60,
    "wrong colour": 0.05,
    "refer cIoU": 0.55,
    "pmF1": 0.45,
    "edges": 0.70,
}


def table(text):
    """Figures by name: lists of (drawings, value)."""
    rows = [[c.strip() for c in line.strip("| \n").split("|")] for line in text.splitlines() if line.startswith("|")]
    head = next(i for i, row in enumerate(rows) if row[:2] == ["weights", "drawings"])
    curves = {name: [] for name in rows[head][2:]}
    for row in rows[head + 2 :]:
        if not re.fullmatch(r"\d+\.\d+", row[0]):
            break
        drawings = int(row[1].replace(",", ""))
        for name, cell in zip(rows[head][2:], row[2:]):
            if cell:
                curves[name].append((drawings, float(cell.rstrip("°"))))
    return curves


def fit(points):
    """Least squares of the value over log2 of the drawings: slope and value at one drawing."""
    xs = [math.log2(n) for n, _ in points]
    ys = [v for _, v in points]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)
    return slope, my - slope * mx


def main(target):
    card = pathlib.Path(__file__).resolve().parent.parent / "sprout" / "MODEL_CARD.md"
    curves = table(card.read_text())
    figure, axes = plt.subplots(2, 4, figsize=(14, 6))
    for axis, (name, points) in zip(axes.flat, curves.items()):
        slope, base = fit(points[-FITTED:])
        now, value = points[-1]
        goal = GOALS[name]
        doublings = (goal - value) / slope
        reached = (value - goal) * math.copysign(1, GOALS[name] - points[0][1]) >= 0
        verdict = "reached" if reached else f"goal {goal:g} after {2 ** doublings:.3g} times the drawings" if doublings > 0 else "moves away"
        print(f"{name:14} {value:8.3f}  per factor of two {slope:+.3f}  next factor of two {value + slope:.3f}  {verdict}")
        axis.plot(*zip(*points), "o-", color="#0072B2")
        ahead = [points[-FITTED:][0][0], 4 * now]
        axis.plot(ahead, [base + slope * math.log2(n) for n in ahead], ":", color="#0072B2")
        axis.axhline(goal, color="#D55E00", linewidth=1)
        axis.set_xscale("log")
        axis.xaxis.set_minor_formatter(NullFormatter())
        axis.set_title(name)
        axis.set_xlabel("drawings")
    figure.suptitle("100 test views; dotted: the line through the last versions; red: the goal")
    figure.tight_layout()
    figure.savefig(target, dpi=90)


if __name__ == "__main__":
    main(sys.argv[1])

#!/usr/bin/env python3
"""Writes codec's ColourTables.java from matplotlib's perceptual colour maps.

    python3 tools/colour_maps.py

The maps (Viridis, Plasma, Inferno; Smith, van der Walt, Firing) are dedicated to the public domain
(CC0) by their authors. Each of the 256 colours is stored as three 16-bit channels in hexadecimal.
"""

import pathlib

import matplotlib

TARGET = pathlib.Path(__file__).parents[1] / "codec/src/main/java/dev/plantain/codec/ColourTables.java"
COLOURS_PER_LINE = 6


def constant(name):
    colours = matplotlib.colormaps[name].colors
    words = ["".join(f"{round(c * 65535):04x}" for c in colour) for colour in colours]
    rows = ["".join(words[i : i + COLOURS_PER_LINE]) for i in range(0, len(words), COLOURS_PER_LINE)]
    body = "\n".join(f"      {row}\\" for row in rows)
    return f'  static final String {name.upper()} =\n      """\n{body}\n      """;\n'


def main():
    head = """package dev.plantain.codec;

/**
 * Viridis, Plasma and Inferno as published with matplotlib (CC0): 256 colours each, three 16-bit
 * channels in hexadecimal. Written by {@code tools/colour_maps.py}; do not edit.
 */
final class ColourTables {
"""
    tail = "\n  private ColourTables() {}\n}\n"
    TARGET.write_text(head + "\n".join(constant(n) for n in ("viridis", "plasma", "inferno")) + tail)


if __name__ == "__main__":
    main()

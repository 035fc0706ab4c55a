"""Writes masks.json: outlines, boxes and runs of pixels, and what pycocotools makes of them.

    pip install numpy==2.4.6 pycocotools==2.0.11
    python test/reference/masks.py > test/reference/masks.json

The same numbers come out each time: every case is seeded. Masks are kept as pycocotools' strings.
"""

import json
import sys

import numpy as np
from pycocotools import mask as coco

SMALL, MIDDLE, LARGE = 6, 40, 300


def size(rng, largest):
    height, width = rng.integers(1, largest + 1, size=2)
    return int(height), int(width)


def text(mask):
    return mask["counts"].decode()


def rounded(values, digits):
    return [round(float(value), digits) for value in values]


# Each gives `[x1, y1, x2, y2, …]` of `points` points for an image of `extent` = (width, height).


def anywhere(rng, extent, points):
    return rounded((rng.uniform(0, 1, (points, 2)) * extent).ravel(), 2)


def exact(rng, extent, points):
    return [float(value) for value in (rng.uniform(-0.1, 1.1, (points, 2)) * extent).ravel()]


def whole_pixels(rng, extent, points):
    return rounded((rng.uniform(0, 1, (points, 2)) * extent).ravel(), 0)


def half_pixels(rng, extent, points):
    return rounded(np.round((rng.uniform(0, 1, (points, 2)) * extent).ravel() * 2) / 2, 1)


def fifths_and_tenths(rng, extent, points):
    """The finer grid's points, and those halfway between two of them."""
    return rounded(np.round((rng.uniform(-0.2, 1.2, (points, 2)) * extent).ravel() * 10) / 10, 1)


def beyond(rng, extent, points):
    return rounded((rng.uniform(-1, 2, (points, 2)) * extent).ravel(), 2)


def outside(rng, extent, points):
    return rounded(((rng.uniform(0, 1, (points, 2)) + [1.1, -0.5]) * extent).ravel(), 2)


def far(rng, extent, points):
    return rounded((rng.uniform(-100, 100, (points, 2)) * extent).ravel(), 1)


def tiny(rng, extent, points):
    return rounded((rng.uniform(0, 1, 2) * extent + rng.uniform(0, 1.5, (points, 2))).ravel(), 2)


def on_borders(rng, extent, points):
    corners = rng.integers(0, 2, (points, 2)) * extent
    slid = rng.uniform(0, 1, (points, 2)) * extent
    slides = np.arange(2) == rng.integers(0, 2, points)[:, None]
    return rounded(np.where(slides, slid, corners).ravel(), 1)


def smooth(rng, extent, points):
    """Round a centre, as objects are outlined."""
    angles = np.sort(rng.uniform(0, 2 * np.pi, points))
    radii = rng.uniform(0.15, 0.6) * rng.uniform(0.8, 1.2, points)
    around = np.stack([np.cos(angles), np.sin(angles)], 1) * radii[:, None]
    return rounded(((around + rng.uniform(0.2, 0.8, 2)) * extent).ravel(), 2)


def repeated(rng, extent, points):
    """Points twice in a row, edges there and back, the first point again at the end."""
    corners = (rng.uniform(-0.2, 1, (points, 2)) * extent).round(1)
    order = [0, 0, *range(points), points - 1, *range(points - 2, 0, -1), points // 2, 0]
    return rounded(corners[order].ravel(), 1)


OUTLINES = [
    anywhere, exact, whole_pixels, half_pixels, fifths_and_tenths, beyond, outside, far, tiny, on_borders, smooth,
    repeated,
]  # fmt: skip


# Steps to the left and down on the finer grid of edges that pass between two columns just where rounding decides.
ROUNDED_EDGES = [(5, 106), (15, 116), (65, 126)]


def outlined(name, height, width, outlines):
    mask = coco.merge(coco.frPyObjects(outlines, height, width))
    return {
        "name": name,
        "size": [height, width],
        "outlines": outlines,
        "counts": text(mask),
        "area": int(coco.area(mask)),
        "box": coco.toBbox(mask).tolist(),
    }


def polygon_cases(rng):
    for outline in OUTLINES:
        for index in range(24):
            height, width = size(rng, [SMALL, MIDDLE, LARGE][index % 3])
            parts = 1 if index % 4 else int(rng.integers(2, 5))
            most = [4, 7, 16][index // 3 % 3]
            outlines = [
                outline(rng, np.array([width, height]), int(rng.integers(3, most))) for _ in range(parts)
            ]
            yield outlined(f"{outline.__name__} {index}", height, width, outlines)
    for left, down in ROUNDED_EDGES:
        edge = [20.0, 0.0, 20 - left / 5, down / 5]
        yield outlined(f"edge {left} to the left, {down} down", 30, 25, [[*edge, 0.0, down / 5, 0.0, 0.0]])


def box_cases(rng):
    for index in range(60):
        height, width = size(rng, [SMALL, MIDDLE, LARGE][index % 3])
        corner = rng.uniform(-0.3, 1, 2) * [width, height]
        extent = rng.uniform(0, 1, 2) * [width, height] * (index % 10 > 0)
        x, y, w, h = rounded([*corner, *extent], [0, 1, 15][index % 4 % 3])
        # As COCO.loadRes outlines a result that has a box only.
        outline = [x, y, x, y + h, x + w, y + h, x + w, y]
        (mask,) = coco.frPyObjects([outline], height, width)
        yield {"size": [height, width], "box": [x, y, w, h], "counts": text(mask)}


def random_runs(rng, height, width, runs):
    """Lengths of runs that sum to the image's pixels, the first now and then 0."""
    total = height * width
    edges = np.unique(rng.integers(0 if runs % 2 else 1, total, size=min(runs, total) - 1)) if total > 1 else []
    return np.diff([0, *edges, total]).tolist()


def run_cases(rng):
    for index in range(90):
        # Not larger: pycocotools' strings have no room for their end where every run takes six characters, and
        # differences that take seven it reads wrongly.
        height, width = [(1, 1), size(rng, SMALL), size(rng, MIDDLE), (5000, 5000)][index % 4]
        runs = random_runs(rng, height, width, int(rng.integers(2, 24)))
        mask = coco.frPyObjects({"size": [height, width], "counts": runs}, height, width)
        yield {
            "size": [height, width],
            "runs": runs,
            "counts": text(mask),
            "area": int(coco.area(mask)),
            "box": coco.toBbox(mask).tolist(),
        }


def blobs(rng, height, width, count):
    """Masks of several shapes: outlines, noise, none, all."""
    for index in range(count):
        if index % 5 == 3:
            pixels = rng.uniform(size=(height, width)) < rng.choice([0, 0.05, 0.5, 1])
            yield coco.encode(np.asfortranarray(pixels.astype(np.uint8)))
        else:
            shape = smooth if index % 2 else beyond
            outline = shape(rng, np.array([width, height]), int(rng.integers(3, 12)))
            yield coco.frPyObjects([outline], height, width)[0]


def merge_cases(rng):
    for index in range(40):
        height, width = size(rng, SMALL if index % 2 else MIDDLE)
        masks = list(blobs(rng, height, width, int(rng.integers(1, 6))))
        yield {
            "size": [height, width],
            "masks": [text(mask) for mask in masks],
            "union": text(coco.merge(masks)),
            "intersection": text(coco.merge(masks, intersect=True)),
        }


def iou_cases(rng):
    for index in range(24):
        height, width = size(rng, [SMALL, MIDDLE][index % 2])
        detections = list(blobs(rng, height, width, int(rng.integers(1, 8))))
        truths = list(blobs(rng, height, width, int(rng.integers(1, 8))))
        crowd = rng.integers(0, 2, len(truths)).tolist()
        yield {
            "size": [height, width],
            "detections": [text(mask) for mask in detections],
            "groundTruths": [text(mask) for mask in truths],
            "crowd": crowd,
            "ious": coco.iou(detections, truths, crowd).tolist(),
        }


def main():
    kinds = {
        "polygons": polygon_cases,
        "boxes": box_cases,
        "runs": run_cases,
        "merges": merge_cases,
        "ious": iou_cases,
    }
    lists = []
    for seed, (kind, cases) in enumerate(kinds.items()):
        lines = [json.dumps(case, separators=(",", ":")) for case in cases(np.random.default_rng(seed))]
        lists.append(f'"{kind}": [\n' + ",\n".join(lines) + "\n]")
    sys.stdout.write("{\n" + ",\n".join(lists) + "\n}\n")


main()

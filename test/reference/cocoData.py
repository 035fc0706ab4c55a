"""Small made-up data sets: objects and detections that lie near them or elsewhere, as boxes or as masks.

A data set is {"size": [width, height], "images": ids, "categories": ids, "annotations": rows, "detections": rows}.
Annotations are [id, image, category, box, area, iscrowd, ignore] and, with masks, a segmentation; detections are
[image, category, box or None, score] and, with masks, a segmentation or None.
"""

import numpy as np
from pycocotools import mask as masks

# Areas at which an object changes from small to medium and from medium to large, and just beside.
BORDER_SIZES = [(32, 32), (16, 64), (32, 32.1), (31.9, 32), (96, 96), (72, 128), (96, 96.1), (95.9, 96)]


def draw_boxes(rng, count, size, sizes="spread", integers=False):
    limit = np.array(size)
    if sizes == "borders":
        extent = np.array([BORDER_SIZES[i] for i in rng.integers(len(BORDER_SIZES), size=count)]).reshape(-1, 2)
        extent = np.floor(extent) if integers else extent
    else:
        extent = 2 ** rng.uniform(2, np.log2(limit.min() * 0.6), size=(count, 2))
    corner = rng.uniform(0, 1, size=(count, 2)) * np.maximum(limit - extent, 0)
    box = np.concatenate([np.floor(corner) if integers else corner, extent], axis=1)
    return np.maximum(np.round(box), [0, 0, 1, 1]) if integers else np.round(box, 1)


def outline(rng, box, shape):
    """Polygons of a box, of an octagon in it, or of two parts of it with a gap between."""
    x, y, w, h = box
    if shape == "octagon":
        a, b = w * 0.3, h * 0.3
        points = [x + a, y, x + w - a, y, x + w, y + b, x + w, y + h - b, x + w - a, y + h, x + a, y + h, x, y + h - b, x, y + b]
        return [[round(float(p), 1) for p in points]]
    parts = [(x, y, w, h)] if shape == "box" else [(x, y, w * 0.4, h), (x + w * 0.6, y, w * 0.4, h)]
    return [[round(float(p), 1) for p in (a, b, a + c, b, a + c, b + d, a, b + d)] for a, b, c, d in parts]


def runs_of(rle):
    """Lengths of runs of 0 and 1 in turn, the first of 0, counted down the columns."""
    pixels = masks.decode(rle).ravel(order="F")
    edges = np.flatnonzero(np.diff(pixels)) + 1
    runs = np.diff(np.concatenate([[0], edges, [len(pixels)]])).tolist()
    return runs if pixels[0] == 0 else [0, *runs]


def segmentation(rng, box, size, kind, shape):
    """One of a box as `kind`: polygons, runs, or runs compressed to a string."""
    width, height = size
    polygons = outline(rng, box, shape)
    if kind == "polygons":
        return polygons
    rle = masks.merge(masks.frPyObjects(polygons, height, width))
    counts = runs_of(rle) if kind == "runs" else rle["counts"].decode()
    return {"size": [height, width], "counts": counts}


def pick(rng, choices):
    return choices[int(rng.integers(len(choices)))]


def ids_of(rng, count, most, offset=0):
    """Ids neither contiguous nor in order, as in COCO's own files."""
    return [int(i) + 1 + offset for i in rng.permutation(most)[:count]]


def make(seed, images=2, categories=2, objects=3, extra=3, least=0, crowds=0.0, ignored=0.0, integers=False, sizes="spread",
         ties=20, jitter=0.08, repeats=2, first_id=1, id_offset=0, own_area=False, covers=0, twins=0.0, mirrored=False, flat=0.0,
         scores=None, size=(640, 480), mask_kinds=None, shapes=("octagon", "box", "parts"), result_kinds=None,
         result_boxes="none"):
    rng = np.random.default_rng(seed)
    image_ids = ids_of(rng, images, 50, id_offset)
    category_ids = ids_of(rng, categories, 20, id_offset)
    annotations, detections = [], []

    def annotate(image, category, box, area, crowd):
        row = [first_id + len(annotations), image, category, box.tolist(), area, crowd, int(rng.random() < ignored)]
        if mask_kinds:
            kind = "runs" if crowd and "runs" in mask_kinds else pick(rng, mask_kinds)
            row.append(segmentation(rng, box, size, kind, pick(rng, shapes)))
        annotations.append(row)

    def detect(image, category, box):
        score = pick(rng, scores) if scores else round(float(rng.integers(1, ties + 1)) / ties, 4)
        row = [image, category, box.tolist(), score]
        if mask_kinds:
            kind = pick(rng, result_kinds or mask_kinds)
            row.append(None if kind == "none" else segmentation(rng, box, size, kind, pick(rng, shapes)))
            if result_boxes == "none":
                row[2] = None
            elif result_boxes == "larger":
                row[2] = np.round(box * [1, 1, 1.5, 1.5], 1).tolist()
        detections.append(row)

    for image in image_ids:
        for category in category_ids:
            truth = draw_boxes(rng, int(rng.integers(0, objects + 1)), size, sizes, integers)
            # Twins are two objects at one place, which every detection overlaps alike.
            truth = np.concatenate([truth, truth[rng.random(len(truth)) < twins]])
            truth[rng.random(len(truth)) < flat, 3] = 0
            if mirrored:
                # Two objects side by side, a detection halfway, which overlaps both alike, and one on either of them.
                shift = np.floor(truth[:, 2:3] / 5) * [1, 0, 0, 0]
                for box in np.concatenate([truth + shift, truth + shift * 2 * rng.integers(0, 2, (len(truth), 1))]):
                    detect(image, category, box)
                truth = np.concatenate([truth, truth + 2 * shift])
            for box in truth:
                area = box[2] * box[3] * (rng.uniform(0.4, 1) if own_area else 1)
                annotate(image, category, box, round(float(area), 4), int(rng.random() < crowds))
            for box in np.repeat(truth, covers, axis=0):
                # A crowd around the object: a detection inside lies wholly in it, and overlaps the object less.
                margin = float(rng.integers(0, 8))
                around = np.round([box[0] - margin, box[1] - margin, box[2] + 2 * margin, box[3] + 2 * margin], 1)
                annotate(image, category, around, round(float(around[2] * around[3]), 4), 1)
            near = np.repeat(truth, repeats, axis=0)
            near = near + rng.normal(size=near.shape) * jitter * np.tile(near[:, 2:], 2) * rng.integers(0, 2, (len(near), 1))
            near[:, 2:] = np.maximum(near[:, 2:], 0 if flat else 1)
            other = draw_boxes(rng, int(rng.integers(least, extra + 1)), size, sizes, integers)
            for box in np.concatenate([near, other]):
                detect(image, category, np.round(box) if integers else np.round(box, 1))
    detections = [detections[i] for i in rng.permutation(len(detections))]
    return {"size": list(size), "images": image_ids, "categories": category_ids, "annotations": annotations, "detections": detections}

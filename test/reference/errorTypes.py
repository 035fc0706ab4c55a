"""Writes errorTypes.json: small made-up data sets, detections, and what TIDE's authors' program says about them.

    pip install numpy==2.4.6 pycocotools==2.0.11 tidecv==1.0.1 opencv-python matplotlib seaborn pandas
    python test/reference/errorTypes.py > test/reference/errorTypes.json

The same numbers come out each time: every case is seeded. In cases marked `asCoco` two habits of the program are
changed to COCO's. Categories without an object do not count; it counts them as 0 if they have detections. And of
equal scores the order stays as it was in the file; when it mends errors it puts the mended ones ahead.
"""

import json
import sys

import numpy as np
import tidecv.quantify as quantify
from pycocotools import mask as masks
from tidecv import Data
from tidecv.ap import APDataObject, ClassedAPDataObject
from tidecv.errors.main_errors import (
    BackgroundError, BoxError, ClassError, DuplicateError, FalseNegativeError, FalsePositiveError, MissedError, OtherError)

WIDTH, HEIGHT = 96, 64
TYPES = {"classification": ClassError, "localisation": BoxError, "both": OtherError, "duplicate": DuplicateError,
         "background": BackgroundError, "missed": MissedError}
LETTERS = {ClassError: "c", BoxError: "l", OtherError: "o", DuplicateError: "d", BackgroundError: "b"}


def random_boxes(rng, count):
    size = np.stack([rng.uniform(8, 48, count), rng.uniform(8, 32, count)], axis=1)
    corner = rng.uniform(0, 1, (count, 2)) * (np.array([WIDTH, HEIGHT]) - size)
    return np.round(np.concatenate([corner, size], axis=1), 1)


def make(seed, images=4, categories=3, objects=5, extra=3, repeats=2, crowds=0.0, ties=0, jitter=0.25, confused=0.25,
         without_objects=0):
    rng = np.random.default_rng(seed)
    annotations, detections = [], []
    for image in range(1, images + 1):
        truth = random_boxes(rng, int(rng.integers(0, objects + 1)))
        kinds = rng.integers(1, categories + 1, len(truth))
        for box, kind in zip(truth, kinds):
            annotations.append([image, int(kind), *box.tolist(), int(rng.random() < crowds)])
        near = np.repeat(truth, repeats, axis=0)
        near = near + rng.normal(size=near.shape) * jitter * np.tile(near[:, 2:], 2) * rng.uniform(0, 1, (len(near), 1))
        near[:, 2:] = np.maximum(near[:, 2:], 2)
        kinds = np.repeat(kinds, repeats)
        kinds = np.where(rng.random(len(near)) < confused, rng.integers(1, categories + without_objects + 1, len(near)), kinds)
        other = random_boxes(rng, int(rng.integers(0, extra + 1)))
        kinds = np.concatenate([kinds, rng.integers(1, categories + without_objects + 1, len(other))])
        for box, kind in zip(np.round(np.concatenate([near, other]), 1), kinds):
            score = rng.integers(1, ties + 1) / ties if ties else rng.random()
            detections.append([image, int(kind), *box.tolist(), round(float(score), 8)])
    # Every category that has detections has an object, unless the case is about those that have none.
    for kind in range(1, categories + 1):
        annotations.append([1, kind, *random_boxes(rng, 1)[0].tolist(), 0])
    if not ties:
        detections = [detections[i] for i in rng.permutation(len(detections))]
    return {"images": images, "categories": categories + without_objects, "annotations": annotations,
            "detections": detections}


def with_masks(data):
    """Ellipses in the boxes, as compressed run lengths, after the other columns."""
    def ellipse(box):
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
        inside = ((x - box[0]) / box[2] - 0.5) ** 2 + ((y - box[1]) / box[3] - 0.5) ** 2 <= 0.25
        return masks.encode(np.asfortranarray(inside.astype(np.uint8)))["counts"].decode()
    return {**data, **{name: [[*row, ellipse(row[2:6])] for row in data[name]] for name in ("annotations", "detections")}}


def mask_of(row, columns):
    return {"size": [HEIGHT, WIDTH], "counts": row[columns].encode()} if len(row) > columns else None


def as_coco(counted):
    mean, ap = ClassedAPDataObject.get_mAP, APDataObject.get_ap

    def mean_of_counted(self):
        aps = [of.get_ap() for kind, of in self.objs.items() if kind in counted and not of.is_empty()]
        return sum(aps) / len(aps)

    def in_file_order(self):
        self.data_points = dict(sorted(self.data_points.items()))
        return ap(self)

    ClassedAPDataObject.get_mAP, APDataObject.get_ap = mean_of_counted, in_file_order

    def undo():
        ClassedAPDataObject.get_mAP, APDataObject.get_ap = mean, ap
    return undo


def expect(data, options, iou_type, coco):
    truth, found = Data("truth"), Data("found")
    for image in range(1, data["images"] + 1):
        truth.add_image(image, str(image))
    for row in data["annotations"]:
        (truth.add_ignore_region if row[6] else truth.add_ground_truth)(row[0], row[1], row[2:6], mask_of(row, 7))
    for row in data["detections"]:
        found.add_detection(row[0], row[1], row[6], row[2:6], mask_of(row, 7))
    undo = as_coco({row[1] for row in data["annotations"] if not row[6]}) if coco else lambda: None
    run = quantify.TIDE(options.get("foreground", 0.5), options.get("background", 0.1),
                        quantify.TIDE.MASK if iou_type == "segm" else quantify.TIDE.BOX).evaluate(truth, found)
    main, special = run.fix_main_errors(), run.fix_special_errors()
    undo()
    # An ignored detection is an error here only where mending it would find an object.
    errors = [error for error in run.errors
              if not hasattr(error, "pred") or error.pred["used"] is not None or getattr(error, "match", None) is not None]
    reasons = ["-"] * len(data["detections"])
    objects = [-1] * len(data["detections"])
    for error in errors:
        if type(error) in LETTERS:
            reasons[error.pred["_id"]] = LETTERS[type(error)]
            objects[error.pred["_id"]] = error.gt["_id"] if hasattr(error, "gt") else -1
    return {
        "ap": run.ap / 100,
        "costs": {name: float(main[kind]) / 100 for name, kind in TYPES.items()},
        "counts": {name: sum(type(error) is kind for error in errors) for name, kind in TYPES.items()},
        "falsePositives": float(special[FalsePositiveError]) / 100,
        "falseNegatives": float(special[FalseNegativeError]) / 100,
        "reasons": "".join(reasons),
        "objects": objects,
        "missed": sorted(error.gt["_id"] for error in errors if type(error) is MissedError),
    }


def cases():
    for seed in range(12):
        yield f"plain {seed}", make(seed), {}, "bbox", False
    for seed in range(12, 15):
        yield f"many near misses {seed}", make(seed, repeats=4, jitter=0.4, images=6), {}, "bbox", False
    for seed in range(15, 20):
        yield f"crowds {seed}", make(seed, crowds=0.4, repeats=3, objects=7), {}, "bbox", False
    for seed in range(20, 22):
        yield f"more than 100 detections in an image {seed}", make(seed, images=2, extra=170, objects=8, repeats=4), {}, "bbox", False
    for seed in range(22, 25):
        yield f"other thresholds {seed}", make(seed, repeats=3), {"foreground": 0.7, "background": 0.2}, "bbox", False
    for seed in range(25, 30):
        yield f"masks {seed}", with_masks(make(seed, images=3, crowds=0.2)), {}, "segm", False
    for seed in range(30, 33):
        yield f"tied scores {seed}", make(seed, ties=4, repeats=3, crowds=0.1), {}, "bbox", True
    for seed in range(33, 36):
        yield f"categories without objects {seed}", make(seed, without_objects=2), {}, "bbox", True
    yield "no detections but one", {**make(36), "detections": make(36)["detections"][:1]}, {}, "bbox", False
    plain = make(37)
    yield "perfect", {**plain, "detections": [[*row[:6], 1 - i / 100] for i, row in enumerate(plain["annotations"])]}, {}, "bbox", False


if __name__ == "__main__":
    lines = []
    for name, data, options, iou_type, coco in cases():
        case = {"name": name, "iouType": iou_type, "asCoco": coco, "options": options, **data}
        lines.append(json.dumps({**case, "expected": expect(data, options, iou_type, coco)}, separators=(",", ":")))
    sys.stdout.write("[\n" + ",\n".join(lines) + "\n]\n")

"""Writes coco.json: small made-up data sets, detections, and what pycocotools says about them.

    pip install numpy==2.4.6 pycocotools==2.0.11
    python test/reference/coco.py > test/reference/coco.json

The same numbers come out each time: every case is seeded. Curves are kept as the sha256 of their float64 bytes
(little-endian, C order), and in full for the cases with few thresholds.
"""

import contextlib
import hashlib
import io
import json
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

WIDTH, HEIGHT = 640, 480
# Areas at which an object changes from small to medium and from medium to large, and just beside.
BORDER_SIZES = [(32, 32), (16, 64), (32, 32.01), (31.99, 32), (96, 96), (48, 192), (96, 96.01), (95.99, 96)]


class HonestIgnore(COCOeval):
    """COCOeval without the line that overwrites `ignore` by `iscrowd`."""

    def _prepare(self):
        super()._prepare()
        for groundtruths in self._gts.values():
            for groundtruth in groundtruths:
                groundtruth["ignore"] = int(groundtruth["iscrowd"] or groundtruth.get("difficult", 0))


def boxes(rng, count, integers, sizes):
    if sizes == "borders":
        size = np.array([BORDER_SIZES[i] for i in rng.integers(len(BORDER_SIZES), size=count)]).reshape(-1, 2)
    else:
        size = 2 ** rng.uniform(2, 8, size=(count, 2))
    corner = rng.uniform(0, 1, size=(count, 2)) * (np.array([WIDTH, HEIGHT]) - size)
    box = np.concatenate([corner, size], axis=1)
    return np.maximum(np.round(box), 1) if integers else np.round(box, 2)


def make(seed, images=4, categories=2, objects=4, extra=4, crowds=0.0, difficult=0.0, integers=False,
         sizes="spread", ties=20, jitter=0.08, repeats=2, first_id=1, own_area=False, covers=0):
    rng = np.random.default_rng(seed)
    # Ids neither contiguous nor in order, as in COCO's own files.
    image_ids = [int(i) for i in rng.permutation(50)[:images] + 1]
    category_ids = [int(i) for i in rng.permutation(20)[:categories] + 1]
    annotations, detections = [], []
    for image in image_ids:
        for category in category_ids:
            count = int(rng.integers(0, objects + 1))
            truth = boxes(rng, count, integers, sizes)
            for box in truth:
                area = box[2] * box[3] * (rng.uniform(0.4, 1) if own_area else 1)
                annotations.append([
                    first_id + len(annotations), image, category, *box.tolist(), round(float(area), 4),
                    int(rng.random() < crowds), int(rng.random() < difficult),
                ])
            for box in np.repeat(truth, covers, axis=0):
                # A crowd around the object: a detection inside lies wholly in it, and overlaps the object less.
                margin = float(rng.integers(0, 8))
                around = [box[0] - margin, box[1] - margin, box[2] + 2 * margin, box[3] + 2 * margin]
                annotations.append([
                    first_id + len(annotations), image, category, *np.round(around, 2).tolist(),
                    round(float(around[2] * around[3]), 4), 1, 0,
                ])
            near = np.repeat(truth, repeats, axis=0)
            near = near + rng.normal(size=near.shape) * jitter * np.tile(near[:, 2:], 2) * rng.integers(0, 2, (len(near), 1))
            near[:, 2:] = np.maximum(near[:, 2:], 1)
            other = boxes(rng, int(rng.integers(0, extra + 1)), integers, sizes)
            for box in np.concatenate([near, other]):
                box = np.round(box) if integers else np.round(box, 2)
                detections.append([image, category, *box.tolist(), round(float(rng.integers(1, ties + 1)) / ties, 4)])
    detections = [detections[i] for i in rng.permutation(len(detections))]
    return {"images": image_ids, "categories": category_ids, "annotations": annotations, "detections": detections}


def index(data, annotations):
    coco = COCO()
    coco.dataset = {
        "images": [{"id": i, "width": WIDTH, "height": HEIGHT} for i in data["images"]],
        "categories": [{"id": i, "name": str(i)} for i in data["categories"]],
        "annotations": annotations,
    }
    coco.createIndex()
    return coco


def expect(data, options):
    truth = index(data, [
        {"id": a[0], "image_id": a[1], "category_id": a[2], "bbox": a[3:7], "area": a[7], "iscrowd": a[8], "difficult": a[9]}
        for a in data["annotations"]
    ])
    rows = [{"image_id": d[0], "category_id": d[1], "bbox": d[2:6], "score": d[6]} for d in data["detections"]]
    results = truth.loadRes(rows) if rows else index(data, [])
    evaluation = (HonestIgnore if options.get("respectIgnore") else COCOeval)(truth, results, "bbox")
    if "iouThresholds" in options:
        evaluation.params.iouThrs = np.array(options["iouThresholds"])
    if "recallThresholds" in options:
        evaluation.params.recThrs = np.array(options["recallThresholds"])
    if "maxDets" in options:
        evaluation.params.maxDets = list(options["maxDets"])
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    precision = evaluation.eval["precision"]
    per_category = []
    for k in range(len(data["categories"])):
        present = precision[:, :, k, 0, -1]
        present = present[present > -1]
        per_category.append(float(present.mean()) if present.size else -1)
    curves = {name: evaluation.eval[name] for name in ("precision", "recall", "scores")}
    expected = {
        "stats": [float(s) for s in evaluation.stats],
        "categoryIds": [int(i) for i in evaluation.params.catIds],
        "perCategoryAP": per_category,
        "sha256": {name: hashlib.sha256(curve.astype("<f8").tobytes()).hexdigest() for name, curve in curves.items()},
    }
    if "recallThresholds" in options:
        expected["curves"] = {name: curve.ravel().tolist() for name, curve in curves.items()}
    return expected


def cases():
    for seed in range(8):
        yield f"plain {seed}", make(seed), {}
    for seed in range(8, 14):
        yield f"crowds {seed}", make(seed, crowds=0.4, objects=5, extra=8), {}
    for seed in range(14, 18):
        yield f"tied scores, whole-pixel boxes {seed}", make(seed, ties=2, integers=True, repeats=3), {}
    for seed in range(18, 22):
        yield f"sizes at the borders of the area ranges {seed}", make(seed, sizes="borders", jitter=0, objects=6), {}
    for seed in range(22, 25):
        yield f"areas smaller than the boxes {seed}", make(seed, own_area=True, crowds=0.1), {}
    for seed in range(25, 27):
        yield f"more than 100 detections in an image {seed}", make(
            seed, images=2, categories=1, objects=12, extra=160, repeats=6, ties=40), {}
    for seed in range(27, 31):
        yield f"ignored objects honoured {seed}", make(seed, difficult=0.4, crowds=0.1, objects=5), {"respectIgnore": True}
    for seed in range(37, 40):
        yield f"objects inside crowds {seed}", make(seed, covers=2, objects=3), {}
    yield "ignored objects not honoured", make(31, difficult=0.5), {}
    yield "an annotation with the id 0", make(32, first_id=0, jitter=0, categories=1), {}
    few = {"iouThresholds": [0.5, 0.75, 1.0], "recallThresholds": [0, 0.25, 0.5, 1], "maxDets": [1, 2, 100]}
    for seed in range(33, 36):
        yield f"few thresholds {seed}", make(seed, crowds=0.2), few
    data = make(36)
    yield "no detections", {**data, "detections": []}, {}
    yield "no annotations", {**data, "annotations": []}, {}
    yield "neither", {**data, "annotations": [], "detections": []}, {}
    yield "perfect", {**data, "detections": [[*a[1:7], 0.5] for a in data["annotations"]]}, {}
    yield "detections of a category the data set does not have", {
        **data, "detections": [[d[0], 99 if i % 3 == 0 else d[1], *d[2:]] for i, d in enumerate(data["detections"])]}, {}
    yield "a category and an image without objects", {
        **data, "images": [*data["images"], 77], "categories": [*data["categories"], 66],
        "detections": [*data["detections"], [77, 66, 1, 2, 30, 40, 0.9], [77, data["categories"][0], 1, 2, 30, 40, 0.9]]}, {}


if __name__ == "__main__":
    lines = []
    for name, data, options in cases():
        with contextlib.redirect_stdout(io.StringIO()):
            expected = expect(data, options)
        lines.append(json.dumps({"name": name, **data, "options": options, "expected": expected}, separators=(",", ":")))
    sys.stdout.write("[\n" + ",\n".join(lines) + "\n]\n")

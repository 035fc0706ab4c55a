"""What pycocotools says about a data set of cocoData.py."""

import contextlib
import hashlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

CURVES = ("precision", "recall", "scores")


class HonestIgnore(COCOeval):
    """COCOeval without the line that overwrites `ignore` by `iscrowd`."""

    def _prepare(self):
        super()._prepare()
        for groundtruths in self._gts.values():
            for groundtruth in groundtruths:
                groundtruth["ignore"] = int(groundtruth["iscrowd"] or groundtruth["marked"])


def dataset_of(data):
    width, height = data["size"]
    annotations = [
        {"id": a[0], "image_id": a[1], "category_id": a[2], "bbox": a[3], "area": a[4], "iscrowd": a[5],
         "ignore": a[6], "marked": a[6], **({"segmentation": a[7]} if len(a) > 7 else {})}
        for a in data["annotations"]
    ]
    return {
        "images": [{"id": i, "width": width, "height": height} for i in data["images"]],
        "categories": [{"id": i, "name": str(i)} for i in data["categories"]],
        "annotations": annotations,
    }


def results_of(data):
    return [
        {"image_id": d[0], "category_id": d[1], "score": d[3], **({"bbox": d[2]} if d[2] is not None else {}),
         **({"segmentation": d[4]} if len(d) > 4 and d[4] is not None else {})}
        for d in data["detections"]
    ]


def index(dataset):
    coco = COCO()
    coco.dataset = dataset
    coco.createIndex()
    return coco


def set_parameters(params, options):
    if "iouThresholds" in options:
        params.iouThrs = np.array(options["iouThresholds"])
    if "recallThresholds" in options:
        params.recThrs = np.array(options["recallThresholds"])
    if "maxDets" in options:
        params.maxDets = list(options["maxDets"])
    if "areaRanges" in options:
        params.areaRng = [[r["min"], r["max"]] for r in options["areaRanges"]]
        params.areaRngLbl = [r["name"] for r in options["areaRanges"]]
    if "categoryIds" in options:
        params.catIds = list(options["categoryIds"])
    if "imageIds" in options:
        params.imgIds = list(options["imageIds"])
    if options.get("classAgnostic"):
        params.useCats = 0


def mean(values):
    present = values[values > -1]
    return float(np.mean(present)) if present.size else -1


def summary(evaluation, counts):
    """The means of `summarize`, whose AP is at 100 detections whatever `maxDets` says; here it is at the last."""
    params = evaluation.params
    first, second, last = 0, 1 if counts > 1 else None, counts - 1

    def one(measure, area="all", detections=last, iou=None):
        values = evaluation.eval[measure]
        if area not in params.areaRngLbl or detections is None:
            return -1
        if iou is not None:
            values = values[np.where(iou == params.iouThrs)[0]]
        return mean(values[..., params.areaRngLbl.index(area), detections])

    return [
        one("precision"), one("precision", iou=0.5), one("precision", iou=0.75),
        *(one("precision", area=area) for area in ("small", "medium", "large")),
        *(one("recall", detections=m) for m in (first, second, last)),
        *(one("recall", area=area) for area in ("small", "medium", "large")),
    ]


def expect(data, options, iou_type, in_full=False):
    """Stats, AP a category, the curves' digests (float64, little-endian, C order) and the curves where wanted."""
    with contextlib.redirect_stdout(io.StringIO()):
        truth = index(dataset_of(data))
        rows = results_of(data)
        results = truth.loadRes(rows) if rows else index({**truth.dataset, "annotations": []})
        evaluation = (HonestIgnore if options.get("respectIgnore") else COCOeval)(truth, results, iou_type)
        set_parameters(evaluation.params, options)
        evaluation.evaluate()
        evaluation.accumulate()
        stats = summary(evaluation, len(evaluation.params.maxDets))
        if not {"maxDets", "areaRanges"} & options.keys():
            evaluation.summarize()
            assert np.array_equal(stats, evaluation.stats), (stats, evaluation.stats)
    params = evaluation.params
    curves = {name: evaluation.eval[name] for name in CURVES}
    everything = params.areaRngLbl.index("all") if "all" in params.areaRngLbl else None
    per_category = [
        -1 if everything is None else mean(curves["precision"][:, :, k, everything, -1]) for k in range(len(params.catIds))
    ]
    expected = {
        "stats": stats,
        "categoryIds": [int(i) for i in params.catIds],
        "perCategoryAP": per_category,
        "sha256": {name: hashlib.sha256(curve.astype("<f8").tobytes()).hexdigest() for name, curve in curves.items()},
    }
    if in_full:
        expected["curves"] = {name: curve.ravel().tolist() for name, curve in curves.items()}
    return expected

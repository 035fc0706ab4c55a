"""Which small data sets pycocotools is asked about, and how."""

from cocoData import make

MASKS = {"size": (128, 112), "mask_kinds": ["polygons", "runs", "string"], "result_kinds": ["string"], "images": 2, "objects": 2, "extra": 2}
BOXED = {**MASKS, "result_boxes": "larger", "result_kinds": ["polygons", "runs", "string"]}
FEW = {"iouThresholds": [0.5, 0.75, 1.0], "recallThresholds": [0, 0.25, 0.5, 1], "maxDets": [1, 2, 100]}
MANY_THRESHOLDS = [round(0.02 * t, 2) for t in range(41)]
OWN_RANGES = [{"name": "all", "min": 0, "max": 1e10}, {"name": "tiny", "min": 0, "max": 256}, {"name": "medium", "min": 500, "max": 5000.5}]

# name, how many, how the data is made, options
BOXES = [
    ("plain", 24, {}, {}),
    ("more images and categories", 6, {"images": 5, "categories": 4, "objects": 2, "extra": 2, "repeats": 1}, {}),
    ("crowds", 14, {"crowds": 0.4, "objects": 4, "extra": 5}, {}),
    ("objects inside crowds", 8, {"covers": 2}, {}),
    ("ignored objects not honoured", 8, {"ignored": 0.5}, {}),
    ("ignored objects honoured", 12, {"ignored": 0.4, "crowds": 0.15}, {"respectIgnore": True}),
    ("two scores only, whole pixels", 10, {"ties": 2, "integers": True, "repeats": 3}, {}),
    ("one score", 6, {"ties": 1, "images": 4}, {}),
    ("scores of any sign and size", 8, {"scores": [-1e9, -0.5, -0.0, 0.0, 1e-300, 0.1, 0.30000000000000004, 0.3, 7.0]}, {}),
    ("pairs of objects at one place", 10, {"twins": 0.6, "repeats": 2}, {}),
    ("pairs of objects side by side, overlapped alike", 10, {"mirrored": True, "integers": True, "repeats": 0, "extra": 1}, {}),
    ("sizes at the borders of the area ranges", 12, {"sizes": "borders", "jitter": 0}, {}),
    ("areas smaller than the boxes", 8, {"own_area": True, "crowds": 0.1}, {}),
    ("boxes without a height", 8, {"flat": 0.5}, {}),
    ("ids above 2^32", 4, {"id_offset": 2 ** 33, "first_id": 2 ** 40}, {}),
    ("an annotation with the id 0", 6, {"first_id": 0, "jitter": 0.02, "objects": 2}, {}),
    ("an ignored annotation with the id 0", 3, {"first_id": 0, "crowds": 0.6, "categories": 1}, {}),
    ("negative ids", 3, {"first_id": -4, "id_offset": -30}, {}),
    ("whatever category", 12, {"categories": 3, "crowds": 0.1, "ties": 4}, {"classAgnostic": True}),
    ("few thresholds", 6, {"crowds": 0.2}, FEW),
    ("more thresholds than a word holds", 6, {"crowds": 0.2, "jitter": 0.15}, {"iouThresholds": MANY_THRESHOLDS}),
    ("thresholds out of order", 6, {}, {"iouThresholds": [0.9, 0.5, 0.75, 0.5], "recallThresholds": [0.4, 0, 1, 0.2], "maxDets": [2, 100, 1]}),
    ("other numbers of detections", 8, {"extra": 6}, {"maxDets": [2, 3, 5, 8]}),
    ("one number of detections", 3, {}, {"maxDets": [3]}),
    ("no detection counts at first", 2, {}, {"maxDets": [0, 1, 100]}),
    ("other area ranges", 6, {}, {"areaRanges": OWN_RANGES}),
    ("no range of all areas", 2, {}, {"areaRanges": OWN_RANGES[1:]}),
]
SEGMENTS = [
    ("masks", 22, MASKS, {}),
    ("masks in crowds", 10, {**MASKS, "crowds": 0.4}, {}),
    ("masks inside crowds", 6, {**MASKS, "covers": 1}, {}),
    ("masks beside larger boxes", 14, BOXED, {}),
    ("masks beside some boxes, boxes alone beside others", 8, {**BOXED, "result_kinds": ["none", "string"]}, {}),
    ("boxes alone where masks are measured", 6, {**BOXED, "result_boxes": "own", "result_kinds": ["none"]}, {}),
    ("masks at the borders of the area ranges", 8, {**MASKS, "sizes": "borders", "integers": True, "shapes": ["box"], "jitter": 0, "objects": 1}, {}),
    ("masks with tied scores and twins", 6, {**MASKS, "ties": 2, "twins": 0.6, "shapes": ["box"]}, {}),
    ("ignored masks honoured", 5, {**MASKS, "ignored": 0.4, "crowds": 0.1}, {"respectIgnore": True}),
    ("masks of whatever category", 5, {**MASKS, "categories": 3}, {"classAgnostic": True}),
    ("masks without a pixel", 4, {**MASKS, "flat": 0.5, "shapes": ["box"]}, {}),
    ("masks at few thresholds", 4, MASKS, FEW),
]


def subsets(data):
    """Options that leave out images or categories, or name some that there are not, or one twice."""
    images, categories = data["images"], data["categories"]
    yield "one category", {"categoryIds": [categories[1]]}
    yield "categories out of order, one of them twice, one unknown", {"categoryIds": [*categories[::-1], categories[0], 999]}
    yield "one image", {"imageIds": [images[0]]}
    yield "images out of order, one of them twice, one unknown", {"imageIds": [images[2], images[0], images[2], 999]}
    yield "one category of one image", {"imageIds": [images[1]], "categoryIds": [categories[0]]}
    yield "no image", {"imageIds": []}
    yield "no category", {"categoryIds": []}
    yield "whatever of two categories, in their order", {"classAgnostic": True, "categoryIds": [categories[2], categories[0]]}
    yield "whatever category, one of them twice", {"classAgnostic": True, "categoryIds": [categories[1], categories[0], categories[1]]}
    yield "whatever category of one image", {"classAgnostic": True, "imageIds": [images[1]]}


def emptied(data):
    annotations, detections = data["annotations"], data["detections"]
    yield "no detections", {**data, "detections": []}
    yield "no annotations", {**data, "annotations": []}
    yield "neither", {**data, "annotations": [], "detections": []}
    yield "perfect", {**data, "detections": [[a[1], a[2], a[3], 0.5] for a in annotations]}
    yield "detections of a category the data set does not have", {
        **data, "detections": [[d[0], 99 if i % 3 == 0 else d[1], *d[2:]] for i, d in enumerate(detections)]}
    yield "a category and an image without objects", {
        **data, "images": [*data["images"], 77], "categories": [*data["categories"], 66],
        "detections": [*detections, [77, 66, [1, 2, 30, 40], 0.9], [77, data["categories"][0], [1, 2, 30, 40], 0.9]]}


def cases():
    """Yields name, data, options and what is measured."""
    seed = 0
    for iou_type, kinds in (("bbox", BOXES), ("segm", SEGMENTS)):
        for name, count, how, options in kinds:
            for _ in range(count):
                yield f"{name} {seed}", make(seed, **how), options, iou_type
                seed += 1
    signed = [-1.0, -0.5, -0.0, 0.0, 0.5, 0.9, 1e-300]
    yield "many scores of any sign", make(seed, categories=1, extra=70, least=45, scores=signed, integers=True), {}, "bbox"
    seed += 1
    for ties in (40, 3):
        crowded = make(seed, images=2, categories=1, objects=8, extra=130, least=100, repeats=5, ties=ties, integers=True)
        yield f"more than 100 detections in an image, {ties} scores", crowded, {}, "bbox"
        yield f"more than 100 detections in an image, {ties} scores, 150 count", crowded, {"maxDets": [1, 10, 150]}, "bbox"
        seed += 1
    for turn in range(3):
        data = make(seed, images=3, categories=3, objects=2, extra=2, crowds=0.1, ties=5)
        for name, options in subsets(data):
            yield f"{name} {seed}", data, options, "bbox"
        for name, changed in emptied(data):
            yield f"{name} {seed}", changed, {}, "bbox"
        seed += 1

"""Measures a pair of COCO files with a tool in Python and prints its twelve numbers and its own CPU seconds.

    python test/benchmark/cocoPeer.py TOOL ANNOTATIONS DETECTIONS bbox|segm

TOOL is pycocotools, faster-coco-eval or hotcoco. `evaluateSeconds` is the CPU time, user plus system, of evaluate
and accumulate alone, without reading the files.
"""

import contextlib
import importlib.metadata
import json
import sys
import time

tool, annotations, detections, iou_type = sys.argv[1:]
with contextlib.redirect_stdout(sys.stderr):
    if tool == "pycocotools":
        from pycocotools.coco import COCO
        from pycocotools.cocoeval import COCOeval as Evaluation
    elif tool == "faster-coco-eval":
        from faster_coco_eval import COCO
        from faster_coco_eval import COCOeval_faster as Evaluation
    elif tool == "hotcoco":
        from hotcoco import COCO
        from hotcoco import COCOeval as Evaluation
    else:
        sys.exit(f"{tool} is none of pycocotools, faster-coco-eval, hotcoco.")
    truth = COCO(annotations)
    results = truth.loadRes(detections) if hasattr(truth, "loadRes") else truth.load_res(detections)
    evaluation = Evaluation(truth, results, iou_type)
    start = time.process_time()
    evaluation.evaluate()
    evaluation.accumulate()
    seconds = time.process_time() - start
    evaluation.summarize()
print(json.dumps({
    "stats": [float(number) for number in evaluation.stats][:12],
    "evaluateSeconds": seconds,
    "version": importlib.metadata.version(tool),
}))

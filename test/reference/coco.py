"""Writes coco.json: small made-up data sets, detections, and what pycocotools says about them.

    pip install numpy==2.4.6 pycocotools==2.0.11
    python test/reference/coco.py > test/reference/coco.json

The same numbers come out each time: every case is seeded. Curves are kept as the sha256 of their float64 bytes
(little-endian, C order), and in full for the cases with few thresholds. A data set that several cases share stands
with the first of them.
"""

import json
import sys

from cocoCases import FEW, cases
from cocoExpect import expect


def main():
    lines, names = [], {}
    for name, data, options, iou_type in cases():
        expected = expect(data, options, iou_type, in_full=options is FEW)
        first = names.setdefault(json.dumps(data), name)
        shared = data if first == name else {"dataOf": first}
        case = {"name": name, "iouType": iou_type, **shared, "options": options, "expected": expected}
        lines.append(json.dumps(case, separators=(",", ":")))
    sys.stdout.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()

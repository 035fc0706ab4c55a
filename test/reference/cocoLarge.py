"""Writes cocoLarge.json: what pycocotools says of 1,000 images of 80 categories.

    pip install numpy==2.4.6 pycocotools==2.0.11
    python test/reference/cocoLarge.py > test/reference/cocoLarge.json

The data itself is too large to keep. test/coco/largeSet.ts makes the same from the same whole random numbers: every
coordinate is a multiple of 1/4 and every score of 1/1024, so that nothing is rounded. The sha256 of all its numbers
(float64, little-endian) says that it is the same.
"""

import hashlib
import json
import sys

import numpy as np

from cocoExpect import expect

SEED, IMAGES, CATEGORIES, WIDTH, HEIGHT = 20190416, 1000, 80, 640, 480
CROWDED = 97  # Images whose number this divides have more than 100 detections of one category.


class Xorshift:
    """Marsaglia's xorshift of 32 bits with the shifts 13, 17, 5."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        state = self.state
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        self.state = state
        return state % limit


def category_of(random):
    """Small numbers more often than large ones, as categories of real data are uneven."""
    return 1 + random.below(1 + random.below(CATEGORIES))


def box_of(random):
    width = (1 + random.below(4 << random.below(8))) / 2 + 2
    height = (1 + random.below(4 << random.below(8))) / 2 + 2
    return [random.below(4 * WIDTH - int(4 * width)) / 4, random.below(4 * HEIGHT - int(4 * height)) / 4, width, height]


def moved(random, box):
    """The box with each side moved by up to an eighth of it, in quarters of a pixel."""
    x, y, width, height = box
    across, down = 1 + int(width) // 2, 1 + int(height) // 2
    return [
        x + (random.below(2 * across + 1) - across) / 4, y + (random.below(2 * down + 1) - down) / 4,
        width + random.below(across + 1) / 4, height + random.below(down + 1) / 4,
    ]


def score_of(random, ties):
    return (1 + random.below(16)) / 16 if ties else (1 + random.below(1024)) / 1024


def make():
    random = Xorshift(SEED)
    annotations, detections = [], []
    for image in range(1, IMAGES + 1):
        ties = image % 3 == 0
        for _ in range(random.below(12)):
            category, box = category_of(random), box_of(random)
            area = box[2] * box[3] * (4 + random.below(5)) / 8
            crowd = int(random.below(20) == 0)
            annotations.append([len(annotations) + 1, image, category, box, area, crowd, 0])
            for _ in range(random.below(4)):
                found = category if random.below(8) > 0 else category_of(random)
                detections.append([image, found, moved(random, box), score_of(random, ties)])
        for _ in range(random.below(20)):
            detections.append([image, category_of(random), box_of(random), score_of(random, ties)])
        if image % CROWDED == 0:
            category, box = category_of(random), box_of(random)
            annotations.append([len(annotations) + 1, image, category, box, box[2] * box[3], 0, 0])
            for _ in range(150):
                detections.append([image, category, moved(random, box), score_of(random, ties)])
    return {
        "size": [WIDTH, HEIGHT], "images": list(range(1, IMAGES + 1)), "categories": list(range(1, CATEGORIES + 1)),
        "annotations": annotations, "detections": detections,
    }


def digest(data):
    numbers = [n for a in data["annotations"] for n in (a[0], a[1], a[2], *a[3], a[4], a[5])]
    numbers += [n for d in data["detections"] for n in (d[0], d[1], *d[2], d[3])]
    return hashlib.sha256(np.array(numbers, dtype="<f8").tobytes()).hexdigest()


def main():
    data = make()
    json.dump({
        "annotations": len(data["annotations"]), "detections": len(data["detections"]), "sha256": digest(data),
        "expected": {name: expect(data, options, "bbox") for name, options in (
            ("each category", {}), ("whatever category", {"classAgnostic": True}))},
    }, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()

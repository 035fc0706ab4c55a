"""Anchors, matching, losses and detections by the Model Garden, for passes.py."""

import math

import numpy as np
import tensorflow as tf
from formula import between, noise, rounded, summary
from official.core import exp_factory
from official.vision.configs import retinanet as configs  # noqa: F401 (registers the experiments)
from official.vision.ops import anchor, box_ops
from official.vision.tasks.retinanet import RetinaNetTask

LEVELS = [3, 4, 5, 6, 7]
SIZE = 128
CLASSES = 3
# [ymin, xmin, ymax, xmax], class: large, small, two that share anchors, one that only force-matching saves.
OBJECTS = [
    [([10, 20, 70, 60], 1), ([64, 64, 90, 126], 2), ([68, 60, 96, 120], 1), ([3, 100, 9, 104], 2),
     ([0, 0, 128, 128], 1)],
    [([30.5, 31.25, 63.75, 90.5], 2), ([100, 2, 124, 26], 1)],
]


def anchors_of(height, width, size):
    return anchor.Anchor(3, 7, 3, [0.5, 1.0, 2.0], size, (height, width)).multilevel_boxes


def made_outputs(batch):
    """Head outputs by the formula: logits from -7 to 1, codes from -1 to 1."""
    logits, codes = {}, {}
    for level in LEVELS:
        cells = SIZE // 2 ** level
        shape = [batch, cells, cells, 9 * CLASSES]
        logits[str(level)] = tf.constant(between(noise(f"logits{level}", math.prod(shape)), -7, 1).reshape(shape))
        shape = [batch, cells, cells, 9 * 4]
        codes[str(level)] = tf.constant(between(noise(f"codes{level}", math.prod(shape)), -1, 1).reshape(shape))
    return logits, codes


def labels_of(objects, anchors):
    labeler = anchor.AnchorLabeler(match_threshold=0.5, unmatched_threshold=0.5)
    boxes = tf.constant([box for box, _ in objects], tf.float32)
    classes = tf.constant([[label] for _, label in objects], tf.float32)
    return labeler.label_anchors(anchors, boxes, classes)


def flat(by_level, last):
    return np.concatenate([np.reshape(by_level[str(level)], [-1, last]) for level in LEVELS])


def detection():
    anchors = anchors_of(SIZE, SIZE, 3)
    every_anchor = flat(anchors, 4)
    config = exp_factory.get_exp_config("retinanet_spinenet_coco")
    config.task.model.num_classes = CLASSES
    task = RetinaNetTask(config.task)
    losses = config.task.losses
    assert (losses.focal_loss_alpha, losses.focal_loss_gamma) == (0.25, 1.5)
    assert (losses.huber_loss_delta, losses.box_loss_weight) == (0.1, 50)

    labelled = [labels_of(objects, anchors) for objects in OBJECTS]
    images = []
    for objects, (classes, codes, _, class_weights, box_weights) in zip(OBJECTS, labelled, strict=True):
        assert np.all(class_weights.numpy() == 1)
        positives = np.flatnonzero(box_weights.numpy())
        images.append({
            "boxes": [box for box, _ in objects], "classes": [label for _, label in objects],
            "positives": positives.tolist(),
            "classTargets": flat(classes, 1)[positives, 0].astype(int).tolist(),
            "codes": rounded(flat(codes, 4)[positives])})
        assert np.all(np.delete(flat(classes, 1)[:, 0], positives) == -1)

    logits, codes = made_outputs(len(OBJECTS))
    stacked = {
        "cls_targets": {str(level): tf.stack([one[0][str(level)] for one in labelled]) for level in LEVELS},
        "box_targets": {str(level): tf.stack([one[1][str(level)] for one in labelled]) for level in LEVELS},
        "cls_weights": tf.stack([one[3] for one in labelled]),
        "box_weights": tf.stack([one[4] for one in labelled])}
    stacked["cls_targets"] = {level: tf.cast(value, tf.int32) for level, value in stacked["cls_targets"].items()}
    total, class_loss, box_loss, _ = task.build_losses({"cls_outputs": logits, "box_outputs": codes}, stacked)

    far = between(noise("farCodes", every_anchor.size), -6, 6).reshape(every_anchor.shape)
    decoded = box_ops.decode_boxes(tf.constant(far), tf.constant(every_anchor)).numpy()

    generator = task.build_model().detection_generator
    assert generator.get_config()["nms_version"] == "v2"
    clip = [[128, 128], [100, 120]]
    tiled = {level: tf.tile(boxes[None], [2, 1, 1, 1]) for level, boxes in anchors.items()}
    found = generator(codes, logits, tiled, tf.constant(clip))
    detections = []
    for index, size in enumerate(clip):
        count = int(found["num_detections"][index])
        detections.append({
            "clip": size, "boxes": rounded(found["detection_boxes"][index, :count]),
            "scores": rounded(found["detection_scores"][index, :count]),
            "channels": found["detection_classes"][index, :count].numpy().tolist()})
    return {
        "anchors": [{"size": [height, width], "anchorSize": size,
                     "levels": [summary(np.reshape(boxes, [-1, 4]))
                                for boxes in anchors_of(height, width, size).values()]}
                    for height, width, size in ((128, 128, 3), (256, 128, 4))],
        "images": images,
        "loss": {"total": float(total), "classLoss": float(class_loss), "boxLoss": float(box_loss)},
        "decoded": summary(decoded, samples=240),
        "detections": detections,
    }

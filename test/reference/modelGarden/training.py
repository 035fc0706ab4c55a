"""Writes training.json: one training step of the Model Garden's, from the narrow SpineNet-49's averages.

    python test/reference/modelGarden/training.py > test/reference/modelGarden/training.json

The packages are those of checkpoints.py, which has the weights. The batch is the photograph in four orientations; its
boxes are made up. The step is `RetinaNetTask.train_step` with SGD, momentum 0.9 and L2
regularisation, taken apart so that gradients can be seen. Of the loss, its parts; of some variables, the gradient with
regularisation and the value after the step; of each batch norm, the moving statistics after the step.
"""

import json
import sys

import checkpoints  # noqa: I001 (sets TensorFlow's environment first)
import networks
import photograph
import tensorflow as tf
import tf_keras
from formula import rounded, summary
from official.vision.ops import anchor
from official.vision.tasks.retinanet import RetinaNetTask
from variables import Seeder, seed_head, seed_spinenet

NAME = "narrow-spinenet-49"
LEARNING_RATE = 0.01
# [ymin, xmin, ymax, xmax] and class, of each image.
OBJECTS = [
    [([20, 30, 150, 200], 17), ([5, 180, 60, 250], 1)],
    [([40, 60, 130, 160], 17)],
    [([100, 10, 250, 120], 44), ([90, 100, 128, 140], 1), ([200, 200, 212, 214], 90)],
    [([86, 56, 246, 226], 17)],
]
VARIABLES = [
    "stem/conv/kernel", "stem/norm/gamma", "block0/shortcut/kernel", "block4/parent1/reduce/kernel",
    "block11/conv2/kernel", "block15/parent0/down/kernel", "block15/parent0/expandNorm/gamma", "endpoint3/conv/kernel",
    "endpoint7/norm/beta", "head/class0/kernel", "head/class1Norm/level5/gamma", "head/classPredict/kernel", "head/boxPredict/kernel", "head/boxPredict/bias",
]


class Names(Seeder):
    """Finds variables by our names, and leaves their values."""

    def __init__(self):
        super().__init__()
        self.variables = {}

    def set(self, name, variable, depthwise=False):
        self.seen.add(id(variable))
        self.variables[name] = variable


def labels_of(config, size):
    anchors = anchor.build_anchor_generator(
        min_level=3, max_level=7, num_scales=config.anchor.num_scales, aspect_ratios=config.anchor.aspect_ratios,
        anchor_size=config.anchor.anchor_size)((size, size))
    labeller = anchor.AnchorLabeler(match_threshold=0.5, unmatched_threshold=0.5)
    labelled = []
    for objects in OBJECTS:
        boxes = tf.constant([box for box, _ in objects], tf.float32)
        classes = tf.constant([[label] for _, label in objects], tf.float32)
        labelled.append(labeller.label_anchors(anchors, boxes, classes))
    stack = {key: {level: tf.stack([one[place][level] for one in labelled]) for level in labelled[0][place]}
             for key, place in (("cls_targets", 0), ("box_targets", 1))}
    stack["cls_targets"] = {level: tf.cast(value, tf.int32) for level, value in stack["cls_targets"].items()}
    weights = {key: tf.stack([one[place] for one in labelled]) for key, place in (("cls_weights", 3), ("box_weights", 4))}
    return {**stack, **weights}


def trained():
    networks.build("narrow-resnet-50-fpn")
    seed = list(networks.NETWORKS).index(NAME)
    first, config, inputs = checkpoints.prepared(NAME, seed)
    _, use_averages = checkpoints.trainer_checkpoint(first, seed)
    use_averages()
    values = [variable.numpy() for variable in first.variables]
    model, _ = networks.build(NAME, for_training=True)
    for variable, value in zip(model.variables, values, strict=True):
        variable.assign(value)
    names = Names()
    seed_spinenet(names, model.backbone)
    seed_head(names, model.head, separable=False)
    names.check_all_set(model)
    batch = photograph.oriented(inputs)
    labels = labels_of(config.task.model, networks.NETWORKS[NAME]["size"])
    task = RetinaNetTask(config.task)
    with tf.GradientTape() as tape:
        outputs = model(batch, training=True)
        total, class_loss, box_loss, model_loss = task.build_losses(outputs, labels, aux_losses=model.losses)
    variables = [names.variables[name] for name in VARIABLES]
    gradients = tape.gradient(total, model.trainable_variables)
    optimiser = tf_keras.optimizers.legacy.SGD(LEARNING_RATE, momentum=0.9)
    optimiser.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    by_variable = {id(variable): gradient for variable, gradient in zip(model.trainable_variables, gradients)}
    found = [by_variable[id(variable)].numpy() for variable in variables]
    norm = float(tf.linalg.global_norm(gradients))
    return names, variables, found, norm, dict(
        total=float(total), classLoss=float(class_loss), boxLoss=float(box_loss), modelLoss=float(model_loss))


def main():
    names, variables, gradients, norm, losses = trained()
    entries = [{"name": name, "gradient": summary(gradient), "after": summary(variable.numpy())}
               for name, variable, gradient in zip(VARIABLES, variables, gradients, strict=True)]
    statistics = {
        key: {"mean": rounded(layer.moving_mean.numpy()[:4]), "variance": rounded(layer.moving_variance.numpy()[:4])}
        for key, layer in sorted(names.norms.items())}
    result = {"learningRate": LEARNING_RATE, "momentum": 0.9, "weightDecay": 4e-5,
              "objects": [[{"box": box, "channel": label} for box, label in objects] for objects in OBJECTS],
              "losses": losses, "gradientNorm": norm, "variables": entries, "statistics": statistics}
    json.dump(result, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()

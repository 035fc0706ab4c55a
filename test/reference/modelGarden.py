"""Writes modelGarden.json: what TensorFlow's official Model Garden computes for networks, anchors and losses of ours.

    pip install tensorflow-cpu==2.20.0 tf-keras==2.20.1 gin-config==0.5.0 immutabledict pyyaml scipy matplotlib \
        opencv-python-headless pycocotools tensorflow-datasets tqdm
    pip install --no-deps tf-models-official==2.20.0
    python test/reference/modelGarden.py > test/reference/modelGarden.json

Python 3.11. No weights are stored: every variable is set by a formula of our tensor's name, shape and element index
(see `noise` and `tensor`; modelGarden.ts has the same in TypeScript, bit for bit), and the image by another.

With `--float64 PATH` the networks are computed in double precision instead, and the largest difference of each map
from the file at PATH is printed, relative to the map's root mean square: how far float32 itself is from exact.
"""

import json
import math
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
import tf_keras
from official.core import exp_factory
from official.vision.configs import retinanet as configs  # noqa: F401 (registers the experiments)
from official.vision.modeling import factory
from official.vision.modeling.backbones.resnet import ResNet
from official.vision.modeling.backbones.spinenet import SpineNet
from official.vision.modeling.backbones.spinenet_mobile import SpineNetMobile
from official.vision.ops import anchor, box_ops
from official.vision.tasks.retinanet import RetinaNetTask

LEVELS = [3, 4, 5, 6, 7]
PRIME = 999983


# The formula -----------------------------------------------------------------------------------------------------

def noise(name, count):
    """Numbers in [0, 1). Whole numbers below 2^53 throughout, so that any language gets the same ones."""
    seed = 0
    for character in name:
        seed = (seed * 31 + ord(character)) % PRIME
    index = np.arange(count, dtype=np.int64)
    state = (index * 7919 + seed) % PRIME
    state = (state * state + index) % PRIME
    state = (state * state + seed) % PRIME
    return state / PRIME


RANGES = {
    "bias": (-0.1, 0.1), "gamma": (0.75, 1.25), "beta": (-0.25, 0.25), "mean": (-0.25, 0.25), "variance": (0.5, 1.5),
}


def between(values, low, high):
    return (low + values * (high - low)).astype(np.float32)


def tensor(name, shape, depthwise=False):
    """The values of one of our tensors; a kernel's spread keeps the variance of what passes through it."""
    part = name.rsplit("/", 1)[1]
    values = noise(name, math.prod(shape))
    if part == "kernel":
        fan_in = shape[0] * shape[1] * (1 if depthwise else shape[2])
        limit = math.sqrt(3 / fan_in)
        return between(values, -limit, limit).reshape(shape)
    return between(values, *RANGES[part]).reshape(shape)


def image(batch, height, width):
    """Patches of 16 × 16 pixels with finer noise on top, so that coarse levels have something to tell apart too."""
    fine = noise("image", batch * height * width * 3).reshape(batch, height, width, 3)
    rows, columns = height // 16, width // 16
    coarse = noise("patches", batch * rows * columns * 3).reshape(batch, rows, columns, 3)
    coarse = coarse.repeat(16, axis=1).repeat(16, axis=2)
    return ((coarse * 2 - 1) * 1.5 + (fine * 2 - 1) * 0.5).astype(np.float32)


# From our names to Keras' variables -------------------------------------------------------------------------------

class Seeder:
    """Sets variables by our names, each exactly once."""

    def __init__(self):
        self.seen = set()
        self.norms = {}

    def set(self, name, variable, depthwise=False):
        assert id(variable) not in self.seen, name
        self.seen.add(id(variable))
        values = tensor(name, tuple(variable.shape), depthwise)
        assert values.shape == tuple(variable.shape), name
        variable.assign(values)

    def convolution(self, name, layer):
        if isinstance(layer, tf_keras.layers.DepthwiseConv2D):
            self.set(f"{name}/kernel", layer.depthwise_kernel, depthwise=True)
        else:
            self.set(f"{name}/kernel", layer.kernel)
        if layer.use_bias:
            self.set(f"{name}/bias", layer.bias)

    def separable(self, name, layer):
        self.set(f"{name}Depthwise/kernel", layer.depthwise_kernel, depthwise=True)
        self.set(f"{name}/kernel", layer.pointwise_kernel)
        self.set(f"{name}/bias", layer.bias)

    def norm(self, name, layer):
        self.norms[name] = layer
        self.set(f"{name}/gamma", layer.gamma)
        self.set(f"{name}/beta", layer.beta)
        self.set(f"{name}/mean", layer.moving_mean)
        self.set(f"{name}/variance", layer.moving_variance)

    def check_all_set(self, model):
        missing = [variable.name for variable in model.variables if id(variable) not in self.seen]
        assert not missing, missing
        assert len(self.seen) == len(model.variables)


def in_creation_order(model, kind):
    """A model's own layers of one kind. Keras lists layers by depth; the number in the name is that of creation."""
    layers = [layer for layer in model.layers if type(layer) is kind]

    def number(layer):
        last = layer.name.rsplit("_", 1)[-1]
        return int(last) if last.isdigit() else 0

    return iter(sorted(layers, key=number))


def kind_of(model, name):
    return next(type(layer) for layer in model.layers if type(layer).__name__ == name)


def seed_residual_unit(seeder, name, layer, convolutions):
    if getattr(layer, "_use_projection", False):
        seeder.convolution(f"{name}/shortcut", layer._shortcut)
        seeder.norm(f"{name}/shortcutNorm", layer._norm0)
    for index in range(1, convolutions + 1):
        seeder.convolution(f"{name}/conv{index}", getattr(layer, f"_conv{index}"))
        seeder.norm(f"{name}/conv{index}Norm", getattr(layer, f"_norm{index}"))


def seed_inverted_bottleneck(seeder, name, layer):
    seeder.convolution(f"{name}/expand", layer._conv0)
    seeder.norm(f"{name}/expandNorm", layer._norm0)
    seeder.convolution(f"{name}/depthwise", layer._conv1)
    seeder.norm(f"{name}/depthwiseNorm", layer._norm1)
    seeder.convolution(f"{name}/squeezeReduce", layer._squeeze_excitation._se_reduce)
    seeder.convolution(f"{name}/squeezeExpand", layer._squeeze_excitation._se_expand)
    seeder.convolution(f"{name}/project", layer._conv2)
    seeder.norm(f"{name}/projectNorm", layer._norm2)


# Levels of SpineNet-49's nodes #0 to #16, which of them are residual, and the learned ones' parents.
SPINENET_LEVELS = [2, 2, 2, 4, 3, 4, 6, 4, 5, 7, 5, 5, 4, 3, 5, 7, 6]
SPINENET_RESIDUAL = {3, 6, 8, 9}
SPINENET_PARENTS = {2: (0, 1), 3: (0, 1), 4: (2, 3), 5: (2, 4), 6: (3, 5), 7: (3, 5), 8: (6, 7), 9: (6, 8), 10: (8, 9),
                    11: (8, 10), 12: (5, 10), 13: (4, 10), 14: (7, 12), 15: (5, 14), 16: (12, 14)}


def seed_spinenet(seeder, backbone):
    convolutions = in_creation_order(backbone, tf_keras.layers.Conv2D)
    norms = in_creation_order(backbone, tf_keras.layers.BatchNormalization)
    bottlenecks = in_creation_order(backbone, kind_of(backbone, "BottleneckBlock"))
    residuals = in_creation_order(backbone, kind_of(backbone, "ResidualBlock"))

    def step(convolution, norm):
        seeder.convolution(convolution, next(convolutions))
        seeder.norm(norm, next(norms))

    step("stem/conv", "stem/norm")
    for node, level in enumerate(SPINENET_LEVELS):
        for edge, parent in enumerate(SPINENET_PARENTS.get(node, ())):
            prefix = f"block{node}/parent{edge}"
            step(f"{prefix}/reduce", f"{prefix}/reduceNorm")
            if SPINENET_LEVELS[parent] < level:
                step(f"{prefix}/down", f"{prefix}/downNorm")
            step(f"{prefix}/expand", f"{prefix}/expandNorm")
        if node in SPINENET_RESIDUAL:
            seed_residual_unit(seeder, f"block{node}", next(residuals), 2)
        else:
            seed_residual_unit(seeder, f"block{node}", next(bottlenecks), 3)
    for level in LEVELS:
        step(f"endpoint{level}/conv", f"endpoint{level}/norm")
    for layers in (convolutions, norms, bottlenecks, residuals):
        assert next(layers, None) is None


# The same graph behind one more block, at level 1.
MOBILE_LEVELS = [1, *SPINENET_LEVELS]
MOBILE_PARENTS = {2: (0, 1), **{node + 1: (a + 1, b + 1) for node, (a, b) in SPINENET_PARENTS.items()}}


def seed_mobile(seeder, backbone):
    convolutions = in_creation_order(backbone, tf_keras.layers.Conv2D)
    depthwise = in_creation_order(backbone, tf_keras.layers.DepthwiseConv2D)
    norms = in_creation_order(backbone, tf_keras.layers.BatchNormalization)
    blocks = in_creation_order(backbone, kind_of(backbone, "InvertedBottleneckBlock"))

    def step(layers, convolution, norm):
        seeder.convolution(convolution, next(layers))
        seeder.norm(norm, next(norms))

    step(convolutions, "stem/conv", "stem/norm")
    for node, level in enumerate(MOBILE_LEVELS):
        for edge, parent in enumerate(MOBILE_PARENTS.get(node, ())):
            prefix = f"block{node}/parent{edge}"
            for halving in range(1, level - MOBILE_LEVELS[parent] + 1):
                step(depthwise, f"{prefix}/down{halving}", f"{prefix}/down{halving}Norm")
            step(convolutions, f"{prefix}/expand", f"{prefix}/expandNorm")
        seed_inverted_bottleneck(seeder, f"block{node}", next(blocks))
    for level in LEVELS:
        step(convolutions, f"endpoint{level}/conv", f"endpoint{level}/norm")
    for layers in (convolutions, depthwise, norms, blocks):
        assert next(layers, None) is None


def seed_resnet(seeder, backbone):
    seeder.convolution("stem/conv", next(in_creation_order(backbone, tf_keras.layers.Conv2D)))
    seeder.norm("stem/norm", next(in_creation_order(backbone, tf_keras.layers.BatchNormalization)))
    for node, layer in enumerate(in_creation_order(backbone, kind_of(backbone, "BottleneckBlock"))):
        seed_residual_unit(seeder, f"block{node}", layer, 3)


def seed_pyramid(seeder, decoder):
    for level in (3, 4, 5):
        seeder.convolution(f"fpn/lateral{level}", decoder.get_layer(f"lateral_{level}"))
        seeder.convolution(f"fpn/output{level}", decoder.get_layer(f"post_hoc_{level}"))
    for level in (6, 7):
        seeder.convolution(f"fpn/coarser{level}", decoder.get_layer(f"coarser_{level}"))
    for level in LEVELS:
        seeder.norm(f"fpn/norm{level}", decoder.get_layer(f"norm_{level}"))


def seed_head(seeder, head, separable):
    seed = seeder.separable if separable else seeder.convolution
    for branch, convolutions, norms, predictor in (
            ("class", head._cls_convs, head._cls_norms, head._classifier),
            ("box", head._box_convs, head._box_norms, head._box_regressor)):
        for index, layer in enumerate(convolutions):
            seed(f"head/{branch}{index}", layer)
        for level, of_level in zip(LEVELS, norms, strict=True):
            for index, layer in enumerate(of_level):
                seeder.norm(f"head/{branch}{index}Norm/level{level}", layer)
        seed(f"head/{branch}Predict", predictor)


# Networks ---------------------------------------------------------------------------------------------------------

def configuration(experiment, classes, convolutions=None, filters=None, pyramid=None, activation=None):
    config = exp_factory.get_exp_config(experiment)
    model = config.task.model
    model.num_classes = classes
    if convolutions:
        model.head.num_convs, model.head.num_filters = convolutions, filters
    if pyramid:
        model.decoder.fpn.num_filters = pyramid
    if activation:
        model.norm_activation.activation = activation
    return config


def build(name, height, width):
    """A narrow network with two class channels, and a seeder through which all of it is set."""
    specs = tf_keras.layers.InputSpec(shape=[None, height, width, 3])
    common = dict(input_specs=specs, use_sync_bn=True)
    seeder = Seeder()
    if name == "spinenet-49":
        config = configuration("retinanet_spinenet_coco", 2, 2, 8, activation="swish")
        backbone = SpineNet(filter_size_scale=0.125, endpoints_num_filters=8, activation="swish", **common)
    elif name == "spinenet-mobile-49":
        config = configuration("retinanet_mobile_coco", 2, 2, 8, activation="swish")
        backbone = SpineNetMobile(filter_size_scale=0.5, endpoints_num_filters=8, activation="swish", **common)
    else:
        config = configuration("retinanet_resnetfpn_coco", 2, 2, 8, pyramid=8, activation="relu")
        backbone = ResNet(50, depth_multiplier=0.125, scale_stem=False, activation="relu", **common)
    model_config = config.task.model
    # As the published training runs have it; one replica is then its own whole batch.
    model_config.norm_activation.use_sync_bn = True
    assert (model_config.norm_activation.norm_momentum, model_config.norm_activation.norm_epsilon) == (0.99, 0.001)
    model = factory.build_retinanet(specs, model_config, backbone=backbone)
    model(tf.zeros([1, height, width, 3]), training=True)
    if name == "spinenet-49":
        seed_spinenet(seeder, model.backbone)
    elif name == "spinenet-mobile-49":
        seed_mobile(seeder, model.backbone)
    else:
        seed_resnet(seeder, model.backbone)
        seed_pyramid(seeder, model.decoder)
    seed_head(seeder, model.head, model_config.head.use_separable_conv)
    seeder.check_all_set(model)
    return model, seeder


def rounded(values, digits=6):
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, np.float64).ravel()]


def summary(values, most=160, samples=80):
    """A small array in full; of a large one its mean, root mean square and evenly spaced elements."""
    values = np.asarray(values, np.float64)
    flat = values.ravel()
    if flat.size <= most:
        return {"shape": list(values.shape), "values": rounded(flat)}
    # One more than a multiple of 6, so that the step shares no factor with 18 or 36 channels and meets them all.
    step = flat.size // samples // 6 * 6 + 1
    return {"shape": list(values.shape), "mean": rounded([flat.mean()])[0],
            "rootMeanSquare": rounded([np.sqrt((flat ** 2).mean())])[0], "step": step,
            "values": rounded(flat[::step])}


def pass_of(name, mode, batch, height, width):
    model, seeder = build(name, height, width)
    images = image(batch, height, width)
    outputs = model(tf.constant(images, dtype=tf_keras.backend.floatx()), training=mode == "training")
    maps = [{"kind": kind, "level": level, "map": outputs[key][str(level)].numpy()}
            for kind, key in (("class", "cls_outputs"), ("box", "box_outputs")) for level in LEVELS]
    result = {"model": name, "mode": mode, "batch": batch, "size": [height, width], "maps": maps}
    if mode == "training":
        # The moving statistics after the pass, one channel of each batch norm: by them one sees the batch's own.
        result["movedStatistics"] = {
            norm: [float(seeder.norms[norm].moving_mean[0]), float(seeder.norms[norm].moving_variance[0])]
            for norm in sorted(seeder.norms)}
    return result


def passes():
    for name in ("spinenet-49", "resnet-50-fpn", "spinenet-mobile-49"):
        yield pass_of(name, "inference", 1, 128, 128)
        yield pass_of(name, "inference", 1, 256, 128)
        # At 128 pixels level 7 would have two values a channel to normalise by, and float32 few digits left.
        yield pass_of(name, "training", 2, 256, 256)


def parameters():
    """Of the networks as published, with 91 classes: numbers that training changes, and those it keeps count in."""
    ids = {"spinenet-49s": "49S", "spinenet-49": "49", "spinenet-96": "96", "spinenet-143": "143"}
    mobile = {"spinenet-mobile-49": "49", "spinenet-mobile-49s": "49S", "spinenet-mobile-49xs": "49XS"}
    counts = {}
    for name in [*ids, *mobile, "resnet-50-fpn"]:
        if name in ids:
            filters = 128 if name == "spinenet-49s" else 256
            config = configuration("retinanet_spinenet_coco", 91, 4, filters).task.model
            config.backbone.spinenet.model_id = ids[name]
        elif name in mobile:
            filters = {"49": 48, "49S": 40, "49XS": 24}[mobile[name]]
            config = configuration("retinanet_mobile_coco", 91, 4, filters).task.model
            config.backbone.spinenet_mobile.model_id = mobile[name]
        else:
            config = configuration("retinanet_resnetfpn_coco", 91).task.model
        model = factory.build_retinanet(tf_keras.layers.InputSpec(shape=[None, 128, 128, 3]), config)
        model(tf.zeros([1, 128, 128, 3]), training=True)
        counts[name] = {
            "trainable": sum(math.prod(variable.shape) for variable in model.trainable_variables),
            "statistics": sum(math.prod(variable.shape) for variable in model.non_trainable_variables)}
        tf_keras.backend.clear_session()
    return counts


# Detection --------------------------------------------------------------------------------------------------------

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
    config = configuration("retinanet_spinenet_coco", CLASSES)
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


def compare_in_double(path):
    with open(path, encoding="utf8") as file:
        stored = json.load(file)["passes"]
    tf_keras.backend.set_floatx("float64")
    for one, exact in zip(stored, passes(), strict=True):
        worst = {}
        for known, right in zip(one["maps"], exact["maps"], strict=True):
            values = right["map"].astype(np.float64).ravel()
            difference = np.abs(values[::known.get("step", 1)] - known["values"]).max()
            worst[f"{known['kind']}{known['level']}"] = difference / np.sqrt((values ** 2).mean())
        print(one["model"], one["mode"], one["size"], {key: float(f"{value:.2g}") for key, value in worst.items()})


def main():
    result = {"passes": []}
    for one in passes():
        maps = [{"kind": each["kind"], "level": each["level"], **summary(each["map"])} for each in one["maps"]]
        moved = {norm: rounded(pair) for norm, pair in one.pop("movedStatistics", {}).items()}
        result["passes"].append({**one, "maps": maps, **({"movedStatistics": moved} if moved else {})})
    result["detection"] = detection()
    result["parameters"] = parameters()
    lines = [json.dumps(one, separators=(",", ":")) for one in result["passes"]]
    rest = [f'"{key}":{json.dumps(result[key], separators=(",", ":"))}' for key in ("detection", "parameters")]
    sys.stdout.write('{"passes":[\n' + ",\n".join(lines) + "\n],\n" + ",\n".join(rest) + "}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--float64"]:
        compare_in_double(sys.argv[2])
    else:
        main()

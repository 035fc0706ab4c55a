"""Writes passes.json: what TensorFlow's official Model Garden computes for networks, anchors and losses of ours.

    pip install tensorflow-cpu==2.20.0 tf-keras==2.20.1 gin-config==0.5.0 immutabledict pyyaml scipy matplotlib \
        opencv-python-headless pycocotools tensorflow-datasets tqdm
    pip install --no-deps tf-models-official==2.20.0
    python test/reference/modelGarden/passes.py > test/reference/modelGarden/passes.json

Python 3.11. No weights are stored: every variable is set by a formula of our tensor's name, shape and element index
(see formula.py; passes.ts has the same in TypeScript, bit for bit), and the image by another. Which
variable is which tensor stands in variables.py.

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
from detection import detection
from formula import image, rounded, summary
from variables import LEVELS, Seeder, seed_head, seed_mobile, seed_pyramid, seed_resnet, seed_spinenet
from official.core import exp_factory
from official.vision.configs import retinanet as configs  # noqa: F401 (registers the experiments)
from official.vision.modeling import factory
from official.vision.modeling.backbones.resnet import ResNet
from official.vision.modeling.backbones.spinenet import SpineNet
from official.vision.modeling.backbones.spinenet_mobile import SpineNetMobile


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

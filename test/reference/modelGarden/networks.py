"""The Model Garden's networks that checkpoints.py writes: how each is configured, and seeded weights for them."""

import os

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import tf_keras
from official.core import exp_factory
from official.vision.configs import image_classification, retinanet  # noqa: F401 (registers the experiments)
from official.vision.modeling import factory
from official.vision.modeling.backbones.resnet import ResNet
from official.vision.modeling.backbones.spinenet import SpineNet
from official.vision.modeling.backbones.spinenet_mobile import SpineNetMobile

# Name: experiment, pixels, classes, and what is changed in task.model, or the arguments of a narrow backbone.
NETWORKS = {
    "narrow-spinenet-49": dict(
        experiment="retinanet_spinenet_coco", size=256, head=(2, 4),
        backbone=(SpineNet, dict(filter_size_scale=0.0625, endpoints_num_filters=8))),
    "narrow-spinenet-mobile-49": dict(
        experiment="retinanet_mobile_coco", size=256, classes=5, head=(2, 8),
        backbone=(SpineNetMobile, dict(filter_size_scale=0.125, endpoints_num_filters=8))),
    "narrow-resnet-50-fpn": dict(
        experiment="retinanet_resnetfpn_coco", size=256, classes=5, head=(2, 8), pyramid=8,
        backbone=(ResNet, dict(model_id=50, depth_multiplier=0.0625, scale_stem=False))),
    "spinenet-49-640": dict(experiment="retinanet_spinenet_coco", size=640, model_id=("spinenet", "49")),
    "spinenet-49-256": dict(experiment="retinanet_spinenet_coco", size=256, model_id=("spinenet", "49")),
    "spinenet-49s-640": dict(
        experiment="retinanet_spinenet_coco", size=640, model_id=("spinenet", "49S"), head=(4, 128)),
    "spinenet-mobile-49-384": dict(
        experiment="retinanet_mobile_coco", size=384, model_id=("spinenet_mobile", "49"), head=(4, 48)),
    "resnet-50-fpn-640": dict(experiment="retinanet_resnetfpn_coco", size=640),
    "resnet-50-classifier-224": dict(experiment="resnet_imagenet", size=224, classes=1001),
    "spinenet-49-classifier-256": dict(
        experiment="resnet_imagenet", size=256, classes=1001, model_id=("spinenet", "49")),
}


def is_classifier(name):
    return NETWORKS[name]["experiment"] == "resnet_imagenet"


def configure(name):
    """The experiment of a network, with this project's changes made to `task.model`."""
    entry = NETWORKS[name]
    config = exp_factory.get_exp_config(entry["experiment"])
    model = config.task.model
    model.input_size = [entry["size"], entry["size"], 3]
    model.num_classes = entry.get("classes", 91)
    if "head" in entry:
        model.head.num_convs, model.head.num_filters = entry["head"]
    if "pyramid" in entry:
        model.decoder.fpn.num_filters = entry["pyramid"]
    if "model_id" in entry:
        kind, identity = entry["model_id"]
        model.backbone.type = kind
        getattr(model.backbone, kind).model_id = identity
        getattr(model.backbone, kind).min_level, getattr(model.backbone, kind).max_level = 3, 7
    for kind in ("spinenet", "spinenet_mobile"):
        if hasattr(model.backbone, kind):
            getattr(model.backbone, kind).stochastic_depth_drop_rate = 0.0
    return config


def build(name, for_training=False):
    """A network and its configuration; all of its variables exist. For training, as the published runs have it: with
    regularisation, and batch norm synchronised, whose moving variance is not corrected for the batch's size."""
    entry, config = NETWORKS[name], configure(name)
    model_config = config.task.model
    model_config.norm_activation.use_sync_bn = for_training
    size = entry["size"]
    specs = tf_keras.layers.InputSpec(shape=[None, size, size, 3])
    decay = config.task.losses.l2_weight_decay
    regulariser = tf_keras.regularizers.l2(decay / 2) if for_training else None
    if is_classifier(name):
        model = factory.build_classification_model(specs, model_config)
    elif "backbone" in entry:
        kind, arguments = entry["backbone"]
        activation = model_config.norm_activation.activation
        backbone = kind(
            input_specs=specs, activation=activation, kernel_regularizer=regulariser, use_sync_bn=for_training,
            norm_momentum=model_config.norm_activation.norm_momentum,
            norm_epsilon=model_config.norm_activation.norm_epsilon, **arguments)
        model = factory.build_retinanet(specs, model_config, l2_regularizer=regulariser, backbone=backbone)
    else:
        model = factory.build_retinanet(specs, model_config, l2_regularizer=regulariser)
    model(tf.zeros([1, size, size, 3]), training=True)
    return model, config


def draw_weights(model, seed):
    """Sets every variable, in the order of creation, from one seeded stream.

    What leaves a batch norm is mostly positive and spreads little, where the activations are nearly linear. With more
    spread, a random network of this depth magnifies rounding a thousandfold, which no trained one does."""
    random = np.random.default_rng(seed)
    ranges = {"bias": (-0.1, 0.1), "gamma": (0.3, 0.5), "beta": (0.2, 0.6), "moving_mean": (0, 0),
              "moving_variance": (1, 1)}
    for variable in model.variables:
        part = variable.name.rsplit("/", 1)[-1].split(":")[0]
        shape = tuple(variable.shape)
        if part.endswith("kernel"):
            depthwise = part == "depthwise_kernel"
            fan_in = np.prod(shape[:2]) if depthwise else np.prod(shape[:-1])
            low, high = -np.sqrt(3 / fan_in), np.sqrt(3 / fan_in)
        else:
            low, high = ranges[part]
        values = random.uniform(low, high, shape)
        if "scores" in variable.name and part == "bias":
            # RetinaNet's prior of 0.01, so that not every anchor is a detection.
            values -= 4.595
        variable.assign(values.astype(np.float32))


def settle_statistics(model, images, seed):
    """Moving statistics near those of real images: they would otherwise let the maps grow or fade from block to block.
    Each is then moved a little, so that none is exactly what a training step would find."""
    norms = [layer for layer in model._flatten_layers() if isinstance(layer, tf_keras.layers.BatchNormalization)]
    kept = [layer.momentum for layer in norms]
    for layer in norms:
        layer.momentum = 0.0
    model(images, training=True)
    random = np.random.default_rng(seed)
    for layer, momentum in zip(norms, kept, strict=True):
        layer.momentum = momentum
        variance = layer.moving_variance.numpy()
        shift = random.uniform(-0.1, 0.1, variance.shape) * np.sqrt(variance)
        layer.moving_mean.assign_add(shift.astype(np.float32))
        # Not below a floor: a channel that hardly varies would only magnify rounding.
        floor = 0.05 * max(float(variance.mean()), 1e-3)
        spread = np.maximum(variance, floor) * random.uniform(0.8, 1.25, variance.shape)
        layer.moving_variance.assign(spread.astype(np.float32))


def settle_predictions(model, image):
    """Class logits that spread by 0.6 and box codes by 0.3, so that a trained detector's share of anchors score above
    the threshold."""
    outputs = model(image, training=False)
    for layer, key, wanted in ((model.head._classifier, "cls_outputs", 0.6),
                               (model.head._box_regressor, "box_outputs", 0.3)):
        spread = np.mean([float(tf.math.reduce_std(values)) for values in outputs[key].values()])
        kernel = layer.pointwise_kernel if hasattr(layer, "pointwise_kernel") else layer.kernel
        kernel.assign(kernel * (wanted / spread))

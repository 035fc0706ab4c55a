"""Sets every variable of the Model Garden's networks by our tensors' names, for passes.py."""

import tf_keras
from formula import tensor

LEVELS = [3, 4, 5, 6, 7]


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

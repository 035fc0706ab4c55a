"""One contender of `bench`: PyTorch, on the layers that graph.json lists. Its protocol is contenderProcess.ts's."""

import json
import pathlib
import resource
import sys
import time

import numpy
import torch
import torch.nn.functional as F

folder = pathlib.Path(sys.argv[1])
workload = json.loads((folder / "workload.json").read_text())
graph = json.loads((folder / "graph.json").read_text())
torch.set_num_threads(workload["threads"])
torch.set_num_interop_threads(1)
training = workload["task"] == "training"
flat = numpy.fromfile(folder / "weights.f32", dtype=numpy.float32)
height, width = workload["model"]["inputSize"]
images = numpy.fromfile(folder / "images.f32", dtype=numpy.float32).reshape(workload["batch"], height, width, 3)
images = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)

tensors = {}
for name, spec in graph["tensors"].items():
    size = int(numpy.prod(spec["shape"], dtype=int))
    value = torch.from_numpy(flat[spec["offset"] : spec["offset"] + size].reshape(spec["shape"]).copy())
    if name.endswith("/kernel"):
        # HWIO to PyTorch's OIHW.
        value = value.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
    if training and name.rsplit("/", 1)[1] not in ("mean", "variance"):
        value.requires_grad_(True)
    tensors[name] = value
parameters = [value for value in tensors.values() if value.requires_grad]

ACTIVATIONS = {"relu": F.relu, "relu6": F.relu6, "swish": F.silu, "sigmoid": torch.sigmoid}


def same(size, kernel, stride):
    """TensorFlow's 'same' zeros before and after."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def padded(x, kernel, stride, value=0.0):
    """The input, and the padding that PyTorch can do itself: all of it where both sides are alike."""
    (top, bottom), (left, right) = (same(x.shape[2 + axis], kernel, stride) for axis in (0, 1))
    if top == bottom and left == right:
        return x, (top, left)
    return F.pad(x, (left, right, top, bottom), value=value), (0, 0)


def compute(layer, inputs):
    op, attributes, prefix = layer["op"], layer["attributes"], layer.get("weights", layer["name"])
    x = inputs[0]
    if op == "conv":
        assert attributes["padding"] == "same"
        x, padding = padded(x, attributes["kernelSize"], attributes["stride"])
        bias = tensors[f"{prefix}/bias"] if attributes["bias"] else None
        return F.conv2d(x, tensors[f"{prefix}/kernel"], bias, attributes["stride"], padding)
    if op == "batchNorm":
        part = lambda name: tensors[f"{prefix}/{name}"]
        return F.batch_norm(
            x,
            part("mean"),
            part("variance"),
            part("gamma"),
            part("beta"),
            training,
            1 - workload["model"]["batchNorm"]["momentum"],
            attributes["epsilon"],
        )
    if op == "activation":
        return ACTIVATIONS[attributes["kind"]](x)
    if op == "maxPool":
        x, padding = padded(x, attributes["size"], attributes["stride"], float("-inf"))
        return F.max_pool2d(x, attributes["size"], attributes["stride"], padding)
    if op == "resizeNearest":
        return F.interpolate(x, size=tuple(layer["shape"][:2]), mode="nearest")
    if op == "add":
        return sum(inputs[1:], x)
    raise NotImplementedError(op)


def forward():
    results = {}
    for layer in graph["layers"]:
        if layer["op"] == "input":
            results[layer["name"]] = images
        else:
            results[layer["name"]] = compute(layer, [results[name] for name in layer["inputs"]])
    return [results[output["layer"]] for output in graph["outputs"]]


def turn():
    if not training:
        with torch.inference_mode():
            outputs = forward()
            return torch.cat([output.permute(0, 2, 3, 1).reshape(-1) for output in outputs]).numpy()
    for parameter in parameters:
        parameter.grad = None
    loss = sum(((output - 1) ** 2).mean() for output in forward())
    loss.backward()
    with torch.no_grad():
        for parameter in parameters:
            # A convolution before a batch norm has no bias, and every other parameter takes part.
            parameter -= workload["learningRate"] * parameter.grad
    return numpy.array([loss.item()], dtype=numpy.float32)


def answer(line):
    print(json.dumps(line), flush=True)


answer({"versions": {"pytorch": torch.__version__, "python": sys.version.split()[0]}})
for line in sys.stdin:
    request = json.loads(line)
    outputs, repeats = request.get("outputs"), request.get("repeats", 1)
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(repeats):
        values = turn()
    seconds, cpu = (time.perf_counter() - start) / repeats, (time.process_time() - cpu) / repeats
    if outputs:
        values.astype(numpy.float32).tofile(outputs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer({"seconds": seconds, "cpuSeconds": cpu, "peakBytes": peak * (1 if sys.platform == "darwin" else 1024)})

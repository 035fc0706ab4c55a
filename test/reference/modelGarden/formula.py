"""The values of weights and images by a formula, and the digest of an array, for passes.py.

passes.ts has the same formula in TypeScript, bit for bit.
"""

import math

import numpy as np

PRIME = 999983


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

"""Writes tensors.safetensors: a few hundred bytes by the format's own library, to be read by this project's.

    pip install numpy==2.4.6 safetensors==0.8.0
    python test/reference/tensors.py

With a path, it checks a file instead: that the library opens it, and prints each tensor's type, shape and numbers.
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

if len(sys.argv) > 1:
    with safe_open(sys.argv[1], framework="numpy") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}
        told = {n: [str(t.dtype), list(t.shape), t.ravel().tolist()] for n, t in sorted(tensors.items())}
        print(json.dumps({"metadata": file.metadata(), "tensors": told}))
else:
    save_file(
        {
            "matrix": np.array([[1.5, -2.25, 3e-30], [0, -0.0, 16777217]], dtype=np.float32),
            "halves": np.array([0.1, 65504, 6e-8, -1 / 3], dtype=np.float16),
            "scalar": np.array(7, dtype=np.float32),
            "nothing": np.zeros((0, 3), dtype=np.float32),
        },
        str(Path(__file__).with_suffix(".safetensors")),
        metadata={"model": "{}", "µ": "ß"},
    )

"""Converts a checkpoint's variables to safetensors with TensorFlow, for convert.ts.

Prints what took how long, as JSON.
"""

import json
import sys
import time

started = time.perf_counter()
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from safetensors.numpy import save_file  # noqa: E402

prefix, out, dtype = sys.argv[1:]
imported = time.perf_counter()
reader = tf.train.load_checkpoint(prefix)
names = [
    name for name, kind in reader.get_variable_to_dtype_map().items()
    if kind.is_floating and ".OPTIMIZER_SLOT" not in name and not name.endswith("/Momentum")
]
save_file({name: np.asarray(reader.get_tensor(name), dtype=dtype) for name in names}, out)
finished = time.perf_counter()
print(json.dumps({"importSeconds": imported - started, "seconds": finished - imported, "tensors": len(names)}))

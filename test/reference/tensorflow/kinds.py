"""Writes a checkpoint of every kind of tensor that the reader knows: kinds.index and kinds.data-*.

    pip install tensorflow-cpu==2.20.0
    python test/reference/tensorflow/kinds.py

A partitioned variable, strings, five types of numbers, and two shards, one for each of two devices. The values are in
test/checkpoints/tensorflow/kinds.test.ts.
"""

import pathlib
import tempfile

import tensorflow as tf

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
v1 = tf.compat.v1
v1.disable_eager_execution()


def variable(name, values, dtype):
    return v1.get_variable(name, initializer=tf.constant(values, dtype))


with v1.device("/cpu:0"):
    variable("float32", [[1.5, -2], [3, 0.1]], tf.float32)
    variable("float16", [1.5, -2, 65504], tf.float16)
    variable("string", ["scale", "", "permuted" * 20], tf.string)
with v1.device("/cpu:1"):
    variable("bfloat16", [1.5, -2, 3e38], tf.bfloat16)
    variable("int32", [1, -1, 2**31 - 1], tf.int32)
    variable("int64", [1, -1, 2**53 + 1], tf.int64)
    # 150 rows in three slices, since starts from 64 on take two bytes in a slice's key.
    v1.get_variable(
        "partitioned", [150, 2], tf.float32, partitioner=v1.fixed_size_partitioner(3),
        initializer=lambda shape, dtype, partition_info: tf.reshape(
            tf.range(300, dtype=dtype), [150, 2])[partition_info.var_offset[0]:][:shape[0]])

with v1.Session() as session, tempfile.TemporaryDirectory() as folder:
    session.run(v1.global_variables_initializer())
    v1.train.Saver(sharded=True).save(session, f"{folder}/kinds", write_meta_graph=False)
    for file in pathlib.Path(folder).glob("kinds.*"):
        (pathlib.Path(__file__).parent / file.name).write_bytes(file.read_bytes())
        print(file.name, file.stat().st_size)

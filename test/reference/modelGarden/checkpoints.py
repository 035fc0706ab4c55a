"""Writes checkpoints of Model Garden networks with seeded weights, and what the networks compute from a photograph.

    pip install tensorflow-cpu==2.20.0 tf-keras==2.20.1 gin-config==0.5.0 immutabledict pyyaml scipy matplotlib \
        opencv-python-headless pycocotools tensorflow-datasets tqdm safetensors
    pip install --no-deps tf-models-official==2.20.0
    python test/reference/modelGarden/checkpoints.py OUT [--only NAME ...]

Python 3.11. For each network of networks.py, OUT/NAME gets a checkpoint (`ckpt-1.index`, `ckpt-1.data-…`) and
`expected.safetensors`: the input made from chelsea.jpg, every level's features, class logits and box codes, and the
detections after the Model Garden's own post-processing. The statistics of batch norm are near those of the photograph.
The narrow networks' checkpoints are committed beside this file, with `expected.json`: evenly spaced values of the same.

The narrow SpineNet-49's checkpoint is the trainer's: the model, its optimiser's momentum and moving averages, and the
step, and is written in a process that built another network before, so that no counter starts at 0. Its expected
values are those of the averages. The other checkpoints are `Checkpoint(backbone=, [decoder=], head=)`, as published.
"""

import argparse
import json
import pathlib

import networks  # noqa: I001 (sets TensorFlow's environment first)
import numpy as np
import photograph
import tensorflow as tf
import tf_keras
from formula import rounded
from official.modeling import optimization
from safetensors.numpy import save_file

LEVELS = range(3, 8)


def prepared(name, seed):
    """A seeded network and its input."""
    size = networks.NETWORKS[name]["size"]
    model, config = networks.build(name)
    networks.draw_weights(model, seed)
    if networks.is_classifier(name):
        inputs = photograph.classifier_input(size)
    else:
        inputs = photograph.detector_input(size)[0]
    networks.settle_statistics(model, photograph.oriented(inputs), seed)
    if not networks.is_classifier(name):
        networks.settle_predictions(model, inputs)
    return model, config, inputs


def trainer_checkpoint(model, seed):
    """Everything that the Model Garden's trainer saves, as if it had run: momentum, averages, step."""
    optimiser = optimization.ExponentialMovingAverage(
        tf_keras.optimizers.legacy.SGD(0.32, momentum=0.9), average_decay=0.9998)
    optimiser.shadow_copy(model)
    random = np.random.default_rng(seed + 1)
    variables = model.trainable_variables
    optimiser._create_slots(variables)
    for variable in variables:
        noise = random.uniform(-0.05, 0.05, variable.shape)
        average = variable.numpy() * (1 + noise)
        optimiser.get_slot(variable, "average").assign(average.astype(np.float32))
        optimiser._optimizer.get_slot(variable, "momentum").assign(noise.astype(np.float32))
    optimiser.iterations.assign(231000)
    step = tf.Variable(231000, dtype=tf.int64, name="global_step")
    checkpoint = tf.train.Checkpoint(
        global_step=step, model=model, optimizer=optimiser, **model.checkpoint_items)
    return checkpoint, lambda: [v.assign(optimiser.get_slot(v, "average")) for v in variables]


def expected_of(name, model, inputs):
    """Everything that is compared, by name."""
    if networks.is_classifier(name):
        return expected_classes(name, model, inputs)
    _, clip = photograph.detector_input(networks.NETWORKS[name]["size"])
    outputs = model(inputs, image_shape=clip[None], output_intermediate_features=True, training=False)
    source = "decoder" if model.decoder else "backbone"
    found = {"pixels": inputs, "clip": clip}
    for level in LEVELS:
        found[f"feature/{level}"] = outputs[f"{source}_{level}"]
        found[f"class/{level}"] = outputs["cls_outputs"][str(level)]
        found[f"box/{level}"] = outputs["box_outputs"][str(level)]
    count = int(outputs["num_detections"][0])
    found["boxes"] = outputs["detection_boxes"][0, :count]
    found["scores"] = outputs["detection_scores"][0, :count]
    found["channels"] = tf.cast(outputs["detection_classes"][0, :count], tf.float32)
    return found


def expected_classes(name, model, inputs):
    """A classifier's logits. The Model Garden's pools the coarsest level only; SpineNet's, as the paper describes it
    (section 4.2), averages all levels at the finest one's size first, so that is computed here."""
    features = model.backbone(inputs, training=False)
    maps = {f"feature/{level}": value for level, value in features.items()}
    logits = model(inputs, training=False)
    if name.startswith("spinenet"):
        height, width = features["3"].shape[1:3]
        resized = [tf.image.resize(value, [height, width], "nearest") for value in features.values()]
        pooled = tf.reduce_mean(tf.add_n(resized) / len(resized), [1, 2])
        logits = model.layers[-1](pooled)
    return {"pixels": inputs, "logits": logits, **maps}


def samples(values, most=400):
    """Evenly spaced values; the step shares no factor with a map's width or channels."""
    flat = values.ravel()
    step = 1 if flat.size <= most else flat.size // most // 6 * 6 + 1
    return {"shape": list(values.shape), "step": step, "values": rounded(flat[::step], 8)}


def write(name, out, seed):
    model, _, inputs = prepared(name, seed)
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    if name == "narrow-spinenet-49":
        checkpoint, use_averages = trainer_checkpoint(model, seed)
    else:
        checkpoint, use_averages = tf.train.Checkpoint(**model.checkpoint_items), lambda: None
        if networks.is_classifier(name):
            checkpoint = tf.train.Checkpoint(model=model, **model.checkpoint_items)
    checkpoint.write(str(folder / "ckpt-1"))
    use_averages()
    expected = expected_of(name, model, inputs)
    arrays = {key: np.ascontiguousarray(np.asarray(value, np.float32)) for key, value in expected.items()}
    save_file(arrays, folder / "expected.safetensors")
    if name.startswith("narrow"):
        digest = {key: samples(value) for key, value in arrays.items()}
        (folder / "expected.json").write_text(json.dumps(digest, separators=(",", ":")))
    sizes = {file.name: file.stat().st_size for file in sorted(folder.iterdir())}
    spread = {key: float(np.sqrt((value ** 2).mean())) for key, value in arrays.items() if value.size}
    print(name, sizes, {key: float(f"{value:.3g}") for key, value in spread.items()},
          "detections:", len(arrays.get("scores", [])), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", choices=networks.NETWORKS, default=list(networks.NETWORKS))
    options = parser.parse_args()
    if "narrow-spinenet-49" in options.only:
        networks.build("narrow-resnet-50-fpn")
    for seed, name in enumerate(networks.NETWORKS):
        if name in options.only:
            write(name, options.out, seed)


if __name__ == "__main__":
    main()

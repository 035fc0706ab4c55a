"""A photograph as the Model Garden's evaluation feeds it to a network: a cat, by Stefan van der Walt (CC0)."""

import pathlib

import tensorflow as tf
from official.vision.ops import preprocess_ops


PHOTOGRAPH = pathlib.Path(__file__).with_name("chelsea.jpg")


def read_pixels():
    """RGB pixels. The accurate transform, as sharp uses it; TensorFlow's default is off by up to 3 of 255."""
    return tf.io.decode_jpeg(PHOTOGRAPH.read_bytes(), channels=3, dct_method="INTEGER_ACCURATE")


def detector_input(size):
    """Normalised, resized to fit the square and padded, as `retinanet_input.Parser` does; and the size without padding."""
    pixels = read_pixels()
    padded = preprocess_ops.compute_padded_size([size, size], 2 ** 7)
    image, info = preprocess_ops.resize_and_crop_image(
        preprocess_ops.normalize_image(pixels), [size, size], padded_size=padded)
    covered = tf.round(tf.cast(tf.shape(pixels)[:2], tf.float32) * info[2])
    return image[None], covered


def classifier_input(size):
    """Normalised and stretched, without cropping: the pixels are only there to compare networks by."""
    return tf.image.resize(preprocess_ops.normalize_image(read_pixels()), [size, size])[None]


def oriented(image):
    """A batch of the image as it is, mirrored, upside down, and both."""
    return tf.concat([image, image[:, :, ::-1], image[:, ::-1], image[:, ::-1, ::-1]], 0)

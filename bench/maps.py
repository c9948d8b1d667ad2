"""Compares feature maps, Grad-CAM and saliency with Keras's own on an exported network.

Usage: maps.py JOB

JOB is JSON: `code` is the folder of an export as Keras source with its weights, `folder` what `maps.ts` wrote for the
same weights. Grad-CAM is written down here as in its paper (Selvaraju et al., 2017, equations 1 and 2) over TensorFlow's
GradientTape, on the score that the last softmax is given; it has nothing in common with what it is compared with.

Where a number that a ReLU or a pooling decides by lies within rounding of the jump, two programs may come out on two sides
of it, and gradients differ there by any amount though both are right. Keras is therefore asked for inputs disturbed by less
than rounding adds up to as well; what its own answers vary by is taken off a difference.

Prints for `maps`, `gradCam` and `saliency` how many were compared, the largest `difference` of any number, and the
largest `part` that a difference is of the largest number beside it, and the `largest` number; and the versions.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import keras
import peers

# What is added to the pixels, of 0 to 1.
DISTURBANCES = (1e-7, 1e-6, 1e-5) * 6


def grad_cam(model, layer_id, x, class_index):
    """The map of a layer for a class, `[rows, columns]`."""
    reader = keras.Model(model.inputs, [model.get_layer(layer_id).output, model.outputs[0]])
    with tf.GradientTape() as tape:
        maps, scores = reader(x, training=False)
        score = scores[:, class_index]
    weights = tf.reduce_mean(tape.gradient(score, maps), axis=(1, 2), keepdims=True)
    return tf.nn.relu(tf.reduce_sum(weights * maps, axis=3))[0].numpy()


def saliency(model, x, class_index):
    """How much the class's score changes with each pixel, `[rows, columns]`."""
    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        score = model(x, training=False)[:, class_index]
    return tf.reduce_max(tf.abs(tape.gradient(score, x)), axis=3)[0].numpy()


def with_spread(compute, x):
    """What is computed of an input, and how much each number of it varies when the input is disturbed."""
    random = np.random.default_rng(1)
    exact = compute(x)
    spread = np.zeros_like(exact)
    for size in DISTURBANCES:
        disturbed = (x + size * random.uniform(-1, 1, x.shape)).astype(np.float32)
        spread = np.maximum(spread, np.abs(compute(disturbed) - exact))
    return exact, spread


class Comparison:
    """Differences of one kind of arrays."""

    def __init__(self):
        self.compared, self.difference, self.part, self.largest = 0, 0.0, 0.0, 0.0

    def add(self, ours, theirs, spread=0.0):
        if ours.shape != theirs.shape:
            raise ValueError(f"the shapes are {ours.shape} and {theirs.shape}")
        difference = float(np.maximum(np.abs(ours - theirs) - spread, 0).max())
        self.compared += 1
        self.difference = max(self.difference, difference)
        self.largest = max(self.largest, float(np.abs(theirs).max()))
        # A map that is all but zero has no part to speak of.
        self.part = max(self.part, difference / max(float(np.abs(theirs).max()), 1e-3))

    def result(self):
        if self.largest == 0:
            raise ValueError("all numbers are zero, which says nothing")
        return {
            "compared": self.compared,
            "difference": self.difference,
            "part": self.part,
            "largest": self.largest,
        }


def main():
    job = json.loads(sys.argv[1])
    read = lambda name: np.load(os.path.join(job["folder"], name + ".npy"))
    with open(os.path.join(job["folder"], "case.json"), encoding="utf-8") as file:
        case = json.load(file)
    module = peers.load_code(job["code"])
    model = module.build_model()
    module.load_weights(model, os.path.join(job["code"], "weights.npz"))
    names = [layer.name for layer in model.layers]
    layers = [layer for layer in case["layers"] if layer in names]
    missing = set(case["layers"]) - set(layers)
    if missing:
        raise ValueError(f"Keras’s network has no {', '.join(sorted(missing))}")
    reader = keras.Model(model.inputs, [model.get_layer(layer).output for layer in layers])
    maps, cams, salient = Comparison(), Comparison(), Comparison()
    inputs = [read(f"{at}.input") for at in range(case["pictures"])]
    for at, x in enumerate(inputs):
        for layer, given in zip(layers, reader(x, training=False)):
            maps.add(read(f"{at}.map.{layer}"), given[0].numpy())
    # From here on the output is what the softmax is given.
    last = model.layers[-1]
    if last.activation is not keras.activations.softmax:
        raise ValueError("the network does not end in a softmax")
    last.activation = keras.activations.linear
    for at, x in enumerate(inputs):
        for class_index in case["classes"]:
            theirs = with_spread(lambda x: saliency(model, x, class_index), x)
            salient.add(read(f"{at}.saliency.{class_index}"), *theirs)
            for layer in case["withMaps"]:
                theirs = with_spread(lambda x: grad_cam(model, layer, x, class_index), x)
                cams.add(read(f"{at}.cam.{layer}.{class_index}"), *theirs)
    found = {"maps": maps.result(), "gradCam": cams.result(), "saliency": salient.result()}
    print(json.dumps({"versions": {"keras": keras.__version__, "tensorflow": tf.__version__}, **found}))


if __name__ == "__main__":
    main()

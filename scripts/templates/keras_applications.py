"""Writes down the layers of networks of Keras Applications: shared/templates/keras-applications.json.

Usage: keras_applications.py FILE

For each network with the id of its template: its layers in Keras's order as `[name, class, output shape, parameters]`,
the shape without the batch. Nothing is downloaded: the weights do not matter.
"""

import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

NETWORKS = {
    "vgg-16": keras.applications.VGG16,
    "vgg-19": keras.applications.VGG19,
    "resnet-50": keras.applications.ResNet50,
    "mobilenet-v1": keras.applications.MobileNet,
    "mobilenet-v2": keras.applications.MobileNetV2,
    "densenet-121": keras.applications.DenseNet121,
}


def rows(model):
    for layer in model.layers:
        yield [layer.name, type(layer).__name__, list(layer.output.shape[1:]), layer.count_params()]


def describe(build):
    # Names of layers without a name of their own count from the first network of the session.
    keras.backend.clear_session()
    model = build(weights=None)
    trainable = sum(int(keras.ops.size(weight)) for weight in model.trainable_weights)
    return {"params": model.count_params(), "trainable": trainable, "layers": list(rows(model))}


def write(path):
    networks = {name: describe(build) for name, build in NETWORKS.items()}
    head = f'{{\n  "keras": {json.dumps(keras.__version__)},\n  "networks": {{\n'
    parts = []
    for name, network in networks.items():
        layers = ",\n".join(f"        {json.dumps(row)}" for row in network["layers"])
        parts.append(
            f'    "{name}": {{\n      "params": {network["params"]},\n      "trainable": {network["trainable"]},\n'
            f'      "layers": [\n{layers}\n      ]\n    }}'
        )
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + ",\n".join(parts) + "\n  }\n}\n")


write(sys.argv[1])

"""Trains a network on MNIST with Keras, and prints the images a second of its second epoch as JSON.

Usage: keras_train.py NETWORK MNIST_FOLDER EXAMPLES BATCH_SIZE SETTING

SETTING is `default`, Keras as it comes, or `best`: no XLA, and several steps in one call, the fastest setting found.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow
from keras import layers


def lenet_5():
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            layers.Conv2D(6, 5, activation="tanh"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 5, activation="tanh"),
            layers.MaxPooling2D(2),
            layers.Conv2D(120, 5, activation="tanh"),
            layers.Flatten(),
            layers.Dense(84, activation="tanh"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def mnist_cnn():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


class EpochTimes(keras.callbacks.Callback):
    """Seconds of each epoch."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.started_at = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.started_at)


def main():
    network, folder, examples, batch_size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    settings = {"default": {}, "best": {"jit_compile": False, "steps_per_execution": 16}}[sys.argv[5]]
    pixels = numpy.fromfile(os.path.join(folder, "train-images-idx3-ubyte"), numpy.uint8, offset=16)
    labels = numpy.fromfile(os.path.join(folder, "train-labels-idx1-ubyte"), numpy.uint8, offset=8)
    x = pixels.reshape(-1, 28, 28, 1)[:examples].astype("float32") / 255
    y = keras.utils.to_categorical(labels[:examples], 10)
    model = {"lenet-5": lenet_5, "mnist-cnn": mnist_cnn}[network]()
    if model.input_shape[1] == 32:
        x = numpy.pad(x, ((0, 0), (2, 2), (2, 2), (0, 0)))
    model.compile(
        optimizer=keras.optimizers.Adam(0.001),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
        **settings,
    )
    times = EpochTimes()
    model.fit(x, y, batch_size=batch_size, epochs=2, verbose=0, callbacks=[times])
    print(
        json.dumps(
            {
                "imagesPerSecond": examples / times.seconds[1],
                "keras": keras.__version__,
                "tensorflow": tensorflow.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()

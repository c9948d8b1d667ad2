"""Trains a network with Keras, or searches for the settings with which Keras trains it fastest.

Usage: keras_train.py JOB

JOB is JSON: `folder` and `network` name the files that `plan.ts` wrote, `batchSize`, `epoch` (its pictures) and
`seconds` (to train after the first epoch, at least, in whole epochs) are as for the other engines, and either

- `setting`: `{}` for Keras as it comes; else any of `jit_compile` and `steps_per_execution`, as `compile` takes them,
  and `pipeline: true` for a `tf.data` pipeline (cached, shuffled, prefetched) in the place of arrays. Prints what was
  measured, with the fields that `measurement.ts` says;
- or `search: true`, with `jit: true` to try XLA as well. Prints every setting that was tried and its images a second,
  the fastest first.
"""

import json
import os
import statistics
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow
from keras import layers

MANY_EPOCHS = 10_000
STEPS_PER_EXECUTION = (1, 8, 16, 32)


def hard_sigmoid(x):
    """As TensorFlow.js and Keras 2 have it; in Keras 3 the function of that name rises by a sixth instead of a fifth."""
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)


def activation_of(name):
    """An activation of Keras; all but one have the same name there."""
    return hard_sigmoid if name == "hardSigmoid" else name


def same_or_padded(x, padding):
    """What `padding` of a layer means: Keras's word for it; a number of rows and columns is put around `x` before."""
    if isinstance(padding, str):
        return x, padding
    return layers.ZeroPadding2D(padding)(x), "valid"


def conv_2d(x, params, name):
    x, padding = same_or_padded(x, params["padding"])
    return layers.Conv2D(
        params["filters"],
        params["kernelSize"],
        strides=params["strides"],
        padding=padding,
        dilation_rate=params["dilationRate"],
        activation=activation_of(params["activation"]),
        use_bias=params["useBias"],
        name=name,
    )(x)


def pooling(layer):
    def pool(x, params, name):
        x, padding = same_or_padded(x, params["padding"])
        return layer(params["poolSize"], strides=params["strides"], padding=padding, name=name)(x)

    return pool


def dense(x, params, name):
    return layers.Dense(
        params["units"], activation=activation_of(params["activation"]), use_bias=params["useBias"], name=name
    )(x)


def batch_normalization(x, params, name):
    names = ("axis", "momentum", "epsilon", "center", "scale")
    return layers.BatchNormalization(**{key: params[key] for key in names}, name=name)(x)


LAYERS = {
    "Conv2D": conv_2d,
    "MaxPooling2D": pooling(layers.MaxPooling2D),
    "AveragePooling2D": pooling(layers.AveragePooling2D),
    "GlobalAveragePooling2D": lambda x, params, name: layers.GlobalAveragePooling2D(name=name)(x),
    "Dense": dense,
    "Flatten": lambda x, params, name: layers.Flatten(name=name)(x),
    "Dropout": lambda x, params, name: layers.Dropout(params["rate"], name=name)(x),
    "Activation": lambda x, params, name: layers.Activation(activation_of(params["activation"]), name=name)(x),
    "BatchNormalization": batch_normalization,
    "ZeroPadding2D": lambda x, params, name: layers.ZeroPadding2D(params["padding"], name=name)(x),
    "Add": lambda xs, params, name: layers.Add(name=name)(xs),
    "Concatenate": lambda xs, params, name: layers.Concatenate(axis=params["axis"], name=name)(xs),
}

OPTIMIZERS = {
    "sgd": lambda p: keras.optimizers.SGD(p["learningRate"]),
    "momentum": lambda p: keras.optimizers.SGD(
        p["learningRate"], momentum=p["momentum"], nesterov=p["useNesterov"]
    ),
    "rmsprop": lambda p: keras.optimizers.RMSprop(
        p["learningRate"],
        rho=p["decay"],
        momentum=p["momentum"],
        epsilon=p["epsilon"],
        centered=p["centered"],
    ),
    "adam": lambda p: keras.optimizers.Adam(
        p["learningRate"], beta_1=p["beta1"], beta_2=p["beta2"], epsilon=p["epsilon"]
    ),
}

LOSSES = {"categoricalCrossentropy": "categorical_crossentropy", "meanSquaredError": "mean_squared_error"}


def build(network):
    """The functional model of a network."""
    tensors = {}
    for layer in network["layers"]:
        if layer["kind"] == "Input":
            tensors[layer["id"]] = keras.Input(tuple(layer["params"]["shape"]), name=layer["id"])
            continue
        inputs = [tensors[source] for source in layer["inputs"]]
        x = inputs if layer["kind"] in ("Add", "Concatenate") else inputs[0]
        tensors[layer["id"]] = LAYERS[layer["kind"]](x, layer["params"], layer["id"])
    inputs = [tensors[layer["id"]] for layer in network["layers"] if layer["kind"] == "Input"]
    return keras.Model(inputs, tensors[network["output"]])


def read(job):
    """The network, its pictures as numbers 0 to 1, and one-hot labels."""
    path = os.path.join(job["folder"], job["network"])
    with open(path + ".json", encoding="utf-8") as file:
        network = json.load(file)
    size = int(numpy.prod(network["shape"]))
    pixels = numpy.fromfile(path + ".pixels", numpy.uint8, count=job["epoch"] * size)
    labels = numpy.fromfile(path + ".labels", numpy.uint8, count=job["epoch"])
    x = pixels.reshape(-1, *network["shape"]).astype("float32") / 255
    return network, x, keras.utils.to_categorical(labels, network["classes"])


class EpochClock(keras.callbacks.Callback):
    """Times the epochs, and ends the training when those after the first have taken the seconds asked for."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds
        self.times = []
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        self.started_at = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.times.append(time.perf_counter() - self.started_at)
        self.losses.append(float(logs["loss"]))
        self.model.stop_training = len(self.times) > 1 and sum(self.times[1:]) >= self.seconds


def peak_memory():
    """The largest that this process ever was, in bytes; nothing where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def train(job, network, x, y, setting):
    """One measurement."""
    compile_with = {key: value for key, value in setting.items() if key != "pipeline"}
    batch_size = job["batchSize"]
    model = build(network)
    optimizer = network["optimizer"]
    model.compile(
        optimizer=OPTIMIZERS[optimizer["kind"]](optimizer),
        loss=LOSSES[network["loss"]],
        metrics=["accuracy"],
        **compile_with,
    )
    asked_at = time.perf_counter()
    model.fit(x[:batch_size], y[:batch_size], batch_size=batch_size, epochs=1, verbose=0)
    to_first_batch = time.perf_counter() - asked_at
    clock = EpochClock(job["seconds"])
    if setting.get("pipeline", False):
        data = tensorflow.data.Dataset.from_tensor_slices((x, y)).cache().shuffle(len(x)).batch(batch_size)
        given = {"x": data.prefetch(tensorflow.data.AUTOTUNE)}
    else:
        given = {"x": x, "y": y, "batch_size": batch_size}
    model.fit(**given, epochs=MANY_EPOCHS, verbose=0, callbacks=[clock])
    return {
        "imagesPerSecond": len(x) / statistics.median(clock.times[1:]),
        "secondsToFirstBatch": to_first_batch,
        "peakMemoryBytes": peak_memory(),
        "loss": clock.losses[1],
        "epochs": len(clock.times),
        "params": model.count_params(),
        "versions": {"keras": keras.__version__, "tensorflow": tensorflow.__version__},
    }


def search(job, network, x, y):
    """Tries the settings in turn, the pipeline with the best of the others, and the two fastest of all once more."""
    tried = []

    def attempt(setting):
        keras.backend.clear_session()
        speed = train(job, network, x, y, setting)["imagesPerSecond"]
        before = next((one for one in tried if one["setting"] == setting), None)
        if before is None:
            tried.append({"setting": setting, "imagesPerSecond": speed})
        else:
            before["imagesPerSecond"] = max(speed, before["imagesPerSecond"])
        tried.sort(key=lambda one: -one["imagesPerSecond"])

    batches = max(1, len(x) // job["batchSize"])
    for jit in (False, True) if job.get("jit", False) else (False,):
        for steps in STEPS_PER_EXECUTION:
            if steps <= batches:
                attempt({"jit_compile": jit, "steps_per_execution": steps})
    attempt({**tried[0]["setting"], "pipeline": True})
    for setting in [one["setting"] for one in tried[:2]]:
        attempt(setting)
    return tried


def main():
    job = json.loads(sys.argv[1])
    network, x, y = read(job)
    if job.get("search", False):
        print(json.dumps(search(job, network, x, y)))
    else:
        print(json.dumps(train(job, network, x, y, job["setting"])))


if __name__ == "__main__":
    main()

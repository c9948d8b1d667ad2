"""Trains with Keras what Convas trained, and measures how far apart they come out.

Usage: keras_agree.py JOB

JOB is JSON: `folder` holds the files that `agree.ts` wrote, `cases` are their ids. Each network is built, given the
initial weights, and trained on the same batches in the same order, once in single precision, as Convas computes, and
once in double precision, from which rounding in single precision can be told apart from another computation. To know
what rounding can grow to, double precision is repeated with noise on weights and pictures.

Prints the versions and for each case, under `first` and `last` (after the first step, after all of them):

- `losses`: the largest difference of a batch's loss so far, from double precision for `graph`, `eager`, `keras` (Keras
  in single precision) and `disturbed` (the farthest with noise), and for `keras-graph` and `graph-eager` from each
  other; `size` is the largest loss;
- `weights`: for each weight its `name`, whether it is `learned`, its `length` (Euclidean, as all of these), how far it
  `moved` in double precision, how far `graph`, `eager` and `keras` are from there, and how far `disturbed` moved apart;
- `largest`: of all numbers in all weights the largest difference `keras-graph` and `graph-eager`, and the farthest that
  one `moved`.
"""

import json
import os
import sys

import keras_train

import keras
import numpy
import tensorflow

# How much noise, of a weight and of a pixel: what rounding comes to after some layers; and how often it is tried.
DISTURBANCE = 1e-5
DISTURBED = 4


def read(folder, case):
    """The network, its batches, and all weights in a row by what they are of."""
    path = os.path.join(folder, case)
    with open(path + ".json", encoding="utf-8") as file:
        network = json.load(file)
    labels = numpy.fromfile(path + ".labels", numpy.uint8)
    pixels = numpy.fromfile(path + ".pixels", numpy.uint8).reshape(len(labels), *network["shape"])
    x = pixels.astype("float32") / 255
    y = keras.utils.to_categorical(labels, network["classes"])
    size = network["batchSize"]
    batches = [(x[at : at + size], y[at : at + size]) for at in range(0, len(x), size)]
    names = ("initial", "graph.first", "graph.last", "eager.first", "eager.last")
    return network, batches, {name: numpy.fromfile(f"{path}.{name}", numpy.float32) for name in names}


def parts(network, row):
    """A row of numbers taken apart into weights by their names."""
    found = {}
    at = 0
    for weight in network["weights"]:
        size = int(numpy.prod(weight["shape"]))
        found[weight["name"]] = row[at : at + size].reshape(weight["shape"])
        at += size
    if at != len(row):
        raise ValueError(f"there are {len(row)} numbers for weights of {at}")
    return found


def trainer(network, precision):
    """A function that trains a new network: every batch's loss, and the weights after the first and the last."""
    keras.config.set_floatx(precision)
    keras.config.set_dtype_policy(precision)
    model = keras_train.build(network)
    optimizer = network["optimizer"]
    model.compile(
        optimizer=keras_train.OPTIMIZERS[optimizer["kind"]](optimizer),
        loss=keras_train.LOSSES[network["loss"]],
        jit_compile=False,
    )
    model.optimizer.build(model.trainable_variables)
    untouched = [variable.numpy() for variable in model.optimizer.variables]

    def train(batches, initial):
        if {weight.path for weight in model.weights} != set(initial):
            raise ValueError("Keras’s network has other weights")
        if any(weight.dtype != precision for weight in model.weights):
            raise ValueError(f"Keras’s network is not of {precision}")
        for variable, value in zip(model.optimizer.variables, untouched):
            variable.assign(value)
        for weight in model.weights:
            weight.assign(initial[weight.path].astype(precision))
        losses = []
        for x, y in batches:
            # Else the loss is the mean of all batches so far.
            model.reset_metrics()
            losses.append(float(model.train_on_batch(x.astype(precision), y.astype(precision))))
            if len(losses) == 1:
                first = {weight.path: weight.numpy() for weight in model.weights}
        return {
            "losses": losses,
            "initial": initial,
            "learned": {weight.path for weight in model.trainable_weights},
            "first": first,
            "last": {weight.path: weight.numpy() for weight in model.weights},
        }

    return train


def disturbed(batches, initial, seed):
    """The same batches and weights with a little noise in each number; what is zero stays so."""
    random = numpy.random.default_rng(seed)

    def noisy(values):
        return values.astype("float64") * (1 + random.uniform(-DISTURBANCE, DISTURBANCE, values.shape))

    return [(noisy(x), y) for x, y in batches], {name: noisy(values) for name, values in initial.items()}


def length(values):
    return float(numpy.linalg.norm(values.astype("float64").ravel()))


def largest(a, b):
    """The largest difference of two sets of weights, number by number."""
    return max(float(numpy.abs(a[name].astype("float64") - b[name]).max(initial=0)) for name in a)


def compare(network, batches, rows):
    initial = parts(network, rows["initial"])
    keras.backend.clear_session()
    single = trainer(network, "float32")(batches, initial)
    train = trainer(network, "float64")
    double = train(batches, initial)
    others = [train(*disturbed(batches, initial, seed)) for seed in range(DISTURBED)]
    found = {}
    for moment, steps in (("first", 1), ("last", len(batches))):
        all_losses = {**network["losses"], "keras": single["losses"], "double": double["losses"]}
        losses = {of: numpy.array(values[:steps]) for of, values in all_losses.items()}
        weights = {
            "graph": parts(network, rows["graph." + moment]),
            "eager": parts(network, rows["eager." + moment]),
            "keras": single[moment],
        }
        exact = double[moment]
        way = lambda one, name: one[moment][name] - one["initial"][name]
        off = lambda other, name: length(way(other, name) - way(double, name))
        found[moment] = {
            "losses": {
                **{of: float(numpy.abs(losses[of] - losses["double"]).max()) for of in weights},
                "disturbed": max(
                    float(numpy.abs(other["losses"][:steps] - losses["double"]).max()) for other in others
                ),
                "keras-graph": float(numpy.abs(losses["keras"] - losses["graph"]).max()),
                "graph-eager": float(numpy.abs(losses["graph"] - losses["eager"]).max()),
                "size": float(numpy.abs(losses["double"]).max()),
            },
            "weights": [
                {
                    "name": name,
                    "learned": name in double["learned"],
                    "length": length(exact[name]),
                    "moved": length(exact[name] - initial[name]),
                    **{of: length(weights[of][name] - exact[name]) for of in weights},
                    "disturbed": max(off(other, name) for other in others),
                }
                for name in initial
            ],
            "largest": {
                "keras-graph": largest(weights["keras"], weights["graph"]),
                "graph-eager": largest(weights["graph"], weights["eager"]),
                "moved": largest(exact, initial),
            },
        }
    return found


def main():
    job = json.loads(sys.argv[1])
    versions = {"keras": keras.__version__, "tensorflow": tensorflow.__version__}
    cases = {case: compare(*read(job["folder"], case)) for case in job["cases"]}
    # JSON has no word for what is not finite.
    print(json.dumps({"versions": versions, "cases": cases}).replace("NaN", "null").replace("Infinity", "null"))


if __name__ == "__main__":
    main()

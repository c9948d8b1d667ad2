"""Lists every layer class of the Keras that is installed, with its documented arguments and what it saves of them.

    python scripts/keras_arguments.py > shared/testing/kerasLayers.json

For each class: its arguments in order with their defaults ("required" where there is none), and the config that a
layer with nothing but the required arguments saves (null where Keras cannot make one so).
"""

import inspect
import json
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

# What a class needs to be made, where its arguments have no default.
REQUIRED = {
    "activation": "relu",
    "axis": 1,
    "axes": 1,
    "bin_boundaries": [0.0, 1.0],
    "dims": [1],
    "equation": "ab,bc->ac",
    "factor": 0.2,
    "filters": 2,
    "function": None,
    "head_dim": 2,
    "height": 4,
    "height_factor": 0.2,
    "input_dim": 3,
    "input_shape": [3],
    "kernel_size": 3,
    "key_dim": 2,
    "n": 2,
    "num_bins": 3,
    "num_heads": 2,
    "num_key_value_heads": 1,
    "num_query_heads": 2,
    "num_tokens": 3,
    "output_dim": 2,
    "output_shape": [2],
    "pool_size": 2,
    "rate": 0.2,
    "scale": 2.0,
    "stddev": 0.2,
    "target_shape": [2],
    "units": 2,
    "width": 4,
    "width_factor": 0.2,
}


def plain(value):
    """What JSON can say of a value; its name where it can say nothing."""
    try:
        return json.loads(json.dumps(value))
    except TypeError:
        return str(getattr(value, "__name__", type(value).__name__))


def arguments_of(layer_class, saved=()):
    """The named arguments of a class: its own, those of its bases that it saves, and those of all layers."""
    found = {}
    for depth, one in enumerate(own for own in layer_class.__mro__ if "__init__" in vars(own)):
        if one is object:
            break
        parameters = list(inspect.signature(one.__init__).parameters.values())[1:]
        for parameter in parameters:
            if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                continue
            required = parameter.default is inspect.Parameter.empty
            # What a base class requires, the class itself has given it.
            if depth > 0 and one is not keras.layers.Layer and (required or parameter.name not in saved):
                continue
            found.setdefault(parameter.name, {"required": True} if required else {"default": plain(parameter.default)})
        if not any(parameter.kind == parameter.VAR_KEYWORD for parameter in parameters):
            break
        if one is keras.layers.Layer:
            break
    return found


def config_of(name, layer_class, arguments):
    """What a layer with the required arguments alone saves, without its name."""
    required = [argument for argument, said in arguments.items() if "required" in said]
    try:
        given = {argument: REQUIRED[argument] for argument in required if argument != "layer"}
        if "layer" in required:
            given["layer"] = keras.layers.LSTM(2) if name == "Bidirectional" else keras.layers.Dense(2)
        config = layer_class(**given).get_config()
    except Exception:  # Some can be made of other layers or functions alone.
        return None
    config.pop("name", None)
    return plain(config) if isinstance(plain(config), dict) else {key: plain(value) for key, value in config.items()}


def main():
    """Writes the list to the standard output."""
    classes = {}
    aliases = {}
    for name, layer_class in sorted(vars(keras.layers).items()):
        if not (inspect.isclass(layer_class) and issubclass(layer_class, keras.layers.Layer)):
            continue
        if layer_class.__name__ != name:
            aliases[name] = layer_class.__name__
            continue
        arguments = arguments_of(layer_class)
        config = config_of(name, layer_class, arguments)
        classes[name] = {"arguments": arguments_of(layer_class, config or ()), "config": config}
    print(json.dumps({"version": keras.__version__, "aliases": aliases, "classes": classes}, indent=1))


main()

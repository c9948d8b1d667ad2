"""Runs generated code and compares it with TensorFlow.js.

Usage: peers.py keras|pytorch

Reads a folder a line from standard input, as `peers.ts` writes it, and answers with one line of JSON: `difference` (the
largest of any number of an output, as part of the largest number there), `layers` (how many were compared), and
`objections`, a sentence each.
"""

import importlib.util
import json
import os
import sys
import traceback
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.filterwarnings("ignore")

import numpy as np

# What rounding in single precision comes to, through some hundred layers.
TOLERANCE = 1e-4


def load_code(folder):
    """The generated file as a module."""
    spec = importlib.util.spec_from_file_location("model", os.path.join(folder, "model.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_arrays(folder, name):
    """`input_0.npy`, `input_1.npy`, … and so on."""
    found = []
    while os.path.exists(path := os.path.join(folder, f"{name}_{len(found)}.npy")):
        found.append(np.load(path))
    return found


def largest_difference(ours, theirs):
    """Of two arrays, as part of the largest number; what is not finite must be so in both."""
    if ours.shape != theirs.shape:
        return float("inf")
    finite = np.isfinite(ours)
    if not np.array_equal(finite, np.isfinite(theirs)):
        return float("inf")
    if not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return float("inf")
    ours, theirs = ours[finite].astype("float64"), theirs[finite].astype("float64")
    if ours.size == 0:
        return 0.0
    return float(np.abs(ours - theirs).max() / max(np.abs(ours).max(), 1e-3))


def check_keras(folder, case):
    import keras

    keras.backend.clear_session()
    module = load_code(folder)
    model = module.build_model()
    module.load_weights(model, os.path.join(folder, "weights.npz"))
    module.compile_model(model)
    objections = []
    for layer in case["layers"]:
        if layer["isShared"]:
            continue
        found = model.get_layer(layer["id"])
        count = lambda weights: sum(int(np.prod(weight.shape)) for weight in weights)
        counts = {
            "trainable": count(found.trainable_weights),
            "nonTrainable": count(found.non_trainable_weights),
        }
        if counts != layer["params"]:
            objections.append(f"{layer['id']} has {counts} parameters, not {layer['params']}")
        outputs = found.output if isinstance(found.output, list) else [found.output]
        if len(found._inbound_nodes) == 1 and list(outputs[0].shape[1:]) != layer["shape"]:
            objections.append(f"{layer['id']} gives {outputs[0].shape[1:]}, not {layer['shape']}")
    total = sum(case["totals"].values())
    if model.count_params() != total:
        objections.append(f"the model has {model.count_params()} parameters, not {total}")
    inputs = read_arrays(folder, "input")
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return [keras.ops.convert_to_numpy(output) for output in outputs], objections


def check_pytorch(folder, case):
    import torch

    module = load_code(folder)
    model = module.build_model()
    module.load_weights(model, os.path.join(folder, "weights.npz"))
    if any(True for _ in model.parameters()):
        module.build_optimizer(model)
    model.eval()
    objections = []
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    frozen = sum(p.numel() for p in model.parameters() if not p.requires_grad)
    steps = sum(1 for name, _ in model.named_buffers() if name.endswith("num_batches_tracked"))
    counts = {
        "trainable": trainable,
        "nonTrainable": frozen + sum(b.numel() for b in model.buffers()) - steps,
    }
    if counts != case["totals"]:
        objections.append(f"the model has {counts} parameters, not {case['totals']}")
    state = model.state_dict()
    sizes = {}
    for weight in case["keys"]:
        if weight["nodeId"] is not None:
            sizes[weight["nodeId"]] = sizes.get(weight["nodeId"], 0) + state[weight["key"]].numel()
    for layer in case["layers"]:
        expected = sum(layer["params"].values())
        if not layer["isShared"] and sizes.get(layer["id"], 0) != expected:
            objections.append(
                f"{layer['id']} has {sizes.get(layer['id'], 0)} parameters, not {expected}"
            )

    waiting = list(case["values"])

    def trace(frame, event, _argument):
        """Looks at each value once its line has run."""
        while waiting and frame.f_lineno > waiting[0]["line"]:
            value = waiting.pop(0)
            shape = list(frame.f_locals[value["variable"]].shape[1:])
            if shape != value["shape"]:
                objections.append(f"{value['nodeId']} gives {shape}, not {value['shape']}")
        return trace

    code = type(model).forward.__code__

    def enter(frame, _event, _argument):
        return trace if frame.f_code is code else None

    ends = case["ends"]
    inputs = [
        np.moveaxis(array, -1, 1) if layout == "first" else array
        for array, layout in zip(read_arrays(folder, "input"), ends["inputs"])
    ]
    before = sys.gettrace()
    sys.settrace(enter)
    try:
        with torch.no_grad():
            outputs = model(*[torch.from_numpy(np.ascontiguousarray(array)) for array in inputs])
    finally:
        sys.settrace(before)
    if waiting:
        objections.append(f"{len(waiting)} values were not seen")
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    arrays = [
        np.moveaxis(output.numpy(), 1, -1) if layout == "first" and output.ndim > 2 else output.numpy()
        for output, layout in zip(outputs, ends["outputs"])
    ]
    return arrays, objections


CHECKS = {"keras": check_keras, "pytorch": check_pytorch}


def check_style(folder):
    """Whether Black would write it so, where there is one."""
    try:
        import black
    except ImportError:
        return []
    with open(os.path.join(folder, "model.py"), encoding="utf-8") as file:
        text = file.read()
    same = black.format_str(text, mode=black.Mode()) == text
    return [] if same else ["Black would lay the code out otherwise"]


def compare(framework, folder):
    with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
        case = json.load(file)
    try:
        theirs, objections = CHECKS[framework](folder, case)
        ours = read_arrays(folder, "output")
        if len(ours) != len(theirs):
            objections.append(f"there are {len(theirs)} outputs, not {len(ours)}")
        difference = max(map(largest_difference, ours, theirs), default=0.0)
        if not difference <= TOLERANCE:
            objections.append(f"the outputs differ by {difference:.1e}")
        objections += check_style(folder)
    except Exception:
        difference, objections = None, [traceback.format_exc().strip().splitlines()[-1]]
    if difference is not None and not np.isfinite(difference):
        difference = None
    return {"difference": difference, "layers": len(case["layers"]), "objections": objections}


def main():
    framework = sys.argv[1]
    if framework == "keras":
        import keras as library
    else:
        import torch as library
    print(json.dumps({"version": library.__version__}), flush=True)
    for line in sys.stdin:
        print(json.dumps(compare(framework, line.strip())), flush=True)


if __name__ == "__main__":
    main()

"""The shipped weights as a network again, so that training can go on from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.network import Network


def load_shipped(network: Network, folder: Path) -> Network:
    """Fill a network from ``base.onnx`` and ``reader.onnx``, which :mod:`training.export` wrote.

    Weights come back as the int8 steps that were kept, so exporting them unchanged writes the same numbers again.
    """
    for name, part in (("base", network.base), ("reader", network.reader)):
        found = _tensors(onnx.load(folder / f"{name}.onnx"))
        state = part.state_dict()
        missing = sorted(set(state) - set(found))
        if missing:
            raise ValueError(f"{name}.onnx lacks {', '.join(missing)}: it was not written by training.export")
        part.load_state_dict({key: found[key].reshape(state[key].shape) for key in state})
    return network


def _tensors(model: onnx.ModelProto) -> dict[str, Tensor]:
    """The weights of a graph by the names of torch's modules; matrices of linear layers stand as torch keeps them."""
    values = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear":
            axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
            whole, scale = values[node.input[0]].astype(np.float32), values[node.input[1]]
            values[node.output[0]] = whole * (scale[:, None] if axis == 0 else scale[None, :])
    found = {name: value for name, value in values.items() if not name.startswith("onnx::")}
    for node in model.graph.node:
        # "/upper.0/query/MatMul" multiplies by the turned weight of upper.0.query.
        name = ".".join(node.name.strip("/").split("/")[:-1])
        if node.op_type == "MatMul" and node.input[1] in values:
            found[f"{name}.weight"] = values[node.input[1]].T
        elif node.op_type == "MatMulIntegerToFloat":
            found[f"{name}.weight"] = (values[node.input[1]].astype(np.float32) * values[node.input[3]]).T
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()}

"""The shipped weights as networks again, so that another graph can be made of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training import base_weights
from training.network import Network


def load_shipped(folder: Path) -> list[Network]:
    """The networks of ``base.onnx`` and ``reader.onnx``, which :mod:`training.export` wrote.

    Weights come back as the int8 steps that were kept, so exporting them unchanged writes the same numbers again. What
    no network learns (the tables of words and places) is read off the starting weights.

    Raises:
        ValueError: the graphs were not written by :mod:`training.export`.
    """
    networks: list[Network] = []
    for part in ("base", "reader"):
        found = _tensors(onnx.load(folder / f"{part}.onnx"))
        for at in range(len({name.split(".")[1] for name in found if name.startswith("each.")})):
            if part == "base":
                networks.append(Network(base_weights.state()))
            module = getattr(networks[at], part)
            learnt = {name for name, param in module.named_parameters() if param.requires_grad}
            mine = {name.removeprefix(f"each.{at}."): value for name, value in found.items()}
            if missing := sorted(learnt - set(mine)):
                raise ValueError(f"{part}.onnx lacks {', '.join(missing)}: it was not written by training.export")
            state = module.state_dict()
            module.load_state_dict({k: mine[k].reshape(v.shape) if k in learnt else v for k, v in state.items()})
    return networks


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

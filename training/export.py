"""The trained network as two ONNX graphs in int8, with its tokenizer: what the package ships.

    python -m training.export training/work/final.pt

Weights are stored in int8, each column with its own scale, and multiplied in float32. (Dynamic int8 arithmetic would be
quicker, but it scales activations by the batch: a report would read differently alone than in company.)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from nongrata.extraction.onnx_model import weights_folder
from training import base_weights
from training.network import Network

_LARGE = 10_000


def export(network: Network, folder: Path) -> None:
    """Write ``base.onnx``, ``reader.onnx`` and ``tokenizer.json`` into a folder."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 24))
    attention = torch.ones_like(ids)
    hidden, _ = network.base(ids, attention)
    mark = torch.zeros(2, 24)
    mark[:, 3] = 1
    kind, features = torch.tensor([0, 1]), torch.zeros(2, 24, dtype=torch.long)
    pairs, width = {0: "units", 1: "pieces"}, {0: "units"}
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, names in (
            ("base", network.base, (ids, attention), ["ids", "attention"]),
            (
                "reader",
                network.reader,
                (hidden, attention, mark, kind, features),
                ["hidden", "attention", "mark", "kind", "features"],
            ),
        ):
            outputs = ["states", "tags"] if name == "base" else ["roles", "classes"]
            axes = {n: (width if n in ("kind", "classes") else pairs) for n in [*names, *outputs]}
            full = Path(scratch) / f"{name}.onnx"
            torch.onnx.export(
                module, inputs, str(full), input_names=names, output_names=outputs, dynamic_axes=axes,
                opset_version=17, dynamo=False,
            )  # fmt: skip
            onnx.save(small(onnx.load(full)), folder / f"{name}.onnx")
    base_weights.tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def small(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its large matrices as int8 behind a DequantizeLinear each; the word table is scaled by rows."""
    graph = model.graph
    rows = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    turned = {
        node.input[1]
        for node in graph.node
        if node.op_type == "Gemm" and any(a.name == "transB" and a.i for a in node.attribute)
    }
    kept, nodes = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.ndim != 2 or values.size < _LARGE:
            kept.append(tensor)
            continue
        axis = 0 if tensor.name in rows | turned else 1
        scale = (np.abs(values).max(axis=1 - axis) / 127 + 1e-12).astype(np.float32)
        spread = scale[:, None] if axis == 0 else scale[None, :]
        whole = np.clip(np.round(values / spread), -127, 127).astype(np.int8)
        kept.append(numpy_helper.from_array(whole, tensor.name + "_int8"))
        kept.append(numpy_helper.from_array(scale, tensor.name + "_scale"))
        inputs = [tensor.name + "_int8", tensor.name + "_scale"]
        nodes.append(helper.make_node("DequantizeLinear", inputs, [tensor.name], axis=axis))
    old = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend([*nodes, *old])
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Export a checkpoint into the package."""
    network = Network(base_weights.state())
    network.load_state_dict(torch.load(sys.argv[1]))
    export(network, weights_folder())
    for path in sorted(weights_folder().iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""The trained network as two ONNX graphs in int8, with its tokenizer: what the package ships.

    python -m training.export training/work/network.pt    a checkpoint
    python -m training.export                             the shipped weights once more, the same in today's graph

Matrices are kept in whole numbers, each column in steps of its own. Those of the layers are multiplied in int8 too:
every word piece's state is scaled by its own largest value, so that a report reads in company as it does alone. After
:mod:`training.rounding` few numbers are frequent, and the Huffman code of gzip keeps a weight in three bits.
"""

from __future__ import annotations

import sys
import tempfile
import zlib
from collections.abc import Iterable, Set
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from nongrata.extraction.onnx_model import weights_folder
from training import base_weights
from training.network import Network
from training.rounding import MOST, round_weights
from training.runs import examples
from training.shipped import load_shipped

_OPSET, _IR = 17, 8
_LARGE = 10_000
_WHOLE = 1e-3
"""How far from a whole number what was rounded may stand."""
_MICROSOFT = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""
_NUMBERS = {
    "one": np.float32(1.0),
    "tiny": np.float32(1e-12),
    "share": np.float32(1 / MOST),
    "most": np.float32(MOST),
    "middle": np.uint8(128),
    "last": np.array([-1]),
}
"""Constants of the graphs, by the names that nodes call them."""


def export(network: Network, folder: Path) -> None:
    """Write ``base.onnx.gz``, ``reader.onnx.gz``, ``probe.onnx`` and ``tokenizer.json`` of a network into a folder."""
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
                opset_version=_OPSET, dynamo=False,
            )  # fmt: skip
            graph = small(onnx.load(full)).SerializeToString()
            (folder / f"{name}.onnx.gz").write_bytes(packed(graph))
    onnx.save(probe(), folder / "probe.onnx")
    base_weights.tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def packed(data: bytes) -> bytes:
    """Some bytes as a gzip file. Repeated stretches are not looked for: there are none in weights."""
    coder = zlib.compressobj(9, zlib.DEFLATED, 31, 9, zlib.Z_HUFFMAN_ONLY)
    return coder.compress(data) + coder.flush()


def small(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its large matrices in int8: states are multiplied in int8, rows of tables looked up and turned."""
    graph = model.graph
    tables = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    turned = {
        node.input[1]
        for node in graph.node
        if node.op_type == "Gemm" and any(a.name == "transB" and a.i for a in node.attribute)
    }
    factors = {node.input[1] for node in graph.node if node.op_type == "MatMul"}
    kept, large, nodes = [numpy_helper.from_array(np.array(v), n) for n, v in _NUMBERS.items()], set[str](), []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.ndim != 2 or values.size < _LARGE:
            kept.append(tensor)
            continue
        axis = 0 if tensor.name in tables | turned else 1
        inputs = [tensor.name + "_int8", tensor.name + "_scale"]
        kept += map(numpy_helper.from_array, _whole(values, axis), inputs)
        if tensor.name in factors | tables:
            large.add(tensor.name)
        else:
            nodes.append(helper.make_node("DequantizeLinear", inputs, [tensor.name], axis=axis))
    nodes += _in_integers(graph.node, large)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    model.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
    onnx.checker.check_model(model)
    return model


def probe() -> onnx.ModelProto:
    """A product of the largest numbers: by it :class:`OnnxModel` sees whether the processor's sums overflow."""
    most = np.full((64, 16), 127, np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["most", "factors"], ["product"])],
        "probe",
        [helper.make_tensor_value_info("most", onnx.TensorProto.UINT8, [4, 64])],
        [helper.make_tensor_value_info("product", onnx.TensorProto.INT32, [4, 16])],
        [numpy_helper.from_array(most, "factors")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = _IR
    return model


def _whole(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """A matrix in whole numbers, and the step of each of its rows (axis 0) or columns (1)."""
    lines = values if axis == 0 else values.T
    steps = np.array([_step(np.abs(line)) for line in lines], np.float32)
    whole = np.round(lines / steps[:, None]).astype(np.int8)
    return whole if axis == 0 else whole.T, steps


def _step(size: np.ndarray) -> float:
    """The step of one row or column of such sizes: its own where it has been rounded, else the least that fits."""
    least = float(size[size > 0].min(initial=np.inf))
    kept = size / least
    if kept.max(initial=0.0) <= MOST + 0.5 and np.abs(kept - np.round(kept)).max(initial=0.0) < _WHOLE:
        return least
    return float(size.max()) / MOST + 1e-12


def _in_integers(nodes: Iterable[onnx.NodeProto], large: Set[str]) -> list[onnx.NodeProto]:
    """The nodes with every product of states and a large matrix taken in int8; others as they are."""
    found: list[onnx.NodeProto] = []
    scaled: set[str] = set()
    for node in nodes:
        if node.op_type == "Gather" and node.input[0] in large:
            found += _looked_up(node)
        elif node.op_type == "MatMul" and node.input[1] in large:
            if node.input[0] not in scaled:
                scaled.add(node.input[0])
                found += _steps(node.input[0])
            found += _product(node)
        else:
            found.append(node)
    return found


def _looked_up(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Only the rows that are asked for are turned into fractions: the whole table would take four times the memory."""
    (table, places), name = node.input, f"{node.output[0]}_{{}}".format
    return [
        helper.make_node("Gather", [f"{table}_int8", places], [name("int8")], axis=0),
        helper.make_node("Gather", [f"{table}_scale", places], [name("scale")], axis=0),
        helper.make_node("Cast", [name("int8")], [name("whole")], to=onnx.TensorProto.FLOAT),
        helper.make_node("Unsqueeze", [name("scale"), "last"], [name("step")]),
        helper.make_node("Mul", [name("whole"), name("step")], node.output),
    ]


def _product(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    states, matrix = node.input
    product = f"{node.output[0]}_product"
    inputs = [f"{states}_int8", f"{matrix}_int8", "one", f"{matrix}_scale", "middle"]
    return [
        # It keeps the name by which training.shipped knows whose weight it is.
        helper.make_node("MatMulIntegerToFloat", inputs, [product], name=node.name, domain=_MICROSOFT),
        helper.make_node("Mul", [product, f"{states}_step"], node.output),
    ]


def _steps(states: str) -> list[onnx.NodeProto]:
    """Nodes that turn states into whole numbers from 1 to 255, 128 for nought, each word piece by a step of its own."""
    name = f"{states}_{{}}".format
    return [
        helper.make_node("Abs", [states], [name("size")]),
        helper.make_node("ReduceMax", [name("size")], [name("most")], axes=[-1]),
        helper.make_node("Max", [name("most"), "tiny"], [name("span")]),
        helper.make_node("Mul", [name("span"), "share"], [name("step")]),
        helper.make_node("Div", ["most", name("span")], [name("per")]),
        helper.make_node("Mul", [states, name("per")], [name("steps")]),
        helper.make_node("QuantizeLinear", [name("steps"), "one", "middle"], [name("int8")]),
    ]


def load(path: Path) -> Network:
    """The network of a checkpoint."""
    network = Network(base_weights.state())
    network.load_state_dict(torch.load(path))
    return network


def rounded(path: Path) -> Network:
    """The network of a checkpoint with its weights in the whole steps that are shipped."""
    network = load(path)
    round_weights(network, examples())
    return network


def main() -> None:
    """Round and export a checkpoint, or export what is shipped, into the package."""
    export(rounded(Path(sys.argv[1])) if sys.argv[1:] else load_shipped(weights_folder()), weights_folder())
    for path in sorted(weights_folder().iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

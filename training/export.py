"""The trained network as two ONNX graphs in int8, with its tokenizer: what the package ships.

    python -m training.export training/work/final.pt

Dynamic quantisation of the matrix products and the word table (ONNX Runtime, per channel).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from nongrata.extraction.onnx_model import weights_folder
from training import base_weights
from training.network import Network


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
            quantize_dynamic(
                full, folder / f"{name}.onnx", weight_type=QuantType.QInt8, per_channel=True,
                op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            )  # fmt: skip
    base_weights.tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def main() -> None:
    """Export a checkpoint into the package."""
    network = Network(base_weights.state())
    network.load_state_dict(torch.load(sys.argv[1]))
    export(network, weights_folder())
    for path in sorted(weights_folder().iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""Weights to go on training from, out of the int8 files that ship, where the float weights are not at hand.

python restore_weights.py restored.pt

Matrices come back as their rounded int8 values times their scale; biases, norms and small tables were never rounded.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import onnx
import torch
from export_positions import DECODER, ENCODER, SHIPPED, TAGGER
from onnx import numpy_helper
from table import DETAIL, VIEWS, TableNetwork
from torch import Tensor

INSIDE = {
    ENCODER: (
        ("encoder.", "encoder."),
        *((f"{name}.", f"details.{name}.") for name in ("piece", "key", "inner")),
    ),
    DECODER: (("network.", ""),),
    TAGGER: (("heads.", "attribution."),),
}
"""What a file calls its parts of the network, and what the network calls them."""


ALONE = {(DETAIL, 2): "found.weight", (VIEWS, 2): "matched.weight", (VIEWS,): "matched.bias"}
"""Weights of `Details` that are no matrices there, by their shape."""


def tensors_of(path: Path) -> dict[str, Tensor]:
    """The tensors of an int8 file by the names of the modules that multiply with them, matrices turned back."""
    graph = onnx.load(path).graph
    kept = {each.name: numpy_helper.to_array(each) for each in graph.initializer}

    def rounded(name: str) -> Tensor:
        base = name.removesuffix("_quantized")
        whole = kept[name].astype("float32") - kept[f"{base}_zero_point"].astype("float32")
        return torch.from_numpy(whole * kept[f"{base}_scale"])

    found = {name: torch.from_numpy(value.copy()) for name, value in kept.items() if value.dtype == "float32"}
    for node in graph.node:
        module = node.name.rsplit("/", 1)[0].strip("/").replace("/", ".")
        matrices = [name for name in node.input if name in kept and name.endswith("_quantized")]
        if matrices and node.op_type == "Gather":
            found[matrices[0].removesuffix("_quantized")] = rounded(matrices[0])
        elif matrices and node.op_type == "MatMulInteger":
            found[f"{module}.weight"] = rounded(matrices[0]).T.contiguous()
        elif module == "details":
            for value in (kept[name].squeeze() for name in node.input if name in kept):
                if value.dtype == "float32" and value.shape in ALONE:
                    found[f"details.{ALONE[value.shape]}"] = torch.from_numpy(value.copy())
        elif node.op_type == "Mul":
            # A look's bias for its own sentence is the one weight that is multiplied with as it is.
            for name in (name for name in node.input if name in kept and kept[name].size == VIEWS):
                found[f"{module}.near"] = found[name].flatten()
    return found


def restored(folder: Path) -> dict[str, Any]:
    """All weights of the network.

    Raises:
        ValueError: the files are those of another network.
    """
    network = TableNetwork(dropout=0.0)
    weights = network.state_dict()
    missing = set(weights)
    for file, parts in INSIDE.items():
        for name, value in tensors_of(folder / file).items():
            own = next((ours + name.removeprefix(theirs) for theirs, ours in parts if name.startswith(theirs)), name)
            if own in weights and weights[own].shape == value.shape:
                weights[own] = value
                missing.discard(own)
    weights["encoder.markers.weight"] = weights["encoder.words.weight"][
        : len(weights["encoder.markers.weight"])
    ].clone()
    missing.discard("encoder.markers.weight")
    if missing:
        raise ValueError(f"{folder}: no {', '.join(sorted(missing))}; are these files of another network?")
    return weights


def main() -> None:
    """Read the shipped files, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path, help="where the weights go")
    parser.add_argument("--models", type=Path, default=SHIPPED, help="folder of the int8 files")
    arguments = parser.parse_args()
    torch.save(restored(arguments.models), arguments.target)


if __name__ == "__main__":
    main()

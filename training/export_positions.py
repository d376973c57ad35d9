"""Export trained weights to int8 ONNX, write the files the product ships, and check them against the float network.

python export_positions.py positions.pt
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import torch

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from batches import batch_of, lay_out
from encoder import MARKERS, model_folder
from measure import pair_figures, run, stances_of
from onnxruntime.quantization import QuantType, quantize_dynamic
from passages import digest, load
from table import TableNetwork
from torch import Tensor, nn
from train_positions import published_tokenizer

from travaux.reading import table_model

SHIPPED = ROOT / "src" / "travaux" / "reading" / "models"
INPUTS = (
    "input_ids",
    "attention_mask",
    "party_index",
    "option_index",
    "sentence_index",
    "token_sentence",
    "token_option",
    "token_party",
)
OUTPUTS = ("stance", "act", "via", "conditional", "former", "tokens")
AXES = {
    "input_ids": {1: "tokens"},
    "attention_mask": {1: "tokens"},
    "party_index": {0: "parties"},
    "option_index": {0: "options"},
    "sentence_index": {0: "sentences"},
    "token_sentence": {0: "tokens"},
    "token_option": {0: "tokens"},
    "token_party": {0: "tokens"},
    **{name: {0: "parties", 1: "options", 2: "sentences"} for name in OUTPUTS[:-1]},
    "tokens": {0: "tokens"},
}


class OneWindow(nn.Module):
    """The network for one window, without the batch dimension of its indices and answers."""

    def __init__(self, network: TableNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, *indices: Tensor) -> tuple[Tensor, ...]:
        result = self.network(ids, mask, *(index.unsqueeze(0) for index in indices))
        return tuple(result[name][0] for name in OUTPUTS)


def load_network(weights: Path, design: str = "context") -> TableNetwork:
    """The network with trained weights, ready to judge."""
    network = TableNetwork(design=design, dropout=0.0)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.encoder.write_markers()
    return network.eval()


def export(network: TableNetwork, target: Path, folder: Path) -> None:
    """Write the int8 file: matrices by channel, word and position tables as a whole."""
    example = load()["trade"][0]
    batch = batch_of([lay_out(example, published_tokenizer(), None)])
    values = list(vars(batch).values())
    inputs = (*values[:2], *(value[0] for value in values[2:]))
    plain = folder / "float.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            OneWindow(network),
            inputs,
            str(plain),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=AXES,
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(
        str(plain),
        str(target),
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def card(trained_on: list[str], figures: dict[str, float]) -> dict[str, object]:
    """positions.json: all that the product needs to read the model's answers."""
    return {
        "model": "positions.onnx",
        "tokenizer": "tokenizer.json",
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "stances": list(table_model.STANCES),
        "acts": list(table_model.ACTS),
        "vias": list(table_model.VIAS),
        "token_tags": list(table_model.TOKEN_TAGS),
        "markers": {
            "option": table_model.OPTION_MARKER,
            "sentence": table_model.SENTENCE_MARKER,
            "first_party": table_model.FIRST_PARTY_MARKER,
            "parties": table_model.PARTY_MARKERS,
        },
        "max_length": table_model.MAX_LENGTH,
        "marker_tokens": MARKERS,
        "trained_on": trained_on,
        "training_data_sha256": digest(trained_on),
        "int8_against_float": figures,
    }


def compare(network: TableNetwork, folder: Path, names: list[str]) -> dict[str, float]:
    """The int8 file against the float network on some passage files: share of pairs with one stance, and F1 of both."""
    model, files = table_model.TableModel(folder), load()
    examples = [example for name in names for example in files[name]]
    plain = [stances_of(result) for result in run(network, examples, published_tokenizer())]
    whole = [model.predict(example.parties, example.options, example.sentences) for example in examples]
    small = [torch.from_numpy(table.pair_probabilities().argmax(-1)) for table in whole]
    pairs = sum(stances.numel() for stances in plain)
    same = sum(int((one == other).sum()) for one, other in zip(plain, small, strict=True))
    figures = {"pairs": pairs, "same_stance": round(same / max(1, pairs), 4)}
    for kind, found in (("float", plain), ("int8", small)):
        own = pair_figures(examples, found)
        figures |= {f"{kind}_{name}": round(own[name], 4) for name in ("macro_f1", "position_f1")}
    return figures


def main() -> None:
    """Export, check, and put the files in place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="what train_positions.py wrote with --final or --save")
    parser.add_argument("--left-out", default="", help="files that the weights were not trained on, comma separated")
    parser.add_argument("--never", default="", help="files neither trained on nor compared on, comma separated")
    parser.add_argument("--into", type=Path, default=SHIPPED, help="folder for the shipped files")
    parser.add_argument("--describe", action="store_true", help="leave positions.onnx as it is")
    arguments = parser.parse_args()
    network = load_network(arguments.weights)
    arguments.into.mkdir(parents=True, exist_ok=True)
    if not arguments.describe:
        with tempfile.TemporaryDirectory() as scratch:
            export(network, arguments.into / "positions.onnx", Path(scratch))
        shutil.copyfile(model_folder() / "tokenizer.json", arguments.into / "tokenizer.json")
    left_out = [name for name in arguments.left_out.split(",") if name]
    trained_on = [name for name in load() if name not in left_out + arguments.never.split(",")]
    target = arguments.into / "positions.json"
    target.write_text(json.dumps(card(trained_on, {}), indent=1) + "\n", encoding="utf-8")
    figures = compare(network, arguments.into, left_out)
    target.write_text(json.dumps(card(trained_on, figures), indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"bytes": (arguments.into / "positions.onnx").stat().st_size} | figures))


if __name__ == "__main__":
    main()

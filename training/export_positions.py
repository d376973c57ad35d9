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
from collections.abc import Sequence
from pathlib import Path

import torch

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from attributions import load_texts
from batches import batch_of, lay_out
from encoder import MARKERS, model_folder
from measure import pair_figures, run, stances_of
from onnxruntime.quantization import QuantType, quantize_dynamic
from passages import Example, digest, load
from table import DETAIL, Pieces, TableNetwork, Window
from table import OUTPUTS as HEADS
from torch import Tensor, nn
from train_positions import published_tokenizer

from travaux.reading import table_model

SHIPPED = ROOT / "src" / "travaux" / "reading" / "models"
ENCODER, DECODER, TAGGER = "encoder.onnx", "positions.onnx", "tagger.onnx"
ANSWERS = tuple(HEADS)
INPUTS = (
    "states", "sentence_index", "sentence_tokens", "token_sentence", "token_party", "options", *Pieces._fields, "parties",
)  # fmt: skip
OUTPUTS = ("kept", *ANSWERS, "topic", "tokens")
AXES = {
    "states": {1: "tokens"},
    "sentence_index": {0: "sentences"},
    "sentence_tokens": {0: "window", 1: "longest"},
    "token_sentence": {0: "tokens"},
    "token_party": {0: "tokens"},
    "options": {0: "options"},
    **{name: {0: "options", 1: "pieces"} for name in Pieces._fields},
    "parties": {0: "parties"},
    "kept": {0: "kept"},
    **{name: {0: "kept", 1: "parties"} for name in ANSWERS},
    "topic": {0: "sentences", 1: "options"},
    "tokens": {0: "tokens"},
}


class OneText(nn.Module):
    """The encoder for one text without padding; beside its states, its words as the decoder takes an option's."""

    def __init__(self, network: TableNetwork) -> None:
        super().__init__()
        self.encoder, self.details = network.encoder, network.details

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        states: Tensor = self.encoder(ids, torch.ones_like(ids))
        return states, self.details.pieces(states)


class OneWindow(nn.Module):
    """Decoder and heads for one window, without the batch dimension of its indices and answers.

    Only the (sentence, option) pairs where anybody may take a side are asked for each party; they are most of the work
    and few. The likeliest pair is always kept, so that no tensor is empty.
    """

    def __init__(self, network: TableNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, states: Tensor, sentences: Tensor, sentence_tokens: Tensor, token_sentence: Tensor, token_party: Tensor,
        options: Tensor, compared: Tensor, keys: Tensor, inner: Tensor, mask: Tensor, parties: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        whole = torch.ones_like(states[:, :, 0])
        window = Window(
            states, whole, *(each[None] for each in (sentences, sentence_tokens, token_sentence, token_party))
        )
        pieces = Pieces(*(each[None] for each in (compared, keys, inner, mask)))
        queries = self.network.ask(window, options[None], pieces)
        topic = self.network.topic(queries)[0]
        chance = topic.max(-1).values
        kept = (chance >= torch.clamp(chance.max(), max=table_model.LEAST_TOPIC)).nonzero()
        asked = queries[:, kept[:, 0], kept[:, 1]]
        answers = self.network.answer_for(window, asked, kept[None, :, 0], parties.shape[0])
        return kept, *(answers[name][0] for name in ANSWERS), topic, self.network.token(states)[0]


class OneTagging(nn.Module):
    """The heads that mark who says what, for one window without padding."""

    def __init__(self, network: TableNetwork) -> None:
        super().__init__()
        self.heads = network.attribution

    def forward(self, states: Tensor) -> tuple[Tensor, ...]:
        cues, any_cue, queries, keys = self.heads(states, torch.zeros(()))
        return cues[0], any_cue[0], queries[0], keys[0], self.heads.near.weight


def load_network(weights: Path) -> TableNetwork:
    """The network with trained weights, ready to judge."""
    network = TableNetwork(dropout=0.0)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.encoder.write_markers()
    return network.eval()


def export(network: TableNetwork, example: Example, folder: Path) -> None:
    """Write the int8 files: matrices by channel, word and position tables as a whole."""
    tokenizer = published_tokenizer()
    batch = batch_of([example], [lay_out(example, tokenizer, None)], tokenizer)
    with torch.no_grad():
        states = network.encoder(batch.ids, batch.mask)
        options, pieces = network.encode_options(batch.option_ids, batch.option_mask)
    indices = (
        each[0] for each in (batch.sentence_index, batch.sentence_tokens, batch.token_sentence, batch.token_party)
    )
    said = (options, *pieces.split(DETAIL, -1), batch.option_mask.float())
    window = (states, *indices, *said, torch.zeros(batch.parties, dtype=torch.long))
    write(
        OneText(network),
        (batch.ids,),
        ("input_ids",),
        ("states", "pieces"),
        {"input_ids": {1: "n"}, "states": {1: "n"}, "pieces": {1: "n"}},
        folder / ENCODER,
    )
    write(OneWindow(network), window, INPUTS, OUTPUTS, AXES, folder / DECODER)
    marks = ("cues", "any", "queries", "keys", "near")
    axes = {"states": {1: "n"}, **{name: {0: "n"} for name in marks[:-1]}}
    write(OneTagging(network), (states,), ("states",), marks, axes, folder / TAGGER)


def write(
    network: nn.Module,
    inputs: tuple[Tensor, ...],
    input_names: Sequence[str],
    output_names: Sequence[str],
    axes: dict[str, dict[int, str]],
    target: Path,
) -> None:
    """Write one network as an int8 ONNX file."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = str(Path(scratch) / "float.onnx")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                network,
                inputs,
                plain,
                input_names=list(input_names),
                output_names=list(output_names),
                dynamic_axes=axes,
                opset_version=17,
                dynamo=False,
            )
        quantize_dynamic(
            plain,
            str(target),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def card(trained_on: list[str], told_by: list[str], figures: dict[str, float]) -> dict[str, object]:
    """positions.json: all that the product needs to read the model's answers."""
    return {
        "encoder": ENCODER,
        "decoder": DECODER,
        "tagger": TAGGER,
        "tokenizer": "tokenizer.json",
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "stances": list(table_model.STANCES),
        "acts": list(table_model.ACTS),
        "vias": list(table_model.VIAS),
        "token_tags": list(table_model.TOKEN_TAGS),
        "markers": {
            "sentence": table_model.SENTENCE_MARKER,
            "first_party": table_model.FIRST_PARTY_MARKER,
            "parties": table_model.PARTY_MARKERS,
        },
        "max_length": table_model.MAX_LENGTH,
        "marker_tokens": MARKERS,
        "trained_on": trained_on,
        "attributions_from": told_by,
        "training_data_sha256": digest([*trained_on, *told_by]),
        "int8_against_float": figures,
    }


def compare(network: TableNetwork, examples: list[Example], folder: Path) -> dict[str, float]:
    """The int8 files against the float network on some passages: share of pairs with one stance, and F1 of both."""
    model = table_model.TableModel(folder)
    plain = [stances_of(result) for result in run(network, examples, published_tokenizer())]
    whole = [
        model.predict(
            len(example.parties),
            model.side_by_side(
                [table_model.option_text(says, example.words.get(says, ())) for says in example.options]
            ),
            example.sentences,
            example.mentions,
        )
        for example in examples
    ]
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
    parser.add_argument("weights", type=Path, help="what train_positions.py wrote with --save")
    parser.add_argument("--layouts", type=Path, required=True, help="what read_passages.py wrote")
    parser.add_argument("--left-out", default="", help="files that the weights were not trained on, comma separated")
    parser.add_argument("--never", default="", help="files neither trained on nor compared, comma separated")
    parser.add_argument("--into", type=Path, default=SHIPPED, help="folder for the shipped files")
    arguments = parser.parse_args()
    network, files = load_network(arguments.weights), load(arguments.layouts)
    arguments.into.mkdir(parents=True, exist_ok=True)
    left_out = [name for name in arguments.left_out.split(",") if name]
    unseen = [*left_out, *arguments.never.split(",")]
    trained_on = [name for name in files if name not in unseen]
    export(network, files["trade"][0], arguments.into)
    shutil.copyfile(model_folder() / "tokenizer.json", arguments.into / "tokenizer.json")
    told_by = sorted({text.file for text in load_texts(arguments.layouts)} - set(unseen))
    target = arguments.into / "positions.json"
    target.write_text(json.dumps(card(trained_on, told_by, {}), indent=1) + "\n", encoding="utf-8")
    figures = compare(network, [example for name in left_out for example in files.get(name, ())], arguments.into)
    target.write_text(json.dumps(card(trained_on, told_by, figures), indent=1) + "\n", encoding="utf-8")
    sizes = {name: (arguments.into / name).stat().st_size for name in (ENCODER, DECODER, TAGGER)}
    print(json.dumps(sizes | figures))


if __name__ == "__main__":
    main()

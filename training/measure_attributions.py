"""Who says what: how float weights do on held-out texts, from how sure a cue is on, and what they read in any texts.

The product's `LEAST_CUE` lies among those of the probabilities tried that find whole attributions about equally well.

python measure_attributions.py positions.pt --layouts mentions.jsonl --held-out trade,articles-conflict
python measure_attributions.py positions.pt --read texts.jsonl --write attributions.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from attributions import Text, full_match_f1, load_texts, read, token_f1
from export_positions import load_network
from train_positions import published_tokenizer

LEAST = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
"""Probabilities of a cue that are tried."""


def main() -> None:
    """Measure, then read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="what train_positions.py wrote")
    parser.add_argument("--layouts", type=Path, help="what read_passages.py wrote")
    parser.add_argument("--held-out", default="", help="files the weights were not trained on, comma separated")
    parser.add_argument("--read", type=Path, help="texts to read, as read_passages.py --texts wrote them")
    parser.add_argument("--write", type=Path, help="where to write what was read, as JSON lines")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    tokenizer, network = published_tokenizer(), load_network(arguments.weights)
    texts = load_texts(arguments.layouts) if arguments.layouts else []
    for name in filter(None, arguments.held_out.split(",")):
        own = [text for text in texts if text.file == name]
        for least in LEAST:
            found = [read(network.attribution, network.encoder, text, tokenizer, least) for text in own]
            figures = {"full_match": round(full_match_f1(own, found), 4)} | token_f1(own, found, tokenizer)
            print(json.dumps({"held_out": name, "least": least} | figures), flush=True)
    if arguments.read and arguments.write:
        with arguments.write.open("w", encoding="utf-8") as out:
            for row in map(json.loads, arguments.read.read_text("utf-8").splitlines()):
                sentences = [(start, end) for start, end in row["sentences"]]
                found = read(
                    network.attribution, network.encoder, Text(row["id"], "", row["text"], sentences), tokenizer
                )
                out.write(json.dumps({"doc": row["id"], "attributions": [asdict(each) for each in found]}) + "\n")


if __name__ == "__main__":
    main()

"""Train the attribution tagger: who says what, as source, cue and content.

    python train_attribution.py --hold-out trade --epochs 12
    python train_attribution.py --save attribution.pt --epochs 12

A token head marks cues (first token, later tokens); a second head, given a cue, marks the tokens of its source and of its
content, so that nested and broken attributions come out paired. No model of this kind ships and no figure of one stands in
measurements.jsonl yet.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from encoder import Encoder, published_encoder
from passages import FOLDER, locate
from torch import Tensor, nn

LOG = Path(__file__).parent / "measurements.jsonl"
LINK = 192
LABELS = ("source", "cue", "content")


@dataclass
class Text:
    """One text with its attributions: each label's pieces as [start, end) in code points."""

    id: str
    file: str
    text: str
    attributions: list[dict[str, list[tuple[int, int]]]]


class AttributionNetwork(nn.Module):
    """Cue tags for every token, and source and content scores for every (cue, token)."""

    def __init__(self, encoder: Encoder | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder if encoder is not None else published_encoder(dropout)
        size = Encoder.size
        self.cue = nn.Linear(size, 3)
        self.links = nn.ModuleDict({name: nn.Linear(size, 2 * LINK) for name in ("source", "content")})
        self.near = nn.ModuleDict({name: nn.Embedding(65, 1) for name in ("source", "content")})
        self.bias = nn.ParameterDict({name: nn.Parameter(torch.zeros(LINK)) for name in ("source", "content")})
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States (b, n, 384)."""
        states: Tensor = self.encoder(ids, mask)
        return self.dropout(states.float())

    def cues(self, states: Tensor) -> Tensor:
        """(…, 3): outside, first token of a cue, later token."""
        scores: Tensor = self.cue(states)
        return scores

    def roles(self, states: Tensor, first: Tensor) -> Tensor:
        """States (n, 384) of one window and the places of its cues' first tokens (c) to (c, n, 2): source, content."""
        places = torch.arange(states.shape[0])
        distance = (places[None] - first[:, None]).clamp(-32, 32) + 32
        answers = []
        for name in ("source", "content"):
            query, key = self.links[name](states).split(LINK, dim=-1)
            scores = torch.tanh(query[first] + self.bias[name]) @ key.T / LINK**0.5
            answers.append(scores + self.near[name](distance)[..., 0])
        return torch.stack(answers, -1)


def load_texts(folder: Path = FOLDER) -> list[Text]:
    """The passages with attribution labels."""
    texts = []
    for path in sorted((folder / "attribution").glob("*.jsonl")):
        layer = {row["id"]: row["attributions"] for row in map(json.loads, path.read_text().splitlines())}
        for row in map(json.loads, (folder / path.name).read_text().splitlines()):
            if row["id"] not in layer:
                continue
            passage, found = row["passage"], []
            for attribution in layer[row["id"]]:
                spans = {label: [locate(passage, piece) for piece in attribution[label]] for label in LABELS}
                found.append({label: [span for span in own if span] for label, own in spans.items()})
            texts.append(Text(row["id"], path.stem, passage, found))
    return texts


def join(parts: list[Text], separator: str = " ") -> Text:
    """Several texts as one."""
    whole, found = "", list[dict[str, list[tuple[int, int]]]]()
    for part in parts:
        shift = len(whole) + (len(separator) if whole else 0)
        whole = whole + separator + part.text if whole else part.text
        found += [
            {label: [(a + shift, b + shift) for a, b in spans] for label, spans in each.items()}
            for each in part.attributions
        ]
    return Text("+".join(part.id for part in parts), parts[0].file, whole, found)


def covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any span shares a character with [start, end)."""
    return any(start < b and end > a for a, b in spans)


def labels_of(text: Text, offsets: list[tuple[int, int]]) -> tuple[Tensor, Tensor, Tensor]:
    """Cue tags (n), first token of each cue (c), and roles (c, n, 2)."""
    tags = torch.zeros(len(offsets), dtype=torch.long)
    firsts, roles = [], []
    for each in text.attributions:
        places = [n for n, (a, b) in enumerate(offsets) if b > a and covers(each["cue"], a, b)]
        if not places:
            continue
        tags[places[1:]] = torch.where(tags[places[1:]] == 1, 1, 2)
        tags[places[0]] = 1
        firsts.append(places[0])
        roles.append([[covers(each[r], a, b) and b > a for r in ("source", "content")] for a, b in offsets])
    shape = len(firsts), len(offsets), 2
    return tags, torch.tensor(firsts, dtype=torch.long), torch.tensor(roles).reshape(shape)


def loss_of(network: AttributionNetwork, texts: list[Text], tokenizer: Any, hide: random.Random) -> Tensor:
    """Loss of one batch: cue tags, and roles given the gold cues."""
    encoded = [tokenizer.encode(text.text) for text in texts]
    width = max(len(each.ids) for each in encoded)
    rows = []
    for each in encoded:
        masked = [103 if token > 103 and hide.random() < 0.05 else token for token in each.ids]
        rows.append(masked + [0] * (width - len(masked)))
    ids = torch.tensor(rows)
    states = network(ids, (ids > 0).float())
    cue_loss, role_loss = torch.zeros(()), torch.zeros(())
    cues = 0
    for row, (text, each) in enumerate(zip(texts, encoded, strict=True)):
        tags, firsts, roles = labels_of(text, each.offsets)
        own = states[row, : len(each.ids)]
        cue_loss = cue_loss + nn.functional.cross_entropy(
            network.cues(own), tags, weight=torch.tensor([0.6, 1.0, 1.0]), reduction="sum"
        )
        if len(firsts):
            scores = network.roles(own, firsts)
            role_loss = role_loss + nn.functional.binary_cross_entropy_with_logits(
                scores, roles.float(), reduction="sum"
            )
            cues += len(firsts)
    tokens = int((ids > 0).sum())
    return cue_loss / tokens * 20 + role_loss / max(1, cues) * 0.3


def pieces(places: list[int], offsets: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Tokens as spans; a gap of one token or of punctuation alone is closed."""
    spans: list[tuple[int, int]] = []
    for place in places:
        start, end = offsets[place]
        if spans and len(text[spans[-1][1] : start].split()) <= 1 and start - spans[-1][1] <= 12:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return spans


def read(
    network: AttributionNetwork, text: str, tokenizer: Any, step: int = 160, context: int = 90
) -> list[dict[str, Any]]:
    """Attributions of a text of any length, window by window; a cue counts in the window that owns it."""
    whole = tokenizer.encode(text, add_special_tokens=False)
    found = []
    network.encoder.write_markers()
    network.eval()
    with torch.no_grad():
        for start in range(0, len(whole.ids), step):
            left, right = max(0, start - context), min(len(whole.ids), start + step + context)
            ids = torch.tensor([[101, *whole.ids[left:right], 102]])
            offsets = whole.offsets[left:right]
            states = network(ids, torch.ones_like(ids))[0, 1:-1]
            tags = network.cues(states).argmax(-1).tolist()
            firsts = [n for n, tag in enumerate(tags) if tag == 1 or (tag == 2 and (n == 0 or tags[n - 1] == 0))]
            firsts = [n for n in firsts if start <= n + left < start + step]
            if not firsts:
                continue
            roles = network.roles(states, torch.tensor(firsts)) > 0
            for row, first in enumerate(firsts):
                last = first + 1
                while last < len(tags) and tags[last] == 2:
                    last += 1
                cue = list(range(first, last))
                each: dict[str, Any] = {"cue": pieces(cue, offsets, text)}
                for column, name in enumerate(("source", "content")):
                    places = [n for n in range(len(offsets)) if roles[row, n, column]]
                    each[name] = pieces(places, offsets, text)
                if each["content"]:
                    found.append(each)
    network.train()
    return found


def train(texts: list[Text], arguments: argparse.Namespace, tokenizer: Any) -> AttributionNetwork:
    """Train on texts; half of them joined into longer ones, so that a window holds several speakers."""
    torch.manual_seed(arguments.seed)
    random_source = random.Random(arguments.seed)
    network = AttributionNetwork(dropout=arguments.dropout)
    frozen = {id(network.encoder.words.weight)}
    encoder = [p for p in network.encoder.parameters() if id(p) not in frozen]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": arguments.lr}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    steps = arguments.epochs * (len(texts) // 12 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.02, (steps - step) / (0.9 * steps)))
    )
    network.train()
    for epoch in range(arguments.epochs):
        began, total = time.time(), 0.0
        order = random_source.sample(texts, len(texts))
        groups: list[list[Text]] = []
        for start in range(0, len(order), 12):
            part = order[start : start + 12]
            sizes = random_source.choice(([1] * 12, [2] * 6, [3] * 4))
            joined, at = list[Text](), 0
            for size in sizes:
                if part[at : at + size]:
                    joined.append(join(part[at : at + size], random_source.choice((" ", "\n\n"))))
                at += size
            groups.append(joined)
        for group in groups:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.bfloat16):
                loss = loss_of(network, group, tokenizer, random_source)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(
            f"epoch {epoch + 1} loss {total / len(groups):.3f} in {time.time() - began:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return network


def token_f1(texts: list[Text], found: list[list[dict[str, Any]]], tokenizer: Any) -> dict[str, float]:
    """Token F1 of each label and over all, word pieces counted."""
    counts = {label: [0, 0, 0] for label in LABELS}
    for text, attributions in zip(texts, found, strict=True):
        for start, end in tokenizer.encode(text.text, add_special_tokens=False).offsets:
            for label in LABELS:
                gold = any(covers(each[label], start, end) for each in text.attributions)
                said = any(covers(each[label], start, end) for each in attributions)
                counts[label] = [c + v for c, v in zip(counts[label], (gold and said, said, gold), strict=True)]
    counts["micro"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {f"attribution_{name}": round(2 * b / max(1, p + g), 4) for name, (b, p, g) in counts.items()}


def main() -> None:
    """Parse the options and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", default="", help="files to leave out and measure on, comma separated")
    parser.add_argument("--save", type=Path, help="write the weights here")
    parser.add_argument("--name", default="attribution")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--lr", type=float, default=1.5e-4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--read", type=Path, help="folder of .txt files to read after training")
    parser.add_argument("--write", type=Path, help="where to write what was read, as JSON lines")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    from train_positions import published_tokenizer

    tokenizer = published_tokenizer()
    texts = load_texts()
    held_out = [name for name in arguments.hold_out.split(",") if name]
    network = train([text for text in texts if text.file not in held_out], arguments, tokenizer)
    if arguments.save:
        torch.save(network.state_dict(), arguments.save)
    for name in held_out:
        own = [text for text in texts if text.file == name]
        figures = token_f1(own, [read(network, text.text, tokenizer) for text in own], tokenizer)
        row = {"design": arguments.name, "held_out": name} | figures
        row |= {"settings": {k: getattr(arguments, k) for k in ("epochs", "lr", "dropout", "seed", "bfloat16")}}
        print(json.dumps(row), flush=True)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
    if arguments.read and arguments.write:
        with arguments.write.open("w", encoding="utf-8") as out:
            for path in sorted(arguments.read.glob("*.txt")):
                with path.open(encoding="utf-8", newline="") as file:
                    text = file.read()
                found = read(network, text, tokenizer)
                out.write(json.dumps({"doc": path.stem, "attributions": found}) + "\n")


if __name__ == "__main__":
    main()

"""Whether two sentences tell one fact otherwise, by an encoder that reads them together: the labelled tellings and what it reaches.

    python tellings.py economy,diplomacy                  # trained on the other files, measured on these

`tellings/*.jsonl` are facts as independent reports tell them, hardly a word in common: `said` three times alike, `otherwise` twice so
that both cannot be right, and three times something near that contradicts nobody. Nothing of it ships: what it is worth, and why
that is not enough to look through a record with, `README.md` tells under "Tellings of one fact".

Each sentence, with the one before it as context, goes through the first layers of the published encoder by itself, as it could when
its report is read; a pair goes through the others together.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import torch
from encoder import Encoder, published_encoder
from happenings import load_texts
from torch import Tensor, nn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from travaux.reading.table_model import load_model, model_folder

FOLDER = HERE / "tellings"
KINDS = ("number", "date", "status", "position")
OTHER, SAME, CONFLICT = range(3)
APART = 3
"""Layers that read each sentence by itself and stay as published."""
EPOCHS, BATCH, SEED = 6, 32, 1
LONGEST, CONTEXT = 56, 40
"""Word pieces of a sentence, and of what stands before it."""
ALIKE = 6
"""Pairs of one text's most alike sentences that tell of different things."""


class Telling(NamedTuple):
    """A sentence and what stands before it."""

    sentence: str
    before: str


class Pair(NamedTuple):
    """Two sentences, whether they tell one fact alike or otherwise, and the kind of what they tell otherwise (-1 for none)."""

    label: int
    kind: int
    one: Telling
    two: Telling
    file: str


def load_pairs(folder: Path = FOLDER) -> list[Pair]:
    """Every pair of an item whose label follows from it.

    Raises:
        ValueError: a sentence that does not stand in its text.
    """
    pairs = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            said, otherwise, near = (
                [_telling(row["id"], one) for one in row[part]] for part in ("said", "otherwise", "near")
            )
            kind = KINDS.index(row["kind"])
            pairs += [Pair(CONFLICT, kind, *two, path.stem) for two in itertools.product(said, otherwise)]
            pairs += [Pair(SAME, -1, *two, path.stem) for two in itertools.combinations(said, 2)]
            pairs += [Pair(OTHER, -1, *two, path.stem) for two in itertools.product(near, said + otherwise)]
    return pairs


def _telling(name: str, passage: dict[str, str]) -> Telling:
    if passage["sentence"] not in passage["text"]:
        raise ValueError(f"{name}: {passage['sentence']!r} does not stand in its text")
    return Telling(passage["sentence"], passage["text"].partition(passage["sentence"])[0].strip())


def alike_in_texts() -> Iterator[Pair]:
    """Sentences of one text that share words: whatever it tells, it doesn't contradict itself."""
    for text in load_texts():
        told = [text.text[sentence.start : sentence.end] for sentence in text.sentences]
        tellings = [Telling(one, told[number - 1] if number else "") for number, one in enumerate(told)]
        words = [{word[:5] for word in one.casefold().split() if len(word) > 3} for one in told]
        pairs = sorted(itertools.combinations(range(len(told)), 2), key=lambda two: -len(words[two[0]] & words[two[1]]))
        yield from (Pair(OTHER, -1, tellings[one], tellings[two], text.file) for one, two in pairs[:ALIKE])


@dataclass
class Sentences:
    """The states of sentences after the layers that read them by themselves, each computed once."""

    encoder: Encoder
    known: dict[Telling, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        model = load_model(model_folder())
        if model is None:
            sys.exit("no encoder ships; build it first, see README.md")
        self.tokenizer = model.tokenizer

    def pieces(self, text: str) -> list[int]:
        """Word pieces of a text, without markers."""
        found: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return found

    def __getitem__(self, telling: Telling) -> Tensor:
        """(n, 384), the first of the whole and the rest of the sentence's pieces."""
        if telling not in self.known:
            before = self.pieces(telling.before)[-CONTEXT:]
            ids = torch.tensor([[101, *before, *self.pieces(telling.sentence)[:LONGEST], 102]])
            encoder = self.encoder
            with torch.no_grad():
                x = encoder.norm(encoder.words(ids) + encoder.positions(torch.arange(ids.shape[1])) + encoder.kind)
                for layer in encoder.layers[:APART]:
                    x = layer(x, torch.zeros(1, 1, 1, 1))
            self.known[telling] = torch.cat([x[0, :1], x[0, 1 + len(before) : -1]])
        return self.known[telling]


class Together(nn.Module):
    """The other layers over two sentences at once, what they tell of each other, and of which kind that is."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = Encoder.size
        self.layers = nn.ModuleList(encoder.layers[APART:])
        self.sides = nn.Embedding(4, width)
        nn.init.normal_(self.sides.weight, std=0.02)
        self.dropout = nn.Dropout(0.1)
        self.label = nn.Sequential(nn.Linear(4 * width, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, 3))
        self.kind = nn.Linear(4 * width, len(KINDS))

    def forward(self, states: Tensor, sides: Tensor) -> tuple[Tensor, Tensor]:
        """States (b, n, 384) and sides (b, n; 0 outside, 1 and 2 the sentences, 3 the first place) to labels (b, 3), kinds (b, 4)."""
        x = self.dropout(states) + self.sides(sides)
        bias = (sides == 0).float()[:, None, None] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        first, second = (self._mean(x, sides == side) for side in (1, 2))
        seen = torch.cat([x[:, 0], first + second, (first - second).abs(), first * second], -1)
        return self.label(seen), self.kind(seen)

    def _mean(self, x: Tensor, own: Tensor) -> Tensor:
        weight = own.float()[..., None]
        return (x * weight).sum(1) / weight.sum(1).clamp(min=1)


def laid_out(pairs: Sequence[Pair], sentences: Sentences, source: random.Random | None) -> tuple[Tensor, Tensor]:
    """States and sides of pairs; with a source, which of the two comes first is chance."""
    states, sides = [], []
    for pair in pairs:
        turned = source is not None and source.random() < 0.5
        one, two = (sentences[each] for each in ((pair.two, pair.one) if turned else (pair.one, pair.two)))
        states.append(torch.cat([one, two[1:]]))
        sides.append([3] + [1] * (len(one) - 1) + [2] * (len(two) - 1))
    longest = max(map(len, sides))
    padded = torch.stack([nn.functional.pad(one, (0, 0, 0, longest - len(one))) for one in states])
    return padded, torch.tensor([[*one, *[0] * (longest - len(one))] for one in sides])


def epoch(pairs: Sequence[Pair], quiet: Sequence[Pair], source: random.Random) -> list[list[Pair]]:
    """The batches of one epoch, of pairs of like length: all that tell one fact, and as many others."""
    one_fact = [pair for pair in pairs if pair.label != OTHER]
    near = [pair for pair in pairs if pair.label == OTHER]
    most = sum(pair.label == CONFLICT for pair in one_fact) * 13 // 10
    rows = [*one_fact, *source.sample(near, min(len(near), most)), *source.sample(list(quiet), 1000)]
    source.shuffle(rows)
    batches = []
    for start in range(0, len(rows), BATCH * 16):
        part = sorted(
            rows[start : start + BATCH * 16], key=lambda pair: len(pair.one.sentence) + len(pair.two.sentence)
        )
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    source.shuffle(batches)
    return batches


def train(pairs: Sequence[Pair], sentences: Sentences) -> Together:
    """The upper layers and heads, trained on pairs."""
    torch.manual_seed(SEED)
    source = random.Random(SEED)
    quiet = list(alike_in_texts())
    network = Together(sentences.encoder)
    layers = list(network.layers.parameters())
    known = {id(weight) for weight in layers}
    heads = [weight for weight in network.parameters() if id(weight) not in known]
    rates = [1.5e-4, 8e-4]
    optimiser = torch.optim.AdamW([{"params": layers}, {"params": heads}], lr=rates[1], weight_decay=0.02)
    steps = EPOCHS * len(epoch(pairs, quiet, random.Random(SEED)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps + 1, pct_start=0.1)
    network.train()
    for number in range(EPOCHS):
        print(f"epoch {number + 1} of {EPOCHS}", file=sys.stderr, flush=True)
        for batch in epoch(pairs, quiet, source):
            labels, kinds = network(*laid_out(batch, sentences, source))
            loss = nn.functional.cross_entropy(
                labels, torch.tensor([pair.label for pair in batch]), label_smoothing=0.05
            )
            wanted = torch.tensor([pair.kind for pair in batch])
            if (wanted >= 0).any():
                loss = loss + 0.2 * nn.functional.cross_entropy(kinds[wanted >= 0], wanted[wanted >= 0])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return network.eval()


def judged(network: Together, pairs: Sequence[Pair], sentences: Sentences) -> dict[str, float]:
    """Precision and recall of conflicts where they are the likeliest, and their share among the likeliest 50 and 200 pairs."""
    with torch.no_grad():
        odds = torch.cat(
            [
                network(*laid_out(pairs[start : start + 64], sentences, None))[0].log_softmax(-1)
                for start in range(0, len(pairs), 64)
            ]
        )
    real = torch.tensor([pair.label == CONFLICT for pair in pairs])
    said = odds.argmax(-1) == CONFLICT
    both = int((said & real).sum())
    first = real[odds[:, CONFLICT].argsort(descending=True)].float()
    return {
        "pairs": len(pairs),
        "conflicts": int(real.sum()),
        "precision": round(both / max(1, int(said.sum())), 3),
        "recall": round(both / max(1, int(real.sum())), 3),
        **{f"right of the likeliest {number}": round(float(first[:number].mean()), 3) for number in (50, 200)},
    }


def main() -> None:
    """Train on all files but those named, measure on these."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="files to leave out, by comma")
    out = set(parser.parse_args().out.split(","))
    pairs = load_pairs()
    if unknown := out - {pair.file for pair in pairs}:
        parser.error(f"no such file of tellings: {', '.join(sorted(unknown))}")
    sentences = Sentences(published_encoder().eval())
    network = train([pair for pair in pairs if pair.file not in out], sentences)
    print(json.dumps(judged(network, [pair for pair in pairs if pair.file in out], sentences)))


if __name__ == "__main__":
    main()

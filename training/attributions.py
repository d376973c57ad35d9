"""Train the attribution heads: who says what, as source, cue and content, on the states of the shipped encoder.

    python train_attribution.py positions.pt --layouts mentions.jsonl --hold-out trade
    python train_attribution.py positions.pt --layouts mentions.jsonl --save attribution.pt
    python train_attribution.py positions.pt --layouts mentions.jsonl --read texts.jsonl --write attributions.jsonl

One more layer goes over the encoder's states, which stay as they are, so that reading pays for the encoder once. A token
head marks cues (first token, later tokens); a second head, given a cue, marks the tokens of its source and of its content,
so that nested and broken attributions come out paired.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from encoder import Encoder, Layer
from export_positions import load_network
from passages import FOLDER, locate
from torch import Tensor, nn

from travaux.reading.table_model import MASK, PARTY_MARKERS, Mention, build_prompt
from travaux.reading.weighing import CONTEXT, WIDTH

LAYERS = (FOLDER / "attribution", Path(__file__).parent / "attribution")
"""Who said what in seven files of passages, and in articles; the encoder's own training has seen the first alone."""
LINK = 192
LABELS = ("source", "cue", "content")
ROLES = ("source", "content")
FARTHEST = 32

Spans = list[tuple[int, int]]


@dataclass
class Text:
    """One text with its sentences, mentions and attributions, in code points of the text."""

    id: str
    file: str
    text: str
    sentences: Spans
    mentions: list[Mention] = field(default_factory=list)
    attributions: list[dict[str, Spans]] = field(default_factory=list)


class AttributionHeads(nn.Module):
    """Cue tags for every token, and source and content scores for every (cue, token)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        size = Encoder.size
        self.layer = Layer(size, 6, 768, dropout)
        self.cue = nn.Linear(size, 3)
        self.link = nn.Linear(size, 2 * len(ROLES) * LINK)
        self.near = nn.Embedding(2 * FARTHEST + 1, len(ROLES))
        nn.init.zeros_(self.near.weight)
        self.bias = nn.Parameter(torch.zeros(len(ROLES), LINK))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, outside: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Encoder states (b, n, 384) and mask bias (b, 1, 1, n) to cues (b, n, 3), queries and keys (b, n, 2, LINK)."""
        states = self.dropout(self.layer(self.dropout(states), outside))
        queries, keys = self.link(states).unflatten(-1, (2, len(ROLES), LINK)).unbind(-3)
        return self.cue(states), torch.tanh(queries + self.bias), keys

    def roles(self, queries: Tensor, keys: Tensor, first: Tensor) -> Tensor:
        """Queries and keys (n, 2, LINK) of one window and its cues' first tokens (c) to scores (c, n, 2)."""
        places = torch.arange(keys.shape[0])
        distance = (places[None] - first[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        scores = torch.einsum("crk,nrk->cnr", queries[first], keys) / LINK**0.5
        return scores + self.near(distance)


def load_texts(layouts: Path, folders: Sequence[Path] = LAYERS) -> list[Text]:
    """The passages and articles with attribution labels."""
    laid_out = {(row["file"], row["id"]): row for row in map(json.loads, layouts.read_text("utf-8").splitlines())}
    texts = []
    for path in sorted(path for folder in folders for path in folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            layout = laid_out[path.stem, row["id"]]
            found = []
            for attribution in row["attributions"]:
                spans = {label: [locate(layout["text"], piece) for piece in attribution[label]] for label in LABELS}
                found.append({label: [span for span in own if span] for label, own in spans.items()})
            mentions = [Mention(*mention) for mention in layout["mentions"]]
            sentences = [(start, end) for start, end in layout["sentences"]]
            texts.append(Text(row["id"], path.stem, layout["text"], sentences, mentions, found))
    return texts


def join(parts: Sequence[Text], separator: str) -> Text:
    """Several texts as one; mentions keep their parties' numbers, which a window draws anew."""
    whole = Text("+".join(part.id for part in parts), parts[0].file, "", [])
    for part in parts:
        shift = len(whole.text) + (len(separator) if whole.text else 0)
        whole.text = whole.text + separator + part.text if whole.text else part.text
        whole.mentions += [m._replace(sentence=m.sentence + len(whole.sentences)) for m in part.mentions]
        whole.sentences += [(a + shift, b + shift) for a, b in part.sentences]
        whole.attributions += [
            {label: [(a + shift, b + shift) for a, b in spans] for label, spans in each.items()}
            for each in part.attributions
        ]
    return whole


def lay_out(
    text: Text, first: int, last: int, tokenizer: object, source: random.Random | None
) -> tuple[list[int], Spans, list[int]]:
    """Token ids of some sentences, where each token stands in the text ((0, 0) for a marker), and its sentence."""
    mentions = [m._replace(sentence=m.sentence - first) for m in text.mentions if first <= m.sentence < last]
    slots = list(range(PARTY_MARKERS))
    if source is not None:
        source.shuffle(slots)
        keep = source.choice((0.0, 0.5, 1.0))
        mentions = [m for m in mentions if source.random() < keep]
    mentions = [m for m in mentions if m.party < PARTY_MARKERS]
    prompt = build_prompt(tokenizer, [text.text[a:b] for a, b in text.sentences[first:last]], mentions, slots)
    ids = list(prompt.ids)
    if source is not None:
        ids = [MASK if token > 1000 and source.random() < 0.05 else token for token in ids]
    offsets = [
        (text.sentences[first + s][0] + a, text.sentences[first + s][0] + b) if s >= 0 and b > a else (0, 0)
        for s, (a, b) in zip(prompt.token_sentence, prompt.spans, strict=True)
    ]
    return ids, offsets, [first + s if s >= 0 else -1 for s in prompt.token_sentence]


def covers(spans: Spans, start: int, end: int) -> bool:
    """Whether any span shares a character with [start, end)."""
    return any(start < b and end > a for a, b in spans)


def labels_of(text: Text, offsets: Spans) -> tuple[Tensor, Tensor, Tensor]:
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
        roles.append([[b > a and covers(each[role], a, b) for role in ROLES] for a, b in offsets])
    shape = len(firsts), len(offsets), len(ROLES)
    return tags, torch.tensor(firsts, dtype=torch.long), torch.tensor(roles).reshape(shape)


def states_of(encoder: Encoder, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """The encoder's states for rows of token ids, and the mask bias that goes with them."""
    width = max(map(len, rows))
    ids = torch.tensor([[*row, *[0] * (width - len(row))] for row in rows])
    mask = torch.tensor([[1.0] * len(row) + [0.0] * (width - len(row)) for row in rows])
    with torch.no_grad():
        states = encoder(ids, mask).float()
    return states, (1.0 - mask[:, None, None, :]) * -1e4


def loss_of(
    heads: AttributionHeads, encoder: Encoder, texts: Sequence[Text], tokenizer: object, source: random.Random
) -> Tensor:
    """Loss of one batch: cue tags, and roles given the gold cues."""
    laid_out = [lay_out(text, 0, len(text.sentences), tokenizer, source) for text in texts]
    states, outside = states_of(encoder, [ids for ids, _, _ in laid_out])
    cues, queries, keys = heads(states, outside)
    cue_loss, role_loss, count, tokens = torch.zeros(()), torch.zeros(()), 0, 0
    weight = torch.tensor([0.6, 1.0, 1.0])
    for row, (text, (ids, offsets, _)) in enumerate(zip(texts, laid_out, strict=True)):
        tags, firsts, roles = labels_of(text, offsets)
        own = slice(0, len(ids))
        cue_loss = cue_loss + nn.functional.cross_entropy(cues[row, own], tags, weight=weight, reduction="sum")
        tokens += len(ids)
        if len(firsts):
            scores = heads.roles(queries[row, own], keys[row, own], firsts)
            role_loss = role_loss + nn.functional.binary_cross_entropy_with_logits(
                scores, roles.float(), reduction="sum"
            ) / len(ids)
            count += len(firsts)
    return 4.0 * cue_loss / tokens + 2.0 * role_loss / max(1, count)


def pieces(places: Sequence[int], offsets: Spans, text: str) -> Spans:
    """Tokens as spans; a gap of one short word or of punctuation alone is closed."""
    spans: Spans = []
    for place in places:
        start, end = offsets[place]
        if spans and len(text[spans[-1][1] : start].split()) <= 1 and start - spans[-1][1] <= 12:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return spans


def read(heads: AttributionHeads, encoder: Encoder, text: Text, tokenizer: object) -> list[dict[str, Spans]]:
    """Attributions of a text of any length, window by window; a cue counts in the window that owns its sentence."""
    found = []
    heads.eval()
    for start in range(0, len(text.sentences), WIDTH):
        first, last = max(0, start - CONTEXT), min(len(text.sentences), start + WIDTH)
        ids, offsets, owners = lay_out(text, first, last, tokenizer, None)
        states, outside = states_of(encoder, [ids])
        with torch.no_grad():
            cues, queries, keys = (each[0] for each in heads(states, outside))
            tags = cues.argmax(-1).tolist()
            tags = [tag if b > a else 0 for tag, (a, b) in zip(tags, offsets, strict=True)]
            firsts = [n for n, tag in enumerate(tags) if tag == 1 or (tag == 2 and tags[n - 1] == 0)]
            firsts = [n for n in firsts if owners[n] >= start]
            if not firsts:
                continue
            roles = heads.roles(queries, keys, torch.tensor(firsts)) > 0
        for row, cue in enumerate(firsts):
            end = cue + 1
            while end < len(tags) and tags[end] == 2:
                end += 1
            each = {"cue": pieces(range(cue, end), offsets, text.text)}
            for column, name in enumerate(ROLES):
                places = [n for n, (a, b) in enumerate(offsets) if b > a and roles[row, n, column]]
                each[name] = pieces(places, offsets, text.text)
            if each["content"]:
                found.append(each)
    heads.train()
    return found


def cut(text: Text, first: int, last: int) -> Text:
    """Some sentences of a text, with what is attributed in them."""
    start, end = text.sentences[first][0], text.sentences[last - 1][1]

    def moved(spans: Spans) -> Spans:
        return [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]

    found = [{label: moved(each[label]) for label in LABELS} for each in text.attributions]
    return Text(
        f"{text.id}.{first}",
        text.file,
        text.text[start:end],
        [(a - start, b - start) for a, b in text.sentences[first:last]],
        [m._replace(sentence=m.sentence - first) for m in text.mentions if first <= m.sentence < last],
        [each for each in found if each["cue"]],
    )


def windows_in(text: Text, source: random.Random) -> list[Text]:
    """A text as windows of random length, as long as the reader's at most; short ones stay whole."""
    if len(text.sentences) <= WIDTH + CONTEXT:
        return [text]
    windows, at = [], 0
    while at < len(text.sentences):
        size = source.randint(3, WIDTH + CONTEXT)
        windows.append(cut(text, at, min(len(text.sentences), at + size)))
        at += size
    return windows


def groups_of(texts: list[Text], source: random.Random) -> list[list[Text]]:
    """Batches of a dozen windows, the short ones joined by chance, so that a window holds several speakers."""
    order = [window for text in texts for window in windows_in(text, source)]
    source.shuffle(order)
    groups = []
    for start in range(0, len(order), 12):
        part, joined = order[start : start + 12], list[Text]()
        while part:
            one = part.pop()
            while part and len(one.text) < 350 and source.random() < 0.5:
                one = join([one, part.pop()], source.choice((" ", "\n\n")))
            joined.append(one)
        groups.append(joined)
    return groups


def train(texts: list[Text], encoder: Encoder, arguments: argparse.Namespace, tokenizer: object) -> AttributionHeads:
    """Train the heads; the seed decides all but the rounding of the machine."""
    torch.manual_seed(arguments.seed)
    source = random.Random(arguments.seed)
    heads = AttributionHeads(arguments.dropout)
    optimiser = torch.optim.AdamW(heads.parameters(), lr=arguments.lr, weight_decay=0.01, fused=True)
    steps = arguments.epochs * len(groups_of(texts, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.02, (steps - step) / (0.9 * steps)))
    )
    for epoch in range(arguments.epochs):
        began, total, groups = time.time(), 0.0, groups_of(texts, source)
        for group in groups:
            loss = loss_of(heads, encoder, group, tokenizer, source)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        told = f"epoch {epoch + 1} loss {total / len(groups):.3f} in {time.time() - began:.0f} s"
        print(told, file=sys.stderr, flush=True)
    return heads


def token_f1(texts: list[Text], found: list[list[dict[str, Spans]]], tokenizer: Any) -> dict[str, float]:
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
    parser.add_argument("weights", type=Path, help="what train_positions.py wrote")
    parser.add_argument("--layouts", type=Path, required=True, help="what read_passages.py wrote")
    parser.add_argument("--hold-out", default="", help="files to leave out and measure on, comma separated")
    parser.add_argument("--save", type=Path, help="write the weights here")
    parser.add_argument("--name", default="attribution heads")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--read", type=Path, help="texts to read after training, as read_passages.py --texts wrote them"
    )
    parser.add_argument("--write", type=Path, help="where to write what was read, as JSON lines")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    from train_positions import published_tokenizer

    tokenizer, encoder = published_tokenizer(), load_network(arguments.weights).encoder
    texts = load_texts(arguments.layouts)
    held_out = [name for name in arguments.hold_out.split(",") if name]
    heads = train([text for text in texts if text.file not in held_out], encoder, arguments, tokenizer)
    if arguments.save:
        torch.save(heads.state_dict(), arguments.save)
    for name in held_out:
        own = [text for text in texts if text.file == name]
        figures = token_f1(own, [read(heads, encoder, text, tokenizer) for text in own], tokenizer)
        row = {"design": arguments.name, "held_out": name} | figures
        row |= {"settings": {key: getattr(arguments, key) for key in ("epochs", "lr", "dropout", "seed")}}
        print(json.dumps(row), flush=True)
    if arguments.read and arguments.write:
        with arguments.write.open("w", encoding="utf-8") as out:
            for row in map(json.loads, arguments.read.read_text("utf-8").splitlines()):
                sentences = [(start, end) for start, end in row["sentences"]]
                found = read(heads, encoder, Text(row["id"], "", row["text"], sentences), tokenizer)
                out.write(json.dumps({"doc": row["id"], "attributions": found}) + "\n")


if __name__ == "__main__":
    main()

"""Who says what, as source, cue and content: the labelled texts, the heads on the encoder's states, their loss, and reading.

A token head marks cues (first token, later tokens); a second head, given a cue, marks the tokens of its source and of its
content, so that nested and broken attributions come out paired. The encoder learns both this and positions.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from encoder import Encoder, Layer, pad
from passages import ATTRIBUTIONS, locate
from torch import Tensor, nn

from travaux.model import Attribution
from travaux.reading.table_model import MASK, PARTY_MARKERS, Mention, build_prompt
from travaux.reading.tagging import FARTHEST, LEAST_CUE, Marks, likeness, read_marks
from travaux.reading.windows import CONTEXT, WIDTH

LINK = 192
LABELS = ("source", "cue", "content")
ROLES = ("source", "content")
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
    """Cue tags for every token, whether it belongs to any source or content, and to those of each cue."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        size = Encoder.size
        self.layer = Layer(size, 6, 768, dropout)
        self.cue = nn.Linear(size, 3)
        self.role = nn.Linear(size, len(ROLES))
        self.link = nn.Linear(size, 2 * len(ROLES) * LINK)
        self.near = nn.Embedding(2 * FARTHEST + 1, len(ROLES))
        nn.init.zeros_(self.near.weight)
        self.bias = nn.Parameter(torch.zeros(len(ROLES), LINK))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, outside: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Encoder states (b, n, 384) and mask bias (b, 1, 1, n) to marks.

        Cues (b, n, 3), any (b, n, 2), queries and keys (b, n, 2, LINK), as `travaux.reading.tagging.Marks` has them.
        """
        states = self.dropout(self.layer(self.dropout(states), outside))
        queries, keys = self.link(states).unflatten(-1, (2, len(ROLES), LINK)).unbind(-3)
        return self.cue(states), self.role(states), torch.tanh(queries + self.bias), keys

    def roles(self, any_cue: Tensor, queries: Tensor, keys: Tensor, first: Tensor) -> Tensor:
        """Any (n, 2), queries and keys (n, 2, LINK) of one window and its cues' first tokens (c) to scores (c, n, 2)."""
        places = torch.arange(keys.shape[0])
        distance = (places[None] - first[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        scores = torch.einsum("crk,nrk->cnr", queries[first], keys) / LINK**0.5
        return scores + self.near(distance) + any_cue


def load_texts(layouts: Path, folders: Sequence[Path] = ATTRIBUTIONS) -> list[Text]:
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


def covers(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
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
    ids, mask = pad(rows, 0, 16), pad([[1] * len(row) for row in rows], 0, 16)
    return encoder(ids, mask), (1.0 - mask[:, None, None, :].float()) * -1e4


def loss_of(
    heads: AttributionHeads, encoder: Encoder, texts: Sequence[Text], tokenizer: object, source: random.Random
) -> Tensor:
    """Loss of one batch, each part a positive: cue tags, roles of any cue, and roles of each gold cue."""
    laid_out = [lay_out(text, 0, len(text.sentences), tokenizer, source) for text in texts]
    states, outside = states_of(encoder, [ids for ids, _, _ in laid_out])
    cues, roles_any, queries, keys = (each.float() for each in heads(states, outside))
    losses = {name: torch.zeros(()) for name in ("cue", "any", "role")}
    counts = dict.fromkeys(losses, 1.0)
    for row, (text, (ids, offsets, _)) in enumerate(zip(texts, laid_out, strict=True)):
        tags, firsts, roles = labels_of(text, offsets)
        own = slice(0, len(ids))
        losses["cue"] = losses["cue"] + nn.functional.cross_entropy(cues[row, own], tags, reduction="sum")
        counts["cue"] += float((tags > 0).sum())
        wanted = roles.any(0).float() if len(firsts) else torch.zeros(len(ids), len(ROLES))
        losses["any"] = losses["any"] + nn.functional.binary_cross_entropy_with_logits(
            roles_any[row, own], wanted, reduction="sum"
        )
        counts["any"] += float(wanted.sum())
        if len(firsts):
            scores = heads.roles(roles_any[row, own], queries[row, own], keys[row, own], firsts)
            losses["role"] = losses["role"] + nn.functional.binary_cross_entropy_with_logits(
                scores, roles.float(), reduction="sum"
            )
            counts["role"] += float(roles.sum())
    return losses["cue"] / counts["cue"] + losses["any"] / counts["any"] + losses["role"] / counts["role"]


def read(
    heads: AttributionHeads, encoder: Encoder, text: Text, tokenizer: object, least: float = LEAST_CUE
) -> list[Attribution]:
    """Attributions of a text of any length, window by window; a cue counts in the window that owns its sentence."""
    found: list[Attribution] = []
    near = heads.near.weight.detach().numpy()
    for start in range(0, len(text.sentences), WIDTH):
        first, last = max(0, start - CONTEXT), min(len(text.sentences), start + WIDTH)
        ids, places, owners = lay_out(text, first, last, tokenizer, None)
        with torch.no_grad():
            states, outside = states_of(encoder, [ids])
            marks = Marks(*(each[0, : len(ids)].float().numpy() for each in heads(states, outside)), near)
        found += read_marks(marks, places, [owner >= start for owner in owners], text.text, least)
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


def token_f1(texts: list[Text], found: list[list[Attribution]], tokenizer: Any) -> dict[str, float]:
    """Token F1 of each label and over all, word pieces counted."""
    counts = {label: [0, 0, 0] for label in LABELS}
    for text, attributions in zip(texts, found, strict=True):
        for start, end in tokenizer.encode(text.text, add_special_tokens=False).offsets:
            for label in LABELS:
                gold = any(covers(each[label], start, end) for each in text.attributions)
                said = any(covers(getattr(each, label), start, end) for each in attributions)
                counts[label] = [c + v for c, v in zip(counts[label], (gold and said, said, gold), strict=True)]
    counts["micro"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {f"attribution_{name}": round(2 * b / max(1, p + g), 4) for name, (b, p, g) in counts.items()}


def full_match_f1(texts: list[Text], found: list[list[Attribution]]) -> float:
    """F1 of whole attributions: one to one, of contents alike by half, with sources alike by half.

    Alike by half: as many code points in both as in half of what either has (Jaccard), two empty sources too.
    """
    right = total = 0
    for text, attributions in zip(texts, found, strict=True):
        gold = [(tuple(each["source"]), tuple(each["content"])) for each in text.attributions]
        total += len(gold) + len(attributions)
        pairs = sorted(
            ((likeness(content, one.content), place, number)
             for place, (_, content) in enumerate(gold) for number, one in enumerate(attributions)),
            reverse=True,
        )  # fmt: skip
        taken: tuple[set[int], set[int]] = set(), set()
        for alike, place, number in pairs:
            if alike < 0.5 or place in taken[0] or number in taken[1]:
                continue
            taken[0].add(place)
            taken[1].add(number)
            right += likeness(gold[place][0], attributions[number].source) >= 0.5
    return 2 * right / max(1, total)

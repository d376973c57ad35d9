"""Vary the passages as they are read: distractor options, options in other words or the other way round, longer windows."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import torch
from encoder import published_encoder
from passages import REWORDINGS, Example, follow

from travaux.reading.table_model import PARTY_MARKERS

SAME = 0.72
"""Cosine of published MiniLM embeddings above which two options may mean the same: nobody judged that pair."""
NEGATED = 0.1
"""Share of the options that are tried to be said the other way round."""
REWORDED = 0.5
"""Share of the options of a dossier that are said in other words, where somebody has found some."""
MOST_OPTIONS, MOST_IN_ARTICLE, MOST_WORDS = 9, 16, 230
SHORT_WORD = 3


class OptionPool:
    """Every option's embedding, and which other options could stand beside it on an agenda."""

    def __init__(self, files: dict[str, list[Example]], tokenizer: object) -> None:
        says = sorted({option for examples in files.values() for example in examples for option in example.options})
        self.number = {option: number for number, option in enumerate(says)}
        self.vectors = embed(says, tokenizer)
        self.by_negotiation: dict[str, list[str]] = defaultdict(list)
        self.by_file: dict[str, list[str]] = defaultdict(list)
        self.words: dict[str, list[str]] = {}
        for file, examples in files.items():
            for example in examples:
                self.by_negotiation[f"{file} {example.negotiation}"] += example.options
                self.by_file[file] += example.options
                self.words |= example.words
        self.file_rows = {f: torch.tensor([self.number[o] for o in own]) for f, own in self.by_file.items()}

    def likeness(self, one: str, other: str) -> float:
        """Cosine of two options."""
        return float(self.vectors[self.number[one]] @ self.vectors[self.number[other]])

    def nearest(self, option: str, file: str, count: int) -> list[str]:
        """The options of a file most like one, best first, itself left out."""
        rows = self.file_rows[file]
        order = (self.vectors[rows] @ self.vectors[self.number[option]]).argsort(descending=True, stable=True)
        found: list[str] = []
        for place in order.tolist():
            other = self.by_file[file][place]
            if other != option and other not in found:
                found.append(other)
                if len(found) == count:
                    break
        return found


def embed(texts: Sequence[str], tokenizer: object) -> torch.Tensor:
    """Unit sentence embeddings of the published model, (len(texts), 384)."""
    encoder = published_encoder(0.0).eval()
    rows = [tokenizer.encode(text).ids[:256] for text in texts]
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    vectors = torch.zeros(len(rows), 384)
    with torch.no_grad():
        for start in range(0, len(order), 64):
            chosen = order[start : start + 64]
            width = len(rows[chosen[-1]])
            ids = torch.tensor([rows[number] + [0] * (width - len(rows[number])) for number in chosen])
            mask = (ids > 0).float()
            vectors[chosen] = (encoder(ids, mask) * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(vectors, dim=-1)


def add_options(example: Example, others: Sequence[str], pool: OptionPool) -> Example:
    """The example with more options; a newcomer too like an option with statements is unknown, not none."""
    options, unknown = list(example.options), set(example.unknown)
    stated = {(cell.party, cell.option) for cell in example.cells}
    for other in others:
        if other in options or len(options) >= MOST_OPTIONS:
            continue
        for party in range(len(example.parties)):
            if any(
                (party, number) in stated and pool.likeness(other, option) > SAME
                for number, option in enumerate(example.options)
            ):
                unknown.add((party, len(options)))
        options.append(other)
    words = {says: pool.words.get(says, []) for says in options}
    return replace(example, options=options, unknown=unknown, words=words | example.words)


def glue(one: Example, two: Example, pool: OptionPool) -> Example:
    """Two passages as one window: parties with a name in common are one; options of one are none in the other.

    Where options of the two are alike, or a shared party could have a position in both, the pair is unknown.
    """
    parties, where = [list(names) for names in one.parties], list[int]()
    for names in two.parties:
        shared = [n for n, party in enumerate(one.parties) if set(party) & set(names)]
        if shared:
            parties[shared[0]] += [name for name in names if name not in parties[shared[0]]]
            where.append(shared[0])
        else:
            where.append(len(parties))
            parties.append(list(names))
    options, place = list(one.options), list[int]()
    for option in two.options:
        if option not in options:
            options.append(option)
        place.append(options.index(option))
    moved = replace(
        two,
        cells=[replace(cell, party=where[cell.party], option=place[cell.option]) for cell in two.cells],
        mentions=[m._replace(party=where[m.party]) for m in two.mentions],
    )
    joined = follow(one, moved)
    unknown = set(one.unknown) | {(where[p], place[o]) for p, o in two.unknown}
    for left, option in enumerate(one.options):
        for right, other in enumerate(two.options):
            if option == other or pool.likeness(option, other) > SAME:
                stated = {c.party for c in one.cells if c.option == left}
                stated |= {where[c.party] for c in two.cells if c.option == right}
                unknown |= {(party, o) for party in stated for o in (left, place[right])}
    unknown -= {(cell.party, cell.option) for cell in joined.cells}
    return replace(joined, parties=parties, options=options, words=one.words | two.words, unknown=unknown)


def thin_out(windows: Sequence[Example], most: int, random_source: random.Random) -> list[Example]:
    """Leave options without statements out of windows that share their options, where there are too many.

    By chance, but rather those that share few words with an option that has statements: what is easily mistaken stays.
    """
    options = windows[0].options
    stated = {cell.option for example in windows for cell in example.cells}
    words = [{word for word in option.lower().split() if len(word) > SHORT_WORD} for option in options]

    def easily_mistaken(number: int) -> float:
        return random_source.random() / 2 + max((jaccard(words[number], words[other]) for other in stated), default=0.0)

    silent = sorted((number for number in range(len(options)) if number not in stated), key=easily_mistaken)
    dropped = set(silent[: max(0, len(options) - most)])
    kept = [number for number in range(len(options)) if number not in dropped]
    return [
        replace(
            example,
            options=[options[number] for number in kept],
            cells=[replace(cell, option=kept.index(cell.option)) for cell in example.cells],
            unknown={(party, kept.index(option)) for party, option in example.unknown if option in kept},
        )
        for example in windows
    ]


def jaccard(one: set[str], two: set[str]) -> float:
    """What two sets have in common, as a share of all that is in either."""
    return len(one & two) / max(1, len(one | two))


AUXILIARY = re.compile(r"\b(is|are|may|must|can)\b(?! not\b)")
TURNED = {"for": "against", "against": "for", "open": "open"}


def said_as(example: Example, number: int, says: str, words: list[str]) -> Example:
    """The example with one option said otherwise, and these words for it."""
    options = list(example.options)
    options[number] = says
    return replace(example, options=options, words=example.words | {says: words})


def negate(example: Example, number: int) -> Example:
    """One option said the other way round, its stances turned; unchanged where it has no auxiliary to negate."""
    says = example.options[number]
    if not AUXILIARY.search(says) or re.search(r"\b(?:no|not|nor|neither|without)\b", says, re.IGNORECASE):
        return example
    cells = [replace(cell, stance=TURNED[cell.stance]) if cell.option == number else cell for cell in example.cells]
    return replace(said_as(example, number, AUXILIARY.sub(r"\1 not", says, count=1), []), cells=cells)


@cache
def rewordings() -> Mapping[tuple[str, str], list[tuple[str, list[str]]]]:
    """By file and option: the ways to say it again, each with words for it, as another agenda might have them."""
    rows = map(json.loads, REWORDINGS.read_text("utf-8").splitlines())
    return {(row["file"], row["says"]): [(a["says"], a["words"]) for a in row["again"]] for row in rows}


def reword(windows: Sequence[Example], number: int, random_source: random.Random) -> list[Example]:
    """One option of some windows in other words, so that the encoder learns what it means and not how it is spelled."""
    found = rewordings().get((windows[0].file, windows[0].options[number]), [])
    if not found:
        return list(windows)
    says, words = random_source.choice(found)
    if says in windows[0].options:
        return list(windows)
    return [said_as(example, number, says, words) for example in windows]


def vary(example: Example, partners: Sequence[Example], pool: OptionPool, random_source: random.Random) -> Example:
    """One random variant of a short passage for one epoch."""
    words = sum(len(sentence.split()) for sentence in example.sentences)
    if words < 90 and random_source.random() < 0.3:
        other = random_source.choice(partners)
        fits = words + sum(len(sentence.split()) for sentence in other.sentences) < MOST_WORDS
        if fits and other is not example and len(example.parties) + len(other.parties) <= PARTY_MARKERS:
            example = glue(example, other, pool) if random_source.random() < 0.5 else glue(other, example, pool)
    (example,) = thin_out([example], MOST_OPTIONS, random_source)
    room = MOST_OPTIONS - len(example.options)
    if room > 0 and random_source.random() < 0.7:
        others = list(pool.by_negotiation[f"{example.file} {example.negotiation}"])
        if random_source.random() < 0.7:
            others += pool.nearest(random_source.choice(example.options), example.file, 8)
        random_source.shuffle(others)
        example = add_options(example, others[: random_source.randint(1, 4)], pool)
    for number in range(len(example.options)):
        if random_source.random() < NEGATED:
            example = negate(example, number)
    return example


def vary_windows(windows: Sequence[Example], random_source: random.Random) -> list[Example]:
    """One random variant of some windows of one article, with the same options in each."""
    windows = thin_out(windows, MOST_IN_ARTICLE, random_source)
    for number in range(len(windows[0].options)):
        if random_source.random() < REWORDED:
            windows = reword(windows, number, random_source)
        if random_source.random() < NEGATED:
            windows = [negate(example, number) for example in windows]
    return windows

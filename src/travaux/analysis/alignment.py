"""Two tellings of one text laid beside each other, sentence by sentence: what a copy or rewording makes of each.

1. A sentence is the stems of its words, each weighing the more the rarer it is in English reports and in the two texts; near
   words and the names of a country count as shared too. Numbers say nothing here: they are what may have been changed.
2. A path through both texts, in order, along which the sentences share most; one sentence may face several, as where two were
   drawn together. Sentences that share most of their words face each other wherever they stand.
3. What stands between two such pairs faces, more loosely, what stands there in the other text.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from travaux.model import Report
from travaux.provenance.sentences import sentences_of
from travaux.provenance.telling import PLAIN, UNSEEN, ordinary, stem_of
from travaux.reading.countries import countries
from travaux.reading.happenings.days import MONTHS, WEEKDAYS
from travaux.reading.word_lists import word_lists

LONGEST = 160
"""Sentences of a report that are laid beside another's; what stands further down is hardly ever what a copy tells."""

NOISE = 3.0
"""Weight, in nats, that two sentences with nothing in common share by chance; chosen on the exercises."""
NEAR_WORD = 0.6
"""What a near word counts of the same word."""
STRONG = 0.5
"""Share of the lighter sentence's weight from which two face each other wherever they stand."""
LIGHT = 14.0
"""Weight below which a sentence is so short that sharing most of it shows little."""
REACH = 3
"""Sentences on from a pair that still face loosely what it faces."""

CALENDAR = frozenset((*WEEKDAYS, *MONTHS)) - {"march", "may"}  # what may have been changed, as numbers
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: lower case with typewriter apostrophes, its stem, its place in the report's text."""

    word: str
    stem: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in figures."""
        return self.word[0].isdigit()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report: its place in the text, and its words."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, lower case."""
        return tuple(token.word for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Facing:
    """Two sentences that tell the same, by number; `likeness` 0 to 1, 0 where only their places face each other."""

    first: int
    second: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Beside:
    """Two reports laid beside each other.

    Attributes:
        first, second: the reports. sentences: of each. facing: pairs of sentences, in the order of the first, then the second.
        weights: what each stem weighs in these two texts.
    """

    first: Report
    second: Report
    sentences: tuple[tuple[Sentence, ...], tuple[Sentence, ...]]
    facing: tuple[Facing, ...]
    weights: Mapping[str, float]

    def facing_places(self, side: int) -> set[int]:
        """The sentences of one side, by number, that face another."""
        return {pair.second if side else pair.first for pair in self.facing}


def laid_beside(first: Report, second: Report) -> Beside:
    """Two reports of one family laid beside each other; sentences that both have word for word face nothing, for nothing differs."""
    sentences = told_sentences(first), told_sentences(second)
    weights = rare_weights(sentences)
    if _is_whole(*sentences) or _is_whole(*reversed(sentences)):
        return Beside(first, second, sentences, (), weights)
    keys = [[_keys(sentence, weights) for sentence in one] for one in sentences]
    shared = _shared(*keys)
    totals = [[math.fsum(one.values()) for one in side] for side in keys]
    likeness = {
        (i, j): _likeness(weight, totals[0][i], totals[1][j])
        for i, row in enumerate(shared)
        for j, weight in enumerate(row)
        if weight > NOISE
    }
    pairs = {place: likeness[place] for place in _path(shared) if place in likeness}
    lightest = {place: min(totals[0][place[0]], totals[1][place[1]]) for place in likeness}
    pairs |= {place: value for place, value in likeness.items() if value >= STRONG and lightest[place] >= LIGHT}
    loose = dict.fromkeys(_between(pairs, len(sentences[0]), len(sentences[1])), 0.0)
    both = {one.words for one in sentences[0]} & {one.words for one in sentences[1]}
    facing = tuple(
        Facing(i, j, value)
        for (i, j), value in sorted((loose | pairs).items())
        if sentences[0][i].words not in both and sentences[1][j].words not in both
    )
    return Beside(first, second, sentences, facing, weights)


def _is_whole(one: Sequence[Sentence], other: Sequence[Sentence]) -> bool:
    """Whether every sentence of one text stands in the other word for word."""
    return {sentence.words for sentence in one} <= {sentence.words for sentence in other}


def told_sentences(report: Report) -> tuple[Sentence, ...]:
    """The sentences of a report that evidence may come from, the first `LONGEST`."""
    return tuple(sentence_of(report.text, start, end) for start, end in sentences_of(report)[:LONGEST])


def sentence_of(text: str, start: int, end: int) -> Sentence:
    """A stretch of text as a sentence with its words."""
    tokens = []
    for found in _TOKEN.finditer(text, start, end):
        word = found.group().lower().replace("’", "'")
        tokens.append(Token(word, stem_of(word), found.start(), found.end()))
    return Sentence(start, end, tuple(tokens))


def rare_weights(sentences: Sequence[Sequence[Sentence]], least: int = 1) -> dict[str, float]:
    """What each stem of some texts weighs, in nats; plain words, figures and days weigh nothing.

    Args:
        least: sentences that count as the whole where there are fewer.
    """
    held: Counter[str] = Counter()
    for side in sentences:
        for one in side:
            held.update({token.stem for token in one.tokens if not token.is_number and token.word not in CALENDAR})
    number = sum(map(len, sentences))
    weights = {}
    for stem, count in held.items():
        share = max(ordinary().get(stem, UNSEEN), (count - 2) / max(number, least))
        if share <= PLAIN and len(stem) > 1:
            weights[stem] = -math.log(share)
    return weights


def _keys(sentence: Sentence, weights: Mapping[str, float]) -> dict[str, float]:
    return {token.stem: weights[token.stem] for token in sentence.tokens if token.stem in weights}


def _shared(first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]]) -> list[list[float]]:
    """(first, second) the weight of what each two sentences share, word for word or by near words."""
    having: dict[str, list[int]] = defaultdict(list)
    near: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for j, other in enumerate(second):
        for stem in sorted(other):
            having[stem].append(j)
            for group in near_groups(stem):
                near[group].append((j, stem))
    table = []
    for one in first:
        row = [0.0] * len(second)
        for stem, weight in sorted(one.items()):
            for j in having[stem]:
                row[j] += weight
        taken: set[tuple[int, str]] = set()
        for stem, weight in sorted(one.items()):
            for group in near_groups(stem):
                for j, like in near[group]:
                    if like in one or stem in second[j] or (j, like) in taken or (j, stem) in taken:
                        continue
                    taken |= {(j, like), (j, stem)}
                    row[j] += NEAR_WORD * min(weight, second[j][like])
        table.append(row)
    return table


def _likeness(shared: float, one: float, other: float) -> float:
    return min(1.0, shared / max(min(one, other), NOISE))


def _path(shared: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """The way through both texts, from their beginnings to their ends, on which what faces shares most."""
    if not shared or not shared[0]:
        return
    rows, columns = len(shared), len(shared[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            gain = max(0.0, shared[i - 1][j - 1] - NOISE)
            best[i][j] = gain + max(best[i - 1][j - 1], best[i - 1][j], best[i][j - 1])
    i, j = rows, columns
    while i and j:
        if shared[i - 1][j - 1] > NOISE:
            yield i - 1, j - 1
        _, i, j = max((best[i - 1][j - 1], i - 1, j - 1), (best[i - 1][j], i - 1, j), (best[i][j - 1], i, j - 1))


def _between(pairs: Iterable[tuple[int, int]], rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """Sentences that stand in one place between pairs: those right after or before one that faces another."""
    own = [set[int](), set[int]()]
    for i, j in pairs:
        own[0].add(i)
        own[1].add(j)
    for i, j in pairs:
        for step in (1, -1):
            ahead = [i + step * far for far in range(1, REACH + 1)]
            beside = [j + step * far for far in range(1, REACH + 1)]
            free = [_until_taken(ahead, own[0], rows), _until_taken(beside, own[1], columns)]
            yield from ((one, j) for one in free[0])
            yield from ((i, other) for other in free[1])
            yield from ((one, other) for one in free[0] for other in free[1])


def _until_taken(places: Sequence[int], taken: set[int], number: int) -> list[int]:
    """Of some places in a row, those before the first that faces another already."""
    found = []
    for place in places:
        if place in taken or not 0 <= place < number:
            break
        found.append(place)
    return found


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    """The groups that a stem belongs to: near words, and the names of one country."""
    found: dict[str, dict[str, None]] = {}
    for number, group in enumerate(word_lists("near_words")["groups"]):
        for word in group:
            if " " not in word and "-" not in word:
                found.setdefault(stem_of(word), {})[f"near {number}"] = None
    for country in countries():
        for name in (country.name, *country.names):
            if " " not in name:
                found.setdefault(stem_of(name.lower()), {})[f"country {country.name}"] = None
    return {stem: tuple(groups) for stem, groups in found.items()}


@lru_cache(maxsize=50_000)
def near_groups(stem: str) -> tuple[str, ...]:
    """The groups of near words, or the country, that a stem belongs to."""
    return _groups().get(stem, ())

"""What a report tells, as its words' stems with how telling each is: the rarer, the more two reports that share it share.

How rare a word is comes from two sources: how ordinary it is in English reports on negotiations (``ordinary_words.tsv``) and in
how many reports of the record it stands beyond the two compared. Names and terms of the agenda are expected in every report.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from travaux.model import Agenda, Report
from travaux.provenance.copies import LEAD
from travaux.provenance.sentences import sentences_of
from travaux.provenance.wording import WORD, Wording

ORDINARY = Path(__file__).with_name("ordinary_words.tsv")

RECORD_TRUST = 2.0
"""How many reports of the record weigh as much as the list of ordinary words."""
ON_THE_AGENDA = 0.3
"""In what share of reports a word of the agenda is expected where the record is too small to tell."""
UNSEEN = 0.0005
"""In what share of reports a word is expected that the list of ordinary words has not."""
PLAIN = 0.2
"""Words that stand in more than this share of reports tell nothing and are not kept."""

_OWNER = re.compile(r"'s?$")


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """A word as `Wording.words` has it without its ending (Snowball's English stemmer)."""
    return str(_stemmer().stemWord(_OWNER.sub("", word)))


@cache
def ordinary() -> Mapping[str, float]:
    """In what share of English reports on negotiations a stem stands, for those in more than three of a thousand."""
    lines = ORDINARY.read_text(encoding="utf-8").splitlines()
    return {word: float(share) for word, _, share in (line.partition("\t") for line in lines[1:])}


@dataclass(frozen=True, slots=True)
class Telling:
    """The telling words of a report.

    Attributes:
        stems: (n,) ids of the stems, in order, plain words left out; sentences: (n,) number of the sentence of each.
    """

    stems: NDArray[np.int32]
    sentences: NDArray[np.int16]

    @property
    def distinct(self) -> NDArray[np.int32]:
        """The different stems, sorted."""
        return np.unique(self.stems)

    def lead(self) -> Telling:
        """The first part of it, in whole sentences, where the news stands."""
        if not len(self.stems):
            return self
        last = self.sentences[int((len(self.stems) - 1) * LEAD)]
        end = int(np.searchsorted(self.sentences, last, side="right"))
        return Telling(self.stems[:end], self.sentences[:end])


class Stems:
    """Ids of stems, in the order they were first met, and how ordinary each is.

    Args:
        agenda: names and terms that are expected in every report; None where there is no agenda.
    """

    def __init__(self, agenda: Agenda | None = None):
        self._ids: dict[str, int] = {}
        self._of_word: dict[str, int] = {}
        self._shares: list[float] = []
        self._expected = frozenset(stem_of(word) for word in _words_of(agenda)) if agenda is not None else frozenset()

    def telling_of(self, report: Report, wording: Wording, without: Sequence[tuple[int, int]] = ()) -> Telling:
        """The telling words of a report.

        Args:
            without: stretches of its text to leave out, in order, in code points.
        """
        left_out = _inside(wording, without)
        ends = [end for _, end in sentences_of(report)]
        stems: list[int] = []
        sentences: list[int] = []
        for word, start, out in zip(wording.words, wording.starts.tolist(), left_out, strict=True):
            if out:
                continue
            number = self._of_word.get(word)
            if number is None:
                number = self._of_word[word] = self._add(stem_of(word))
            if number >= 0:
                stems.append(number)
                sentences.append(min(bisect_right(ends, start), 32_000))
        return Telling(np.array(stems, dtype=np.int32), np.array(sentences, dtype=np.int16))

    def number_of(self, word: str) -> int:
        """The id of a word's stem; -1 for a plain word and for one that no report has."""
        return self._of_word.get(word, -1)

    def _add(self, stem: str) -> int:
        known = self._ids.get(stem)
        if known is not None:
            return known
        share = ordinary().get(stem, UNSEEN)
        if share > PLAIN:
            return self._ids.setdefault(stem, -1)
        if stem in self._expected:
            share = max(share, ON_THE_AGENDA)
        number = len(self._shares)
        self._shares.append(share)
        self._ids[stem] = number
        return number

    def weights(self, counts: NDArray[np.int32], reports: int) -> NDArray[np.float64]:
        """(stems,) how telling it is that two reports share each, in nats.

        Args:
            counts: (stems,) in how many reports each stands; reports: how many there are.
        """
        shares = np.array(self._shares)
        elsewhere = np.maximum(counts - 2, 0)
        likely = (shares * RECORD_TRUST + elsewhere) / (RECORD_TRUST + max(reports - 2, 0))
        weights: NDArray[np.float64] = -np.log(np.minimum(likely, 1.0))
        return weights

    def __len__(self) -> int:
        return len(self._shares)


def _inside(wording: Wording, stretches: Sequence[tuple[int, int]]) -> list[bool]:
    """Which words stand in one of some stretches."""
    inside = np.zeros(len(wording.words), dtype=bool)
    for start, end in stretches:
        inside[np.searchsorted(wording.starts, start) : np.searchsorted(wording.starts, end)] = True
    return inside.tolist()


def _words_of(agenda: Agenda) -> Iterable[str]:
    texts = [agenda.title]
    for party in agenda.parties:
        texts += [party.name, *party.names]
        texts += [text for person in party.people for text in (person.name, *person.names, person.role)]
    for issue in agenda.issues:
        texts += [issue.title, *(text for option in issue.options for text in (option.says, *option.words))]
    for text in texts:
        yield from (found.group().casefold().replace("’", "'") for found in WORD.finditer(text))


SHARPNESS = 1.5
"""What two sentences share counts to this power of its share: two sentences that share half tell more than five that share a fifth."""


def likeness_of(first: Telling, second: Telling, weights: Sequence[float]) -> float:
    """How much of what the shorter report tells is told by the longer in the same order, 0 to 1.

    Each sentence of the shorter is laid beside one of the longer, in order, so that the weight of the words they share is
    greatest over the whole; independent accounts of one event share names and figures, and not their order.
    """
    if len(first.stems) > len(second.stems):
        first, second = second, first
    if not len(first.stems):
        return 0.0
    rows, others = _by_sentence(first, weights), _by_sentence(second, weights)
    total = sum(weight for _, weight in rows)
    if total <= 0:
        return 0.0
    best = [0.0] * (len(others) + 1)
    for own, weight in rows:
        before = 0.0
        reached = 0.0
        for place, (theirs, _) in enumerate(others, 1):
            shared = sum(weights[stem] for stem in own & theirs) if weight > 0 else 0.0
            with_it = max(best[place], before) + (weight * (shared / weight) ** SHARPNESS if shared else 0.0)
            before = max(before, best[place])
            reached = max(reached, with_it)
            best[place] = reached
    return best[-1] / total


def _by_sentence(telling: Telling, weights: Sequence[float]) -> list[tuple[frozenset[int], float]]:
    cuts = np.flatnonzero(np.diff(telling.sentences)) + 1
    groups = [frozenset(group.tolist()) for group in np.split(telling.stems, cuts)]
    return [(group, math.fsum(weights[stem] for stem in group)) for group in groups]

"""What a report tells, as its words' stems with how telling each is: the rarer, the more two reports that share it share.

How rare a word is comes from two sources: how ordinary it is in English reports on negotiations (``ordinary_words.tsv``) and in
how many reports of the record it stands beyond the two compared. Names and terms of the agenda are expected in every report.
"""

from __future__ import annotations

import hashlib
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

RECORD_TRUST = 8.0
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


StemIds = NDArray[np.uint32]
"""32 bits of BLAKE2 over a stem: the same in every record; among 200,000 stems five pairs may be taken for one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The telling words of a report.

    Attributes:
        stems: (n,) ids of the stems, in order, plain words left out; sentences: (n,) number of the sentence of each.
    """

    stems: StemIds
    sentences: NDArray[np.int16]

    @property
    def distinct(self) -> StemIds:
        """The different stems, sorted."""
        return np.unique(self.stems)

    def lead(self) -> Telling:
        """The first part of it, in whole sentences, where the news stands."""
        if not len(self.stems):
            return self
        last = self.sentences[int((len(self.stems) - 1) * LEAD)]
        end = int(np.searchsorted(self.sentences, last, side="right"))
        return Telling(self.stems[:end], self.sentences[:end])


@lru_cache(maxsize=200_000)
def stem_id(word: str) -> int:
    """The id of a word's stem; -1 for a plain word, which tells nothing."""
    stem = stem_of(word)
    return -1 if ordinary().get(stem, UNSEEN) > PLAIN else _id_of(stem)


def _id_of(stem: str) -> int:
    return int.from_bytes(hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


@cache
def _ordinary_ids() -> tuple[StemIds, NDArray[np.float64]]:
    """The ids of ordinary stems that tell something, sorted, and in what share of reports each stands."""
    known = sorted((_id_of(stem), share) for stem, share in ordinary().items() if share <= PLAIN)
    ids, shares = zip(*known, strict=True)
    return np.array(ids, dtype=np.uint32), np.array(shares)


def telling_of(report: Report, wording: Wording, without: Sequence[tuple[int, int]] = ()) -> Telling:
    """The telling words of a report.

    Args:
        without: stretches of its text to leave out, in order, in code points.
    """
    left_out = _inside(wording, without)
    ends = [end for _, end in sentences_of(report)]
    stems: list[int] = []
    sentences: list[int] = []
    for word, start, out in zip(wording.words, wording.starts.tolist(), left_out, strict=True):
        if not out and (number := stem_id(word)) >= 0:
            stems.append(number)
            sentences.append(min(bisect_right(ends, start), 32_000))
    return Telling(np.array(stems, dtype=np.uint32), np.array(sentences, dtype=np.int16))


class Weights:
    """How telling it is that two reports share a stem.

    Args:
        stems: sorted, each once. counts: (stems,) in how many reports each stands; reports: how many there are.
        agenda: names and terms that are expected in every report; None where there is no agenda.
    """

    def __init__(self, stems: StemIds, counts: NDArray[np.integer[Any]], reports: int, agenda: Agenda | None):
        shares = np.full(len(stems), UNSEEN)
        known, own = _ordinary_ids()
        places = np.searchsorted(known, stems)
        there = known[np.minimum(places, len(known) - 1)] == stems
        shares[there] = own[places[there]]
        if agenda is not None:
            expected = np.array(
                sorted({number for word in _words_of(agenda) if (number := stem_id(word)) >= 0}), np.uint32
            )
            there = np.isin(stems, expected, assume_unique=True)
            shares[there] = np.maximum(shares[there], ON_THE_AGENDA)
        elsewhere = np.maximum(counts.astype(np.int64) - 2, 0)
        likely = (shares * RECORD_TRUST + elsewhere) / (RECORD_TRUST + max(reports - 2, 0))
        self._stems = stems
        self._weights: NDArray[np.float64] = -np.log(np.minimum(likely, 1.0))

    def of(self, stems: StemIds) -> NDArray[np.float64]:
        """(n,) the weight of each stem, in nats; all of them must be known."""
        weights: NDArray[np.float64] = self._weights[np.searchsorted(self._stems, stems)]
        return weights


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

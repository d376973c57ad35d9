"""Whether the words of an option occur in the reports at all.

An option none of whose words occurs anywhere will hardly be found: the words are misspelt, or reports put it another
way. The check is generous. A phrase occurs where its telling words (articles, prepositions and the like left out) stand in
this order with at most two others between, each alike up to its ending: "joining NATO" occurs in "to join the NATO alliance".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from travaux.agenda.outline import OptionOutline, Outline
from travaux.agenda.problems import AgendaProblem, Severity

GAP = 2
"""Telling words that may stand between two words of a phrase; two let an adjective and a name in."""

NEAR = 80.0
"""Likeness from 0 to 100 (rapidfuzz ratio) from which words of the reports are offered as a hint.

Chosen on the example's agenda with single letters of its phrases changed: all those are offered, and unrelated
phrases of the same length are not.
"""

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_LITTLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "its",
        "their",
        "his",
        "her",
        "and",
        "or",
        "as",
    ]
)
_ENDINGS = re.compile(r"(?:ations?|ments?|ships?|ings?|ions?|ies|ed|es|s|e|y)$")


class Wordings:
    """The telling words of all reports, indexed so that phrases are looked up without reading the texts again."""

    def __init__(self, texts: Iterable[str]):
        self._words: list[str] = []
        for text in texts:
            self._words += (match.group() for match in _WORD.finditer(text))
            self._words += [""] * (GAP + 1)  # no phrase runs from one report into the next
        self._telling = [place for place, word in enumerate(self._words) if word.casefold() not in _LITTLE]
        self._stems = [stem(self._words[place]) for place in self._telling]
        self._ranks: dict[str, list[int]] = defaultdict(list)
        for rank, word in enumerate(self._stems):
            self._ranks[word].append(rank)

    def has(self, phrase: str) -> bool:
        """Whether the phrase occurs."""
        stems = telling_stems(phrase)
        return bool(stems) and any(self._follows(rank, stems) for rank in self._ranks.get(stems[0], ()))

    def _follows(self, rank: int, stems: Sequence[str]) -> bool:
        for wanted in stems[1:]:
            after = range(rank + 1, min(rank + GAP + 2, len(self._stems)))
            rank = next((there for there in after if self._stems[there] == wanted), -1)
            if rank < 0:
                return False
        return True

    def nearest(self, phrase: str) -> str | None:
        """The words of the reports most like the phrase, as printed there; None where nothing is like it."""
        best, likeness = None, NEAR
        for printed in sorted(self._candidates(telling_stems(phrase))):
            found = fuzz.ratio(phrase.casefold(), printed.casefold(), score_cutoff=likeness)
            if found > likeness or (best is None and found >= NEAR):
                best, likeness = printed, found
        return best

    def _candidates(self, stems: Sequence[str]) -> set[str]:
        # Runs of as many telling words around one that the phrase has, or around one that is spelt almost like it.
        length = len(stems)
        alike = {known for known in self._ranks for word in stems if known == word or _almost(known, word)}
        firsts = {rank - back for known in alike for rank in self._ranks[known] for back in range(length)}
        runs = (self._printed(first, first + length - 1) for first in firsts if 0 <= first <= len(self._stems) - length)
        return {" ".join(run) for run in runs if "" not in run}

    def _printed(self, first: int, last: int) -> list[str]:
        return self._words[self._telling[first] : self._telling[last] + 1]


def _almost(known: str, word: str) -> bool:
    if abs(len(known) - len(word)) > 1 or len(word) < 4:
        return False
    return known[:1] == word[:1] and bool(fuzz.ratio(known, word, score_cutoff=NEAR))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without regard to case and without a common English ending; short words stay whole."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").replace(".", "")
    shorter = _ENDINGS.sub("", plain)
    return shorter if len(shorter) >= 4 else plain.removesuffix("s") if len(plain) > 3 else plain


def telling_stems(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase's words, little words left out."""
    words = (match.group() for match in _WORD.finditer(phrase))
    return tuple(stem(word) for word in words if word.casefold() not in _LITTLE)


def absent_options(outline: Outline, texts: Mapping[str, str]) -> Iterator[AgendaProblem]:
    """Warnings for options whose words occur in none of the texts; nothing where there are no texts."""
    if not texts:
        return
    wordings = Wordings(texts[name] for name in sorted(texts))
    for option in outline.options:
        if option.words and not any(wordings.has(named.text) for named in option.words):
            yield AgendaProblem(
                Severity.WARNING,
                "absent-words",
                f"no report has any of the words of option `{option.called}`",
                option.words[0].line,
                _hint(option, wordings),
            )


def _hint(option: OptionOutline, wordings: Wordings) -> str:
    found = Counter(near for named in option.words if (near := wordings.nearest(named.text)) is not None)
    if not found:
        return "add the words the reports use"
    return "reports have: " + ", ".join(f"`{near}`" for near in sorted(found))

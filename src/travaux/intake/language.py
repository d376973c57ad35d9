"""Which language a report is in, by its function words: a light guess, and None where it would be one."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

SAMPLE_CHARACTERS = 20_000
FEWEST_WORDS = 12
"""Shorter texts carry too few function words to tell."""
LEAST_SHARE = 0.12
"""Function words of its own language make up a third and more of running text; lists and tables of names stay below."""
LEAST_LEAD = 1.3
"""How far the best language must be ahead of the second: related languages share a quarter of these words."""

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """Two-letter code of the language of a text (de, en, es, fr, it, ru, uk), or None where that is not clear."""
    sample = text[:SAMPLE_CHARACTERS].lower()
    words = Counter(_WORD.findall(sample))
    total = words.total()
    if total < FEWEST_WORDS:
        return None
    function_words, letters = _lexicon()
    shares = {code: sum(words[word] for word in known) / total for code, known in function_words.items()}
    for code, own in letters.items():
        others = "".join(letter for other, letter in letters.items() if other != code)
        # A single foreign name may carry the other alphabet's letters; running text has its own in every line.
        if sum(map(sample.count, own)) < sum(map(sample.count, others)):
            shares[code] = 0.0
    (best, share), (_, second) = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:2]
    return best if share >= LEAST_SHARE and share >= LEAST_LEAD * second else None


@cache
def _lexicon() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    data = tomllib.loads(files("travaux.intake").joinpath("languages.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in data["words"].items()}, data["letters"]

"""What asking a model will take, in tokens and dollars, said before anything is sent.

Tokens are counted from the pieces a text falls into, without any provider's vocabulary: words, numbers, marks. Against two
vocabularies in wide use the count is within 5 % on English reports, agendas and JSON (`docs/language-models.md` says how that
was measured). Prices are a dated table, ``prices.toml``; a price that is not in it is called unknown and never guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from travaux.reading.language_model.prompt import Message

# Fitted by least squares to the mean count of o200k_base and cl100k_base over 48 texts: 22 reports, 12 bundles of training
# passages, 12 of answers, the codebook, an agenda. Long words fall into more pieces; letters beyond ASCII into many.
PER_PIECE = 1.033
PER_LETTER_BEYOND_SIX = 0.082
PER_BYTE_BEYOND_ASCII = 0.51
PER_MESSAGE = 4
"""Marks that chat formats put around each message."""
OUTPUT_PER_CHARACTER = 0.5
"""Tokens of answer for a character of report, 0.50 and 0.66 on two gold records, which are dense; a guess, and called one."""

_PIECES = re.compile(r"\s*[^\W\d_]+|\s*\d{1,3}|\s*[^\w\s]+|\s+|_")


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in US dollars for a million tokens, and since when that is known to hold."""

    model: str
    input: float
    output: float
    as_of: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will take.

    Attributes:
        reports: how many have something to ask; requests: to be sent; kept: answered before, which cost nothing.
        input_tokens: counted here; output_tokens: guessed from the length of the reports.
        price: of the model; None where it is not known.
        own_server: the server is this machine, which charges nothing.
    """

    reports: int
    requests: int
    kept: int
    input_tokens: int
    output_tokens: int
    price: Price | None = None
    own_server: bool = False

    @property
    def dollars(self) -> float | None:
        """The cost in US dollars; None where the price is not known."""
        if self.own_server or not self.requests:
            return 0.0
        if self.price is None:
            return None
        return (self.input_tokens * self.price.input + self.output_tokens * self.price.output) / 1_000_000


def tokens_in(text: str) -> int:
    """About how many tokens a text is to a model."""
    pieces = letters = wide = 0
    for match in _PIECES.finditer(text):
        pieces += 1
        word = match[0].strip()
        if word.isascii():
            letters += max(0, len(word) - 6) if word.isalpha() else 0
        else:
            wide += len(word.encode(errors="replace"))
    return round(PER_PIECE * pieces + PER_LETTER_BEYOND_SIX * letters + PER_BYTE_BEYOND_ASCII * wide)


def tokens_of(messages: Iterable[Message]) -> int:
    """About how many tokens a request is."""
    return sum(_counted(message.content) + PER_MESSAGE for message in messages)


@lru_cache(maxsize=16)
def _counted(text: str) -> int:
    """`tokens_in`, remembered: the instructions are the same for every report."""
    return tokens_in(text)


@cache
def prices() -> tuple[Price, ...]:
    """The table of prices that ships."""
    data = tomllib.loads((files("travaux.reading.language_model") / "prices.toml").read_text("utf-8"))
    as_of = str(data["as_of"])
    return tuple(Price(name, row[0], row[1], as_of) for name, row in data["dollars_per_million_tokens"].items())


def price_of(model: str) -> Price | None:
    """The price of a model such as ``openai:gpt-5-mini``, or None; a dated name has the price of the name without date."""
    named = {price.model: price for price in prices()}
    return named.get(model) or named.get(re.sub(r"-\d{4}-?\d{2}-?\d{2}$", "", model))

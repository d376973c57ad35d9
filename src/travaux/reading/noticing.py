"""Which sentences tell of a meeting or an incident, how far it has got, and by which words: small heads on the encoder's states.

The lexicon of `happenings` knows the nouns and verbs that name meetings and incidents everywhere; what a reporter shows instead of
naming it ("kept each other company until the lights went out") no list holds. The heads were trained on texts written for
that (`training/happenings.py`) and see whole windows. They say which sentence and which words; who came, where and when is
then read by the same grammar as elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from travaux.happening import Status
from travaux.reading.parse import Sentence, kind_of
from travaux.reading.table_model import FloatArray, Prompt, onnx_session

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS = ("meeting", "incident")
STATUSES = (Status.HELD, Status.PLANNED, Status.PROPOSED, Status.CANCELLED)
TAGS = ("meeting", "incident", "participant", "place", "when")
NAMERS = {"NOUN", "PROPN", "VERB", "AUX", "ADV", "ADJ"}
CARD = "happenings.json"
LIKELY, NAMING = -2.0, 1.0
"""Log odds from which a sentence is believed to tell of a meeting or an incident that no word of the lexicon names, and one of its
words to be what names it; what others find, `training/README.md` tells."""
SHOWN = 1.0
"""What both together must come to for a meeting, by the records under tests/quality: below it one in four was one."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the heads make of one sentence.

    Attributes:
        meeting, incident: log odds that the sentence tells of one.
        status: log odds of each of `STATUSES`, for a meeting.
        pieces: (n, 2) where its word pieces stand in the report; words: (n, 5) log odds of each of `TAGS`; none where the
            sentence most likely tells of neither.
    """

    meeting: float
    incident: float
    status: tuple[float, ...]
    pieces: tuple[tuple[int, int], ...] = ()
    words: FloatArray = field(default_factory=lambda: np.zeros((0, len(TAGS)), dtype=np.float32))

    @property
    def likeliest(self) -> Status:
        """How far a meeting has most likely got."""
        return STATUSES[int(np.argmax(self.status))]

    def namings(self, sentence: Sentence) -> list[Token]:
        """The words that each name a meeting of their own, the likeliest of every clause, in order."""
        best: dict[int, tuple[float, Token]] = {}
        for token in sentence.span:
            odds = self.names(token, sentence, "meeting") if token.pos_ in NAMERS else -9.0
            if odds < NAMING or odds + self.meeting < SHOWN or _names_another(token):
                continue
            top = token
            while top.pos_ not in {"VERB", "AUX"} and top.head != top:
                top = top.head
            if top.i not in best or odds > best[top.i][0]:
                best[top.i] = odds, token
        return [token for _, token in sorted(best.values(), key=lambda each: each[1].i)]

    def odds(self, token: Token, sentence: Sentence, tag: str) -> float:
        """Log odds that a word of the sentence carries a tag: the highest of its pieces; far below 0 where it has none."""
        start, end = sentence.place(token)
        own = [row for row, (left, right) in enumerate(self.pieces) if left < end and right > start]
        return float(self.words[own, TAGS.index(tag)].max()) if own else -9.0

    def tagged(self, sentence: Sentence, tag: str, least: float = 0.0) -> list[Token]:
        """The words that carry a tag, in order."""
        return [token for token in sentence.span if token.is_alpha and self.odds(token, sentence, tag) > least]

    def names(self, token: Token, sentence: Sentence, kind: str) -> float:
        """Log odds that a word names a happening of a kind, its particle ("broke up") among it."""
        own = [token, *(child for child in token.children if child.dep_ == "prt")]
        return max(self.odds(one, sentence, kind) for one in own)

    def naming(self, sentence: Sentence, kind: str, least: float = NAMING) -> Token | None:
        """The noun, verb, adverb or adjective that most likely names a happening of a kind; None where none is likely to.

        Args:
            least: log odds that the word must have.
        """
        able = [token for token in sentence.span if token.pos_ in NAMERS and self.names(token, sentence, kind) >= least]
        able.sort(key=lambda token: self.names(token, sentence, kind), reverse=True)
        return next((token for token in able if not _names_another(token)), None)


def _names_another(token: Token) -> bool:
    """Whether a word names somebody or a place, and so no happening; asked last, since the recogniser of names takes its time."""
    return token.pos_ == "PROPN" and kind_of(token) in {"GPE", "PERSON", "LOC"}


class HappeningHeads:
    """The shipped heads on onnxruntime; they load when the first window is read.

    Args:
        folder: where ``happenings.json`` and the file that it names lie.
    """

    def __init__(self, folder: Path) -> None:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        self.session = onnx_session(folder / card["heads"])

    def noticed(self, states: FloatArray, prompt: Prompt, sentences: Sequence[Sentence]) -> list[Noticed]:
        """What each sentence of a window tells of; those that did not fit the window tell nothing.

        Args:
            states: (1, n, 384) the encoder's, for the prompt; sentences: the window's, context among them.
        """
        owners = np.array(prompt.token_sentence, dtype=np.int64)
        feed = {"states": states, "owners": owners, "markers": np.array(prompt.sentence_index, dtype=np.int64)}
        kinds, status, words = self.session.run(["kinds", "status", "words"], feed)
        found = []
        for number, sentence in enumerate(sentences[: len(kinds)]):
            meeting, incident = kinds[number].tolist()
            if max(meeting, incident) <= LIKELY:
                found.append(Noticed(meeting, incident, tuple(status[number].tolist())))
                continue
            own = [place for place in np.flatnonzero(owners == number).tolist() if prompt.spans[place] != (0, 0)]
            pieces = tuple((sentence.start + a, sentence.start + b) for a, b in (prompt.spans[place] for place in own))
            found.append(Noticed(meeting, incident, tuple(status[number].tolist()), pieces, words[own]))
        return found


@cache
def load_heads(folder: Path) -> HappeningHeads | None:
    """The heads in a folder, one set a process; None where there are none."""
    return HappeningHeads(folder) if (folder / CARD).is_file() else None

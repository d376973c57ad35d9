"""Step 4b: a small encoder weighs every party, option and sentence of a window, where the grammar alone does not tell.

Windows of a few sentences with what stands just before them go through `table_model`. What comes out are probabilities
and log odds; `combining` puts them together with the sides that the grammar gave.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from travaux.model import Agenda, Option
from travaux.reading.condition import is_concession
from travaux.reading.mention import Mention as Spoken
from travaux.reading.noticing import Noticed, load_heads
from travaux.reading.parse import Sentence
from travaux.reading.table_model import (
    PARTY_MARKERS,
    FloatArray,
    Mention,
    Prompt,
    Table,
    TableModel,
    build_prompt,
    option_text,
)
from travaux.reading.whole_condition import completed
from travaux.reading.windows import windows

# Windows that the encoder reads at a time: on two processors the other one is for the grammar, which has as much to do.
THREADS = min(2, max(1, (os.cpu_count() or 1) - 1))
# Seconds after which Python hands its lock on to a thread that waits for it.
HANDED_ON = 0.0005
# What the encoder finds less likely than this to be a position is not looked at again; it is most of all cells.
LEAST = 0.02
# Log odds that anybody takes a side on an option from which a sentence speaks of it: one in four. Chosen, not tuned.
SPOKEN_OF = -1.1
# A condition has at least this many words; "if" or "before" alone is none.
SHORTEST_CONDITION = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the encoder makes of one party, option and sentence.

    Attributes:
        party, option: ids; sentence: number of the sentence in the report.
        probabilities: of none, for, against and open, summing to 1.
        topic: log odds that anybody here is for, against, open.
        acts, vias: log probabilities of each act and each way to vouch.
        conditional, former: log odds of being so.
        condition: (start, end) in the report of the sentence's words that look most like a condition, if any do.
    """

    party: str
    option: str
    sentence: int
    probabilities: tuple[float, float, float, float]
    topic: tuple[float, float, float]
    acts: tuple[float, ...]
    vias: tuple[float, ...]
    conditional: float
    former: float
    condition: tuple[int, int] | None

    @property
    def odds(self) -> float:
        """Log odds that there is a position."""
        none = min(max(self.probabilities[0], 1e-6), 1 - 1e-6)
        return math.log((1 - none) / none)


def spoken_in(
    sentence: Sentence, mentions: Mapping[int, Spoken], parties: Sequence[str], number: int
) -> Iterator[Mention]:
    """Places of a sentence where a party is named or meant, for the model's markers; "both" has two at one place.

    Of two that begin together the longer one's place is its main word, where it means another: "his Danish colleague".
    """
    doc = sentence.span.doc
    taken: dict[int, tuple[str, ...]] = {}
    for at, mention in sorted(mentions.items(), key=lambda item: (item[1].first, item[1].last)):
        last = doc[min(mention.last, len(doc) - 1)]
        start, end = sentence.stretch(doc[mention.first], last)
        start, end = start - sentence.start, end - sentence.start
        if start in taken and taken[start] != mention.parties:
            start = sentence.place(doc[at])[0] - sentence.start
        if start < 0 or start in taken or end <= start:
            continue
        taken[start] = mention.parties
        for party in mention.parties:
            if party in parties:
                yield Mention(number, start, end, parties.index(party))


@cache
def encoder_threads() -> ThreadPoolExecutor:
    """The threads in which the encoder reads, kept for the process; it leaves Python's lock while it computes.

    From here on the process hands that lock on sooner than Python does by itself: a thread back from the encoder would wait
    five thousandths of a second for it, several times a window, while the next report is parsed.
    """
    sys.setswitchinterval(HANDED_ON)
    return ThreadPoolExecutor(THREADS, thread_name_prefix="encoder")


class Underway:
    """A report whose windows the encoder is reading, side by side and beside whatever else the process does.

    Args:
        mentions: of each sentence, in the same order; text: the report's.
    """

    def __init__(
        self,
        model: TableModel,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mapping[int, Spoken]],
        agenda: Agenda,
        text: str,
    ) -> None:
        work = list(pieces_of(sentences, mentions, agenda, text))
        texts = [option_text(option.says, option.words) for option in agenda.options]
        options = model.side_by_side(texts) if texts and any(piece.parties for piece in work) else {}
        heads = load_heads(model.folder)

        def encode(piece: Piece) -> Encoded:
            prompt = build_prompt(model.tokenizer, piece.words, piece.places)
            states = model.states(prompt.ids)
            window = sentences[piece.low : piece.high]
            noticed = heads.noticed(states, prompt, window)[piece.context :] if heads is not None else []
            return Encoded(prompt, states, noticed)

        def judge(piece: Piece, encoded: Future[Encoded]) -> list[Weighed]:
            if not (piece.parties and options):
                return []
            read = encoded.result()
            table = model.judge(len(piece.parties), options, read.prompt, read.states, piece.context)
            window = sentences[piece.low : piece.high]
            return list(cells(table, piece.parties, agenda.options, window, piece.low, piece.context))

        # All windows are encoded before the first is asked: what the heads notice in them is gone through in the meantime.
        threads = encoder_threads()
        self.starts = [piece.at for piece in work]
        self.encoded = [threads.submit(encode, piece) for piece in work]
        self.judged = [threads.submit(judge, *each) for each in zip(work, self.encoded, strict=True)]

    def result(self) -> list[Weighed]:
        """One entry for each party, option and sentence that may be a position, in the text's order.

        Waits for the windows still to be read.
        """
        return [cell for each in self.judged for cell in each.result()]

    def noticed(self) -> dict[int, Noticed]:
        """What each sentence tells of, by its number; waits for the windows still to be encoded, and not for their answers."""
        windows = zip(self.starts, self.encoded, strict=True)
        return {at + place: one for at, each in windows for place, one in enumerate(each.result().noticed)}


@dataclass(frozen=True, slots=True)
class Piece:
    """One window: its sentences from `low` on, of which those before `at` are context; parties, words and mentions."""

    low: int
    at: int
    high: int
    parties: list[str]
    words: list[str]
    places: list[Mention]

    @property
    def context(self) -> int:
        """Sentences of it that are read for context alone."""
        return self.at - self.low


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window laid out and encoded: the encoder's states (1, n, 384), and what its own sentences tell of beside positions."""

    prompt: Prompt
    states: FloatArray
    noticed: list[Noticed]


def pieces_of(
    sentences: Sequence[Sentence], mentions: Sequence[Mapping[int, Spoken]], agenda: Agenda, text: str
) -> Iterator[Piece]:
    """The windows of a report."""
    for low, at, high in windows(sentences):
        window = sentences[low:high]
        spoken = [party for here in mentions[low:high] for mention in here.values() for party in mention.parties]
        present = sorted(dict.fromkeys(spoken), key=lambda party: (-spoken.count(party), party))[:PARTY_MARKERS]
        ids = [party.id for party in agenda.parties if party.id in present]
        words = [text[sentence.start : sentence.end] for sentence in window]
        places = [
            place
            for number, (sentence, here) in enumerate(zip(window, mentions[low:high], strict=True))
            for place in spoken_in(sentence, here, ids, number)
        ]
        yield Piece(low, at, high, ids, words, places)


def cells(
    table: Table, parties: Sequence[str], options: Sequence[Option], window: Sequence[Sentence], low: int, context: int
) -> Iterator[Weighed]:
    """The entries of one table worth a second look; the window's first sentences, so many as `context`, have none."""
    probabilities = table.sentence_probabilities()
    acts, vias = log_softmax(table.act), log_softmax(table.via)
    conditions = [condition_in(table, number, window[number]) for number in range(context, len(window))]
    for p, o, s in np.argwhere(probabilities[..., 0] <= 1.0 - LEAST).tolist():
        none, for_, against, open_ = probabilities[p, o, s].tolist()
        yes, no, perhaps = table.topic[s, o].tolist()
        yield Weighed(
            parties[p],
            options[o].id,
            low + context + s,
            (none, for_, against, open_),
            (yes, no, perhaps),
            tuple(acts[p, o, s].tolist()),
            tuple(vias[p, o, s].tolist()),
            float(table.conditional[p, o, s]),
            float(table.former[p, o, s]),
            conditions[s],
        )


def likely_options(found: Iterable[Weighed]) -> dict[int, list[str]]:
    """The options on which anybody may well take a side in each sentence, by its number, the likeliest first."""
    odds: dict[int, dict[str, float]] = {}
    for cell in found:
        here = odds.setdefault(cell.sentence, {})
        here[cell.option] = max(here.get(cell.option, -math.inf), *cell.topic, cell.odds)
    return {
        sentence: [
            option for option, value in sorted(here.items(), key=lambda one: (-one[1], one[0])) if value > SPOKEN_OF
        ]
        for sentence, here in odds.items()
    }


def condition_in(table: Table, number: int, sentence: Sentence) -> tuple[int, int] | None:
    """The longest stretch of a sentence that the encoder takes for a condition's words, in the report's code points."""
    shift = sentence.start - sentence.offset
    doc = sentence.span.doc
    runs = []
    for start, end in table.spans("condition", number):
        part = doc.char_span(shift + start, shift + end, alignment_mode="expand")
        whole = completed(part) if part is not None and len(part) >= SHORTEST_CONDITION else None
        if whole is not None and not is_concession(doc[whole[0]]):
            runs.append(whole)
    if not runs:
        return None
    first, last = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
    return sentence.stretch(doc[first], doc[last])


def log_softmax(logits: FloatArray) -> FloatArray:
    """Log probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result

"""Who says what: the words of every source, of the cue that ties it to what is said, and of the content.

Heads on the encoder's states, trained with it, mark the tokens of cues; each cue then asks every token whether it belongs
to its source or to its content, so that nested and interrupted attributions come out paired. Works without an agenda.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from travaux.model import Attribution, Report, Said
from travaux.reading.parse import Sentence, sentences_of
from travaux.reading.table_model import Prompt, TableModel, build_prompt, load_model, model_folder
from travaux.reading.windows import windows

OUTSIDE, FIRST, LATER = range(3)
"""Tags of a token: no cue, a cue's first token, a later one of it."""
SOURCE, CONTENT = range(2)
"""Columns of the roles that a cue gives to tokens."""
FARTHEST = 32
"""Distances from a cue beyond this many tokens count as this one."""
GAP = 12
"""Two stretches of one role this many code points apart or less, with one word between them at most, are one."""


@dataclass(frozen=True)
class Marks:
    """What the heads make of one window of n tokens.

    Attributes:
        cues: (n, 3) logits of OUTSIDE, FIRST, LATER. any_cue: (n, 2) log odds of being SOURCE and CONTENT of some cue.
        queries, keys: (n, 2, k), a cue's question and a token's answer. near: (2 × FARTHEST + 1, 2) what the distance
            from the cue adds.
    """

    cues: NDArray[np.float32]
    any_cue: NDArray[np.float32]
    queries: NDArray[np.float32]
    keys: NDArray[np.float32]
    near: NDArray[np.float32]

    def roles(self, cue: int) -> NDArray[np.float32]:
        """(n, 2): log odds that each token belongs to the source and to the content of a cue."""
        distance = np.clip(np.arange(len(self.keys)) - cue, -FARTHEST, FARTHEST) + FARTHEST
        scores = np.einsum("rk,nrk->nr", self.queries[cue], self.keys) / np.sqrt(self.keys.shape[-1])
        odds: NDArray[np.float32] = scores + self.near[distance] + self.any_cue
        return odds


def read_marks(marks: Marks, places: Sequence[tuple[int, int]], counts: Sequence[bool]) -> Iterator[Attribution]:
    """The attributions of one window, in the order of their cues.

    Args:
        places: where each token stands in the text; (0, 0) for a marker.
        counts: whether a cue that begins at this token counts; false in sentences read for context alone.
    """
    words = np.array([end > start for start, end in places])
    tags = np.where(words, marks.cues.argmax(-1), OUTSIDE).tolist()
    for at, tag in enumerate(tags):
        begins = tag == FIRST or (tag == LATER and previous(tags, words, at) == OUTSIDE)
        if not begins or not counts[at]:
            continue
        end = at + 1
        while end < len(tags) and (tags[end] == LATER or not words[end]):
            end += 1
        roles = (marks.roles(at) > 0) & words[:, None]
        content = stretches(np.flatnonzero(roles[:, CONTENT]).tolist(), places)
        if content:
            source = stretches(np.flatnonzero(roles[:, SOURCE]).tolist(), places)
            yield Attribution(source, stretches([n for n in range(at, end) if words[n]], places), content)


def previous(tags: Sequence[int], words: NDArray[np.bool_], at: int) -> int:
    """The tag of the word before a token, markers passed over."""
    while at > 0:
        at -= 1
        if words[at]:
            return tags[at]
    return OUTSIDE


def stretches(tokens: Sequence[int], places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Tokens as stretches of the text; tokens that follow each other, markers aside, are one."""
    found: list[tuple[int, int]] = []
    last = -1
    for token in tokens:
        start, end = places[token]
        skipped = [places[n] for n in range(last + 1, token) if places[n][1] > places[n][0]]
        if found and len(skipped) <= 1 and start - found[-1][1] <= GAP:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
        last = token
    return tuple(found)


def marks_of(model: TableModel, states: NDArray[np.float32]) -> Marks:
    """What the heads make of a window's states (1, n, 384)."""
    names = ["cues", "any", "queries", "keys", "near"]
    return Marks(*model.tagger.run(names, {"states": states}))


def places_of(prompt: Prompt, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Where each token of a window stands in the report."""
    return [
        (sentences[owner].start + start, sentences[owner].start + end) if owner >= 0 and end > start else (0, 0)
        for owner, (start, end) in zip(prompt.token_sentence, prompt.spans, strict=True)
    ]


def attributions_of(report: Report, model: TableModel | None = None) -> list[Attribution]:
    """Who says what in a report, in the order of the text; no agenda is needed.

    Args:
        model: the model that ships unless told.
    """
    model = model if model is not None else load_model(model_folder())
    found: list[Attribution] = []
    if model is None:
        return found
    sentences = list(sentences_of(report))
    for low, at, high in windows(sentences):
        window = sentences[low:high]
        prompt = build_prompt(model.tokenizer, [report.text[s.start : s.end] for s in window], ())
        found += attributions_in(model, model.states(prompt.ids), prompt, window, at - low)
    return found


def said_in(report: Report, by: str | None = None) -> list[Said]:
    """Who says what in a report, in its own words.

    Args:
        by: only sources whose words contain these, in whatever case.
    """

    def words(spans: Sequence[tuple[int, int]]) -> str:
        return " … ".join(report.text[start:end] for start, end in spans)

    found = (
        Said(report.name, report.id, words(one.source) or None, words(one.cue), words(one.content), one.start, one.end)
        for one in attributions_of(report)
    )
    return [one for one in found if by is None or by.casefold() in (one.source or "").casefold()]


def attributions_in(
    model: TableModel, states: NDArray[Any], prompt: Prompt, window: Sequence[Sentence], first: int
) -> list[Attribution]:
    """The attributions of one window whose cues stand in its sentences from number `first` on."""
    counts = [owner >= first for owner in prompt.token_sentence]
    return list(read_marks(marks_of(model, states), places_of(prompt, window), counts))

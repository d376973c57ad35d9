"""Who says what: the words of every source, of the cue that ties it to what is said, and of the content.

Heads on the encoder's states, trained with it, mark the tokens of cues; each cue then asks every token whether it belongs
to its source or to its content, so that nested and interrupted attributions come out paired. Works without an agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from travaux.model import Attribution, Report, Said
from travaux.reading.parse import Sentence, sentences_of
from travaux.reading.table_model import Prompt, TableModel, build_prompt, load_model, model_folder, softmax
from travaux.reading.windows import windows

OUTSIDE, FIRST, LATER = range(3)
"""Tags of a token: no cue, a cue's first token, a later one of it."""
LEAST_CUE = 0.8
"""How likely a word must be to belong to a cue: whole attributions of texts left out are found equally well from 0.7 to 0.9, and
worse from 0.5 (`training/measure_attributions.py`)."""
SOURCE, CONTENT = range(2)
"""Columns of the roles that a cue gives to tokens."""
FARTHEST = 32
"""Distances from a cue beyond this many tokens count as this one."""
GAP = 12
"""Two stretches of one role this many code points apart or less, with one word between them at most, are one."""
CRUMB = 0.12
"""A stretch of a content shorter than this share of its longest is left out."""
SAME = 0.8
"""Contents that share this much of what either has are the same."""


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


def read_marks(
    marks: Marks, places: Sequence[tuple[int, int]], counts: Sequence[bool], text: str, least: float = LEAST_CUE
) -> list[Attribution]:
    """The attributions of one window, in the order of their cues.

    Args:
        places: where each token stands in the text; (0, 0) for a marker.
        counts: whether a cue that begins at this token counts; false in sentences read for context alone.
        least: how likely a word must be to belong to a cue, 0 to 1.
    """
    is_word = np.array([end > start for start, end in places])
    share = whole_words(places, text)
    chances = np.where(is_word, share @ (1.0 - softmax(marks.cues)[:, OUTSIDE]), 0.0)
    found: list[tuple[float, Attribution]] = []
    for cue in runs_of(chances > least, is_word):
        if not counts[cue[0]]:
            continue
        roles = (share @ marks.roles(cue[0]) > 0) & is_word[:, None]
        roles[cue] = False
        content = stretches(np.flatnonzero(roles[:, CONTENT]).tolist(), places)
        if content:
            source = stretches(np.flatnonzero(roles[:, SOURCE]).tolist(), places)
            found.append(
                (float(chances[cue].max()), Attribution(source, stretches(cue, places), without_crumbs(content)))
            )
    return told_once(found)


def whole_words(places: Sequence[tuple[int, int]], text: str) -> NDArray[np.float32]:
    """(n, n): the mean over the tokens of one word, for each of its tokens; words are cut into tokens by the encoder."""
    words: list[int] = []
    for number, (start, end) in enumerate(places):
        before = places[number - 1] if number else (0, 0)
        goes_on = start == before[1] and end > start > before[0] and text[start].isalnum() and text[start - 1].isalnum()
        words.append(words[-1] if goes_on else number)
    same = np.equal.outer(words, words).astype(np.float32)
    share: NDArray[np.float32] = same / same.sum(1, keepdims=True)
    return share


def runs_of(chosen: NDArray[np.bool_], is_word: NDArray[np.bool_]) -> list[list[int]]:
    """Chosen tokens that follow each other, markers passed over."""
    runs: list[list[int]] = []
    going_on = False
    for number in np.flatnonzero(is_word).tolist():
        if chosen[number] and going_on:
            runs[-1].append(number)
        elif chosen[number]:
            runs.append([number])
        going_on = bool(chosen[number])
    return runs


def stretches(tokens: Sequence[int], places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Tokens as stretches of the text; tokens that follow each other, markers and one word between aside, are one."""
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


def without_crumbs(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Stretches without those far smaller than the longest, which are single words gone astray."""
    longest = max(end - start for start, end in spans)
    return tuple((start, end) for start, end in spans if end - start >= CRUMB * longest)


def told_once(found: Sequence[tuple[float, Attribution]]) -> list[Attribution]:
    """Attributions without those that repeat a likelier one: all but the same content, and no other source."""
    kept: list[tuple[int, Attribution]] = []
    for number, (_, one) in sorted(enumerate(found), key=lambda item: (-item[1][0], item[0])):
        if not any(repeats(one, other) for _, other in kept):
            kept.append((number, one))
    return [one for _, one in sorted(kept, key=lambda item: item[0])]


def repeats(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions tell the same."""
    if one.source and other.source and not shared(one.source, other.source):
        return False
    return likeness(one.content, other.content) >= SAME


def likeness(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> float:
    """Code points in both over code points in either (Jaccard), 0 to 1; 1 where both are empty."""
    both = shared(spans, others)
    either = length(spans) + length(others) - both
    return both / either if either else 1.0


def length(spans: Sequence[tuple[int, int]]) -> int:
    """Code points in all stretches."""
    return sum(end - start for start, end in spans)


def shared(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> int:
    """Code points in both."""
    return sum(max(0, min(end, right) - max(start, left)) for start, end in spans for left, right in others)


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
        found += attributions_in(model, model.states(prompt.ids), prompt, window, at - low, report.text)
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
    model: TableModel, states: NDArray[Any], prompt: Prompt, window: Sequence[Sentence], first: int, text: str
) -> list[Attribution]:
    """The attributions of one window whose cues stand in its sentences from number `first` on."""
    counts = [owner >= first for owner in prompt.token_sentence]
    return read_marks(marks_of(model, states), places_of(prompt, window), counts, text)

"""The position table: a small encoder judges every (party, option, sentence) of a window at once.

A window holds a few sentences; markers (tokens the vocabulary leaves unused) stand before each sentence and before each
mention of a party in it. Options are encoded apart, once an agenda, so that a window costs one pass over its own words
however many options there are; a light decoder then asks the window about each of them. `training/` builds the model and
uses `build_prompt` from here, so that training and reading cannot drift apart.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

STANCES = ("none", "for", "against", "open")
ACTS = ("propose", "offer", "demand", "accept", "support", "reject", "oppose", "consider", "state")
VIAS = ("speaker", "narrator", "other", "anonymous")
TOKEN_TAGS = ("source", "cue", "content", "condition", "speaker", "for", "against", "open")

PAD, CLS, SEP, MASK = 0, 101, 102, 103
SENTENCE_MARKER = 2
FIRST_PARTY_MARKER, PARTY_MARKERS = 10, 24
MAX_LENGTH = 512
OPTION_TOKENS = 48
LEAST_TOPIC = -4.6
"""Log odds that anybody takes a side on an option in a sentence, from which each party is asked: one in a hundred."""
SLOWER_FUSIONS = ["SkipLayerNormFusion"]
"""What onnxruntime leaves apart: sum and norm in one step take seven times as long as the norm, an eighth of the encoder's time."""
SURE = 12.0
"""Logit of "none" where no party was asked."""


class Mention(NamedTuple):
    """A party named at [start, end) of one sentence, in code points of that sentence."""

    sentence: int
    start: int
    end: int
    party: int


@dataclass
class Prompt:
    """Token ids of one window and where its parts stand; all lists but `sentence_index` have one entry a token.

    Attributes:
        sentence_index: places of the sentences' markers; a sentence that did not fit at all has none.
        token_sentence, token_party: to which sentence a token belongs, which party a mention's marker stands for; -1
            elsewhere.
        spans: (start, end) in the token's own sentence; (0, 0) for markers.
    """

    ids: list[int] = field(default_factory=list)
    sentence_index: list[int] = field(default_factory=list)
    token_sentence: list[int] = field(default_factory=list)
    token_party: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, token: int, sentence: int = -1, party: int = -1, span: tuple[int, int] = (0, 0)) -> None:
        """Append one token."""
        self.ids.append(token)
        self.token_sentence.append(sentence)
        self.token_party.append(party)
        self.spans.append(span)

    def sentence_tokens(self) -> NDArray[np.int64]:
        """(S, L): places of each sentence's tokens, its last repeated up to the longest's number; its marker's if it has none."""
        rows = [
            [place for place, owner in enumerate(self.token_sentence) if owner == number] or [marker]
            for number, marker in enumerate(self.sentence_index)
        ]
        longest = max(map(len, rows), default=0)
        return np.array([row + row[-1:] * (longest - len(row)) for row in rows], dtype=np.int64)


def option_text(says: str, words: Sequence[str] = ()) -> str:
    """An option as the encoder reads it: what it says, then the agenda's words for it."""
    return " ; ".join([says, *words])


def option_tokens(tokenizer: Any, text: str) -> list[int]:
    """Token ids of an option's text, at most `OPTION_TOKENS` between the two marks that enclose it."""
    return [CLS, *tokenizer.encode(text, add_special_tokens=False).ids[:OPTION_TOKENS], SEP]


def build_prompt(
    tokenizer: Any, sentences: Sequence[str], mentions: Sequence[Mention], slots: Sequence[int] | None = None
) -> Prompt:
    """Lay out one window, cut off at 512 tokens; sentences after the cut have no marker.

    `slots` gives each party its marker number (0 to 23); its own number unless told.
    """
    slots = range(PARTY_MARKERS) if slots is None else slots
    prompt = Prompt()
    prompt.add(CLS)
    for number, sentence in enumerate(sentences):
        places = sorted((m.start, m.end, m.party) for m in mentions if m.sentence == number)
        add_sentence(prompt, tokenizer, number, sentence, [(start, slots[party], party) for start, _, party in places])
        if len(prompt.ids) >= MAX_LENGTH:
            for values in (prompt.ids, prompt.token_sentence, prompt.token_party, prompt.spans):
                del values[MAX_LENGTH - 1 :]
            prompt.sentence_index = [place for place in prompt.sentence_index if place < MAX_LENGTH - 1]
            break
    prompt.add(SEP)
    return prompt


def add_sentence(
    prompt: Prompt, tokenizer: Any, number: int, sentence: str, marks: Sequence[tuple[int, int, int]]
) -> None:
    """Append one sentence with a marker before each mention; `marks` are (start, slot, party) in order."""
    prompt.sentence_index.append(len(prompt.ids))
    prompt.add(SENTENCE_MARKER)
    cuts = [0, *(start for start, _, _ in marks), len(sentence)]
    for place, (start, end) in enumerate(itertools.pairwise(cuts)):
        if place > 0:
            _, slot, party = marks[place - 1]
            prompt.add(FIRST_PARTY_MARKER + slot, sentence=number, party=party)
        piece = tokenizer.encode(sentence[start:end], add_special_tokens=False)
        for token, (left, right) in zip(piece.ids, piece.offsets, strict=True):
            prompt.add(token, sentence=number, span=(start + left, start + right))


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: NDArray[Any] = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities


@dataclass(frozen=True)
class Table:
    """Logits of one window; P parties, O options, S sentences asked about that fitted, n tokens.

    Attributes:
        stance: (P, O, S, 4) in the order of STANCES. act: (P, O, S, 9). via: (P, O, S, 4).
        conditional, former: (P, O, S), above 0 where more likely than not. Where it is unlikely that anybody takes a side
            on an option in a sentence, no party is asked: "none" is all but sure there and the rest 0.
        topic: (S, O, 3), above 0 where anybody is for, against or open, more likely than not.
        tokens: (n, 8) in the order of TOKEN_TAGS, above 0 where the token is part of one. The stance columns hold for
            words of a quote with that stance, and at a marker for any statement of that sentence, or of that party in it.
        prompt: the layout, with each token's sentence and span.
    """

    stance: FloatArray
    act: FloatArray
    via: FloatArray
    conditional: FloatArray
    former: FloatArray
    topic: FloatArray
    tokens: FloatArray
    prompt: Prompt

    def pair_probabilities(self) -> FloatArray:
        """(P, O, 4): probability of none, for, against and open for the whole window, sentences competing."""
        gains = self.stance[..., 1:] - self.stance[..., :1]
        weights = np.exp(gains).sum(axis=2)
        total = 1.0 + weights.sum(axis=-1, keepdims=True)
        return np.concatenate([1.0 / total, weights / total], axis=-1).astype(np.float32)

    def sentence_probabilities(self) -> FloatArray:
        """(P, O, S, 4): probability of each stance in each sentence taken alone."""
        return softmax(self.stance).astype(np.float32)

    def spans(self, tag: str, sentence: int, threshold: float = 0.0) -> list[tuple[int, int]]:
        """Runs of tokens of a sentence that carry a tag (of TOKEN_TAGS), as (start, end) in that sentence."""
        column, runs, last = TOKEN_TAGS.index(tag), list[tuple[int, int]](), -2
        for place, (owner, (start, end)) in enumerate(zip(self.prompt.token_sentence, self.prompt.spans, strict=True)):
            if owner != sentence or end == start or self.tokens[place, column] <= threshold:
                continue
            between = range(last + 1, place)
            joined = last >= 0 and all(self.prompt.spans[i] == (0, 0) for i in between)
            if joined:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
            last = place
        return runs


class TableModel:
    """The shipped model on onnxruntime: an encoder, and a decoder that asks its states; loads on first use.

    Args:
        folder: where ``positions.json`` and the files that it names lie.
    """

    width = 384
    """Numbers of a token's state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.card: dict[str, Any] = json.loads((folder / "positions.json").read_text(encoding="utf-8"))
        self.options: dict[str, tuple[FloatArray, FloatArray]] = {}

    @cached_property
    def tokenizer(self) -> Any:
        """The word-piece tokenizer, without truncation or padding."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / self.card["tokenizer"]))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def session(self, name: str) -> Any:
        """An onnxruntime session on one of the files."""
        return onnx_session(self.folder / self.card[name])

    @cached_property
    def encoder(self) -> Any:
        """Token ids (1, n) to states (1, n, 384)."""
        return self.session("encoder")

    @cached_property
    def decoder(self) -> Any:
        """States of a window, its indices and its options to the answers."""
        return self.session("decoder")

    @cached_property
    def tagger(self) -> Any:
        """States of a window to the marks of who says what; see `tagging`."""
        return self.session("tagger")

    def encoded(self, ids: Sequence[int], *outputs: str) -> list[FloatArray]:
        """What the encoder makes of token ids: "states" (1, n, 384), or "pieces" (1, n, 288), as the decoder takes options'."""
        found: list[FloatArray] = self.encoder.run(outputs, {"input_ids": np.array([ids], dtype=np.int64)})
        return found

    def states(self, ids: Sequence[int]) -> FloatArray:
        """The encoder's states (1, n, 384) for token ids."""
        (states,) = self.encoded(ids, "states")
        return states

    def option(self, text: str) -> tuple[FloatArray, FloatArray]:
        """An option's vector (768), the mean of its tokens' states and the first one's, and its tokens (m, 288).

        The tokens are as the decoder compares, asks and reads them. Kept for the next report.
        """
        if text not in self.options:
            (states,), (pieces,) = self.encoded(option_tokens(self.tokenizer, text), "states", "pieces")
            self.options[text] = np.concatenate([states.mean(axis=0), states[0]]).astype(np.float32), pieces
        return self.options[text]

    def side_by_side(self, options: Sequence[str]) -> dict[str, FloatArray]:
        """Options by `option_text` as the decoder takes them, the same for every window of a report.

        Returns:
            Vectors (O, 768), tokens (O, m, 96) to compare, to ask and to read, padded to the longest, and their mask (O, m).

        Raises:
            ValueError: no option.
        """
        if not options:
            raise ValueError("a window needs an option")
        read = [self.option(text) for text in options]
        longest = max(len(pieces) for _, pieces in read)
        pieces = np.zeros((len(read), longest, read[0][1].shape[1]), dtype=np.float32)
        mask = np.zeros((len(read), longest), dtype=np.float32)
        for row, (_, own) in enumerate(read):
            pieces[row, : len(own)] = own
            mask[row, : len(own)] = 1.0
        thirds = map(np.ascontiguousarray, np.split(pieces, 3, axis=-1))
        told = dict(zip(("compared", "keys", "inner"), thirds, strict=True))
        return {"options": np.stack([vector for vector, _ in read]), **told, "mask": mask}

    def predict(
        self,
        parties: int,
        options: Mapping[str, FloatArray],
        sentences: Sequence[str],
        mentions: Sequence[Mention],
        first: int = 0,
    ) -> Table:
        """Judge one window for parties 0 to `parties` - 1, known by their mentions, and options from `side_by_side`.

        Args:
            first: the first sentence that is asked about; those before it are read for context alone.

        Raises:
            ValueError: no party or sentence to ask about, or more than 24 parties.
        """
        if not parties or not 0 <= first < len(sentences) or parties > PARTY_MARKERS:
            raise ValueError("a window needs 1 to 24 parties and a sentence")
        prompt = build_prompt(self.tokenizer, sentences, mentions)
        return self.judge(parties, options, prompt, self.states(prompt.ids), first)

    def judge(
        self, parties: int, options: Mapping[str, FloatArray], prompt: Prompt, states: FloatArray, first: int
    ) -> Table:
        """As `predict`, for a window laid out and encoded already: `states` (1, n, 384) for the prompt's tokens."""
        feed = {
            "states": states,
            "sentence_index": np.array(prompt.sentence_index[first:], dtype=np.int64),
            "sentence_tokens": prompt.sentence_tokens(),
            "token_sentence": np.array(prompt.token_sentence, dtype=np.int64) - first,
            "token_party": np.array(prompt.token_party, dtype=np.int64),
            **options,
            "parties": np.zeros(parties, dtype=np.int64),
        }
        names = ["kept", "stance", "act", "via", "conditional", "former", "topic", "tokens"]
        kept, *answers, topic, tokens = self.decoder.run(names, feed)
        shape = parties, len(options["options"]), len(prompt.sentence_index) - first
        stance, act, via, conditional, former = (spread(kept, answer, shape) for answer in answers)
        unasked = np.ones(shape[1:], dtype=bool)
        unasked[kept[:, 1], kept[:, 0]] = False
        stance[:, unasked, 0] = SURE
        return Table(stance, act, via, conditional, former, topic, tokens, prompt)


def spread(kept: NDArray[np.int64], answers: FloatArray, shape: tuple[int, int, int]) -> FloatArray:
    """Answers (K, P, …) for the K kept (sentence, option) pairs as a table (P, O, S, …), 0 elsewhere."""
    table = np.zeros((*shape, *answers.shape[2:]), dtype=np.float32)
    table[:, kept[:, 1], kept[:, 0]] = answers.swapaxes(0, 1)
    return table


def onnx_session(path: Path) -> Any:
    """An onnxruntime session on a file; one thread, since a second gains nothing on windows this short."""
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(path), settings, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSIONS
    )


def model_folder() -> Path:
    """Where the shipped model lies."""
    return Path(str(files("travaux.reading") / "models"))


@cache
def load_model(folder: Path) -> TableModel | None:
    """The model in a folder, one a process; None where there is none."""
    return TableModel(folder) if (folder / "positions.json").is_file() else None

"""Windows to padded tensors with their answers."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from encoder import pad, up_to
from pairs import last_held
from passages import Cell, Example
from table import Answers, Batch
from torch import Tensor

from travaux.reading.table_model import (
    ACTS,
    CLS,
    FIRST_PARTY_MARKER,
    MASK,
    PARTY_MARKERS,
    SEP,
    STANCES,
    TOKEN_TAGS,
    VIAS,
    Prompt,
    build_prompt,
    option_text,
    option_tokens,
)

WORDED = 0.6
"""Share of the batches in training whose options come with the agenda's words."""


def lay_out(example: Example, tokenizer: object, random_source: random.Random | None) -> Prompt:
    """The prompt of an example; with a random source, markers are drawn, mentions and words hidden by chance."""
    if random_source is None:
        return build_prompt(tokenizer, example.sentences, example.mentions)
    slots = random_source.sample(range(PARTY_MARKERS), len(example.parties))
    mentions = example.mentions
    if random_source.random() < 0.2:
        mentions = [mention for mention in mentions if random_source.random() > 0.15]
    prompt = build_prompt(tokenizer, example.sentences, mentions, slots)
    if random_source.random() < 0.3:
        for place, token in enumerate(prompt.ids):
            is_word = token > FIRST_PARTY_MARKER + PARTY_MARKERS and prompt.token_sentence[place] >= 0
            if is_word and random_source.random() < 0.08:
                prompt.ids[place] = MASK
    return prompt


def batch_of(
    examples: Sequence[Example], prompts: Sequence[Prompt], tokenizer: object, *, worded: bool = True
) -> Batch:
    """Padded inputs; an option that several windows share stands there once."""
    texts = [
        [option_text(says, example.words.get(says, ()) if worded else ()) for says in example.options]
        for example in examples
    ]
    each = {text: number for number, text in enumerate(dict.fromkeys(text for own in texts for text in own))}
    options = [option_tokens(tokenizer, text) for text in each]
    options += [[CLS, SEP]] * (up_to(len(options), 4) - len(options))
    sentences = pad([prompt.sentence_index for prompt in prompts], -1, 2)
    return Batch(
        pad([prompt.ids for prompt in prompts], 0, 16),
        pad([[1] * len(prompt.ids) for prompt in prompts], 0, 16),
        sentences,
        places_of(prompts, sentences.shape[1]),
        pad([prompt.token_sentence for prompt in prompts], -1, 16),
        pad([prompt.token_party for prompt in prompts], -1, 16),
        pad(options, 0, 8),
        pad([[1] * len(option) for option in options], 0, 8),
        pad([[each[text] for text in own] for own in texts], -1, 3),
        up_to(max(len(example.parties) for example in examples), 2),
    )


def places_of(prompts: Sequence[Prompt], sentences: int) -> Tensor:
    """The places of the tokens of each window's sentences, (b, sentences, L), as in `Batch`."""
    each = [prompt.sentence_tokens() for prompt in prompts]
    longest = up_to(max(places.shape[1] for places in each), 8)
    rows = [np.pad(places, ((0, 0), (0, longest - places.shape[1])), mode="edge") for places in each]
    return torch.from_numpy(np.stack([np.concatenate([own, own[[0] * (sentences - len(own))]]) for own in rows]))


def pair_stances(example: Example) -> dict[tuple[int, int], str]:
    """The stance of each (party, option) with statements."""
    ordered = sorted(example.cells, key=lambda cell: cell.sentence)
    return last_held(((cell.party, cell.option), cell.stance, cell.former) for cell in ordered)


def answers_of(examples: Sequence[Example], prompts: Sequence[Prompt], batch: Batch) -> Answers:
    """What the heads should say for a batch."""
    size, parties = len(examples), batch.parties
    options, sentences = batch.option_rows.shape[1], batch.sentence_index.shape[1]
    cell_shape = size, parties, options, sentences
    stance = torch.full(cell_shape, -100)
    pair = torch.full(cell_shape[:3], -100)
    act, via, conditional, former = (torch.full(cell_shape, -100) for _ in range(4))
    topic = torch.full((size, sentences, options, 3), -100)
    tokens = torch.full((size, batch.ids.shape[1], len(TOKEN_TAGS)), -100)
    for row, (example, prompt) in enumerate(zip(examples, prompts, strict=True)):
        fitted = len(prompt.sentence_index)
        stance[row, : len(example.parties), : len(example.options), :fitted] = 0
        pair[row, : len(example.parties), : len(example.options)] = 0
        topic[row, :fitted, : len(example.options)] = 0
        for party, option in example.unknown:
            stance[row, party, option] = -100
            pair[row, party, option] = -100
            topic[row, :, option] = -100
        for cell in example.cells:
            for near in cell.near:
                if near < fitted and stance[row, cell.party, cell.option, near] == 0:
                    stance[row, cell.party, cell.option, near] = -100
                    topic[row, near, cell.option] = -100
        for (party, option), held in pair_stances(example).items():
            pair[row, party, option] = STANCES.index(held)
        for cell in sorted(example.cells, key=lambda cell: not cell.former):
            place = row, cell.party, cell.option, cell.sentence
            if cell.sentence >= fitted:
                pair[row, cell.party, cell.option] = -100
                continue
            stance[place] = STANCES.index(cell.stance)
            act[place] = ACTS.index(cell.act)
            via[place] = VIAS.index(cell.via)
            conditional[place] = int(cell.conditional)
            former[place] = int(cell.former)
            topic[row, cell.sentence, cell.option, STANCES.index(cell.stance) - 1] = 1
        label_tokens(tokens[row], example, prompt)
    return Answers(stance, pair, act, via, conditional, former, topic, tokens)


def label_tokens(tokens: Tensor, example: Example, prompt: Prompt) -> None:
    """Fill (n, 8) with 0 and 1: words of sentences by their tags (attribution only where labelled), markers by stance.

    A marker carries the stances of its sentence, a mention's those of the party in that sentence, so that the encoder
    hears early who takes a side and where.
    """
    first_stance = TOKEN_TAGS.index("for")

    def mark(place: int, cells: list[Cell]) -> None:
        tokens[place, first_stance:] = 0
        for cell in cells:
            tokens[place, TOKEN_TAGS.index(cell.stance)] = 1

    for sentence, place in enumerate(prompt.sentence_index):
        mark(place, [cell for cell in example.cells if sentence in (cell.sentence, *cell.near)])
    for place, party in enumerate(prompt.token_party):
        if party >= 0:
            sentence = prompt.token_sentence[place]
            mark(place, [c for c in example.cells if c.party == party and sentence in (c.sentence, *c.near)])
    by_sentence: dict[int, list[tuple[int, int, int]]] = {}
    for tag in example.tags:
        by_sentence.setdefault(tag.sentence, []).append((tag.start, tag.end, TOKEN_TAGS.index(tag.tag)))
    for place, (sentence, (start, end)) in enumerate(zip(prompt.token_sentence, prompt.spans, strict=True)):
        if sentence < 0 or end == start:
            continue
        tokens[place, 0 if example.attributed[sentence] else 3 :] = 0
        if example.entry:
            tokens[place, TOKEN_TAGS.index("speaker")] = -100
        for left, right, column in by_sentence.get(sentence, ()):
            if tokens[place, column] == 0 and start < right and end > left:
                tokens[place, column] = 1

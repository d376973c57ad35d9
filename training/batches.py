"""Windows to padded tensors with their answers."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from passages import Cell, Example
from table import Answers, Batch
from torch import Tensor

from travaux.reading.table_model import (
    ACTS,
    FIRST_PARTY_MARKER,
    MASK,
    PARTY_MARKERS,
    STANCES,
    TOKEN_TAGS,
    VIAS,
    Prompt,
    build_prompt,
    find_mentions,
)


def pad(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    """Rows of numbers as one (len(rows), longest) tensor."""
    width = max(1, max(len(row) for row in rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def lay_out(example: Example, tokenizer: object, random_source: random.Random | None) -> Prompt:
    """The prompt of an example; with a random source, markers are drawn, names and words hidden by chance."""
    if random_source is None:
        return build_prompt(tokenizer, example.parties, example.options, example.sentences)
    slots = random_source.sample(range(PARTY_MARKERS), len(example.parties))
    mentions = find_mentions(example.parties, example.sentences)
    if random_source.random() < 0.2:
        mentions = [mention for mention in mentions if random_source.random() > 0.15]
    prompt = build_prompt(tokenizer, example.parties, example.options, example.sentences, mentions, slots)
    if random_source.random() < 0.3:
        for place, token in enumerate(prompt.ids):
            is_word = token > FIRST_PARTY_MARKER + PARTY_MARKERS and prompt.token_sentence[place] >= 0
            if is_word and random_source.random() < 0.08:
                prompt.ids[place] = MASK
    return prompt


def batch_of(prompts: Sequence[Prompt]) -> Batch:
    """Padded inputs."""
    return Batch(
        pad([prompt.ids for prompt in prompts], 0),
        pad([[1] * len(prompt.ids) for prompt in prompts], 0),
        pad([prompt.party_index for prompt in prompts], -1),
        pad([prompt.option_index for prompt in prompts], -1),
        pad([prompt.sentence_index for prompt in prompts], -1),
        pad([prompt.token_sentence for prompt in prompts], -1),
        pad([prompt.token_option for prompt in prompts], -1),
        pad([prompt.token_party for prompt in prompts], -1),
    )


def pair_stances(example: Example) -> dict[tuple[int, int], str]:
    """Each (party, option) with statements to its stance: the last one still held, else the last one."""
    stances: dict[tuple[int, int], tuple[bool, str]] = {}
    for cell in sorted(example.cells, key=lambda cell: cell.sentence):
        pair = cell.party, cell.option
        if pair not in stances or not cell.former or stances[pair][0]:
            stances[pair] = cell.former, cell.stance
    return {pair: stance for pair, (_, stance) in stances.items()}


def answers_of(examples: Sequence[Example], prompts: Sequence[Prompt], batch: Batch) -> Answers:
    """What the heads should say for a batch."""
    size = len(examples)
    parties, options, sentences = (
        index.shape[1] for index in (batch.party_index, batch.option_index, batch.sentence_index)
    )
    cell_shape = size, parties, options, sentences
    stance = torch.full(cell_shape, -100)
    pair = torch.full(cell_shape[:3], -100)
    act, via, conditional, former = (torch.full(cell_shape, -100) for _ in range(4))
    tokens = torch.full((size, batch.ids.shape[1], len(TOKEN_TAGS)), -100)
    for row, (example, prompt) in enumerate(zip(examples, prompts, strict=True)):
        fitted = len(prompt.sentence_index)
        stance[row, : len(example.parties), : len(example.options), :fitted] = 0
        pair[row, : len(example.parties), : len(example.options)] = 0
        for party, option in example.unknown:
            stance[row, party, option] = -100
            pair[row, party, option] = -100
        for cell in example.cells:
            for near in cell.near:
                if near < fitted and stance[row, cell.party, cell.option, near] == 0:
                    stance[row, cell.party, cell.option, near] = -100
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
        label_tokens(tokens[row], example, prompt)
    return Answers(stance, pair, act, via, conditional, former, tokens)


def label_tokens(tokens: Tensor, example: Example, prompt: Prompt) -> None:
    """Fill (n, 8) with 0 and 1: words of sentences by their tags (attribution only where labelled), markers by stance.

    A marker carries the stances of its party, option or sentence, a mention's those of the party in that sentence, so
    that the encoder hears early who takes a side and what is spoken of.
    """
    first_stance = TOKEN_TAGS.index("for")

    def mark(place: int, cells: list[Cell]) -> None:
        tokens[place, first_stance:] = 0
        for cell in cells:
            tokens[place, TOKEN_TAGS.index(cell.stance)] = 1

    for party, place in enumerate(prompt.party_index):
        mark(place, [cell for cell in example.cells if cell.party == party])
    for option, place in enumerate(prompt.option_index):
        if not any(pair[1] == option for pair in example.unknown):
            mark(place, [cell for cell in example.cells if cell.option == option])
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
        first = 0 if example.attributed[sentence] else 3
        tokens[place, first:] = 0
        for left, right, column in by_sentence.get(sentence, ()):
            if column >= first and start < right and end > left:
                tokens[place, column] = 1

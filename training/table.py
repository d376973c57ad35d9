"""The position table in torch: one encoder for windows and options, a light decoder, the heads, and their loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from attributions import AttributionHeads
from encoder import Encoder, published_encoder, up_to
from torch import Tensor, nn

from travaux.reading.table_model import LEAST_TOPIC, SURE

STANCE_WEIGHTS = (0.5, 1.0, 1.1, 1.6)
"""Loss weights of none, for, against, open; none outnumbers the others by far and needs less a cell."""
HEAD, VIEWS, DETAIL = 256, 4, 96
OUTPUTS = {"stance": 4, "act": 9, "via": 4, "conditional": 1, "former": 1}
TAGS = 8


@dataclass
class Batch:
    """Windows padded to one shape, and the options that they share; see `Prompt` for the token lists. -1 pads indices.

    Attributes:
        ids, mask, token_sentence, token_party: (b, n). sentence_index: (b, S).
        sentence_tokens: (b, S, L), the places of each sentence's tokens, the last one repeated; those of a window's first
            sentence again where there is no sentence.
        option_ids, option_mask: (k, m), every option once. option_rows: (b, O), each window's options among them.
        parties: how many parties a window has at most.
    """

    ids: Tensor
    mask: Tensor
    sentence_index: Tensor
    sentence_tokens: Tensor
    token_sentence: Tensor
    token_party: Tensor
    option_ids: Tensor
    option_mask: Tensor
    option_rows: Tensor
    parties: int


def one_hot(owner: Tensor, count: int | Tensor) -> Tensor:
    """(batch, n) of owners, -1 for none, to (batch, count, n) of 0 and 1."""
    return (owner[:, None, :] == torch.arange(count, device=owner.device)[None, :, None]).float()


def pick(states: Tensor, index: Tensor) -> Tensor:
    """States at places: (batch, n, h) and (batch, k) to (batch, k, h)."""
    places = index.clamp(min=0)[:, :, None].expand(-1, -1, states.shape[2])
    return torch.gather(states, 1, places)


def at(values: Tensor, places: Tensor) -> Tensor:
    """Values (b, S, …) at each window's places (b, K): (b, K, …)."""
    if len(values) == 1:  # the one window of the file that ships, in which a plain index stays a plain index
        return values[:, places[0]]
    return values[torch.arange(len(values))[:, None], places]


def padded_choice(chosen: Tensor) -> tuple[Tensor, Tensor]:
    """What is chosen of (b, k): places (b, most) in each row, and which of them are no padding."""
    counts = chosen.sum(1)
    most = up_to(max(1, int(counts.max())), 8)
    order = (~chosen).to(torch.int8).argsort(dim=1, stable=True)
    places = nn.functional.pad(order, (0, max(0, most - order.shape[1])))[:, :most]
    return places, torch.arange(most)[None] < counts[:, None]


def average(states: Tensor, weights: Tensor) -> Tensor:
    """Mean of states under 0/1 weights (…, n); zero where there are none."""
    return weights @ states / weights.sum(-1, keepdim=True).clamp(min=1.0)


class Look(nn.Module):
    """One step of the decoder: queries attend to a window's tokens, then pass a feed-forward layer.

    A token's bias tells a query whether the token stands in the query's own sentence.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.query, self.out = nn.Linear(HEAD, HEAD), nn.Linear(HEAD, HEAD)
        self.key, self.value = nn.Linear(size, HEAD), nn.Linear(size, HEAD)
        self.near = nn.Parameter(torch.full((VIEWS,), 2.0))
        self.norm, self.norm_inner = nn.LayerNorm(HEAD), nn.LayerNorm(HEAD)
        self.up, self.down = nn.Linear(HEAD, 2 * HEAD), nn.Linear(2 * HEAD, HEAD)

    def forward(self, queries: Tensor, states: Tensor, in_sentence: Tensor, outside: Tensor) -> Tensor:
        """Queries (b, S, Q, HEAD) of each sentence, states (b, n, h), in_sentence (b, S, n), outside (b, 1, 1, 1, n)."""
        batch, sentences, count = queries.shape[:3]
        tokens, width = states.shape[1], HEAD // VIEWS
        query = (self.query(queries) / width**0.5).reshape(batch, sentences * count, VIEWS, width).transpose(1, 2)
        key, value = (f(states).reshape(batch, tokens, VIEWS, width).transpose(1, 2) for f in (self.key, self.value))
        scores = (query @ key.transpose(-1, -2)).reshape(batch, VIEWS, sentences, count, tokens)
        scores = scores + (in_sentence[:, None, :, None] * self.near[None, :, None, None, None] + outside)
        mixed = torch.softmax(scores, -1).reshape(batch, VIEWS, sentences * count, tokens) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, sentences, count, HEAD)
        queries = self.norm(queries + self.out(mixed))
        return self.norm_inner(queries + self.down(nn.functional.gelu(self.up(queries))))


class Pieces(NamedTuple):
    """The words of windows' options: (b, O, m, DETAIL) each, and their mask (b, O, m).

    Attributes:
        compared: of length 1, for the words of a window. keys: for the queries. inner: what a query reads.
    """

    compared: Tensor
    keys: Tensor
    inner: Tensor
    mask: Tensor


class Details(nn.Module):
    """A step of the decoder in which a query reads its own option's words, each with how well a sentence has it.

    An option's vector says what it is about; what sets it apart from its neighbours is often one word. Every word of an
    option is compared with every word of a sentence and of the window, in a small space of their own, and the best match
    kept: late interaction (Khattab and Zaharia 2020, ColBERT).
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.piece, self.part = nn.Linear(size, DETAIL, bias=False), nn.Linear(size, DETAIL, bias=False)
        nn.init.orthogonal_(self.piece.weight)
        with torch.no_grad():
            self.part.weight.copy_(self.piece.weight)
        self.query, self.key = nn.Linear(HEAD, DETAIL), nn.Linear(DETAIL, DETAIL)
        self.matched = nn.Linear(2, VIEWS)
        self.inner, self.found = nn.Linear(DETAIL, DETAIL), nn.Linear(2, DETAIL, bias=False)
        self.out = nn.Linear(DETAIL, HEAD)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def pieces(self, states: Tensor) -> Tensor:
        """Options' words, states (k, m, h), as `Pieces` has them, side by side: (k, m, 3 × DETAIL)."""
        compared = nn.functional.normalize(self.piece(states).float(), dim=-1)
        scaled = compared * DETAIL**0.5
        return torch.cat([compared, self.key(scaled).float(), self.inner(scaled).float()], -1)

    def forward(self, queries: Tensor, window: Window, pieces: Pieces) -> Tensor:
        """What to add to queries (b, S, O, HEAD); sentences that nobody asks about stand before those asked about."""
        compared, keys, inner, mask = pieces
        everywhere = self.matches(window, compared)
        best = everywhere.amax(2, keepdim=True)
        # Not a slice, whose ends the export would take for constants.
        count, before = window.sentence_index.shape[1], window.sentence_tokens.shape[1] - window.sentence_index.shape[1]
        here = everywhere[:, :, torch.arange(count, device=queries.device) + before]
        width = DETAIL // VIEWS
        query = (self.query(queries) / width**0.5).unflatten(-1, (VIEWS, width)).permute(0, 2, 3, 1, 4)
        scores = query @ keys.unflatten(-1, (VIEWS, width)).permute(0, 1, 3, 4, 2)
        of_here, of_best = self.matched.weight.float()[:, :, None, None].unbind(1)
        scores = scores + here[:, :, None] * of_here
        outside = ((1.0 - mask) * -1e4)[:, :, None, None]
        scores = scores + (best[:, :, None] * of_best + self.matched.bias[:, None, None] + outside)
        shares = torch.softmax(scores, -1).transpose(2, 3)
        of_here, of_best = self.found.weight.float().unbind(1)
        read = (inner + best.transpose(2, 3) * of_best)[:, :, None] + here[..., None] * of_here
        # Every view's shares of all that is read, of which each view keeps its own part: one product instead of many.
        mixed = (shares @ nn.functional.gelu(read)).unflatten(-1, (VIEWS, width))
        own = torch.eye(VIEWS, dtype=mixed.dtype)[:, :, None]
        mixed = (mixed * own).sum(-2).flatten(-2)
        added: Tensor = self.out(mixed.transpose(1, 2))
        return added

    def matches(self, window: Window, compared: Tensor) -> Tensor:
        """The likeness of the most like word of each sentence, for options' words (b, O, m, DETAIL): (b, O, S, m)."""
        parts = nn.functional.normalize(self.part(window.states).float(), dim=-1)
        sentences, longest = window.sentence_tokens.shape[1:]
        parts = at(parts, window.sentence_tokens.flatten(1))
        likeness = compared.flatten(1, 2) @ parts.transpose(1, 2)
        most = likeness.unflatten(-1, (sentences, longest)).amax(-1).float()
        return most.unflatten(1, compared.shape[1:3]).transpose(2, 3)


@dataclass
class Window:
    """Windows' states (b, n, 384) and where their parts stand, as in `Batch`."""

    states: Tensor
    mask: Tensor
    sentence_index: Tensor
    sentence_tokens: Tensor
    token_sentence: Tensor
    token_party: Tensor

    def __post_init__(self) -> None:
        self.in_sentence = one_hot(self.token_sentence, self.sentence_index.shape[1])
        self.outside = ((1.0 - self.mask.float()) * -1e4)[:, None, None, None, :]


class TableNetwork(nn.Module):
    """Encoder, decoder and heads.

    The encoder reads a window and, apart from it, each option. Every (sentence, option) then asks the window's tokens,
    its option's own, and the window's again; every party adds its own mentions and one more look at the sentence.
    """

    def __init__(self, encoder: Encoder | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder if encoder is not None else published_encoder(dropout)
        size = Encoder.size
        self.option, self.option_first = nn.Linear(size, HEAD), nn.Linear(size, HEAD, bias=False)
        self.sentence, self.sentence_mean = nn.Linear(size, HEAD), nn.Linear(size, HEAD, bias=False)
        self.similarity = nn.Linear(1, HEAD)
        self.norm_query = nn.LayerNorm(HEAD)
        self.looks = nn.ModuleList(Look(size) for _ in range(2))
        self.details = Details(size)
        self.party, self.mention = nn.Linear(size, HEAD), nn.Linear(size, HEAD)
        self.absent = nn.Parameter(torch.zeros(HEAD))
        self.norm_party = nn.LayerNorm(HEAD)
        self.look = Look(size)
        self.asked, self.asked_mention, self.asked_party = (nn.Linear(HEAD, HEAD, bias=False) for _ in range(3))
        self.named, self.known = nn.Linear(size, HEAD, bias=False), nn.Linear(size, HEAD, bias=False)
        self.norm = nn.LayerNorm(HEAD)
        self.deep = nn.Linear(HEAD, HEAD)
        self.norm_deep = nn.LayerNorm(HEAD)
        self.answer = nn.Linear(HEAD, sum(OUTPUTS.values()))
        self.topic = nn.Linear(HEAD, 3)
        self.token = nn.Linear(size, TAGS)
        self.attribution = AttributionHeads(dropout)
        self.dropout = nn.Dropout(dropout)

    def encode_options(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Options (k, m) to (k, 768), the mean of the words and the first token's state, and their words, see `Details.pieces`."""
        states = self.encoder(ids, mask).float()
        weights = mask[:, None].float()
        return torch.cat([average(states, weights)[:, 0], states[:, 0]], -1), self.details.pieces(states)

    def forward(self, batch: Batch, asked: Tensor | None = None) -> dict[str, Tensor]:
        """Logits: stance (b, P, O, S, 4) and so on, topic (b, S, O, 3), tokens (b, n, 8)."""
        options, pieces = self.encode_options(batch.option_ids, batch.option_mask)
        rows = batch.option_rows.clamp(min=0)
        states = self.encoder(batch.ids, batch.mask).float()
        return self.judge(
            Window(
                states, batch.mask, batch.sentence_index, batch.sentence_tokens, batch.token_sentence, batch.token_party
            ),
            options[rows], Pieces(*pieces[rows].split(DETAIL, -1), batch.option_mask[rows].float()), batch.parties, asked,
        )  # fmt: skip

    def judge(
        self,
        window: Window,
        options: Tensor,
        pieces: Pieces,
        parties: int,
        asked: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """The answers for windows, given their options' vectors (b, O, 768) and words.

        With `asked` (b, S, O) parties are asked about those pairs, and about those where anybody may well take a side; all
        others are "none" as good as surely.
        """
        queries = self.ask(window, options, pieces)
        topic = self.topic(queries)
        chosen = torch.ones(topic.shape[:3], dtype=torch.bool)
        if asked is not None:
            chosen = (asked | (topic.detach().amax(-1) >= LEAST_TOPIC)) & (window.sentence_index >= 0)[:, :, None]
        places, kept = padded_choice(chosen.flatten(1))
        count = topic.shape[2]
        answers = self.answer_for(window, at(queries.flatten(1, 2), places), places // count, parties)
        row, place = kept.nonzero()[:, 0], places[kept]
        result = {}
        for name, value in answers.items():
            table = value.new_zeros(len(topic), topic.shape[1] * count, *value.shape[2:])
            if name == "stance":
                table[..., 0] = SURE
            table = table.index_put((row, place), value[kept])
            result[name] = table.unflatten(1, (-1, count)).permute(0, 3, 2, 1, *range(4, value.dim() + 1))
        result["topic"] = topic
        result["tokens"] = self.token(self.dropout(window.states))
        return result

    def ask(self, window: Window, options: Tensor, pieces: Pieces) -> Tensor:
        """Every (sentence, option) asks the window's tokens: queries (b, S, O, HEAD)."""
        states, in_sentence = window.states, window.in_sentence
        mean, first = options.split(Encoder.size, -1)
        sentence, sentence_mean = pick(states, window.sentence_index), average(states, in_sentence)
        close = torch.cosine_similarity(mean[:, None], sentence_mean[:, :, None], dim=-1)
        asking = (self.option(mean) + self.option_first(first))[:, None]
        asking = asking + (self.sentence(sentence) + self.sentence_mean(sentence_mean))[:, :, None]
        queries: Tensor = self.norm_query(asking + self.similarity(close[..., None]))
        queries = self.dropout(self.looks[0](queries, states, in_sentence, window.outside))
        queries = queries + self.details(queries, window, pieces)
        return self.dropout(self.looks[1](queries, states, in_sentence, window.outside))

    def answer_for(self, window: Window, queries: Tensor, places: Tensor, parties: int | Tensor) -> dict[str, Tensor]:
        """Logits (b, K, P, …) for K queries (b, K, HEAD), asked of the sentences `places` (b, K), and every party."""
        states, in_sentence = window.states, window.in_sentence
        marked = one_hot(window.token_party, parties)
        marks = marked[:, :, None] * in_sentence[:, None]
        here = (marks.sum(-1, keepdim=True) > 0).float()
        flat = average(states, marks.flatten(1, 2))
        mention = flat.unflatten(1, (marks.shape[1], marks.shape[2]))
        overall = average(states, marked)
        party = self.party(overall)[:, :, None] + self.mention(mention) * here + self.absent * (1 - here)
        party = at(self.norm_party(party).transpose(1, 2), places)
        named = at(self.named(mention).transpose(1, 2), places)

        # (b, K, P, HEAD): each party's own question about each option in each sentence.
        both = queries[:, :, None] + party
        hidden = (
            self.look(both, states, at(in_sentence, places), window.outside)
            + self.asked(queries)[:, :, None]
            + self.asked_mention(queries)[:, :, None] * named
            + self.asked_party(queries)[:, :, None] * self.known(overall)[:, None]
        )
        hidden = self.dropout(self.norm(hidden))
        hidden = self.norm_deep(hidden + self.dropout(nn.functional.gelu(self.deep(hidden))))
        answers = torch.split(self.answer(hidden), list(OUTPUTS.values()), dim=-1)
        result = dict(zip(OUTPUTS, answers, strict=True))
        result["conditional"], result["former"] = result["conditional"][..., 0], result["former"][..., 0]
        return result


@dataclass
class Answers:
    """What a batch should have said.

    Attributes:
        stance: (b, P, O, S), -100 where not judged. pair: (b, P, O) stance over the window, -100 where not judged.
        act, via, conditional, former: (b, P, O, S), -100 wherever there is no statement.
        topic: (b, S, O, 3), whether anybody is for, against, open; -100 where not judged.
        tokens: (b, n, 8), -100 where not labelled.
    """

    stance: Tensor
    pair: Tensor
    act: Tensor
    via: Tensor
    conditional: Tensor
    former: Tensor
    topic: Tensor
    tokens: Tensor


def pair_logits(stance: Tensor) -> Tensor:
    """Window logits (b, P, O, 4) from cells (b, P, O, S, 4): none against every (sentence, stance)."""
    gains = torch.logsumexp(stance[..., 1:] - stance[..., :1], dim=3)
    return torch.cat([torch.zeros_like(gains[..., :1]), gains], dim=-1)


def entropy(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy where something is wanted."""
    if not bool((wanted >= 0).any()):
        return logits.sum() * 0.0
    return nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), wanted.reshape(-1), ignore_index=-100)


def binary(logits: Tensor, wanted: Tensor, weight: float = 1.0) -> Tensor:
    """Binary cross entropy where something is wanted; positives count `weight` times."""
    known = wanted >= 0
    if not bool(known.any()):
        return logits.sum() * 0.0
    return nn.functional.binary_cross_entropy_with_logits(
        logits[known], wanted[known].float(), pos_weight=torch.tensor(weight)
    )


def stance_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Weighted cross entropy, scaled by how many statements there are rather than how many cells."""
    weights = torch.tensor(STANCE_WEIGHTS)
    total = nn.functional.cross_entropy(
        logits.reshape(-1, 4), wanted.reshape(-1), weight=weights, ignore_index=-100, reduction="sum"
    )
    return total / ((wanted > 0).sum() * 2.0 + 4.0)


def loss_of(result: dict[str, Tensor], answers: Answers, padded: Tensor) -> Tensor:
    """Sum of the heads' losses; `padded` (b, S) is true for sentences that are not there."""
    stance = result["stance"]
    hole = torch.zeros_like(stance)
    hole[..., 0] = 30.0
    stance = torch.where(padded[:, None, None, :, None], hole, stance)
    return (
        stance_loss(stance, answers.stance)
        + stance_loss(pair_logits(stance), answers.pair)
        + binary(result["topic"], answers.topic, 3.0)
        + 0.3 * entropy(result["act"], answers.act)
        + 0.3 * entropy(result["via"], answers.via)
        + 0.3 * binary(result["conditional"], answers.conditional, 2.0)
        + 0.3 * binary(result["former"], answers.former, 8.0)
        + binary(result["tokens"], answers.tokens)
    )

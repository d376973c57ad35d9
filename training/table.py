"""The position table in torch: encoder, triple head, token head, and the loss that trains them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from encoder import Encoder, published_encoder
from torch import Tensor, nn

STANCE_WEIGHTS = (0.5, 1.0, 1.1, 1.6)
"""Loss weights of none, for, against, open; none outnumbers the others by far and needs less a cell."""
HEAD = 256
CONTEXT, VIEWS = 256, 4
OUTPUTS = {"stance": 4, "act": 9, "via": 4, "conditional": 1, "former": 1}


@dataclass
class Batch:
    """Windows padded to one shape; see `Prompt` for the token lists. -1 pads every index."""

    ids: Tensor
    mask: Tensor
    party_index: Tensor
    option_index: Tensor
    sentence_index: Tensor
    token_sentence: Tensor
    token_option: Tensor
    token_party: Tensor


def one_hot(owner: Tensor, count: int) -> Tensor:
    """(batch, n) of owners, -1 for none, to (batch, count, n) of 0 and 1."""
    return (owner[:, None, :] == torch.arange(count, device=owner.device)[None, :, None]).float()


def pick(states: Tensor, index: Tensor) -> Tensor:
    """States at places: (batch, n, h) and (batch, k) to (batch, k, h)."""
    places = index.clamp(min=0)[:, :, None].expand(-1, -1, states.shape[2])
    return torch.gather(states, 1, places)


def average(states: Tensor, weights: Tensor) -> Tensor:
    """Mean of states under 0/1 weights (…, n); zero where there are none."""
    return weights @ states / weights.sum(-1, keepdim=True).clamp(min=1.0)


class TableNetwork(nn.Module):
    """Encoder and heads. `design` names what the head may see, for comparing designs:

    ``markers`` the three markers only; ``mentions`` also the markers before a party's mentions in the sentence;
    ``context`` also the words of the sentence that party and option attend to (what ships).
    """

    def __init__(self, encoder: Encoder | None = None, design: str = "context", dropout: float = 0.1) -> None:
        super().__init__()
        self.design = design
        self.encoder = encoder if encoder is not None else published_encoder(dropout)
        size = Encoder.size
        self.party, self.option, self.sentence = (nn.Linear(size, HEAD) for _ in range(3))
        self.option_mean, self.sentence_mean = (nn.Linear(size, HEAD, bias=False) for _ in range(2))
        self.crosses = nn.ModuleList(nn.Linear(size, HEAD, bias=False) for _ in range(6))
        self.mention = nn.Linear(size, HEAD)
        self.mention_option = nn.Linear(size, HEAD, bias=False)
        self.absent = nn.Parameter(torch.zeros(HEAD))
        self.query_party, self.query_option = (nn.Linear(size, CONTEXT) for _ in range(2))
        self.key, self.value = (nn.Linear(size, CONTEXT) for _ in range(2))
        self.context = nn.Linear(CONTEXT, HEAD)
        self.similarity = nn.Linear(1, HEAD)
        self.norm = nn.LayerNorm(HEAD)
        self.deep = nn.Linear(HEAD, HEAD)
        self.norm_deep = nn.LayerNorm(HEAD)
        self.answer = nn.Linear(HEAD, sum(OUTPUTS.values()))
        self.token = nn.Linear(size, 8)
        self.dropout = nn.Dropout(dropout)

    def look(self, party: Tensor, option: Tensor, states: Tensor, in_sentence: Tensor) -> Tensor:
        """What each party and option together attend to in each sentence: (b, P, O, S, CONTEXT)."""
        batch, tokens = states.shape[:2]
        parties, options, sentences = party.shape[1], option.shape[1], in_sentence.shape[1]
        width = CONTEXT // VIEWS
        query = self.query_party(party)[:, :, None] + self.query_option(option)[:, None]
        query = query.reshape(batch, parties * options, VIEWS, width).transpose(1, 2)
        key, value = (
            layer(states).reshape(batch, tokens, VIEWS, width).transpose(1, 2) for layer in (self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / width**0.5
        scores = scores[:, :, :, None] + (in_sentence[:, None, None] - 1.0) * 1e4
        mixed = torch.softmax(scores, -1).reshape(batch, VIEWS, parties * options * sentences, tokens) @ value
        return mixed.transpose(1, 2).reshape(batch, parties, options, sentences, CONTEXT)

    def forward(
        self,
        ids: Tensor,
        mask: Tensor,
        party_index: Tensor,
        option_index: Tensor,
        sentence_index: Tensor,
        token_sentence: Tensor,
        token_option: Tensor,
        token_party: Tensor,
    ) -> dict[str, Tensor]:
        """Logits: stance (b, P, O, S, 4) and so on, tokens (b, n, 8)."""
        states = self.encoder(ids, mask).float()
        in_sentence = one_hot(token_sentence, sentence_index.shape[1])
        party, option, sentence = (pick(states, index) for index in (party_index, option_index, sentence_index))
        option_mean = average(states, one_hot(token_option, option_index.shape[1]))
        sentence_mean = average(states, in_sentence)
        a, b, c, d, e, f = (cross for cross in self.crosses)
        parties = self.party(party)
        options = self.option(option) + self.option_mean(option_mean)
        sentences = self.sentence(sentence) + self.sentence_mean(sentence_mean)
        party_option = a(party)[:, :, None] * b(option)[:, None]
        option_sentence = c(option)[:, :, None] * d(sentence)[:, None]
        party_sentence = e(party)[:, :, None] * f(sentence)[:, None]
        close = torch.cosine_similarity(option_mean[:, :, None], sentence_mean[:, None], dim=-1)
        option_sentence = option_sentence + self.similarity(close[..., None])
        hidden = (
            parties[:, :, None, None]
            + options[:, None, :, None]
            + sentences[:, None, None]
            + party_option[:, :, :, None]
            + option_sentence[:, None]
            + party_sentence[:, :, None]
        )
        if self.design in ("mentions", "context"):
            marks = one_hot(token_party, party_index.shape[1])[:, :, None] * in_sentence[:, None]
            named = (marks.sum(-1, keepdim=True) > 0).float()
            flat = average(states, marks.reshape(marks.shape[0], -1, marks.shape[-1]))
            mention = flat.reshape(*marks.shape[:-1], Encoder.size)
            told = self.mention(mention) * named + self.absent * (1 - named)
            crossed = self.mention_option(mention)[:, :, None] * b(option)[:, None, :, None]
            hidden = hidden + told[:, :, None] + crossed
        if self.design == "context":
            hidden = hidden + self.context(self.look(party, option, states, in_sentence))
        hidden = self.dropout(self.norm(nn.functional.gelu(hidden)))
        hidden = self.norm_deep(hidden + self.dropout(nn.functional.gelu(self.deep(hidden))))
        answers = torch.split(self.answer(hidden), list(OUTPUTS.values()), dim=-1)
        result = dict(zip(OUTPUTS, answers, strict=True))
        result["conditional"], result["former"] = result["conditional"][..., 0], result["former"][..., 0]
        result["tokens"] = self.token(self.dropout(states))
        return result


@dataclass
class Answers:
    """What a batch should have said.

    Attributes:
        stance: (b, P, O, S), -100 where not judged. pair: (b, P, O) stance over the window, -100 where not judged.
        act, via, conditional, former: (b, P, O, S), -100 wherever there is no statement.
        tokens: (b, n, 8), -100 where not labelled.
    """

    stance: Tensor
    pair: Tensor
    act: Tensor
    via: Tensor
    conditional: Tensor
    former: Tensor
    tokens: Tensor


def pair_logits(stance: Tensor) -> Tensor:
    """Window logits (b, P, O, 4) from cells (b, P, O, S, 4): none against every (sentence, stance)."""
    gains = torch.logsumexp(stance[..., 1:] - stance[..., :1], dim=3)
    return torch.cat([torch.zeros_like(gains[..., :1]), gains], dim=-1)


def loss_of(result: dict[str, Tensor], answers: Answers, padded: Tensor) -> Tensor:
    """Sum of the heads' losses; `padded` (b, S) is true for sentences that are not there."""
    weights = torch.tensor(STANCE_WEIGHTS)
    stance = result["stance"]
    hole = torch.zeros_like(stance)
    hole[..., 0] = 30.0
    stance = torch.where(padded[:, None, None, :, None], hole, stance)

    def entropy(logits: Tensor, wanted: Tensor, weight: Tensor | None = None) -> Tensor:
        if not bool((wanted >= 0).any()):
            return logits.sum() * 0.0
        return nn.functional.cross_entropy(
            logits.reshape(-1, logits.shape[-1]), wanted.reshape(-1), weight=weight, ignore_index=-100
        )

    def binary(logits: Tensor, wanted: Tensor, weight: float = 1.0) -> Tensor:
        known = wanted >= 0
        if not bool(known.any()):
            return logits.sum() * 0.0
        positive = torch.tensor(weight)
        return nn.functional.binary_cross_entropy_with_logits(logits[known], wanted[known].float(), pos_weight=positive)

    cells = nn.functional.cross_entropy(
        stance.reshape(-1, 4), answers.stance.reshape(-1), weight=weights, ignore_index=-100, reduction="sum"
    ) / ((answers.stance > 0).sum() * 2.0 + 4.0)
    pairs = nn.functional.cross_entropy(
        pair_logits(stance).reshape(-1, 4), answers.pair.reshape(-1), weight=weights, ignore_index=-100, reduction="sum"
    ) / ((answers.pair > 0).sum() * 2.0 + 4.0)
    at_marker = answers.tokens[..., 3:4] < 0
    words = torch.where(at_marker, -100, answers.tokens)
    marks = torch.where(at_marker, answers.tokens, -100)
    return (
        cells
        + pairs
        + 0.7 * binary(result["tokens"], marks)
        + 0.3 * entropy(result["act"], answers.act)
        + 0.3 * entropy(result["via"], answers.via)
        + 0.3 * binary(result["conditional"], answers.conditional, 2.0)
        + 0.3 * binary(result["former"], answers.former, 3.0)
        + 0.7 * binary(result["tokens"], words)
    )

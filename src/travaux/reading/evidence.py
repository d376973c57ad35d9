"""What grammar and encoder bring forward for each party, option and sentence, as numbers that can be weighed.

`FEATURES` names them, question by question; `evidence_of` gives their values for every cell of a report that the encoder
weighed, and `beside_rivals` what a second look adds once every cell has its first answer. Fitting and reading both call
them, so that they cannot drift apart.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from travaux.model import Stance
from travaux.reading.attribution import heard_in, voucher_of
from travaux.reading.line import Line
from travaux.reading.sides import Found
from travaux.reading.table_model import ACTS, VIAS
from travaux.reading.weighing import Weighed

SIDES = (Stance.FOR, Stance.AGAINST, Stance.OPEN)
RIVALS = ("the party's other options here", "the option's other parties here", "the pair's other sentences")
"""With whom a cell competes: most sentences tell one side on one option, and say it once."""
FEATURES: Mapping[str, tuple[str, ...]] = {
    "position": (
        "encoder: for over none",
        "encoder: against over none",
        "encoder: open over none",
        "encoder: anybody for",
        "encoder: anybody against",
        "encoder: anybody open",
        "encoder: over the party's likeliest other option here",
        "encoder: over the option's likeliest other party here",
        "encoder: over the pair's likeliest other sentence",
        "grammar: for",
        "grammar: against",
        "grammar: open",
        "grammar: former",
        *(f"grammar: {side}, a cue turned round" for side in SIDES),
        "grammar: about what was named just before",
        "grammar: only the nearest cue",
        "grammar: the party's own undertaking",
        "words: how well the option is named",
        "party spoken of in the sentence",
        "party is a subject in the sentence",
        "grammar gives the party a side on another option here",
        "grammar gives others alone a side on the option here",
    ),
    "act": (
        *(f"encoder: {act}" for act in ACTS),
        *(f"grammar: {act}" for act in ACTS),
        "first look: for",
        "first look: against",
        "first look: open",
    ),
    "via": (
        *(f"encoder: {via}" for via in VIAS),
        *(f"grammar: {via}" for via in VIAS),
        "the party speaks in the sentence",
        "somebody else speaks in the sentence",
        "a source that nobody names speaks in the sentence",
        "quotation marks in the sentence",
    ),
    "conditional": (
        "encoder: conditional",
        "encoder: marks a condition's words in the sentence",
        "grammar: a condition goes with the side",
        "grammar: a condition in the sentence",
    ),
    "former": ("encoder: former", "grammar: former", "grammar: not former"),
    "stands": (
        "first look: log odds",
        *(f"first look: {told} {rival}" for rival in RIVALS for told in ("likelier among", "lead over", "expected of")),
    ),
}
FLOOR, CEILING = -8.0, 8.0
"""Log odds are cut to this range; what is likelier still tells nothing more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Values of `FEATURES` for one party, option and sentence; `act_under` completes those of the act."""

    position: tuple[float, ...]
    act: tuple[float, ...]
    via: tuple[float, ...]
    conditional: tuple[float, ...]
    former: tuple[float, ...]
    groups: tuple[tuple[object, ...], ...]
    """With which other cells it competes, in the order of `RIVALS`."""


def cut(value: float) -> float:
    """A log odds within range."""
    return min(CEILING, max(FLOOR, value))


class Rivals:
    """The two largest log odds of each group, to compare a cell with the best of the others."""

    def __init__(self) -> None:
        self.best: dict[tuple[object, ...], list[tuple[float, object]]] = defaultdict(list)

    def add(self, group: tuple[object, ...], value: float, owner: object) -> None:
        """Count one cell."""
        self.best[group] = sorted([*self.best[group], (value, owner)], key=lambda pair: -pair[0])[:2]

    def lead(self, group: tuple[object, ...], value: float, owner: object) -> float:
        """How far a cell leads the best other one of its group; the whole range where it is alone."""
        other = next((best for best, who in self.best[group] if who != owner), None)
        return CEILING if other is None else cut(value - other)


def evidence_of(lines: Sequence[Line], cells: Sequence[Weighed]) -> list[Evidence]:
    """The evidence for each cell of a report, in order."""
    rivals = Rivals(), Rivals(), Rivals()
    places = [list(zip(rivals, rivalries(cell), strict=True)) for cell in cells]
    odds = [cell.odds for cell in cells]
    for own, value in zip(places, odds, strict=True):
        for kind, (group, owner) in own:
            kind.add(group, value, owner)
    each = {number: LineEvidence(lines[number]) for number in {cell.sentence for cell in cells}}
    return [
        each[cell.sentence].of(cell, [kind.lead(group, value, owner) for kind, (group, owner) in own])
        for cell, own, value in zip(cells, places, odds, strict=True)
    ]


def act_under(evidence: Evidence, stance: Stance) -> tuple[float, ...]:
    """Values of the features of "act", given which side is taken: nobody takes a thing's side by rejecting it."""
    return (*evidence.act, *(float(stance is side) for side in SIDES))


def beside_rivals(evidence: Sequence[Evidence], odds: Sequence[float]) -> list[tuple[float, ...]]:
    """Values of the features of "stands" for each cell of a report, from the log odds that a first look gave them."""
    odds = [cut(value) for value in odds]
    likely = [1 / (1 + math.exp(-value)) for value in odds]
    members: dict[tuple[int, tuple[object, ...]], list[int]] = defaultdict(list)
    for row, one in enumerate(evidence):
        for kind, group in enumerate(one.groups):
            members[kind, group].append(row)
    beside: list[list[float]] = [[value] for value in odds]
    for _, rows in sorted(members.items(), key=lambda item: item[0][0]):
        expected = math.fsum(likely[row] for row in rows)
        falling = sorted((odds[row] for row in rows), reverse=True)
        for row in rows:
            own = odds[row]
            likelier = falling.index(own)
            # The best of the others: the next one where it is the best itself, and nobody where it is alone.
            best = falling[0] if likelier else falling[1] if len(falling) > 1 else -math.inf
            beside[row] += [float(likelier), cut(own - best), max(0.0, expected - likely[row])]
    return [tuple(values) for values in beside]


def rivalries(cell: Weighed) -> tuple[tuple[tuple[object, ...], object], ...]:
    """Whom a cell is compared with, as (group, itself in it): other options here, other parties here, other sentences."""
    return (
        ((cell.party, cell.sentence), cell.option),
        ((cell.option, cell.sentence), cell.party),
        ((cell.party, cell.option), cell.sentence),
    )


def turned(found: Found) -> bool:
    """Whether words on the way turned a cue round: "called for an end to", "refused to drop"."""
    cue = found.side.cue
    return cue is not None and cue.stance not in {"relay", found.side.stance.value}


class LineEvidence:
    """What one sentence brings forward, gathered once for all its cells."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.strength = {link.option: link.score for link in line.links}
        self.spoken, self.subjects = line.spoken(), line.subjects()
        self.sources = heard_in(line.sentence, line.mentions)
        self.quoted = any(mark in line.sentence.span.text for mark in '"“”«»')
        self.parties: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {}

    def of(self, cell: Weighed, leads: Sequence[float]) -> Evidence:
        """The evidence for one cell."""
        sides = [found for found, _ in self.line.told.get((cell.party, cell.option), ())]
        held = [found for found in sides if not found.side.former]
        former = [found for found in sides if found.side.former]
        first = next(iter(held or former), None)
        voucher = (
            voucher_of(first.side, self.line.sentence, self.line.mentions).via.value if first is not None else None
        )
        act = first.side.act.value if first is not None else None
        none, *others = (math.log(max(value, 1e-6)) for value in cell.probabilities)
        named, speaking = self.of_party(cell.party)
        return Evidence(
            (
                *(cut(value - none) for value in others),
                *map(cut, cell.topic),
                *leads,
                *(by_grammar(held, former) if sides else UNTOLD),
                self.strength.get(cell.option, 0.0),
                *named,
                float(any(party == cell.party and option != cell.option for party, option in self.line.told)),
                float(self.line.others_alone(cell.party, cell.option)),
            ),
            (*cell.acts, *(float(one == act) for one in ACTS)),
            (*cell.vias, *(float(one == voucher) for one in VIAS), *speaking),
            (
                cut(cell.conditional),
                float(cell.condition is not None),
                float(any(found.condition is not None for found in held)),
                float(bool(self.line.conditions)),
            ),
            (cut(cell.former), float(bool(former)), float(bool(held))),
            tuple(group for group, _ in rivalries(cell)),
        )

    def of_party(self, party: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """What the sentence tells of a party whatever the option: how it is named, and who speaks."""
        if party not in self.parties:
            named = float(party in self.spoken), float(party in self.subjects)
            speaking = (
                float(any(party in source.parties for source in self.sources)),
                float(any(party not in source.parties for source in self.sources)),
                float(any(source.anonymous for source in self.sources)),
                float(self.quoted),
            )
            self.parties[party] = named, speaking
        return self.parties[party]


def by_grammar(held: Sequence[Found], former: Sequence[Found]) -> tuple[float, ...]:
    """What the grammar has to say of a cell's position: its sides that are held, and those that no longer are."""
    stances = {found.side.stance for found in held}
    turns = {found.side.stance for found in held if turned(found)}
    return (
        *(float(stance in stances) for stance in SIDES),
        float(bool(former)),
        *(float(stance in turns) for stance in SIDES),
        float(any(found.carried for found in held)),
        float(any(found.nearest for found in held)),
        float(any(found.side.cue is None for found in held)),
    )


UNTOLD = by_grammar((), ())
"""The same where the grammar tells of no side, as for most cells."""

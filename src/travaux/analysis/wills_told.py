"""How far a will goes in two tellings: what one leaves open, or does not exclude, and the other has agreed to, or threatened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from travaux.analysis.alignment import Beside, Sentence, near_groups
from travaux.analysis.claims import found_in
from travaux.analysis.clauses import sides
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.told_otherwise import LIKE, Difference


def wills_otherwise(beside: Beside) -> Iterator[Difference]:
    """What one telling leaves open, or does not exclude, and the other has somebody agree to, or threaten."""
    for weaker, stronger in (("leaves_open", "settles"), ("not_excluded", "threatens")):
        consent = weaker == "leaves_open"
        told = [
            {
                place: (_first_of(weaker, side[place]), _first_of(stronger, side[place]))
                for place in beside.facing_places(number)
            }
            for number, side in enumerate(beside.sentences)
        ]
        for pair in beside.facing:
            for open_side in (0, 1):
                places = (pair.first, pair.second)
                here, there = told[open_side][places[open_side]], told[1 - open_side][places[1 - open_side]]
                if here[0] is None or there[1] is None or there[0] is not None:
                    continue
                if consent and here[1] is not None and here[1] > here[0]:
                    continue  # thought over, and then agreed to
                if _is_weighed_too(beside, told, open_side, places):
                    continue
                sure = _same_will(beside, places, pair.likeness, consent=consent)
                if sure <= 0:
                    continue
                values = [
                    opening(report.text[side[place].start : side[place].end])
                    for (report, side), place in zip(sides(beside), places, strict=True)
                ]
                why = "one is taken from the other, and what one leaves open the other has settled or threatened"
                about = f"how far it goes: {values[open_side]}"
                yield Difference(ConflictKind.POSITION, about, (values[0], values[1]), places, why, sure)


def _first_of(name: str, sentence: Sentence) -> int | None:
    return next((first for first, _ in found_in("attitudes", name, sentence.tokens)), None)


def _is_weighed_too(
    beside: Beside, told: Sequence[Mapping[int, tuple[int | None, int | None]]], open_side: int, places: tuple[int, int]
) -> bool:
    """Whether the side that settles it leaves it open too, in what faces the same sentence."""
    return any(
        told[1 - open_side][there[1 - open_side]][0] is not None
        for pair in beside.facing
        if (there := (pair.first, pair.second))[open_side] == places[open_side] and pair.likeness >= LIKE
    )


def _same_will(beside: Beside, places: tuple[int, int], likeness: float, *, consent: bool) -> float:
    """How sure it is that two sentences are about the will of one party on one thing: by the names or the thing they share."""
    own, others = (
        {token.stem: token for token in side[place].tokens if token.stem in beside.weights or near_groups(token.stem)}
        for side, place in zip(beside.sentences, places, strict=True)
    )
    groups = {group for stem in others for group in near_groups(stem)}
    shared = [
        token for stem, token in own.items() if stem in others or any(group in groups for group in near_groups(stem))
    ]
    if consent and likeness >= LIKE:
        named = [token for token in shared if beside.first.text[token.start].isupper() or near_groups(token.stem)]
        return 0.3 + likeness if named or len(shared) > 1 else 0.0
    return 0.2 + likeness if shared and not consent else 0.0

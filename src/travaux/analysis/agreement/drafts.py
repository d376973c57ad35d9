"""Two term sheets side by side, of two dates or two drafts: what entered, what fell out, what was softened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from travaux.analysis.agreement.comparing import Strength, compare_codes
from travaux.analysis.agreement.provisions import GAPS, Term, TermSheet, TermStatus, Wording
from travaux.analysis.agreement.stands import Stand, StandKind

FIRMNESS = (
    StandKind.RULED_OUT, StandKind.OPPOSED, StandKind.OPPOSED_UNLESS, StandKind.WITHOUT, StandKind.WITHOUT_IF,
    StandKind.OPEN, StandKind.FOR_IF, StandKind.FOR,
)  # fmt: skip
"""Stands from against to for; disputed and unknown have no place among them."""


class Change(StrEnum):
    """What became of a wording: softened where a party's support, or the duty itself, is less than before."""

    ENTERED = "entered"
    FELL_OUT = "fell-out"
    SOFTENED = "softened"
    FIRMER = "firmer"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Moved:
    """A party whose stand on a wording is another than before; a side is None where nothing was or is read of it."""

    party: str
    before: Stand | None
    after: Stand | None


@dataclass(frozen=True, slots=True)
class TermChange:
    """One wording that changed.

    Attributes:
        before, after: the wording on the two sheets; None where the sheet does not have it.
        moved: the parties that stand otherwise than before.
        reason: what changed, as a user reads it.
    """

    term: Term
    before: Wording | None
    after: Wording | None
    change: Change
    moved: tuple[Moved, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TermPair:
    """One wording on two sheets; a side is None where the sheet does not have it, `change` where nothing changed."""

    term: Term
    before: Wording | None
    after: Wording | None
    change: TermChange | None


def side_by_side(before: TermSheet, after: TermSheet) -> list[TermPair]:
    """Two sheets of the same kind beside each other, in the order of the provisions; what neither has words on is left out."""
    found = []
    for term in after.terms:
        earlier = before.term(term.provision.id)
        for old, new in _pairs(earlier.wordings if earlier else (), term.wordings):
            if any(one is not None and one.status not in GAPS for one in (old, new)):
                found.append(TermPair(term, old, new, _change(term, old, new)))
    return found


def changes_between(before: TermSheet, after: TermSheet) -> list[TermChange]:
    """What changed from one sheet to another of the same kind, in the order of the provisions."""
    return [one.change for one in side_by_side(before, after) if one.change is not None]


def _pairs(before: Sequence[Wording], after: Sequence[Wording]) -> Iterator[tuple[Wording | None, Wording | None]]:
    def key(one: Wording) -> tuple[str, str | None, str | None]:
        return (one.aspect, one.option, one.value if one.option is None else None)

    earlier = {key(one): one for one in before}
    for one in after:
        yield earlier.pop(key(one), None), one
    for old in earlier.values():
        yield old, None


def _change(term: Term, before: Wording | None, after: Wording | None) -> TermChange | None:
    was, now = before is not None and before.is_live, after is not None and after.is_live
    moved = _moved(before, after)
    if now and not was:
        gone_before = before is not None and before.status in (TermStatus.WITHDRAWN, TermStatus.EXCLUDED)
        assert after is not None
        told = f"now {after.status}" + (f", before {before.status}" if before is not None and gone_before else "")
        return TermChange(term, before, after, Change.ENTERED, moved, told)
    if was and not now:
        status = after.status if after is not None else TermStatus.NOT_MENTIONED
        return TermChange(term, before, after, Change.FELL_OUT, moved, f"now {status}")
    if before is None or after is None or not was:
        return None
    return _of_live(term, before, after, moved)


def _of_live(term: Term, before: Wording, after: Wording, moved: tuple[Moved, ...]) -> TermChange | None:
    steps = {step for one in moved if (step := _step(one)) is not None}
    told = [f"{before.status} → {after.status}"] if before.status is not after.status else []
    if before.code and after.code and before.code != after.code:
        strength, why = compare_codes(term.provision, after.aspect, after.code, before.code)
        told.append(f"the term itself: {strength}" + (f" ({why})" if why else ""))
        steps |= {Strength.STRONGER: {1}, Strength.WEAKER: {-1}}.get(strength, set())
    elif before.value != after.value:
        told.append("other words")
    if not moved and not told:
        return None
    change = Change.CHANGED
    if steps == {1}:
        change = Change.FIRMER
    elif steps == {-1}:
        change = Change.SOFTENED
    return TermChange(term, before, after, change, moved, "; ".join(told))


def _moved(before: Wording | None, after: Wording | None) -> tuple[Moved, ...]:
    earlier = {one.party: one for one in before.stands} if before else {}
    later = {one.party: one for one in after.stands} if after else {}
    parties = dict.fromkeys([*later, *earlier])
    pairs = ((party, earlier.get(party), later.get(party)) for party in parties)
    return tuple(Moved(party, old, new) for party, old, new in pairs if _kind(old) is not _kind(new))


def _kind(stand: Stand | None) -> StandKind:
    return stand.kind if stand is not None else StandKind.UNKNOWN


def _step(moved: Moved) -> int | None:
    """1 for a move towards for, -1 for one away from it; first words for or against count so too."""
    old, new = _kind(moved.before), _kind(moved.after)
    middle = FIRMNESS.index(StandKind.OPEN)
    before = FIRMNESS.index(old) if old in FIRMNESS else middle
    after = FIRMNESS.index(new) if new in FIRMNESS else middle
    return None if before == after else 1 if after > before else -1

"""Conflicts on positions: one party, one option, one time, and stances that exclude each other.

A party that says one thing today and another next month has shifted; that is no conflict. Reports conflict where

1. one gives a party's stance as for and another as against, and at least one of the two does not rest on the party's own
   words: somebody else's account is contradicted;
2. one says that a party agreed and another that it is open, merely does not object;
3. one says that a position is held no longer, and another that it is held.

Two reports are of one time where no more than `SAME_TIME` days lie between them, or where a date is missing. No conflict:
a refusal that sets a condition ("not without Y") beside consent, two consents on different conditions, what a family's
copy repeats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from travaux.analysis.conflict import Conflict, ConflictKind, Side, conflict_id, side_of
from travaux.analysis.sure import sure_ones
from travaux.analysis.timing import Dates, Families, pairs_of_one_time, surely_before, told_dates
from travaux.model import Act, Stance, Statement, Via

SAME_TIME = 14
"""Days that may lie between two reports of one time: two news weeks; chosen, not tuned."""

_WHY = {
    "account": "one of the two is somebody else's account, and they exclude each other",
    "agreed": "to have agreed is more than not to object",
    "former": "a position cannot be given up and held at one time",
}


def conflicts_of_positions(statements: Iterable[Statement], dates: Dates, families: Families) -> list[Conflict]:
    """The conflicts on positions; those that rest on the very same passages are one, about several options."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in sure_ones(statements):
        groups[one.party, one.option].append(one)
    told = told_dates(dates, families)
    found: dict[tuple[str, tuple[Side, ...]], Conflict] = {}
    for (party, option), group in sorted(groups.items()):
        conflict = _conflict(party, option, sorted(group, key=_place), told, families)
        if conflict is None:
            continue
        key = (party, conflict.sides)
        known = found.get(key)
        found[key] = conflict if known is None else _joined(known, option)
    return list(found.values())


def _conflict(party: str, option: str, group: Sequence[Statement], told: Dates, families: Families) -> Conflict | None:
    if all(one.via is Via.SPEAKER and not one.former for one in group):
        return None  # own words, all held: whatever they say, it is a shift
    sides: dict[str, dict[str, Statement]] = defaultdict(dict)
    reasons: dict[str, None] = {}
    for one, two in pairs_of_one_time(group, told, SAME_TIME):
        if one.stance is two.stance and one.former is two.former:
            continue  # most pairs, and nothing to ask
        why = excludes(one, two, told, families)
        if why is not None:
            reasons[why] = None
            for statement in (one, two):
                sides[_value(statement)][statement.id] = statement
    if len(sides) < 2:
        return None
    made = tuple(side_of(value, held.values()) for value, held in sorted(sides.items()))
    about = f"the position of {party} on {option}"
    says = f"{' / '.join(side.value for side in made)}: {'; '.join(_WHY[why] for why in reasons)}."
    identity = conflict_id(ConflictKind.POSITION, about, made)
    return Conflict(identity, ConflictKind.POSITION, about, made, says, (party,), (option,))


def _joined(known: Conflict, option: str) -> Conflict:
    options = (*known.options, option)
    about = f"the position of {known.parties[0]} on {', '.join(options)}"
    identity = conflict_id(known.kind, about, known.sides)
    return Conflict(identity, known.kind, about, known.sides, known.says, known.parties, options)


def excludes(one: Statement, two: Statement, told: Dates, families: Families) -> str | None:
    """Why two statements of one party, option and time cannot both be right: ``account``, ``agreed``, ``former``, or None.

    Args:
        told: date of publication by report id, a copy's that of its original. families: family by report id.
    """
    if one.former != two.former:
        former, held = (one, two) if one.former else (two, one)
        return "former" if _given_up(former, held, told, families) else None
    if one.former or one.stance is two.stance:
        return None
    stances = {one.stance, two.stance}
    if stances == {Stance.FOR, Stance.AGAINST}:
        against = one if one.stance is Stance.AGAINST else two
        own = one.via is Via.SPEAKER and two.via is Via.SPEAKER
        return None if own or against.condition is not None else "account"
    if stances == {Stance.FOR, Stance.OPEN}:
        agreed = one if one.stance is Stance.FOR else two
        apart = one.report_id != two.report_id and not _one_family(one, two, families)
        own = one.via is Via.SPEAKER and two.via is Via.SPEAKER
        return "agreed" if apart and not own and agreed.act is Act.ACCEPT else None
    return None


def _given_up(former: Statement, held: Statement, told: Dates, families: Families) -> bool:
    """Whether a report says that a position is given up which another still gives as held."""
    if former.stance is not held.stance or former.report_id == held.report_id or _one_family(former, held, families):
        return False
    days = told.get(former.report_id), told.get(held.report_id)
    # Held first and given up later, or taken up again: a shift.
    return not surely_before(days[0], days[1]) and not surely_before(days[1], days[0])


def _one_family(one: Statement, two: Statement, families: Families) -> bool:
    return families.get(one.report_id, one.report_id) == families.get(two.report_id, two.report_id)


def _value(statement: Statement) -> str:
    if statement.former:
        return f"{statement.stance} no longer"
    return (
        f"{statement.stance} (agreed)"
        if statement.stance is Stance.FOR and statement.act is Act.ACCEPT
        else str(statement.stance)
    )


def _place(statement: Statement) -> tuple[str, int, int, str]:
    return (statement.report, statement.start, statement.end, statement.id)

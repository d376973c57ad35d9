"""Conflicts on positions: one party, one option, one time, and stances that exclude each other.

A party that says one thing today and another next month has shifted; that is no conflict. Two reports conflict where

1. one gives a party's stance as for and another as against, and one of the two is somebody else's account: another party, an unnamed
   source or hearsay vouches for it; later consent is a shift;
2. one says that a party agreed and another that it is open, merely does not object; thinking about it first is a shift;
3. one says that a party agreed and a later one, however much later, that it never has;
4. one says that a position is held no longer, and another that it is held.

Two reports are of one time where no more than `SAME_TIME` days lie between them, or where both are undated; one that nobody dates
beside a dated one shows no more than that the party changed its mind. No conflict: a refusal that sets a condition ("not without
Y") beside consent, two consents on different conditions, what a report itself sets side by side, what a family's copy repeats: that
is for `conflicts_of_copies`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from travaux.analysis.alignment import Beside
from travaux.analysis.conflict import Conflict, ConflictKind, Side, conflict_between, side_of
from travaux.analysis.sure import sure_ones
from travaux.analysis.timing import Dates, Families, pairs_of_one_time, surely_before, told_dates
from travaux.model import Act, Stance, Statement, Via
from travaux.provenance.sentences import sentences_in

AHEAD = 400
"""Characters behind a statement in which the next sentence is looked for."""
SAME_TIME = 14
"""Days that may lie between two reports of one time: two news weeks; chosen, not tuned."""

_NO_CONSENT = re.compile(
    r"\b(?:never|not|at no time|nor|neither|nobody|no one|nothing)\b(?: \w+){0,4}? (?:agreed|accepted|consented|assented|signed up"
    r"|(?:given|gave|give|had|has|got|have) (?:\w+ )?(?:consent|assent|agreement|approval|blessing))\b"
    r"|\b(?:den(?:y|ies|ied|ying)|denial|disput\w+)\b.{0,60}?\b(?:agree|accept|consent|assent)\w*",
    re.IGNORECASE,
)
_HAS_AGREED = re.compile(r"\b(?:has|have|had) (?:\w+ )?(?:agreed|accepted|consented|assented)\b", re.IGNORECASE)
_HEARSAY = re.compile(
    r"\b(?:according to|by (?:his|her|its|their|the|one|some|\w+['’]s) account|reportedly|(?:is|are) reported|(?:is|are) said to"
    r"|let it be known|rumou?r\w*|claim\w*|sources?|who (?:would|will|did|does) not (?:be|want|give|wish)|on condition)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:only )?(?:if|provided|as long as|so long as|on (?:the )?condition|unless|once|in return|in exchange|should)\b",
    re.IGNORECASE,
)

_WHY = {
    "account": "one of the two is somebody else's account, and they exclude each other",
    "agreed": "to have agreed is more than not to object",
    "denied": "what one says was agreed never was, by the other",
    "former": "a position cannot be given up and held at one time",
}


def conflicts_of_positions(
    statements: Iterable[Statement],
    dates: Dates,
    families: Families,
    besides: Iterable[Beside] = (),
    texts: Mapping[str, str] | None = None,
) -> list[Conflict]:
    """The conflicts on positions; those that rest on the very same passages are one, about several options.

    Args:
        dates, families: date and family by report id. besides: reports of families laid beside each other; what these tell
            otherwise than one another is for `conflicts_of_copies`.
        texts: of the reports, by id: a denial may stand in the sentence behind a position.
    """
    laid = {frozenset((one.first.id, one.second.id)) for one in besides}
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    held = list(statements)
    for one in sure_ones(held):
        groups[one.party, one.option].append(one)
    # What is denied is shown by the words themselves, however sure the reader is of the stance beside them.
    denials: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for quoted in held:
        one = _with_denial(quoted, (texts or {}).get(quoted.report_id, ""))
        if _denies_consent(one):
            denials[one.party, one.option].append(one)
    told = told_dates(dates, families)
    found: dict[tuple[str, tuple[Side, ...]], Conflict] = {}
    for (party, option), group in sorted(groups.items()):
        conflict = _conflict(party, option, sorted(group, key=_place), denials[party, option], told, families, laid)
        if conflict is None:
            continue
        key = (party, conflict.sides)
        known = found.get(key)
        found[key] = conflict if known is None else _joined(known, option)
    return list(found.values())


def _conflict(
    party: str,
    option: str,
    group: Sequence[Statement],
    denials: Sequence[Statement],
    told: Dates,
    families: Families,
    laid: set[frozenset[str]],
) -> Conflict | None:
    if all(one.via is Via.SPEAKER and not one.former for one in group):
        return None  # own words, all held: whatever they say, it is a shift
    sides: dict[str, dict[str, Statement]] = defaultdict(dict)
    reasons: dict[str, None] = {}
    for one, two in (*pairs_of_one_time(group, told, SAME_TIME), *_denied(group, denials, told)):
        if one.report_id == two.report_id:
            continue  # what a report sets side by side is no conflict
        why = excludes(one, two, told, families)
        if why != "denied" and frozenset((one.report_id, two.report_id)) in laid:
            continue  # two readings of one passage and its rewording are no two accounts
        if why is not None:
            reasons[why] = None
            for statement in (one, two):
                sides[_value(statement)][statement.id] = statement
    if len(sides) < 2:
        return None
    made = tuple(side_of(value, held.values()) for value, held in sorted(sides.items()))
    about = f"the position of {party} on {option}"
    says = f"{' / '.join(side.value for side in made)}: {'; '.join(_WHY[why] for why in reasons)}."
    return conflict_between(ConflictKind.POSITION, about, made, says, (party,), (option,))


def _joined(known: Conflict, option: str) -> Conflict:
    options = (*known.options, option)
    about = f"the position of {known.parties[0]} on {', '.join(options)}"
    return conflict_between(known.kind, about, known.sides, known.says, known.parties, options)


def _denied(
    group: Sequence[Statement], denials: Sequence[Statement], told: Dates
) -> Iterator[tuple[Statement, Statement]]:
    """Pairs further apart in time: consent that is told, and a later denial that there ever was any."""
    for one in group:
        if one.stance is not Stance.OPEN and one.act is Act.ACCEPT:
            yield from (
                (one, two) for two in denials if not surely_before(told.get(two.report_id), told.get(one.report_id))
            )


def beside_consent(statements: Iterable[Statement]) -> set[str]:
    """The reports, by id, in which a denial may stand behind a position: others relay that the party consented."""
    held = list(statements)
    consented: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in held:
        if one.act is Act.ACCEPT and one.via is not Via.SPEAKER:
            consented[one.party, one.option].add(one.report_id)
    return {one.report_id for one in held if consented.get((one.party, one.option), set()) - {one.report_id}}


def _with_denial(statement: Statement, text: str) -> Statement:
    """A statement together with the sentence behind it, where that goes on to deny consent: "Nobody had his consent, he added."."""
    if statement.end > len(text) or _denies_consent(statement):
        return statement
    # What is left of the statement's own sentence, and the next one.
    ends = list(islice(sentences_in(text, statement.end, min(len(text), statement.end + AHEAD)), 2))
    end = next((end for start, end in ends if _NO_CONSENT.search(text[start:end])), None)
    if end is None or "\n" in text[statement.end : end].strip():
        return statement
    return replace(statement, end=end, quote=text[statement.start : end])


def _has_agreed(statement: Statement) -> bool:
    """Whether a statement tells of consent: by its act, or by words that leave no doubt, whatever the act that was read."""
    return statement.act is Act.ACCEPT or (
        _HAS_AGREED.search(statement.quote) is not None and not _denies_consent(statement)
    )


def _denies_consent(statement: Statement) -> bool:
    return _NO_CONSENT.search(statement.quote) is not None


def excludes(one: Statement, two: Statement, told: Dates, families: Families) -> str | None:
    """Why two statements of one party and option cannot both be right: ``account``, ``agreed``, ``denied``, ``former``, or None.

    Args:
        told: date of publication by report id, a copy's that of its original. families: family by report id.
    """
    days = told.get(one.report_id), told.get(two.report_id)
    if one.former != two.former:
        former, held = (one, two) if one.former else (two, one)
        return "former" if _given_up(former, held, told, families) else None
    if one.former or one.stance is two.stance:
        return None
    for agreed, other in ((one, two), (two, one)):
        # Consent may be to a thing that is for an option or against it: to leaving, where the option is to stay.
        consents = agreed.act is Act.ACCEPT and agreed.stance is not Stance.OPEN and not _denies_consent(agreed)
        if consents and agreed.via is not Via.SPEAKER and _denies_consent(other):
            return "denied"
    if (days[0] is None) != (days[1] is None):
        return None
    stances = {one.stance, two.stance}
    if stances == {Stance.FOR, Stance.AGAINST}:
        against = one if one.stance is Stance.AGAINST else two
        account = _is_account(one) or _is_account(two)
        return "account" if account and against.condition is None and not _consents_later(one, two, told) else None
    if stances == {Stance.FOR, Stance.OPEN}:
        agreed, still = (one, two) if one.stance is Stance.FOR else (two, one)
        apart = not _one_family(one, two, families)
        own = one.via is Via.SPEAKER and two.via is Via.SPEAKER
        thinks = still.act is Act.CONSIDER or (still.condition is not None and _IF.match(still.condition) is not None)
        return "agreed" if apart and not own and not thinks and _has_agreed(agreed) else None
    return None


def _is_account(statement: Statement) -> bool:
    """Whether somebody other than the party and the report vouches for a statement."""
    return statement.via in (Via.OTHER, Via.ANONYMOUS) or _HEARSAY.search(statement.quote) is not None


def _consents_later(one: Statement, two: Statement, told: Dates) -> bool:
    """Whether the later of two statements is consent: what was refused before, or wanted, has then been given up."""
    first, later = (one, two) if surely_before(told.get(one.report_id), told.get(two.report_id)) else (two, one)
    return later.act is Act.ACCEPT and surely_before(told.get(first.report_id), told.get(later.report_id))


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

"""Consent that one report tells of and another denies: one party, one option, whatever the words.

Told is consent by a statement that a party has accepted something on another's word than its own, or by a sentence that says so of a
party and speaks of an option; denied by a sentence that says that there never was any. A refusal is no denial, and who denies consent
may consent later: that is a shift.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from travaux.analysis.conflict import Conflict, ConflictKind, Side, conflict_between, side_of
from travaux.analysis.sure import sure_ones
from travaux.analysis.timing import Dates, Families, days_apart, span_of, surely_before, told_dates
from travaux.happening import Fact, FactKind
from travaux.model import Act, Stance, Statement, Via
from travaux.provenance.telling import UNSEEN, ordinary, stem_of
from travaux.reading.happenings.consents import ANY, DENIED, OFFERED

LONG = 400
"""Days after which what is denied is most likely another consent than the one that was told."""

SAME_TIME = 14
"""Days within which a party cannot insist on a thing and be ready to give it: two news weeks, as for positions."""

JUST_NOW = 5
"""Days within which a denial answers what was told without a word of it: "we promised nothing of the kind"."""
ORDINARY = 0.2
"""Share of English reports up to which a word of theirs tells what consent is about."""
_OF_THAT = re.compile(r"\b(?:of the (?:kind|sort)|no such|such a|anything|nothing|not a word)\b", re.IGNORECASE)
_NOT_TELLING = frozenset(
    map(
        stem_of,
        "promise promised agree agreed accept accepted consent consented deny denied report reports rumour invention word undertake "
        "undertaken give given gave sign signed commit pledge grant concede said says told".split(),
    )
)

Telling = Statement | Fact


def conflicts_of_consent(
    statements: Iterable[Statement], facts: Iterable[Fact], dates: Dates, families: Families
) -> list[Conflict]:
    """The conflicts on whether a party consented, one for each pair of passages; about all options that these may be about.

    Args:
        dates, families: date of publication and family by report id.
    """
    given: dict[str, list[Telling]] = defaultdict(list)
    denied: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind is FactKind.CONSENT:
            if fact.value == DENIED:
                denied[fact.subject].append(fact)
            else:
                given[fact.subject].append(fact)
    held = list(statements)
    insisted = _insisted(given, held, dates, families)
    if not denied:
        return insisted
    for said in sure_ones(held):
        if (
            said.act is Act.ACCEPT
            and said.stance is not Stance.OPEN
            and said.via is not Via.SPEAKER
            and not said.former
        ):
            given[f"{said.party} {said.option}"].append(said)
    told = told_dates(dates, families)
    found: dict[tuple[str, int, str, int], list[tuple[str, Telling, Fact]]] = defaultdict(list)
    for subject, one, two in _pairs(given, denied, told, families):
        found[one.report_id, one.start, two.report_id, two.start].append((subject, one, two))
    made: list[Conflict] = []
    taken: set[tuple[str | int, ...]] = set()
    ranked = sorted(found.values(), key=lambda pairs: (-_worth(pairs), pairs[0][1].report, pairs[0][1].start))
    for pairs in ranked:
        _, one, two = pairs[0]
        places = {(two.report_id, two.start), (one.report_id, one.start, two.report_id)}
        if places & taken:
            continue  # a denial answers one telling, the one that it shares most with
        taken |= places
        made.append(_conflict(pairs))
    return made + insisted


def _insisted(
    given: Mapping[str, Sequence[Telling]], statements: Sequence[Statement], dates: Dates, families: Families
) -> list[Conflict]:
    """What a party would give by one account, and has insisted on at the same time by another."""
    by_cell: dict[str, list[Statement]] = defaultdict(list)
    for one in sure_ones(statements):
        if not one.former and one.stance is not Stance.OPEN:
            by_cell[f"{one.party} {one.option}"].append(one)
    found: dict[tuple[str, int, str, int], tuple[Statement, Statement, list[str]]] = {}
    for subject, facts in sorted(given.items()):
        for fact in facts:
            if not isinstance(fact, Fact) or fact.value != OFFERED:
                continue
            offers = [
                one for one in by_cell[subject]
                if one.report_id == fact.report_id and one.start < fact.end and fact.start < one.end
            ]  # fmt: skip
            for offer in offers:
                for other in by_cell[subject]:
                    apart = days_apart(dates.get(other.report_id), dates.get(offer.report_id))
                    if (
                        families.get(other.report_id, other.report_id) == families.get(offer.report_id, offer.report_id)
                        or {offer.stance, other.stance} != {Stance.FOR, Stance.AGAINST}
                        or other.act not in {Act.DEMAND, Act.REJECT, Act.OPPOSE}
                        or (other.condition is not None and other.act is not Act.DEMAND)
                        or apart is None
                        or apart > SAME_TIME
                    ):
                        continue
                    place = other.report_id, other.start, offer.report_id, offer.start
                    found.setdefault(place, (other, offer, []))[2].append(subject)
    return [_of_statements(*one) for one in found.values()]


def _of_statements(insists: Statement, offers: Statement, subjects: Sequence[str]) -> Conflict:
    options = tuple(subject.split(" ")[1] for subject in subjects)
    sides = side_of(f"{insists.stance} (insists)", [insists]), side_of(f"{offers.stance} (would give way)", [offers])
    about = f"the position of {insists.party} on {', '.join(options)}"
    says = f"{' / '.join(side.value for side in sides)}: by one account it insists on what by another it would give."
    return conflict_between(ConflictKind.POSITION, about, sides, says, (insists.party,), options)


def _pairs(
    given: Mapping[str, Sequence[Telling]], denied: Mapping[str, Sequence[Fact]], told: Dates, families: Families
) -> Iterator[tuple[str, Telling, Fact]]:
    by_party: dict[str, list[tuple[str, Telling]]] = defaultdict(list)
    for subject, tellings in given.items():
        # What a party would give it has not given.
        by_party[subject.split(" ")[0]] += [
            (subject, one) for one in tellings if isinstance(one, Statement) or one.value != OFFERED
        ]
    own = {(one.report_id, subject) for subject, denials in denied.items() for one in denials}
    for subject, denials in sorted(denied.items()):
        party, option = subject.split(" ")
        for two in denials:
            for other, one in by_party[party]:
                apart = days_apart(told.get(one.report_id), told.get(two.report_id))
                family = families.get(one.report_id, one.report_id) == families.get(two.report_id, two.report_id)
                if (one.report_id, other) in own:
                    continue  # a report that denies it tells of it as hearsay, or as what it was asked
                if family or (apart is not None and apart > LONG) or not _was_before(one, two, told):
                    continue
                if other == subject and option != ANY:
                    yield subject, one, two
                elif ANY in (option, other.split(" ")[1]) and _answers(one, two, apart):
                    yield other if option == ANY else subject, one, two


def _was_before(one: Telling, two: Fact, told: Dates) -> bool:
    """Whether consent was given, as far as is told, before it was denied: what comes later is a shift."""
    day = told.get(two.report_id)
    if not surely_before(day, told.get(one.report_id)):
        return True
    if not isinstance(one, Fact) or one.day is None or day is None:
        return False
    return span_of(one.day)[1] < day.earliest


def _answers(one: Telling, two: Fact, apart: int | None) -> bool:
    """Whether a denial that names no option is of the consent told: by a telling word of both, or as what has just been told."""
    if _telling(one.quote) & _telling(two.quote):
        return True
    return apart is not None and apart <= JUST_NOW and _OF_THAT.search(two.quote) is not None


def _telling(quote: str) -> set[str]:
    return {
        stem
        for word in re.findall(r"[a-z]{3,}", quote.lower())
        if (stem := stem_of(word)) not in _NOT_TELLING and ordinary().get(stem, UNSEEN) <= ORDINARY
    }


def _worth(pairs: Sequence[tuple[str, Telling, Fact]]) -> float:
    """How much shows that two passages are of one consent: a statement more than a sentence, two options more than one."""
    _, one, two = pairs[0]
    both = len(set(_words(one.quote)) & set(_words(two.quote)))
    return len({subject for subject, _, _ in pairs}) + isinstance(one, Statement) + both / 10


def _words(quote: str) -> list[str]:
    return [word for word in quote.casefold().split() if len(word) > 4]


def _conflict(pairs: Sequence[tuple[str, Telling, Fact]]) -> Conflict:
    parties = tuple(dict.fromkeys(subject.split(" ")[0] for subject, _, _ in pairs))
    options = tuple(dict.fromkeys(subject.split(" ")[1] for subject, _, _ in pairs))
    _, one, two = pairs[0]
    sides: tuple[Side, ...] = (side_of("consented", [one]), side_of("never consented", [two]))
    about = f"the position of {parties[0]} on {', '.join(options)}"
    says = f"{' / '.join(side.value for side in sides)}: what one says was agreed never was, by the other."
    return conflict_between(ConflictKind.POSITION, about, sides, says, parties[:1], options)

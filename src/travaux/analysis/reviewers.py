"""How far several reviewers agree, and where they do not: Cohen's κ for two, Krippendorff's α for any number.

A unit is a statement that somebody judged; a reviewer's value for it is what her last decision leaves standing. Who
left it unsure, or never judged it, has no value there, and counts neither as agreeing nor as differing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from travaux.analysis.judgements import held_judgements, in_effect, judged_by, orphaned
from travaux.analysis.readers import cohens_kappa
from travaux.model import Act, Judgement, Statement, Verdict, content_id

MEASURED = ("verdict", "position", "stance")
"""What reviewers are compared in. ``verdict``: confirm, correct or reject, an addition being a confirmation. ``position``:
party, option and stance that stand after the decision, or that none does. ``stance``: the stance alone, or none."""

CODED = ("position", "stance", "act", "condition")
"""What reviewers are compared in who judged blind: what they coded. ``act``: the act, or none. ``condition``: with one,
without one, or none. A verdict would say how they stand to the reading, which they did not see."""

AS_READ = "(as read)"
"""Stands for the reading where a reviewer is compared with it; no person's name has brackets around it."""

NONE = "none"
"""The position and the stance of a statement that was rejected."""

Decided = Mapping[str, Mapping[str, "Decision"]]
"""By id of the statement judged and by reviewer, her decision on it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's last decision on a statement.

    Attributes:
        number: of her judgement; verdict: of it; blind: it was made blind.
        effective: the statement as that decision leaves it, whatever others decided later.
    """

    reviewer: str
    number: int
    verdict: Verdict
    effective: Statement
    blind: bool = False

    def value(self, field: str) -> str | None:
        """What the decision says in one of `MEASURED` or `CODED`; None where it is ``unsure``."""
        if self.verdict is Verdict.UNSURE:
            return None
        if field == "verdict":
            return str(Verdict.CONFIRM if self.verdict is Verdict.ADD else self.verdict)
        if self.verdict is Verdict.REJECT:
            return NONE
        one = self.effective
        if field == "act":
            return str(one.act)
        if field == "condition":
            return "without" if one.condition is None else "with"
        stance = f"formerly {one.stance}" if one.former else str(one.stance)
        return stance if field == "stance" else f"{one.party} {stance} {one.option}"


@dataclass(frozen=True, slots=True)
class ReviewerAgreement:
    """How far reviewers agree in one of `MEASURED`, or in one of `CODED` where they judged blind.

    Attributes:
        id: hash of measure, field and reviewers, and of their being blind.
        blind: over decisions made blind alone.
        measure: ``alpha`` (all reviewers) or ``kappa`` (these two).
        reviewers: their names, sorted.
        units: statements with values of at least two of them; same: those on which all values are equal.
        value: -1 to 1; None where there is nothing to compare, or where all values there are, are one and the same.
    """

    id: str
    measure: str
    field: str
    reviewers: tuple[str, ...]
    units: int
    same: int
    value: float | None
    blind: bool = False


@dataclass(frozen=True, slots=True)
class ReviewerTally:
    """What one reviewer has done.

    Attributes:
        statements: how many she has a decision in effect on; verdicts: her judgements in effect by verdict.
        withdrawn: how many judgements she took back, others' among them; blind: how many in effect were made blind.
        first, last: day of her first and of her last row, ISO 8601.
    """

    reviewer: str
    statements: int
    verdicts: Mapping[Verdict, int]
    withdrawn: int
    first: str
    last: str
    blind: int = 0


def decisions(statements: Iterable[Statement], judgements: Iterable[Judgement]) -> Decided:
    """Every reviewer's last decision on each statement, in the order the statements were first judged.

    Judgements on an earlier reading of a passage count for the statement they hold for now (see `in_force`); those
    whose passage is no longer read count for what was judged then.

    Args:
        statements: of all readers, and the added ones.
    """
    made = list(judgements)
    if not made:
        return {}
    by_id = {one.id: one for one in statements}
    held = held_judgements(list(by_id.values()), made)
    for judgement in orphaned(by_id.values(), made):
        by_id.setdefault(judgement.statement, _as_judged(judgement))
        held.setdefault(judgement.statement, []).append(judgement)
    found: dict[str, dict[str, Decision]] = {}
    for identity, own in sorted(held.items(), key=lambda item: item[1][0].number):
        by_reviewer = found.setdefault(identity, {})
        for place, judgement in enumerate(own, 1):
            # What stood when she decided: a confirmation confirms the corrections made before it, see `in_force`.
            stood = judged_by(by_id[identity], own[:place])
            by_reviewer[judgement.reviewer] = Decision(
                judgement.reviewer, judgement.number, judgement.verdict, stood.effective, judgement.blind
            )
    return found


def blind_decisions(statements: Iterable[Statement], judgements: Iterable[Judgement]) -> Decided:
    """Every reviewer's decision made blind on each statement, whatever she or others decided once they had seen it."""
    return decisions(statements, [one for one in in_effect(judgements) if one.blind])


def differ(by_reviewer: Mapping[str, Decision]) -> bool:
    """Whether reviewers leave different positions standing; who is unsure differs from nobody."""
    return len({value for one in by_reviewer.values() if (value := one.value("position")) is not None}) > 1


def agreement(decided: Decided, fields: Sequence[str] = MEASURED, *, blind: bool = False) -> list[ReviewerAgreement]:
    """How far all reviewers agree (α) and each two of them (κ), in each field; nothing where there is but one.

    Args:
        blind: the decisions were made blind, see `blind_decisions`.
    """
    reviewers = sorted({reviewer for by_reviewer in decided.values() for reviewer in by_reviewer})
    if len(reviewers) < 2:
        return []
    found = [_alpha_of(field, reviewers, decided, blind) for field in fields]
    for pair in combinations(reviewers, 2):
        found += [_kappa_of(field, pair, decided, blind) for field in fields]
    return found


def agreement_with_reading(decided: Decided, statements: Iterable[Statement]) -> list[ReviewerAgreement]:
    """How far each reviewer who judged blind agrees with what was read (κ), in each of `CODED`.

    It says how right the statements are that were read; of those that were missed it says nothing.
    """
    read = {one.id: Decision(AS_READ, 0, Verdict.CONFIRM, one, blind=True) for one in statements}
    beside = {
        identity: {**by_reviewer, AS_READ: read[identity]}
        for identity, by_reviewer in decided.items()
        if identity in read
    }
    reviewers = sorted({reviewer for by_reviewer in decided.values() for reviewer in by_reviewer})
    return [_kappa_of(field, (reviewer, AS_READ), beside, True) for reviewer in reviewers for field in CODED]


def tallies(judgements: Iterable[Judgement], decided: Decided) -> list[ReviewerTally]:
    """What each reviewer has done, by name."""
    made = list(judgements)
    rows, standing = defaultdict(list), defaultdict(list)
    for judgement in made:
        rows[judgement.reviewer].append(judgement)
    for judgement in in_effect(made):
        standing[judgement.reviewer].append(judgement)
    found = []
    for reviewer, own in sorted(rows.items()):
        verdicts = Counter(one.verdict for one in standing[reviewer])
        days = sorted(one.at[:10] for one in own)
        found.append(
            ReviewerTally(
                reviewer,
                sum(reviewer in by_reviewer for by_reviewer in decided.values()),
                {verdict: verdicts[verdict] for verdict in Verdict if verdicts[verdict]},
                sum(one.verdict is Verdict.WITHDRAW for one in own),
                days[0],
                days[-1],
                sum(one.blind for one in standing[reviewer]),
            )
        )
    return found


def krippendorffs_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Agreement of any number of coders beyond chance for nominal values, at most 1.

    Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), by coincidences; repository.upenn.edu/asc_papers/43.

    Args:
        units: the values each unit was given, by however many coders; those who gave none are left out. The order within
            a unit does not matter, and a unit with fewer than two values counts for nothing.

    Returns:
        None where no unit has two values, or all values are one and the same.
    """
    observed, totals = 0.0, Counter[Hashable]()
    for values in units:
        if len(values) < 2:
            continue
        counted = Counter(values)
        totals.update(counted)
        observed += sum(number * (len(values) - number) for number in counted.values()) / (len(values) - 1)
    number = totals.total()
    expected = sum(one * (number - one) for one in totals.values())
    return round(1 - observed * (number - 1) / expected, 4) if expected else None


def _alpha_of(field: str, reviewers: Sequence[str], decided: Decided, blind: bool) -> ReviewerAgreement:
    units = [[value for one in unit.values() if (value := one.value(field)) is not None] for unit in decided.values()]
    return _measured(("alpha", field, tuple(reviewers)), units, krippendorffs_alpha(units), blind)


def _kappa_of(field: str, pair: tuple[str, str], decided: Decided, blind: bool) -> ReviewerAgreement:
    pairs: list[tuple[str, str]] = []
    for unit in decided.values():
        if pair[0] in unit and pair[1] in unit:
            one, two = unit[pair[0]].value(field), unit[pair[1]].value(field)
            if one is not None and two is not None:
                pairs.append((one, two))
    return _measured(("kappa", field, pair), pairs, cohens_kappa(pairs), blind)


def _measured(
    named: tuple[str, str, tuple[str, ...]], units: Iterable[Sequence[str]], value: float | None, blind: bool
) -> ReviewerAgreement:
    measure, field, reviewers = named
    compared = [unit for unit in units if len(unit) > 1]
    same = sum(len(set(unit)) == 1 for unit in compared)
    identity = content_id("reviewer-agreement", *(("blind",) if blind else ()), measure, field, *reviewers)
    return ReviewerAgreement(identity, measure, field, reviewers, len(compared), same, value, blind)


def _as_judged(judgement: Judgement) -> Statement:
    """What was judged, as far as the judgement tells: enough to compare positions, not to show as a statement."""
    return Statement(
        id=judgement.statement,
        report="",
        report_id=judgement.report_id,
        start=judgement.start,
        end=judgement.end,
        quote=judgement.quote,
        party=judgement.party,
        option=judgement.option,
        stance=judgement.stance,
        act=Act.STATE,
    )

"""Two readers over one record: which statements count, and where the readers disagree.

A record is read by one reader or several; what each took stands side by side under its own ids. `over_readers` says
which statements carry positions, `compare_readers` how far two readers agree. Both are pure functions of the tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from travaux.analysis.judgements import JudgedStatement, in_force, shared_passage, unheld
from travaux.model import Judgement, Statement, Verdict, content_id

FIELDS = ("stance", "act", "via", "speaker", "conditional", "former")
"""The fields two readers are compared in, over the passages both took for the same party and option."""

REVIEW = "review"
"""The step of a reason that asks a person to look at a statement."""

Cell = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How two readers agree in one field of the statements they share.

    Attributes:
        matched: how many statements both took; same: in how many of them the field is equal.
        kappa: Cohen's kappa, -1 to 1 (Cohen 1960); None where nothing matched or chance alone would agree always.
    """

    field: str
    matched: int
    same: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers agree over the reports that both have read.

    Attributes:
        first, second: names of the readers; reports: how many reports both have read.
        both, first_only, second_only: cells of (report, party, option, stance) by who read them.
        f1: 2·both / (2·both + first_only + second_only); None where neither read anything.
        fields: one entry for each of `FIELDS`.
    """

    first: str
    second: str
    reports: int
    both: int
    first_only: int
    second_only: int
    f1: float | None
    fields: tuple[FieldAgreement, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing for a person to look at.

    Attributes:
        id: hash of what disagrees, so that it is the same in every listing.
        kind: ``position`` (one reader alone has it), a field of `FIELDS`, or ``review`` (a reader asks for a look).
        first, second: what the two readers have; None where a reader has nothing.
        says: the difference in words.
        judged: whether a person has judged any of the statements.
    """

    id: str
    kind: str
    report: str
    party: str
    option: str
    first: Statement | None
    second: Statement | None
    says: str
    judged: bool


def over_readers(
    chosen: Iterable[Statement],
    others: Iterable[Statement],
    judgements: Iterable[Judgement],
    added: Iterable[Statement] = (),
) -> list[JudgedStatement]:
    """The statements that count when one reader is chosen, with the judgements in force on them.

    1. What the chosen reader took counts, with the judgements on it. A judgement made on another reader's statement
       holds for the chosen reader's statement of the same passage, party and option, as one on an earlier reading does.
    2. Where the chosen reader took nothing there, a statement of another reader counts if a person confirmed or
       corrected it: what a person vouches for is never lost by choosing another reader.
    3. Everything else that other readers took is left out.
    4. What a person added counts whichever reader is chosen. Where a reader has the same stance of the party on the
       option in the same passage, the person's statement stands for both, unless she has rejected it since.

    Args:
        chosen: what the chosen reader took; others: what all others took; added: what people added.
    """
    made = list(judgements)
    own = list(chosen)
    judged = in_force(own, made)
    elsewhere, by_hand = list(others), in_force(added, made)
    if not elsewhere and not by_hand:
        return judged
    vouched = [
        one for one in in_force(elsewhere, unheld(own, made)) if one.verdict in (Verdict.CONFIRM, Verdict.CORRECT)
    ]
    if not vouched and not by_hand:
        return judged
    beside = [*_without_doubles([*judged, *vouched], by_hand), *by_hand]
    return sorted(beside, key=lambda one: place_in_record(one.statement))


def _without_doubles(read: Iterable[JudgedStatement], added: Iterable[JudgedStatement]) -> list[JudgedStatement]:
    """What readers took, less what a person's statement says too; what was rejected counts for nothing and stays."""
    by_content: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for one in added:
        if one.verdict is not Verdict.REJECT:
            by_content[_cell(one.effective)].append(one.effective)
    return [
        one
        for one in read
        if one.verdict is Verdict.REJECT
        or not any(shared_passage(one.effective, other) for other in by_content.get(_cell(one.effective), ()))
    ]


def compare_readers(
    first: Sequence[Statement],
    second: Sequence[Statement],
    names: tuple[str, str],
    reports: Collection[str],
) -> Agreement:
    """How far two readers agree, before anybody judged.

    Args:
        first, second: what each took.
        names: the readers' names.
        reports: ids of the reports both have read; statements of others are left out.
    """
    a, b = _in_reports(first, reports), _in_reports(second, reports)
    cells_a, cells_b = {_cell(one) for one in a}, {_cell(one) for one in b}
    both, only_a, only_b = len(cells_a & cells_b), len(cells_a - cells_b), len(cells_b - cells_a)
    total = 2 * both + only_a + only_b
    pairs = matched_passages(a, b)
    fields = tuple(_field_agreement(field, pairs) for field in FIELDS)
    return Agreement(*names, len(reports), both, only_a, only_b, round(2 * both / total, 4) if total else None, fields)


def disagreements(
    first: Sequence[Statement],
    second: Sequence[Statement],
    names: tuple[str, str],
    reports: Collection[str],
    judged: Collection[str] = (),
) -> list[Disagreement]:
    """Everything two readers read differently, and every statement a reader itself wants looked at; positions first.

    1. Passages that both took for one party and option, read with different fields.
    2. Cells that only one reader has, one entry each, unless such a passage tells the difference already.
    3. Statements with a reason that asks for review.

    Args:
        judged: ids of statements that a person has judged.
    """
    a, b = _in_reports(first, reports), _in_reports(second, reports)
    found: list[Disagreement] = []
    told: set[str] = set()

    def add(kind: str, one: Statement | None, two: Statement | None, says: str) -> None:
        at = one or two
        assert at is not None  # a disagreement has at least one side
        sides = (one.id if one else None, two.id if two else None)
        identity = content_id("disagreement", kind, *sides)
        seen = any(side in judged for side in sides if side)
        found.append(Disagreement(identity, kind, at.report, at.party, at.option, one, two, says, seen))

    for one, two in matched_passages(a, b):
        for field in FIELDS:
            values = _value(one, field), _value(two, field)
            if values[0] != values[1]:
                add(field, one, two, f"{names[0]} has {values[0]}, {names[1]} has {values[1]}")
                if field in ("stance", "former"):
                    told |= {one.id, two.id}
    for own, other, place in ((a, b, 0), (b, a, 1)):
        cells = {_cell(one) for one in other}
        seen_cells: set[Cell] = set()
        for one in own:
            cell = _cell(one)
            if cell in cells or cell in seen_cells or one.id in told:
                continue
            seen_cells.add(cell)
            first_side, second_side = (one, None) if place == 0 else (None, one)
            add("position", first_side, second_side, f"only {names[place]} reads {cell[3]} here")
    for own, place in ((a, 0), (b, 1)):
        for one in own:
            why = [reason.says for reason in one.reasons if reason.step == REVIEW]
            if why:
                first_side, second_side = (one, None) if place == 0 else (None, one)
                add(REVIEW, first_side, second_side, f"{names[place]}: {'; '.join(why)}")
    return sorted(found, key=_urgency)


def matched_passages(first: Sequence[Statement], second: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """Statements of two readers on the same passage, party and option, each used once: equal stances first, then most shared."""
    by_key: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for two in second:
        by_key[two.report_id, two.party, two.option].append(two)
    candidates = []
    for one in first:
        for two in by_key[one.report_id, one.party, one.option]:
            shared = shared_passage(one, two)
            if shared:
                candidates.append(((one.stance is not two.stance, -shared, one.id, two.id), one, two))
    used: set[str] = set()
    pairs = []
    for _, one, two in sorted(candidates, key=lambda candidate: candidate[0]):
        if one.id not in used and two.id not in used:
            used |= {one.id, two.id}
            pairs.append((one, two))
    return sorted(pairs, key=lambda pair: place_in_record(pair[0]))


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement of two coders beyond chance, -1 to 1 (Cohen 1960, doi:10.1177/001316446002000104).

    None where there are no pairs, or where both coders use one and the same value throughout.
    """
    if not pairs:
        return None
    number = len(pairs)
    left, right = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    observed = sum(one == two for one, two in pairs) / number
    expected = sum(left[value] * right[value] for value in left) / number**2
    return None if expected == 1 else round((observed - expected) / (1 - expected), 4)


def _field_agreement(field: str, pairs: Sequence[tuple[Statement, Statement]]) -> FieldAgreement:
    values = [(_value(one, field), _value(two, field)) for one, two in pairs]
    return FieldAgreement(field, len(values), sum(one == two for one, two in values), cohens_kappa(values))


def _value(statement: Statement, field: str) -> str:
    if field == "conditional":
        return "a condition" if statement.condition else "no condition"
    if field == "former":
        return "former" if statement.former else "present"
    return str(getattr(statement, field) or "nobody")


def _cell(statement: Statement) -> Cell:
    stance = f"former-{statement.stance}" if statement.former else str(statement.stance)
    return (statement.report_id, statement.party, statement.option, stance)


def _in_reports(statements: Iterable[Statement], reports: Collection[str]) -> list[Statement]:
    return sorted((one for one in statements if one.report_id in reports), key=place_in_record)


def place_in_record(statement: Statement) -> tuple[str, int, int, str, str, str]:
    """Sorts statements by report name, place, party and option."""
    return (statement.report, statement.start, statement.end, statement.party, statement.option, statement.id)


def _urgency(one: Disagreement) -> tuple[int, str, int, str]:
    rank = {"stance": 0, "position": 1, REVIEW: 2}.get(one.kind, 3)
    at = one.first or one.second
    return (rank, one.report, at.start if at else 0, one.id)

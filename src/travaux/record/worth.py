"""What each report is worth, as it is stored: flags, families and links, with the keys they were made from."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, insert, select

from travaux.model import Family, Flag, FlagKind, Kinship, Link, Report, SharedPassage
from travaux.record.datings import in_force
from travaux.record.dialect import insert_missing, upsert
from travaux.record.queries import as_dated, date_of, report_of
from travaux.record.schema import ASSESSMENT, FAMILY, FLAG, INFO, LINK, MEMBER, REPORT

if TYPE_CHECKING:
    from travaux.provenance.titles import Title

ACROSS = "worth"
"""Key in the record's small facts of what families and flags across reports were made from."""

_PER_PACK = 100
_KINDS = {kind: place for place, kind in enumerate(FlagKind)}
_TITLE = (
    "name", "office", "exclusive", "former", "known", "start", "end", "name_start", "name_end", "quote",
)  # fmt: skip


def described(connection: Connection) -> dict[str, str]:
    """By report id, what its flags and families are made from besides its text: a digest of date, author and publisher."""
    columns = (REPORT.c.id, REPORT.c.published, REPORT.c.published_basis, REPORT.c.author, REPORT.c.publisher)
    dated = in_force(connection)
    found = {}
    for row in connection.execute(select(*columns).order_by(REPORT.c.id)):
        date = dated.get(row.id)
        told = list(row) if date is None else [*row, date.value, date.about]
        found[row.id] = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return found


def each_report(connection: Connection, among: Collection[str] | None = None) -> Iterator[Report]:
    """All reports with text and layout, or those of the ids given, by name, one after the other and never all at once."""
    dated = in_force(connection)
    named = sorted(connection.execute(select(REPORT.c.name, REPORT.c.id)))
    identities = [row.id for row in named if among is None or row.id in among]
    for at in range(0, len(identities), _PER_PACK):
        pack = identities[at : at + _PER_PACK]
        rows = {row.id: row for row in connection.execute(select(REPORT).where(REPORT.c.id.in_(pack)))}
        yield from (as_dated(report_of(rows[identity]), dated) for identity in pack)


def assessed(connection: Connection) -> dict[str, str]:
    """The keys of the assessments there are, by report id."""
    return {row.report_id: row.key for row in connection.execute(select(ASSESSMENT.c.report_id, ASSESSMENT.c.key))}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one report shows by itself.

    Attributes:
        key: what it was made from; with another key it is made anew.
        flags, titles: see `travaux.provenance.flags.Assessor`.
    """

    report_id: str
    key: str
    flags: Sequence[Flag]
    titles: Sequence[Title]


def save_assessments(connection: Connection, made: Sequence[Assessment]) -> None:
    """Replace what some reports show by themselves."""
    identities = [one.report_id for one in made]
    connection.execute(delete(FLAG).where(FLAG.c.report_id.in_(identities), FLAG.c.across.is_(False)))
    _add_flags(connection, [flag for one in made for flag in one.flags], across=False)
    rows = [
        {
            "report_id": one.report_id,
            "key": one.key,
            "titles": [[getattr(title, name) for name in _TITLE] for title in one.titles],
        }
        for one in made
    ]
    if rows:
        connection.execute(upsert(connection.dialect, ASSESSMENT, ["report_id"]), rows)


def titles(connection: Connection) -> Iterator[Title]:
    """The people that reports introduce with an office, by report."""
    from travaux.provenance.titles import Title  # most who open a record do not need what comes with it

    columns = (REPORT.c.published, REPORT.c.published_basis, REPORT.c.published_about)
    query = select(ASSESSMENT.c.titles, REPORT.c.id, REPORT.c.name, *columns).join(
        REPORT, REPORT.c.id == ASSESSMENT.c.report_id
    )
    dated = in_force(connection)
    for row in sorted(connection.execute(query), key=lambda row: row.name):
        published = dated.get(row.id) or date_of(row.published, row.published_basis, row.published_about)
        for values in row.titles:
            yield Title(row.name, row.id, published, **dict(zip(_TITLE, values, strict=True)))


def save_across(connection: Connection, key: str, families: Sequence[Family], flags: Iterable[Flag]) -> None:
    """Replace what the reports show together."""
    connection.execute(delete(FLAG).where(FLAG.c.across.is_(True)))
    for table in (LINK, MEMBER, FAMILY):
        connection.execute(delete(table))
    _add_flags(connection, flags, across=True)
    for family in families:
        _add_family(connection, family)
    connection.execute(upsert(connection.dialect, INFO, ["key"]).values(key=ACROSS, value=key))


def _add_flags(connection: Connection, flags: Iterable[Flag], *, across: bool) -> None:
    rows = [
        {
            "id": flag.id,
            "report_id": flag.report_id,
            "kind": str(flag.kind),
            "start": flag.start,
            "end": flag.end,
            "quote": flag.quote,
            "says": flag.says,
            "across": across,
        }
        for flag in flags
    ]
    if rows:
        # What the other reports show too is told once, by the report alone.
        connection.execute(insert_missing(connection.dialect, FLAG), rows)


def _add_family(connection: Connection, family: Family) -> None:
    ids = dict(zip(family.reports, family.report_ids, strict=True))
    original = None if family.original is None else ids[family.original]
    connection.execute(insert(FAMILY).values(id=family.id, original_id=original, says=family.says))
    connection.execute(
        insert(MEMBER), [{"report_id": report_id, "family_id": family.id} for report_id in family.report_ids]
    )
    rows = [
        {
            "first_id": link.first_id,
            "second_id": link.second_id,
            "family_id": family.id,
            "kinship": str(link.kinship),
            "containment": link.containment,
            "likeness": link.likeness,
            "passages": [astuple(passage) for passage in link.passages],
            "says": link.says,
        }
        for link in family.links
    ]
    connection.execute(insert(LINK), rows)


def flags(connection: Connection) -> list[Flag]:
    """All flags, by report and place."""
    query = select(FLAG, REPORT.c.name.label("report")).join(REPORT, REPORT.c.id == FLAG.c.report_id)
    return sorted(map(_flag_of, connection.execute(query)), key=_in_text)


def _in_text(flag: Flag) -> tuple[str, int, int, int]:
    return (flag.report, flag.start, flag.end, _KINDS[flag.kind])


def _flag_of(row: Row[Any]) -> Flag:
    return Flag(row.id, row.report, row.report_id, FlagKind(row.kind), row.start, row.end, row.quote, row.says)


def family_of_reports(connection: Connection) -> dict[str, str]:
    """The family of each report that is in one, by report id."""
    return {row.report_id: row.family_id for row in connection.execute(select(MEMBER))}


def families(connection: Connection) -> list[Family]:
    """All families with their links, by the names of their reports."""
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    named = select(MEMBER.c.family_id, REPORT.c.name, REPORT.c.id).join(REPORT, REPORT.c.id == MEMBER.c.report_id)
    names: dict[str, str] = {}
    for row in connection.execute(named):
        members[row.family_id].append((row.name, row.id))
        names[row.id] = row.name
    links: dict[str, list[Link]] = defaultdict(list)
    for row in connection.execute(select(LINK)):
        links[row.family_id].append(_link_of(row, names))
    found = []
    for row in connection.execute(select(FAMILY)):
        own = sorted(members[row.id])
        ordered = tuple(sorted(links[row.id], key=lambda link: (link.first, link.second)))
        original = None if row.original_id is None else names[row.original_id]
        reports, ids = tuple(name for name, _ in own), tuple(report_id for _, report_id in own)
        found.append(Family(row.id, reports, ids, original, ordered, row.says))
    return sorted(found, key=lambda family: family.reports)


def _link_of(row: Any, names: dict[str, str]) -> Link:
    return Link(
        names[row.first_id],
        row.first_id,
        names[row.second_id],
        row.second_id,
        Kinship(row.kinship),
        row.containment,
        row.likeness,
        tuple(SharedPassage(*passage) for passage in row.passages),
        row.says,
    )

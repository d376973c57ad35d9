"""What the reports of a record are worth together, as it is stored: families with their links, and flags of all kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Text, cast, delete, insert, select, update

from travaux.model import Family, Flag, FlagKind, Kinship, Link, SharedPassage
from travaux.record import changes
from travaux.record.assessments import TITLE, add_flags, number_of_traces
from travaux.record.changes import Topic
from travaux.record.datings import in_force
from travaux.record.dialect import upsert
from travaux.record.queries import date_of, packs, rows_among
from travaux.record.schema import ASSESSMENT, FAMILY, FLAG, INFO, LINK, MEMBER, REPORT

if TYPE_CHECKING:
    from travaux.provenance.titles import Title

ACROSS = "worth"
"""Key in the record's small facts of what families and flags across reports were made by."""
WHOLE = "worth-reports"
"""Key of how many reports there were when all were compared with all."""

_KINDS = {kind: place for place, kind in enumerate(FlagKind)}


def titles(connection: Connection, among: Collection[str] | None = None) -> Iterator[Title]:
    """The people that reports introduce with an office, by report: all, or those of the reports of the ids given."""
    from travaux.provenance.titles import Title  # most who open a record do not need what comes with it

    columns = (REPORT.c.published, REPORT.c.published_basis, REPORT.c.published_about)
    query = (
        select(ASSESSMENT.c.titles, REPORT.c.id, REPORT.c.name, *columns)
        .join(REPORT, REPORT.c.id == ASSESSMENT.c.report_id)
        .where(_introduces())
    )
    dated = in_force(connection)
    for row in sorted(rows_among(connection, query, REPORT.c.id, among), key=lambda row: row.name):
        published = dated.get(row.id) or date_of(row.published, row.published_basis, row.published_about)
        for values in row.titles:
            yield Title(row.name, row.id, published, **dict(zip(TITLE, values, strict=True)))


def named(connection: Connection) -> dict[str, list[str]]:
    """The names of the people that each report introduces with an office, by report id."""
    query = select(ASSESSMENT.c.report_id, ASSESSMENT.c.titles).where(_introduces())
    place = TITLE.index("name")
    return {row.report_id: [values[place] for values in row.titles] for row in connection.execute(query).all()}


def _introduces() -> Any:
    return cast(ASSESSMENT.c.titles, Text) != "[]"


@dataclass(frozen=True, slots=True)
class Joined:
    """What comparing new reports with all others changed.

    Attributes:
        reports: ids of the reports that were compared.
        families: those that have one of them now, each whole; what such families were before is replaced.
        flags: what the reports together show at some places, over what was flagged there before.
        places: those places: report id, start, end.
    """

    reports: Collection[str]
    families: Sequence[Family]
    flags: Sequence[Flag]
    places: Collection[tuple[str, int, int]]


class Overtaken(Exception):
    """Somebody else wrote what reports are worth since it was looked at."""


def save_across(connection: Connection, seen: int, key: str, families: Sequence[Family], flags: Iterable[Flag]) -> None:
    """Replace what the reports show together, all of them compared with all.

    Args:
        seen: how often `Topic.WORTH` had been written to when the reports were looked at.

    Raises:
        Overtaken: it has been written to since; nothing is changed.
    """
    _not_overtaken(connection, seen)
    connection.execute(delete(FLAG).where(FLAG.c.across.is_(True)))
    for table in (LINK, MEMBER, FAMILY):
        connection.execute(delete(table))
    add_flags(connection, flags, across=True)
    for family in families:
        _add_family(connection, family)
    connection.execute(update(ASSESSMENT).where(ASSESSMENT.c.compared.is_(False)).values(compared=True))
    for name, value in ((ACROSS, key), (WHOLE, str(number_of_traces(connection)))):
        connection.execute(upsert(connection.dialect, INFO, ["key"]).values(key=name, value=value))


def save_joined(connection: Connection, seen: int, joined: Joined) -> set[str]:
    """Take over what new reports changed, and give the ids of all reports whose family may be another now.

    Raises:
        Overtaken: see `save_across`, for `seen` too.
    """
    _not_overtaken(connection, seen)
    reached = {*joined.reports, *(one for family in joined.families for one in family.report_ids)}
    old = {row.family_id for row in rows_among(connection, select(MEMBER), MEMBER.c.report_id, reached)}
    reached.update(row.report_id for row in rows_among(connection, select(MEMBER), MEMBER.c.family_id, old))
    for some in packs(old):
        for table in (LINK, MEMBER):
            connection.execute(delete(table).where(table.c.family_id.in_(some)))
        connection.execute(delete(FAMILY).where(FAMILY.c.id.in_(some)))
    for family in joined.families:
        _add_family(connection, family)
    standing = select(FLAG.c.id, FLAG.c.report_id, FLAG.c.start, FLAG.c.end).where(FLAG.c.across.is_(True))
    gone = [
        row.id
        for row in connection.execute(standing)
        if row.report_id in joined.reports or (row.report_id, row.start, row.end) in joined.places
    ]
    for pack in packs(gone):
        connection.execute(delete(FLAG).where(FLAG.c.id.in_(pack)))
    add_flags(connection, joined.flags, across=True)
    for pack in packs(joined.reports):
        connection.execute(update(ASSESSMENT).where(ASSESSMENT.c.report_id.in_(pack)).values(compared=True))
    return reached


def _not_overtaken(connection: Connection, seen: int) -> None:
    """The transaction that saves has counted itself already."""
    if changes.changes(connection)[Topic.WORTH] != seen + 1:
        raise Overtaken


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
    query = select(MEMBER.c.family_id, REPORT.c.name, REPORT.c.id).join(REPORT, REPORT.c.id == MEMBER.c.report_id)
    names: dict[str, str] = {}
    for row in connection.execute(query):
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


def links_of(connection: Connection, families: Collection[str]) -> list[Link]:
    """The links of some families, by their ids."""
    first, second = REPORT.alias(), REPORT.alias()
    query = (
        select(LINK, first.c.name.label("first"), second.c.name.label("second"))
        .join(first, first.c.id == LINK.c.first_id)
        .join(second, second.c.id == LINK.c.second_id)
    )
    return [
        _link_of(row, {row.first_id: row.first, row.second_id: row.second})
        for row in rows_among(connection, query, LINK.c.family_id, families)
    ]


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

"""What each report shows by itself, as it is stored: its flags, its titles and its trace, with the key they were made by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, or_, select, update

from travaux.model import Flag, Report
from travaux.record.datings import in_force
from travaux.record.dialect import insert_missing, upsert
from travaux.record.queries import PACK, as_dated, report_of, rows_among
from travaux.record.schema import ASSESSMENT, FLAG, REPORT, TRACE

if TYPE_CHECKING:
    from travaux.provenance.titles import Title
    from travaux.provenance.traces import Trace, Traces

TITLE = (
    "name", "office", "exclusive", "former", "known", "start", "end", "name_start", "name_end", "quote",
)  # fmt: skip
"""What is kept of a title, in order."""


def each_report(connection: Connection, among: Collection[str] | None = None) -> Iterator[Report]:
    """All reports with text and layout, or those of the ids given, by name, one after the other and never all at once."""
    dated = in_force(connection)
    named = rows_among(connection, select(REPORT.c.name, REPORT.c.id), REPORT.c.id, among)
    identities = [row.id for row in sorted(named)]
    for at in range(0, len(identities), PACK):
        pack = identities[at : at + PACK]
        rows = {row.id: row for row in connection.execute(select(REPORT).where(REPORT.c.id.in_(pack)))}
        yield from (as_dated(report_of(rows[identity]), dated) for identity in pack)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one report shows by itself.

    Attributes:
        key: what it was made by; with another key it is made anew.
        flags, titles: see `travaux.provenance.flags.Assessor`. trace: see `travaux.provenance.traces`.
    """

    report_id: str
    key: str
    flags: Sequence[Flag]
    titles: Sequence[Title]
    trace: Trace


def stale(connection: Connection, key: str) -> list[str]:
    """Ids of the reports that were not assessed by this key since they were described last."""
    others = or_(ASSESSMENT.c.key < key, ASSESSMENT.c.key > key)  # each side is found in the index
    found = list(connection.scalars(select(ASSESSMENT.c.report_id).where(others)))
    reports, assessed = (connection.scalar(select(func.count()).select_from(table)) for table in (REPORT, ASSESSMENT))
    if reports != assessed:
        known = ASSESSMENT.c.report_id == REPORT.c.id
        missing = select(REPORT.c.id).outerjoin(ASSESSMENT, known).where(ASSESSMENT.c.report_id.is_(None))
        found += connection.scalars(missing)
    return found


def forget(connection: Connection, report_id: str) -> None:
    """Let a report be assessed anew: what is known of it beside its text has changed."""
    connection.execute(update(ASSESSMENT).where(ASSESSMENT.c.report_id == report_id).values(key=""))


def save_assessments(connection: Connection, made: Sequence[Assessment]) -> None:
    """Replace what some reports show by themselves; they are to be compared with the others then."""
    from travaux.provenance.traces import kept_form  # most who open a record do not need what comes with it

    identities = [one.report_id for one in made]
    connection.execute(delete(FLAG).where(FLAG.c.report_id.in_(identities), FLAG.c.across.is_(False)))
    add_flags(connection, [flag for one in made for flag in one.flags], across=False)
    rows = [
        {
            "report_id": one.report_id,
            "key": one.key,
            "titles": [[getattr(title, name) for name in TITLE] for title in one.titles],
            "compared": False,
        }
        for one in made
    ]
    traces = []
    for one in made:
        fingerprints, stems = kept_form(one.trace)
        traces.append(
            {"report_id": one.report_id, "words": one.trace.words, "fingerprints": fingerprints, "stems": stems}
        )
    if rows:
        connection.execute(upsert(connection.dialect, ASSESSMENT, ["report_id"]), rows)
        connection.execute(upsert(connection.dialect, TRACE, ["report_id"]), traces)


def uncompared(connection: Connection) -> list[str]:
    """Ids of the reports that were assessed, and not compared with the others since."""
    return list(connection.scalars(select(ASSESSMENT.c.report_id).where(ASSESSMENT.c.compared.is_(False))))


def number_of_traces(connection: Connection) -> int:
    """How many reports were assessed."""
    return connection.scalar(select(func.count()).select_from(ASSESSMENT)) or 0


def traces(connection: Connection, *, by_name: bool = True) -> Traces:
    """The traces of all reports that were assessed, by the names of the reports, or by their ids, which is faster."""
    from travaux.provenance.traces import Traces

    columns = (TRACE.c.report_id, TRACE.c.words, TRACE.c.fingerprints, TRACE.c.stems)
    rows = connection.execute(select(*columns)).all()  # all at once: one by one takes twice as long
    if by_name:
        name_of = {row.id: row.name for row in connection.execute(select(REPORT.c.id, REPORT.c.name)).all()}
        rows = sorted(rows, key=lambda row: name_of[row[0]])
    else:
        rows = sorted(rows, key=itemgetter(0))
    ids, words, fingerprints, stems = zip(*rows, strict=True) if rows else [()] * 4
    return Traces.kept(ids, words, fingerprints, stems)


def add_flags(connection: Connection, flags: Iterable[Flag], *, across: bool) -> None:
    """Add flags, those that only the reports together show after those that one shows alone."""
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
